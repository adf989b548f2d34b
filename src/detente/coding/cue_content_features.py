"""The features by which candidates for the content of a cue are ranked.

What enters: a `View`, a cue, and a candidate of `cue_contents.py` with the ways that lead to it. What leaves: names
of features, whose weights stand in `cue_model/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.coding.cue_contents import Ranges
from detente.coding.cue_view import MARKS, View
from detente.coding.frames import Range
from detente.syntax.clauses import SUBJECTS


@dataclass(frozen=True, slots=True)
class CueFrame:
    """What all candidates of one cue share: its word and tokens, and names of its kind of frame."""

    word: int
    cue: Range
    kinds: tuple[str, ...]


def cue_frame(view: View, i: int, cue: Range) -> CueFrame:
    """Describe a cue by word, form and what hangs on it."""
    p = view.p
    deps = {p.deps[c] for c in p.children[i]}
    heavy = [dep for dep in ("ccomp", "xcomp", "dobj", "oprd", "prep", "nsubjpass") if dep in deps]
    start, end = p.sentences[p.sentence_of[i]]
    quoting = "quoted" if p.quotation_of[i] is not None else "plain"
    if quoting == "plain" and any(p.lower[t] in MARKS for t in range(start, end)):
        quoting = "beside"
    entry = view.entry(i) if p.pos[i] == "VERB" else None
    kind = "none" if entry is None else entry.kind
    kinds = (f"l={p.lemmas[i]}", f"t={p.tags[i]}", f"d={p.deps[i]}", f"has {' '.join(heavy)}", quoting, f"kind={kind}")
    return CueFrame(i, cue, kinds)


def content_features(view: View, frame: CueFrame, ranges: Ranges, ways: Sequence[str]) -> list[str]:
    """Describe a candidate."""
    out = [f"{len(ranges)} ranges"]
    for way in ways:
        out.append(way)
        out.extend(f"{way} {kind}" for kind in frame.kinds)
    first, last = ranges[0][0], ranges[-1][1]
    side = "<" if last < frame.word else ">" if first > frame.word else "<>"
    out.extend(f"{side} {kind}" for kind in frame.kinds)
    out.extend(_edges(view, frame, first, last, side))
    out.extend(_marks(view, ranges, side))
    out.extend(_inside(view, frame, ranges, side))
    out.extend(_left_out(view, frame, first, last, side))
    return out


def _edges(view: View, frame: CueFrame, first: int, last: int, side: str) -> Iterator[str]:
    p = view.p
    prev, nxt = view.before(first), view.after(last)
    yield f"{side} prev={prev}"
    yield f"{side} next={nxt}"
    yield f"prev={prev} first={view.words[first]}"
    yield f"{side} first={view.words[first]}"
    yield f"{side} firsttag={p.tags[first]} {frame.kinds[0]}"
    yield f"{side} first={view.words[first]} {frame.kinds[0]}"
    yield f"{side} lasttag={p.tags[last]} nexttag={p.tags[last + 1] if last + 1 < len(p) else 'end'}"
    at_start = first == p.sentences[p.sentence_of[first]][0]
    at_end = last + 2 >= p.sentences[p.sentence_of[last]][1]
    yield f"{side} from start={at_start} to end={at_end}"
    yield f"{side} from start={at_start} to end={at_end} {frame.kinds[4]}"
    gap = first - frame.cue[1] if side == ">" else frame.cue[0] - last if side == "<" else 0
    yield f"{side} gap={gap if gap < 4 else 4 if gap < 10 else 10}"


def _marks(view: View, ranges: Ranges, side: str) -> Iterator[str]:
    """How quotation marks and brackets stand to a candidate."""
    p = view.p
    tokens = [t for first, last in ranges for t in range(first, last + 1)]
    marks = sum(p.lower[t] in MARKS for t in tokens)
    inside = sum(p.quotation_of[t] is not None for t in tokens)
    share = "no" if not inside else "all" if inside + marks == len(tokens) else "part"
    yield f"{side} {share} quoted"
    yield f"{side} {share} quoted odd={marks % 2}"
    begins, ends = p.lower[ranges[0][0]] in MARKS, p.lower[ranges[-1][1]] in MARKS
    yield f"{side} marks at edges={begins} {ends}"
    brackets = sum((p.lower[t] == "(") - (p.lower[t] == ")") for t in tokens)
    if brackets:
        yield "open bracket"
    outside = [t for t in (ranges[0][0] - 1, ranges[-1][1] + 1) if 0 <= t < len(p)]
    if share != "no" and any(p.quotation_of[t] is not None for t in outside):
        yield f"{side} cuts a quotation"


def _inside(view: View, frame: CueFrame, ranges: Ranges, side: str) -> Iterator[str]:
    p = view.p
    length = sum(last - first + 1 for first, last in ranges)
    bucket = next(b for b in (1, 2, 4, 7, 12, 20, 35, 60, 10**9) if length <= b)
    yield f"length {bucket}"
    yield f"{side} length {bucket} {frame.kinds[3]}"
    yield f"length {bucket} {frame.kinds[4]}"
    sentences = p.sentence_of[ranges[-1][1]] - p.sentence_of[ranges[0][0]]
    yield f"{side} sentences={min(sentences, 3)} {frame.kinds[4]}"
    finite = any(
        p.pos[t] in ("VERB", "AUX") and any(p.deps[c] in SUBJECTS for c in p.children[t])
        for first, last in ranges
        for t in range(first, last + 1)
    )
    yield f"{side} clause={finite}"
    yield f"clause={finite} {frame.kinds[0]}"
    yield f"clause={finite} {frame.kinds[3]}"


def _left_out(view: View, frame: CueFrame, first: int, last: int, side: str) -> Iterator[str]:
    """What hangs on the cue and stays outside."""
    p = view.p
    for child in p.children[frame.word]:
        dep = p.deps[child]
        if dep in ("punct", "aux", "auxpass", "neg", "mark", "nsubj", "prt") or first <= child <= last:
            continue
        if frame.cue[0] <= child <= frame.cue[1]:
            continue
        where = "<" if child < first else ">"
        yield f"leaves {where}{dep}"
        yield f"{side} leaves {where}{dep}"
        yield f"leaves {where}{dep} {frame.kinds[0]}"
        if dep == "prep":
            yield f"leaves {where}{p.lower[child]}"
