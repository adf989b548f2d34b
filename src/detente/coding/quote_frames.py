"""Quotations that no verb of saying introduces: a clause and a colon, a gesture, a name after a dash.

What enters: a `ParsedDocument`, a quotation's tokens and the document's cues. What leaves: a `Cue` made of the
words that frame the quotation, whose speaker must prove to be somebody who can speak.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.cue_extent import Cue, left_of
from detente.coding.cues import CueEntry
from detente.syntax.clauses import SUBJECTS, own_subjects
from detente.syntax.document import ParsedDocument

_FRAME = CueEntry("frame", "speech", "neutral", frozenset({"quote"}))
_DASHES = frozenset({"-", "--", "—", "―"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SHORTEST = 3


def framing_cue(p: ParsedDocument, first: int, last: int, cues: Sequence[Cue]) -> Cue | None:
    """The cue for the quotation [first, last] where none of `cues` stands beside it; None where nothing frames it."""
    return _signature(p, last) or _clause_before(p, first, last, cues)


def _clause_before(p: ParsedDocument, first: int, last: int, cues: Sequence[Cue]) -> Cue | None:
    """Read "X was blunt: “…”" and "X reacted angrily, “…”": a clause with its own subject right before."""
    before = first - 2
    while before >= 0 and p.words[before].isspace():
        before -= 1
    if before < 1 or p.lower[before] not in (":", ",") or p.paragraph_of[before] != p.paragraph_of[first]:
        return None
    if p.lower[before] == "," and not _is_sentence(p, first, last):
        return None
    start = p.sentences[p.sentence_of[before]][0]
    verb = next((t for t in range(before - 1, start - 1, -1) if _heads_clause(p, t)), None)
    if verb is None or any(start <= cue.first < first and cue.form != "noun" for cue in cues):
        return None
    subjects = tuple(s for s in own_subjects(p, verb) if s < verb)
    if not subjects:  # the parse gives it to a verb inside the quotation
        subjects = tuple(t for t in range(start, verb) if p.deps[t] in SUBJECTS and p.heads[t] >= first)
    if not subjects:
        return None
    return Cue(verb, left_of(p, subjects[0]), before - 1, subjects, _FRAME, "verb")


def _heads_clause(p: ParsedDocument, token: int) -> bool:
    """Whether a finite verb heads a main clause."""
    if p.pos[token] not in ("VERB", "AUX") or p.deps[token] in ("aux", "auxpass", "relcl", "acl", "pcomp", "xcomp"):
        return False
    return p.tags[token] in _FINITE


def _is_sentence(p: ParsedDocument, first: int, last: int) -> bool:
    """Whether quoted words are a sentence of their own and no title or term."""
    opens = p.words[first][:1].isupper() or p.lower[first] in ("[", "(", "...")
    closes = p.lower[last] in (".", "!", "?", ",", "...", "…")
    return opens and closes and last - first >= _SHORTEST and any(p.tags[t] in _FINITE for t in range(first, last))


def _signature(p: ParsedDocument, last: int) -> Cue | None:
    """Read "“…” — X" at the end of a paragraph."""
    token = last + 1
    while token < len(p) and (p.lower[token] == '"' or p.words[token] == " "):
        token += 1
    if token + 1 >= len(p) or p.lower[token] not in _DASHES:
        return None
    end = p.paragraphs[p.paragraph_of[last]][1]
    name = [t for t in range(token + 1, end) if not p.words[t].isspace()]
    cut = next((n for n, t in enumerate(name) if p.lower[t] in (",", ".")), len(name))
    name = name[:cut]
    if not 2 <= len(name) <= 5 or any(p.pos[t] != "PROPN" for t in name):
        return None
    return Cue(name[-1], name[0], name[-1], (name[-1],), _FRAME, "label")
