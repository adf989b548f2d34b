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

    def best(self, at: int, fits: Callable[[Spoken], bool]) -> Spoken | None:
        """The most prominent entry before token `at` that fits; None where nothing within reach does."""
        sentence = self._parsed.sentence_of[at]
        found: Spoken | None = None
        top = float("-inf")
        for entry in reversed(self._entries):
            distance = sentence - entry.sentence
            if distance > _REACH or top >= 3.0 - 4.0 * distance:
                break
            if entry.token >= at or not fits(entry):
                continue
            score = entry.weight - 4.0 * distance
            if score > top:
                found, top = entry, score
        return found

    def pair(self, at: int, fits: Callable[[Spoken], bool], count: int, key: Callable[[Spoken], str]) -> list[Spoken]:
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
                if sentence - entry.sentence <= _REACH:
                    seen.setdefault(entry.sentence, {}).setdefault(key(entry), entry)
        last: dict[str, Spoken] = {}
        for number in sorted(seen, reverse=True):
            if len(seen[number]) == count and not last:
                return list(seen[number].values())
            for name, entry in seen[number].items():
                last.setdefault(name, entry)
            if len(last) >= count:
                break
        chosen = sorted(last, key=lambda name: -often[name])[:count]
        return sorted((last[name] for name in chosen), key=lambda e: e.token)

    def only_country(self, at: int) -> str | None:
        """The one state that the words of this and the two sentences before speak of; None where there are more."""
        sentence = self._parsed.sentence_of[at]
        found = {
            e.entity.country or e.entity.id
            for e in self._entries
            if sentence - e.sentence <= 2 and e.token < at and (e.entity.kind == "state" or ":" in e.entity.id)
        }
        return found.pop() if len(found) == 1 else None

    def together(self, entry: Spoken) -> list[Spoken]:
        """The entries coordinated with one ("Russia and Iran"), itself included, in order."""
        found = [e for e in self._entries if e.conjunct_of == entry.conjunct_of and e.sentence == entry.sentence]
        return list({e.entity.id: e for e in found}.values()) or [entry]


def _first_conjunct(parsed: ParsedDocument, i: int) -> int:
    while parsed.deps[i] == "conj":
        i = parsed.heads[i]
    return i
