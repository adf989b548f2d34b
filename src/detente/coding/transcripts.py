"""The turns of a transcript: paragraphs that open with a speaker's name and a colon.

What enters: a `ParsedDocument`. What leaves: for each turn a `Cue` (the label) and its paragraphs. A label in
capitals counts on its own; one in ordinary letters counts where the document has several.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.cue_extent import Cue
from detente.coding.cues import CueEntry
from detente.coding.frames import Range
from detente.syntax.document import ParsedDocument

_MAX_LABEL = 6
_QUESTIONERS = frozenset({"question", "q", "moderator", "interviewer", "reporter", "journalist"})
_ENTRY = CueEntry("label", "speech", "neutral", frozenset({"quote"}))


def transcript_turns(p: ParsedDocument) -> list[tuple[Cue, list[Range]]]:
    """The turns of a document in order; empty where it is no transcript. Questioners without a name are left out."""
    paragraphs = [[t for t in range(a, b) if not p.words[t].isspace()] for a, b in p.paragraphs]
    labels = [_label_end(p, tokens) for tokens in paragraphs]
    if sum(label is not None for label in labels) < 2:
        return []
    turns: list[tuple[Cue, list[Range]]] = []
    speaking = False
    for tokens, label in zip(paragraphs, labels, strict=True):
        if not tokens:
            continue
        if label is not None:
            speaking = p.lower[label - 1] not in _QUESTIONERS
            if speaking:
                cue = Cue(label - 1, tokens[0], label - 1, (label - 1,), _ENTRY, "label")
                turns.append((cue, [(label + 1, tokens[-1])] if label < tokens[-1] else []))
        elif speaking and _is_speech(p, tokens):
            turns[-1][1].append((tokens[0], tokens[-1]))
    return turns


def _is_speech(p: ParsedDocument, tokens: Sequence[int]) -> bool:
    """Whether words are spoken: no stage direction in brackets, no rule of dashes, no figures of a table."""
    return p.lower[tokens[0]] not in ("(", "[") and any(p.words[t].isalpha() for t in tokens)


def _label_end(p: ParsedDocument, tokens: Sequence[int]) -> int | None:
    """The colon of a label, if a paragraph opens with one: "MR. LEE:", "Vladimir Putin:"."""
    colon = next((t for t in tokens[1 : _MAX_LABEL + 1] if p.lower[t] == ":"), None)
    if colon is None or colon == tokens[-1]:
        return None
    words = [p.words[t] for t in tokens if t < colon and p.words[t] != "."]
    if not _is_speech(p, [t for t in tokens if t > colon]):
        return None
    capitals = all(word.replace(".", "").replace("-", "").isupper() for word in words)
    names = all(p.pos[t] == "PROPN" for t in tokens if t < colon)
    return colon if capitals or (names and len(words) > 1) else None
