"""A parsed document with its resolved mentions, dates and reported speech: all that a coder may look at.

What enters: a `ParsedDocument` and what the earlier stages found in it. What leaves: a frozen `Reading`
with look-ups by token. A coder asks `actors_of(noun)` and need not know how a noun phrase hides its actor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from detente.records import Document, Entity, Mention, Place, Statement
from detente.syntax.clauses import agents, noun_modifiers, objects_of_preposition, possessors
from detente.syntax.document import ParsedDocument

KNOWN_SCORE = 0.5
"""The score of a mention below which the resolver knows a role, but not whose."""

_INWARD = frozenset("of by between among against from with in on to for at towards toward including as like".split())


@dataclass(frozen=True, slots=True)
class DateExpression:
    """Words that give a time, tokens [start, end), and the ISO date they mean against the publication date.

    `value` is None where the words give a time that cannot be resolved ("recently"). `relation` is the
    preposition's sense: `on` (during), `since`, `until`, `before`, `after`.
    """

    start: int
    end: int
    value: str | None
    relation: str = "on"


@dataclass(frozen=True, slots=True)
class PlaceExpression:
    """Words that name where something happens, tokens [start, end), with the country's code if known.

    The other fields are those of `Place`, as far as the place meant can be told.
    """

    start: int
    end: int
    name: str
    country: str | None
    geonameid: int | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def place(self) -> Place:
        """The place as a record has it."""
        return Place(self.name, self.country, self.geonameid, self.admin1, self.latitude, self.longitude)


@dataclass(frozen=True, eq=False)
class Reading:
    """One document as every coder sees it. Several mentions may share a span ("the two countries")."""

    parsed: ParsedDocument
    entities: Mapping[str, Entity]
    mentions: Sequence[Mention]
    dates: Sequence[DateExpression] = ()
    places: Sequence[PlaceExpression] = ()
    statements: Sequence[Statement] = ()

    @property
    def document(self) -> Document:
        return self.parsed.document

    @cached_property
    def mentions_by_root(self) -> Mapping[int, Sequence[Mention]]:
        """The mentions headed by each token."""
        out: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            out.setdefault(mention.root, []).append(mention)
        return out

    @cached_property
    def mentions_by_token(self) -> Mapping[int, Sequence[Mention]]:
        """The mentions whose span covers each token; the shortest span first."""
        out: dict[int, list[Mention]] = {}
        for mention in sorted(self.mentions, key=lambda m: m.end - m.start):
            i = self.parsed.token_at(mention.start)
            while i < len(self.parsed) and self.parsed.starts[i] < mention.end:
                out.setdefault(i, []).append(mention)
                i += 1
        return out

    def at(self, token: int) -> Sequence[Mention]:
        """The mentions headed by a token, else those that cover it without a smaller one."""
        rooted = self.mentions_by_root.get(token)
        if rooted:
            return rooted
        covering = self.mentions_by_token.get(token, ())
        return [m for m in covering if (m.start, m.end) == (covering[0].start, covering[0].end)]

    def country(self, mention: Mention) -> str:
        """The state or organisation that a mention stands for."""
        return self.country_of(mention.entity_id)

    def country_of(self, entity_id: str) -> str:
        """The state or organisation that an entity acts for: its country, else its own id without the sector."""
        entity = self.entities.get(entity_id)
        return entity.country if entity and entity.country else entity_id.split(":")[0]

    def statement_around(self, start: int, end: int) -> Statement | None:
        """The innermost statement whose content holds the characters [start, end)."""
        around = [s for s in self.statements if s.content.start <= start and end <= s.content.end]
        return min(around, key=lambda s: s.content.end - s.content.start, default=None)

    def is_political(self, entity_id: str) -> bool:
        """Whether an entity stands for a state, an organisation or a group; journalists and civilians do not."""
        entity = self.entities.get(entity_id)
        if entity is None:
            return ":" in entity_id or entity_id.isupper()
        known = entity.country is not None or entity.kind in ("state", "organisation", "group")
        return known and entity.sector not in ("JRN", "CVL")

    def actors_of(self, noun: int, depth: int = 0) -> list[Mention]:
        """The political actors in a noun phrase headed by `noun`: the head itself, else its owner or
        modifier ("Iran's oil"), else what its prepositions reach ("the capital of Iran"). Coordination
        is not expanded, relative clauses are not entered. Empty where there is none.
        """
        found = list(self.at(noun))
        if found or depth > 4:
            return found
        for inner in (possessors(self.parsed, noun), noun_modifiers(self.parsed, noun)):
            found = [m for token in inner for m in (self.at(token) or self.actors_of(token, depth + 2))]
            if found:
                return _unique(found)
        for child in self.parsed.children[noun]:
            if self.parsed.deps[child] == "prep" and self.parsed.lower[child] in _INWARD:
                for inner_noun in objects_of_preposition(self.parsed, child):
                    found.extend(self.actors_of(inner_noun, depth + 1))
                if found:
                    return _unique(found)
        for child in self.parsed.children[noun]:
            if self.parsed.deps[child] == "appos":
                found.extend(self.actors_of(child, depth + 1))
            elif self.parsed.deps[child] == "acl" and self.parsed.tags[child] == "VBN":  # "remarks made by X"
                found.extend(m for doer in agents(self.parsed, child) for m in self.actors_of(doer, depth + 2))
        return _unique(found)

    def ids(self, nouns: Sequence[int]) -> tuple[str, ...]:
        """The entity ids of the actors in several noun phrases, in order, each once."""
        return tuple(dict.fromkeys(m.entity_id for noun in nouns for m in self.actors_of(noun)))


def _unique(mentions: Sequence[Mention]) -> list[Mention]:
    return list(dict.fromkeys(mentions))
