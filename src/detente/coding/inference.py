"""Sides that a clause leaves to the reader: the owner of a thing taken up, the other state of the sentence.

What enters: the sides of a reading and an act that lacks one. What leaves: entity ids to be marked as
inferred, or nothing. Every rule looks back a bounded stretch of text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from detente.codebook.event_lexicon import Entry
from detente.coding.act import Act
from detente.coding.sides import Sides
from detente.records import Mention
from detente.syntax.clauses import (
    agents,
    clause_of,
    clause_tokens,
    is_negated,
    is_verb,
    own_subjects,
    patients,
    surface_subjects,
)
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import KNOWN_SCORE

_ADDRESSED = frozenset({"ACCUSE", "THREATEN", "REJECT", "REQUEST"})
_PASSED_ON = frozenset({"REJECT", "AGREE", "THREATEN", "CONCEDE"})  # whose recipient is that of what is refused
_WITHHELD = frozenset({"RETREAT", "CONCEDE", "REJECT", "AID", "SUPPORT"})
_AIMED = frozenset({"RETREAT", "MOBILIZE", "AID", "SANCTION", "COERCE", "ASSAULT", "REJECT", "AGREE", "CONCEDE"})
_AIMLESS = frozenset({"resign"})
_CIRCUMSTANCES = frozenset(
    "after before during since until amid despite because following under by like including unlike over due".split()
)
_VERBAL_CONFLICT = frozenset({"ACCUSE", "THREATEN", "REJECT"})


def _alike(a: str, b: str) -> bool:
    """Whether two joined acts of these types have one addressee ("accused Hungary and demanded an apology")."""
    return a == b or {a, b} <= _ADDRESSED


class Inference:
    """Finds unstated sides in one reading."""

    def __init__(self, sides: Sides, acts_at: Callable[[int], Iterable[Act]]) -> None:
        self.sides = sides
        self.grammar = sides.grammar
        self.reading = sides.reading
        self.p: ParsedDocument = sides.p
        self.acts_at = acts_at

    def implied(self, i: int, entry: Entry, kind: str, actors: Sequence[str]) -> list[str]:
        """Recipients that the clause does not state: the owner of a thing taken up, the place of an assault, the
        one other state of the sentence, whoever the text has just spoken of.
        """
        found = self._anaphoric(patients(self.p, i) if kind == "verb" else [i])
        if not found and kind == "verb" and self.p.deps[i] == "conj" and is_verb(self.p, self.p.heads[i]):
            found = [
                r for act in self.acts_at(self.p.heads[i]) if _alike(act.entry.type, entry.type) for r in act.recipients
            ]
        if not found and entry.type == "ASSAULT":
            found = self.sides.ids(self.grammar.obliques(i).get("in", []), places=True)
        if not found and entry.mode == "withdraw" and kind == "verb":
            found = [c for n in [*surface_subjects(self.p, i), *patients(self.p, i)] for c in self.sides.place_ids(n)]
        if not found and entry.type in _PASSED_ON:
            found = [r for c in self.grammar.governed(i, entry) for act in self.acts_at(c) for r in act.recipients]
        if not found and entry.type in _AIMED and entry.mode not in _AIMLESS:
            found = self._within(i, kind, actors)
        if not found and entry.type in _WITHHELD:
            found = self._awaited(i, actors)
        if not found and entry.type == "THREATEN" and kind == "verb":
            found = self._warned(i, entry, actors)
        if found or entry.solo or not self._asks_for_another(i, entry, kind):
            return found
        found = self._discourse(i, actors)
        if entry.type in ("ASSAULT", "MOBILIZE"):
            found = [r for r in found if self._kind(r) != "organisation"]
        return found or (self._spoken_of(i, actors) if entry.type in _VERBAL_CONFLICT else [])

    def _within(self, i: int, kind: str, actors: Sequence[str]) -> list[str]:
        """The one other state that the rest of the act's own clause names, as a party or as the place."""
        p = self.p
        verb = i if kind == "verb" else self.grammar.light_verb(i, self.grammar.lexicon.light_verbs)
        if verb is None:
            return []
        own = {self.reading.country_of(a) for a in actors}
        others: dict[str, list[str]] = {}
        for token in clause_tokens(p, verb):
            if token <= i or self._is_aside(token, verb):
                continue
            named = [m for m in self.reading.mentions_by_root.get(token, ()) if m.score >= KNOWN_SCORE]
            ids = (
                [m.entity_id for m in named if not self._tells(m, i)] if named else self.sides.place_ids(token, depth=4)
            )
            for one in ids:
                others.setdefault(self.reading.country_of(one), []).append(one)
        others = {country: ids for country, ids in others.items() if country not in own}
        return next(iter(others.values()))[:1] if len(others) == 1 else []

    def _awaited(self, i: int, actors: Sequence[str]) -> list[str]:
        """Who has to move first: "will not lift the embargo until Cuba holds elections"."""
        p = self.p
        own = {self.reading.country_of(a) for a in actors}
        for child in p.children[i] if is_negated(p, i) else ():
            if p.deps[child] == "advcl" and any(p.lower[c] in ("until", "unless") for c in p.children[child]):
                clauses = [child, *(c for c in p.subtree(child) if p.deps[c] == "ccomp")]
                for one in self.sides.ids([s for c in clauses for s in own_subjects(p, c)], places=False):
                    if self.reading.country_of(one) not in own and self.reading.is_political(one):
                        return [one]
        return []

    def _warned(self, i: int, entry: Entry, actors: Sequence[str]) -> list[str]:
        """Whose step would bring a threat about: "threatened to hit back if X advances"."""
        p = self.p
        own = {self.reading.country_of(a) for a in actors}
        for verb in (i, *self.grammar.governed(i, entry)):
            for child in p.children[verb]:
                if p.deps[child] == "advcl" and any(p.lower[c] in ("if", "unless") for c in p.children[child]):
                    for one in self.sides.ids(own_subjects(p, child), places=False):
                        if self.reading.country_of(one) not in own and self.reading.is_political(one):
                            return [one]
        return []

    def _is_aside(self, token: int, top: int) -> bool:
        """Whether a token stands in a clause or phrase that tells when or why the act was done."""
        p = self.p
        while token != top:
            if p.deps[token] in ("advcl", "relcl", "ccomp", "parataxis", "npadvmod", "agent", "nsubj"):
                return True
            if p.deps[token] in ("prep", "mark") and p.lower[token] in _CIRCUMSTANCES:
                return True
            token = p.heads[token]
        return False

    def parties_of_sentence(self, i: int) -> list[str]:
        """The states that a sentence names, else the two that the document is about."""
        countries = dict.fromkeys(
            self.reading.country_of(m.entity_id) for m in self._mentions_in(*self.p.sentences[self.p.sentence_of[i]])
        )
        return list(countries) if len(countries) == 2 else list(self._protagonists)

    @cached_property
    def _protagonists(self) -> tuple[str, ...]:
        """The two states with the most mentions, where they have three quarters of all between them."""
        counts = Counter(self.reading.country(m) for m in self.reading.mentions)
        top = [country for country, _ in counts.most_common(2)]
        return tuple(top) if sum(counts[c] for c in top) >= 0.75 * counts.total() else ()

    def _anaphoric(self, nouns: Sequence[int]) -> list[str]:
        """Whose thing a definite noun takes up: "the plan" after "Washington announced plans"."""
        p = self.p
        for noun in nouns:
            if not any(
                p.deps[c] == "det" and p.lower[c] in ("the", "this", "that", "these", "those") for c in p.children[noun]
            ):
                continue
            sentence = p.sentence_of[noun]
            start = p.sentences[max(0, sentence - 10)][0]
            for earlier in range(noun - 1, start - 1, -1):
                if p.lemmas[earlier] == p.lemmas[noun] and p.pos[earlier] in ("NOUN", "PROPN"):
                    found = self.sides.ids([earlier], places=False)
                    if not found and p.deps[earlier] == "dobj":
                        found = self.sides.ids(agents(p, p.heads[earlier]), places=False)
                    if found:
                        return found
        return []

    def _discourse(self, i: int, actors: Sequence[str]) -> list[str]:
        """The one other state that the sentence names."""
        countries = {self.reading.country_of(a) for a in actors}
        sentence = self.p.sentences[self.p.sentence_of[i]]
        others: dict[str, str] = {}
        for mention in self._mentions_in(*sentence):
            country = self.reading.country_of(mention.entity_id)
            if country not in countries and self._may_receive(mention, i):
                others.setdefault(country, mention.entity_id)
        return [next(iter(others.values()))] if len(others) == 1 else []

    def _spoken_of(self, i: int, actors: Sequence[str]) -> list[str]:
        """The subject of an earlier sentence in the paragraph, when of another state: whom a protest answers."""
        p = self.p
        countries = {self.reading.country_of(a) for a in actors}
        start = max(p.paragraphs[p.paragraph_of[i]][0], p.sentences[max(0, p.sentence_of[i] - 3)][0])
        for token in range(p.sentences[p.sentence_of[i]][0] - 1, start - 1, -1):
            if p.deps[token] in ("nsubj", "nsubjpass", "poss"):
                for mention in self.reading.mentions_by_root.get(token, ()):
                    if self.reading.country(mention) not in countries and self.reading.is_political(mention.entity_id):
                        return [mention.entity_id]
        return []

    def _asks_for_another(self, i: int, entry: Entry, kind: str) -> bool:
        """Whether an act so worded is done to somebody: meetings and bare nouns need name nobody else."""
        if kind == "noun":
            return entry.type != "CONSULT" and self.grammar.light_verb(i, self.grammar.lexicon.light_verbs) is not None
        return kind == "verb" and entry.mode != "visit"

    def _may_receive(self, mention: Mention, i: int) -> bool:
        return (
            self.reading.is_political(mention.entity_id)
            and not self._tells(mention, i)
            and not self._acts_elsewhere(mention, i)
            and not self._describes_the_actor(mention, i)
        )

    def _describes_the_actor(self, mention: Mention, i: int) -> bool:
        """Whether somebody is named only to say who acts: the UN of "the envoy to the UN condemned …". Where an
        actor sits ("the embassy in Rome") may be whom the act concerns.
        """
        p = self.p
        preposition = p.heads[mention.root]
        office = p.deps[mention.root] == "pobj" and p.lower[preposition] in ("to", "of", "for", "at")
        return office and any(p.left[s] <= mention.root <= p.right[s] for s in surface_subjects(p, i) if s < i)

    def _acts_elsewhere(self, mention: Mention, i: int) -> bool:
        """Whether somebody is the subject of another clause: he has business of his own there."""
        p = self.p
        return p.deps[mention.root] in ("nsubj", "nsubjpass") and clause_of(p, mention.root) != clause_of(p, i)

    def _tells(self, mention: Mention, i: int) -> bool:
        """Whether somebody only tells of an act: he stands in the cue of the words around it."""
        start, end = self.p.starts[i], self.p.ends[i]
        return any(
            s.cue.start <= mention.start < s.cue.end and s.content.start <= start and end <= s.content.end
            for s in self.reading.statements
        )

    def _kind(self, entity_id: str) -> str:
        entity = self.reading.entities.get(entity_id)
        return entity.kind if entity else "unknown"

    def _mentions_in(self, start: int, end: int) -> Iterator[Mention]:
        for token in range(start, end):
            yield from self.reading.mentions_by_root.get(token, ())
