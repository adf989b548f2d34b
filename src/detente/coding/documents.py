"""Which institution speaks through a document, and which one "the embassy" means.

What enters: a `Reading` and the token of a noun. What leaves: the tokens of the nouns that own a document, in
the order in which they are to be tried, and those by which a text names a bare institution elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.coding.cues import CueLexicon
from detente.syntax.clauses import agents, noun_modifiers, possessors
from detente.syntax.document import ParsedDocument

_OWNER_PREPOSITIONS = frozenset({"by", "from", "of"})
_CARRYING = frozenset({"in", "through", "via"})


def is_document(p: ParsedDocument, noun: int, lexicon: CueLexicon) -> bool:
    """Whether a noun names a paper or an inquiry."""
    return (
        p.lemmas[noun] in lexicon.documents or p.lower[noun] in lexicon.documents or p.lower[noun] in lexicon.inquiries
    )


def owner_nouns(p: ParsedDocument, noun: int, lexicon: CueLexicon) -> Iterator[int]:
    """The nouns beside a document that may own it: "Iran's letter", "a report by the UN"."""
    yield from possessors(p, noun)
    yield from noun_modifiers(p, noun)
    before = noun - 1
    while before >= 0 and p.pos[before] in ("NOUN", "PROPN", "ADJ"):  # headlines are often misparsed
        yield before
        before -= 1
    for child in p.children[noun]:
        if p.deps[child] == "acl" and p.tags[child] == "VBN":
            yield from agents(p, child)
    if p.deps[noun] == "dobj" and p.lemmas[p.heads[noun]] in lexicon.light_verbs:
        yield from agents(p, p.heads[noun])
    for child in p.children[noun]:
        if p.deps[child] == "prep" and p.lower[child] in _OWNER_PREPOSITIONS:
            yield from (c for c in p.children[child] if p.deps[c] == "pobj")


def issuers(p: ParsedDocument, noun: int) -> list[int]:
    """Who says something in a document: "in a statement, the embassy rejected the charge"."""
    preposition = p.heads[noun]
    if p.deps[noun] != "pobj" or p.lower[preposition] not in _CARRYING:
        return []
    verb = p.heads[preposition]
    return agents(p, verb) if p.pos[verb] == "VERB" else []


def namesakes(p: ParsedDocument, noun: int, lexicon: CueLexicon) -> list[int]:
    """Where else a text speaks of what "the embassy" names without its owner: before, nearest first, then after."""
    lemma = p.lemmas[noun]
    if lemma not in lexicon.institutions or p.lower[p.left[noun]] not in ("the", "its") or noun - p.left[noun] > 1:
        return []
    others = [i for i, other in enumerate(p.lemmas) if other == lemma and i != noun and p.left[i] < i - 1]
    return [i for i in reversed(others) if i < noun] + [i for i in others if i > noun]
