"""What a text has spoken of so far, and which of it a later word most likely means.

What enters: mentions in the order of the text. What leaves: the best antecedent that fits a test, judged by
distance in sentences and by place in the clause: subjects first, owners and modifiers last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from detente.records import Entity, Mention
from detente.syntax.document import ParsedDocument

_REACH = 12  # sentences
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
_WEAK = frozenset({"poss", "amod", "compound", "nmod"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """One thing spoken of: entity, token, sentence, paragraph, and how prominent its place is."""

    entity: Entity
    token: int
    sentence: int
    weight: float
    is_plural: bool
    conjunct_of: int


class Memory:
    """Grows as the text is read; the latest entry last."""

    def __init__(self, parsed: ParsedDocument) -> None:
        self._parsed = parsed
        self._entries: list[Spoken] = []

    def add(self, mention: Mention, entity: Entity) -> None:
        parsed, token = self._parsed, mention.root
        first = _first_conjunct(parsed, token)
        dep = parsed.deps[first]
        weight = 3.0 if dep in _SUBJECTS else -2.0 if parsed.deps[token] in _WEAK else 0.0
        if mention.form == "modifier":
            weight = min(weight, -2.0)
        plural = parsed.tags[token] in ("NNS", "NNPS") or entity.kind == "group"
        self._entries.append(Spoken(entity, token, parsed.sentence_of[token], weight, plural, first))

    def best(self, at: int, fits: Callable[[Spoken], bool], *, owners_first: bool = False) -> Spoken | None:
        """The most prominent entry before token `at` that fits; None where nothing within reach does.

        With `owners_first`, owners in the same sentence weigh as much as objects: "X's attacks and its siege".
        """
        sentence = self._parsed.sentence_of[at]
        found: Spoken | None = None
        top = float("-inf")
        for entry in reversed(self._entries):
            distance = sentence - entry.sentence
            if distance > _REACH or top >= 3.0 - 4.0 * distance:
                break
            if entry.token >= at or not fits(entry):
                continue
            owns = owners_first and distance == 0 and self._parsed.deps[entry.token] == "poss"
            score = (1.0 if owns else entry.weight) - 4.0 * distance
            if score > top:
                found, top = entry, score
        return found

    def directly_before(self, at: int) -> Spoken | None:
        """ "Germany its minister": the state that the word before names."""
        for entry in reversed(self._entries[-3:]):
            if entry.token == at - 1 and entry.entity.kind == "state":
                return entry
        return None

    def pair(
        self,
        at: int,
        fits: Callable[[Spoken], bool],
        count: int,
        key: Callable[[Spoken], str],
        *,
        reach: int = _REACH,
    ) -> list[Spoken]:
        """The `count` different things that words before `at` spoke of together, in the order of the text.

        The nearest sentence that names exactly so many decides; where the nearest names more, those most often
        spoken of. Else the last so many.
        """
        sentence = self._parsed.sentence_of[at]
        seen: dict[int, dict[str, Spoken]] = {}
        often: dict[str, int] = {}
        for entry in self._entries:
            if entry.token < at and fits(entry):
                often[key(entry)] = often.get(key(entry), 0) + 1
                if sentence - entry.sentence <= reach:
                    seen.setdefault(entry.sentence, {}).setdefault(key(entry), entry)
        last: dict[str, Spoken] = {}
        for number in sorted(seen, reverse=True):
            if len(seen[number]) == count and not last:
                return list(seen[number].values())
            for name, entry in seen[number].items():
                last.setdefault(name, entry)
            if len(last) >= count:
                break
        everything = {name: entry for number in sorted(seen) for name, entry in seen[number].items()}
        chosen = sorted(everything, key=lambda name: -often[name])[:count]
        if not set(chosen) & set(last):
            chosen = sorted(last, key=lambda name: -often[name])[:count]
        return sorted((everything[name] for name in chosen), key=lambda e: e.token)

    def only_country(self, at: int) -> str | None:
        """The one state that the words of this and the two sentences before speak of; None where there are more."""
        sentence = self._parsed.sentence_of[at]
        found: set[str] = set()
        for entry in reversed(self._entries):
            if sentence - entry.sentence > 2:
                break
            entity = entry.entity
            is_official = entity.kind == "person" and entity.country and entity.sector in ("GOV", "MIL", "OPP", "LEG")
            if entry.token < at and (entity.kind == "state" or ":" in entity.id or is_official):
                found.add(entity.country or entity.id)
        return found.pop() if len(found) == 1 else None

    def together(self, entry: Spoken) -> list[Spoken]:
        """The entries coordinated with one ("Russia and Iran"), itself included, in order."""
        found: list[Spoken] = []
        for other in reversed(self._entries):
            if other.sentence < entry.sentence:
                break
            if other.conjunct_of == entry.conjunct_of and other.sentence == entry.sentence:
                found.append(other)
        found.reverse()
        return list({e.entity.id: e for e in found}.values()) or [entry]


def _first_conjunct(parsed: ParsedDocument, i: int) -> int:
    while parsed.deps[i] == "conj":
        i = parsed.heads[i]
    return i
