"""Where or on what occasion something is said: "in a speech in Ankara", "told CBS", "at a forum".

What enters: a cue and its parse. What leaves: the words of the occasion, or None.
"""

from __future__ import annotations

from detente.coding.cue_extent import Cue
from detente.coding.cues import cue_lexicon
from detente.syntax.document import ParsedDocument

_OCCASION = frozenset({"in", "at", "during", "on", "to", "after", "before", "following"})


def venue_of(p: ParsedDocument, cue: Cue) -> str | None:
    """The occasion named in the cue's clause, with the place that belongs to it."""
    events = cue_lexicon().events
    start, end = p.sentences[p.sentence_of[cue.word]]
    for token in (*range(cue.word, min(end, cue.last + 12)), *range(start, cue.first)):
        if p.lower[token] not in ("in", "at", "during", "on"):
            continue
        if p.heads[token] != cue.word and not cue.first <= token <= cue.last:
            continue
        noun = next((c for c in p.children[token] if p.deps[c] == "pobj"), None)
        if noun is not None and p.lemmas[noun] in events:
            return _words(p, noun)
    return None


def _words(p: ParsedDocument, noun: int) -> str:
    """The noun with what stands in front of it, and its own place or partner."""
    first = p.left[noun]
    while first < noun and p.pos[first] in ("DET", "PUNCT"):
        first += 1
    last = noun
    for child in p.children[noun]:
        if (
            child > last
            and p.deps[child] == "prep"
            and p.lower[child] in ("in", "at", "with", "on", "to")
            and p.left[child] == last + 1
        ):
            objects = [c for c in p.children[child] if p.deps[c] == "pobj"]
            if objects and objects[0] - last < 8:
                last = objects[0]
    return p.document.text[p.starts[first] : p.ends[last]]
