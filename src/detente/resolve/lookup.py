"""A bare name → whom or what it may mean at a date: without a sentence around it, by the tables alone.

What enters: a name, an office ("foreign minister of Pakistan") or a title with a name, as somebody types it. What
leaves: entities and places, each with a score in 0..1 and the reason. Scores order the candidates of one name and
are no probabilities; they are our own and stand in one table below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from detente.records import Entity
from detente.resolve.capitals_in_time import sense_on
from detente.resolve.draft import PAST, actor_entity, group_name, person_entity
from detente.resolve.gazetteer import PlaceRecord, candidates, locate
from detente.resolve.knowledge import Knowledge, Person, may_be_called
from detente.resolve.names import Sense, slug, split

_SCORES: Final = {
    "name": 1.0,
    "office": 0.95,
    "adjective": 0.9,
    "ends": 0.85,
    "place": 0.8,
    "body": 0.8,
    "capital": 0.6,
    "unnamed office": 0.5,
    "past office": 0.5,
    "part of name": 0.4,
    "namesake place": 0.3,
}
_IN_OFFICE, _LEADING, _NOTABLE = 0.2, 0.1, 0.1  # added for a surname's bearer who was somebody on that day
_EARLIER = 0.02  # less for each holder of an office between then and now
_PREPOSITIONS: Final = ("of the", "for the", "to the", "of", "for", "to", "at")
_NAMED: Final = frozenset({"state", "organisation", "group", "body", "media"})
_OWNERS: Final = _NAMED - {"media"} | {"adjective", "people"}


@dataclass(frozen=True, slots=True)
class Match:
    """What a name may mean, how well it fits, and why we think so."""

    meant: Entity | PlaceRecord
    score: float
    reason: str

    @property
    def id(self) -> str:
        """The entity's id; for a place `geonames:` and its number, or a slug where it has none."""
        if isinstance(self.meant, Entity):
            return self.meant.id
        number = self.meant.geonameid
        return f"geonames:{number}" if number is not None else slug(f"place {self.meant.country} {self.meant.name}")


def look_up(name: str, day: str, knowledge: Knowledge) -> list[Match]:
    """Everything that a name may mean at a date, the likeliest first; empty where nothing is known.

    Args:
        name: as typed; an article, honorifics and capitals do not matter.
        day: ISO date of any precision.
        knowledge: the tables to look in.
    """
    search = _Search(day, knowledge)
    words = search.bare(name)
    found = [*search.named(" ".join(words)), *search.by_office(words)]
    if not any(isinstance(match.meant, Entity) and match.meant.kind == "person" for match in found):
        found += search.by_part(" ".join(words))
    best: dict[str, Match] = {}
    for match in found:
        if match.id not in best or match.score > best[match.id].score:
            best[match.id] = match
    return sorted(best.values(), key=lambda match: (-match.score, match.id))


@dataclass(frozen=True, slots=True)
class _Search:
    day: str
    knowledge: Knowledge

    def bare(self, name: str) -> list[str]:
        """The words of a name without the article and the honorifics in front."""
        words = name.replace("’", "'").split()
        while words and (words[0].lower() == "the" or (len(words) > 1 and self._is_honorific(words[0]))):
            words = words[1:]
        return words

    def _is_honorific(self, word: str) -> bool:
        return word.lower() in self.knowledge.honorifics

    def named(self, name: str) -> Iterator[Match]:
        """What has the name as a whole, and persons of the same first and last name."""
        for sense in self.knowledge.lexicon.senses(name):
            yield from self._sense(sense_on(name, sense, self.day))
        for rank, place in enumerate(candidates(name)[:5]):
            meant = place == locate(name, near_countries=()) or (rank == 0 and place.kind == "capital")
            kind = "place" if meant else "namesake place"
            yield Match(place, _SCORES[kind], f"{place.kind} of that name")
        pieces = [piece.lower() for piece in split(name) if piece[0].isalnum()]
        key = self.knowledge.by_ends.get((pieces[0], pieces[-1])) if len(pieces) > 1 else None
        if key is not None:
            yield self._person(self.knowledge.persons[key], _SCORES["ends"], "first and last word of the name")

    def by_office(self, words: list[str]) -> list[Match]:
        """An office or body with its owner, or a title with a name; the longest role that gives anything."""
        is_past = len(words) > 1 and words[0].lower().strip("-") in PAST
        words = words[1:] if is_past else words
        spans = [(first, last) for first in range(len(words)) for last in range(first + 1, len(words) + 1)]
        for first, last in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
            nouns = [s.id for s in self.knowledge.lexicon.senses(" ".join(words[first:last])) if s.kind == "role"]
            before, after = " ".join(words[:first]), " ".join(words[last:])
            found = self._office(nouns[0], before, after, is_past=is_past) if nouns else []
            if found:
                return found
        return []

    def by_part(self, name: str) -> Iterator[Match]:
        """Persons of that surname, or whose name begins so, those in office on the day first."""
        key = " ".join(piece.lower() for piece in split(name))
        if len(key) < 2:
            return
        seen: set[str] = set()
        for _, known, sense in self.knowledge.lexicon.names():
            if sense.kind != "person" or sense.id in seen:
                continue
            is_last, is_first = known.endswith(f" {key}"), known.startswith(f"{key} ")
            if is_last or is_first:
                seen.add(sense.id)
                reason = "last part of the name" if is_last else "first part of the name"
                yield self._bearer(self.knowledge.persons[sense.id], reason)

    def _sense(self, sense: Sense) -> Iterator[Match]:
        if sense.kind == "person":
            yield self._person(self.knowledge.persons[sense.id], _SCORES["name"], "name")
        elif sense.kind in _NAMED:
            yield self._actor(sense.id, _SCORES["name"], "name")
        elif sense.kind in ("adjective", "people"):
            yield self._actor(sense.id, _SCORES["adjective"], "adjective or people of it")
        elif sense.kind in ("capital", "seat"):
            yield self._actor(sense.id, _SCORES["capital"], f"{sense.kind} that may stand for it")

    def _office(self, noun: str, before: str, after: str, *, is_past: bool) -> list[Match]:
        role = self.knowledge.roles[noun]
        start = next((p for p in _PREPOSITIONS if after.lower().startswith(f"{p} ")), None)
        owner = self._owner(after[len(start) :].strip() if start is not None else before)
        if after and start is None:
            held = self.knowledge.offices.get(role.noun, ())
            return [self._titled(match, held, owner) for match in (*self.named(after), *self.by_part(after))]
        if owner is None:
            return []
        if role.is_body:
            return [self._body(owner, role.sector, f"{role.noun} of {owner}")]
        if is_past:
            return list(self._past_holders(role.noun, owner))
        person = self.knowledge.in_office(role.noun, owner, self.day)
        if person is None:
            return [self._unnamed(role.noun, role.sector, owner)]
        return [self._person(person, _SCORES["office"], f"{role.noun} of {owner} on {self.day}")]

    def _owner(self, name: str) -> str | None:
        name = name.removesuffix("'s").removesuffix("'").strip()
        name = name[4:] if name.lower().startswith("the ") else name
        owners = (s.id for s in self.knowledge.lexicon.senses(name) if s.kind in _OWNERS)
        found = next(owners, None)
        if found is None or self.knowledge.actors[found].kind in ("organisation", "group"):
            return found
        return self.knowledge.country_of(found)

    def _titled(self, match: Match, offices: tuple[str, ...], owner: str | None) -> Match:
        """A name after a title: likelier where the person held that office, less so where another country's."""
        person = self.knowledge.persons.get(match.id)
        if person is None:
            return Match(match.meant, match.score / 2, match.reason)
        terms = [term for term in person.terms if owner in (None, term.country)]
        if not terms:
            return Match(match.meant, match.score / 2, f"{match.reason}, but of another country")
        if any(term.office in offices and term.covers(self.day) for term in terms if term.office):
            return Match(match.meant, _SCORES["office"], f"{match.reason}, and the office on {self.day}")
        return match

    def _past_holders(self, noun: str, owner: str) -> Iterator[Match]:
        for office in self.knowledge.offices.get(noun, ()):
            if not self.knowledge.has_office(noun, office, owner):
                continue
            held = self.knowledge.holders.get((owner, office), ())
            ended = [
                (term, key)
                for term, key in held
                if term.end and term.end < self.day and may_be_called(noun, office, term.role.lower())
            ]
            for steps, (term, key) in enumerate(reversed(ended)):
                reason = f"{noun} of {owner} until {term.end}"
                score = max(_SCORES["past office"] - _EARLIER * steps, _EARLIER)
                yield self._person(self.knowledge.persons[key], round(score, 2), reason)

    def _bearer(self, person: Person, reason: str) -> Match:
        held = [term for term in person.terms if term.covers(self.day)]
        score = _SCORES["part of name"] + (_IN_OFFICE if held else 0) + (_NOTABLE if person.is_notable else 0)
        score += _LEADING if any(term.office for term in held) else 0
        return self._person(person, round(score, 2), f"{reason}, in office on {self.day}" if held else reason)

    def _person(self, person: Person, score: float, reason: str) -> Match:
        return Match(person_entity(person, self.day, self.knowledge), score, reason)

    def _actor(self, actor_id: str, score: float, reason: str) -> Match:
        return Match(actor_entity(self.knowledge.actors[actor_id], self.knowledge), score, reason)

    def _body(self, owner: str, sector: str, reason: str) -> Match:
        key = f"{owner}:{sector}"
        name = group_name(owner, sector, self.knowledge) or key
        return Match(Entity(key, name, "group", country=owner, sector=sector), _SCORES["body"], reason)

    def _unnamed(self, noun: str, sector: str, owner: str) -> Match:
        actor = self.knowledge.actors[owner]
        name = f"{actor.adjective or actor.name} {noun}"
        entity = Entity(slug(name), name, "person", country=owner, sector=sector, role=noun)
        return Match(entity, _SCORES["unnamed office"], f"office of {owner}; we know no holder on {self.day}")
