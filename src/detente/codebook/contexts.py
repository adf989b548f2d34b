"""What an event is about: PLOVER contexts, several to an event, told by the words around it.

What enters: `contexts.yaml`, and the lemmas of an event's clause, of its sentence and of its paragraph. What leaves:
the names of its contexts.

The rule. A phrase weighs 1 where the lexicon lists it under `words` and 0.5 under `hints`; times 1 in the clause,
0.5 in the rest of the sentence and 0.25 in the rest of the paragraph. It counts once for each context, where it weighs
most. A sector of a side that the clause names weighs 1. A context holds at a sum of 1 or more of which at least
`NEAR` lies in the sentence, so that a clause needs one telling word, or two that only hint at it, and a paragraph
can confirm what a sentence hints at but tells nothing by itself. Of those that hold, the ones below `SHARE` of the
weightiest are left out, and `LIMIT` are kept at most.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from detente.codebook.codebook import load_codebook, read_data, require
from detente.errors import DataError

WORD, HINT, SECTOR = 1.0, 0.5, 1.0
CLAUSE, SENTENCE, PARAGRAPH = 1.0, 0.5, 0.25
THRESHOLD, NEAR, SHARE, LIMIT = 1.0, 0.5, 0.34, 4
LEAST, REACH = 60, 120

_FILE = "contexts.yaml"

Meanings = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class ContextLexicon:
    """Phrases under their first word, longest first, each with its contexts and weights; contexts of sectors."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Meanings], ...]]
    sectors: Mapping[str, str]
    order: tuple[str, ...]

    def contexts_at(
        self,
        lemmas: Sequence[str],
        *,
        clause: tuple[int, int],
        sentence: tuple[int, int],
        paragraph: tuple[int, int],
        sectors: Collection[str] = (),
    ) -> tuple[str, ...]:
        """`contexts_of` by token ranges [start, end) over a document's lemmas.

        News breaks paragraphs at every sentence: at least `LEAST` tokens on either side of the sentence count as its
        paragraph, and at most `REACH`.
        """
        start, end = min(clause[0], sentence[0]), max(clause[1], sentence[1])
        top = max(0, start - REACH, min(paragraph[0], start - LEAST))
        bottom = min(len(lemmas), end + REACH, max(paragraph[1], end + LEAST))
        return self.contexts_of(
            lemmas[slice(*clause)],
            [*lemmas[start : clause[0]], "", *lemmas[clause[1] : end]],
            [*lemmas[top:start], "", *lemmas[end:bottom]],
            sectors,
        )

    def contexts_of(
        self,
        clause: Sequence[str],
        sentence: Sequence[str] = (),
        paragraph: Sequence[str] = (),
        sectors: Collection[str] = (),
    ) -> tuple[str, ...]:
        """Name the contexts of an event: the weightiest first, equals in the codebook's order.

        Args:
            clause: lower-case lemmas of the clause that tells it.
            sentence: those of the rest of its sentence; `paragraph`: of the rest of the paragraph.
            sectors: PLOVER sectors of the sides that the clause names.

        Returns:
            Empty where the words name none.
        """
        best: dict[tuple[tuple[str, ...], str], float] = {}
        for lemmas, zone in ((clause, CLAUSE), (sentence, SENTENCE), (paragraph, PARAGRAPH)):
            for phrase, meanings in self._found(lemmas):
                for context, weight in meanings:
                    key = (phrase, context)
                    best[key] = max(best.get(key, 0.0), weight * zone)
        for context in {self.sectors[sector] for sector in sectors if sector in self.sectors}:
            best[(), context] = SECTOR
        return self._chosen(best)

    def _chosen(self, best: Mapping[tuple[tuple[str, ...], str], float]) -> tuple[str, ...]:
        total = dict.fromkeys((context for _, context in best), 0.0)
        near = dict(total)
        for (_, context), weight in best.items():
            total[context] += weight
            if weight > PARAGRAPH:
                near[context] += weight
        least = max(THRESHOLD, SHARE * max(total.values(), default=0.0))
        held = [context for context, weight in total.items() if weight >= least and near[context] >= NEAR]
        return tuple(sorted(held, key=lambda c: (-total[c], self.order.index(c)))[:LIMIT])

    def _found(self, lemmas: Sequence[str]) -> list[tuple[tuple[str, ...], Meanings]]:
        """The phrases in a row of lemmas, from the left, the longest at each place; none overlap."""
        words = [_plain(lemma) for lemma in lemmas if lemma != "-"]
        found = []
        position = 0
        while position < len(words):
            for phrase, meanings in self.phrases.get(words[position], ()):
                if len(phrase) == 1 or tuple(words[position : position + len(phrase)]) == phrase:
                    found.append((phrase, meanings))
                    position += len(phrase) - 1
                    break
            position += 1
        return found


def _plain(word: str) -> str:
    """A word without a final s, since names keep theirs in a lemma ("Security Forces")."""
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word


@cache
def load_contexts() -> ContextLexicon:
    """Read and check the words of contexts; the result is kept.

    Raises:
        DataError: a context or sector does not exist, or a context has no words.
    """
    codebook = load_codebook()
    return build_contexts(read_data(_FILE), codebook.contexts, codebook.sectors)


def build_contexts(table: Mapping[str, Any], contexts: tuple[str, ...], sectors: Collection[str]) -> ContextLexicon:
    """Make a lexicon from the content of its file and the codebook's contexts and sectors."""
    found: dict[tuple[str, ...], dict[str, float]] = {}
    for kind, weight in (("hints", HINT), ("words", WORD)):
        for context, phrases in table[kind].items():
            require(context, contexts, "context", _FILE)
            if not phrases:
                raise DataError(f"No {kind} under {context!r} in {_FILE}: at least one is needed. Add one.")
            for phrase in phrases:
                words = tuple(_plain(word) for word in str(phrase).replace("-", " ").split())
                found.setdefault(words, {})[context] = weight
    by_first: dict[str, list[tuple[tuple[str, ...], Meanings]]] = {}
    for words in sorted(found, key=len, reverse=True):
        by_first.setdefault(words[0], []).append((words, tuple(found[words].items())))
    for sector, context in table["sectors"].items():
        require(sector, sectors, "sector", _FILE)
        require(context, contexts, "context", f"{_FILE}, sector {sector}")
    return ContextLexicon(
        MappingProxyType({first: tuple(rows) for first, rows in by_first.items()}),
        MappingProxyType(dict(table["sectors"])),
        contexts,
    )
