"""The words of PLOVER contexts: what an event is about, told by the words of its clause.

What enters: `contexts.yaml`. What leaves: a frozen `ContextLexicon` that names the contexts of a row of lemmas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from detente.codebook.codebook import load_codebook, read_data, require
from detente.errors import DataError


@dataclass(frozen=True, slots=True)
class ContextLexicon:
    """Phrases, as tuples of lemmas under their first lemma, with the contexts they speak for."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    order: tuple[str, ...]

    def contexts_of(self, lemmas: Sequence[str], *, limit: int = 3) -> tuple[str, ...]:
        """The contexts named by a row of lower-case lemmas: most mentions first, then in the codebook's order.

        Empty where no word names one. `limit` keeps the first few, since one clause rarely has more subjects.
        """
        counts: Counter[str] = Counter()
        for start, lemma in enumerate(lemmas):
            for phrase, context in self.phrases.get(lemma, ()):
                if tuple(lemmas[start : start + len(phrase)]) == phrase:
                    counts[context] += 1
        return tuple(sorted(counts, key=lambda c: (-counts[c], self.order.index(c)))[:limit])


@cache
def load_contexts() -> ContextLexicon:
    """Read and check the words of contexts; the result is kept.

    Raises:
        DataError: a context does not exist or has no words.
    """
    return build_contexts(read_data("contexts.yaml"), load_codebook().contexts)


def build_contexts(table: Mapping[str, Sequence[str]], contexts: tuple[str, ...]) -> ContextLexicon:
    """Make a lexicon from the content of its file and the codebook's contexts."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for context, phrases in table.items():
        require(context, contexts, "context", "contexts.yaml")
        if not phrases:
            raise DataError(f"No words under {context!r} in contexts.yaml: at least one is needed. Add one.")
        for phrase in dict.fromkeys(phrases):
            words = tuple(str(phrase).split())
            found.setdefault(words[0], []).append((words, context))
    return ContextLexicon(MappingProxyType({first: tuple(rows) for first, rows in found.items()}), contexts)
