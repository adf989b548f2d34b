"""What a cue reports, widely read: candidates for the content.

What enters: a `View`, a cue and its source. What leaves: candidates, each one or two token ranges with the names of
the ways that lead to it. Their features stand in `cue_content_features.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.coding.cue_extent import extent
from detente.coding.cue_view import View
from detente.coding.frames import Range
from detente.syntax.document import ParsedDocument

Ranges = tuple[Range, ...]

_EDGES = frozenset({",", ";", ".", "-", "--", "—", "–", "_", ":"})
_DEEP = 3
_PARAGRAPHS = 2


def content_candidates(view: View, i: int, cue: Range, source: Range | None) -> dict[Ranges, list[str]]:
    """All that a cue may report, each with the ways that lead to it."""
    p = view.p
    blocked = _blocked(p, i, cue, source)
    out: dict[Ranges, list[str]] = {}
    for way, first, last in _ranges(view, i, cue):
        for number, taken in enumerate(blocked):
            for suffix, ranges in _variants(p, _without(first, last, taken), i):
                ways = out.setdefault(ranges, [])
                name = f"{way}{suffix}{'~' if number else ''}"
                if name not in ways:
                    ways.append(name)
    return out


def _blocked(p: ParsedDocument, i: int, cue: Range, source: Range | None) -> list[list[Range]]:
    """What is no content: cue and source; and, more widely, the whole clause of the cue."""
    narrow = [cue] if source is None else sorted((cue, source))
    first, last = extent(p, i, (), "verb")
    wide = (min(first, cue[0]), max(last, cue[1]))
    if source is not None and (abs(source[0] - wide[1]) <= 2 or abs(wide[0] - source[1]) <= 2):
        wide = (min(wide[0], source[0]), max(wide[1], source[1]))
    both = [wide] if source is None else sorted({wide, source})
    return [narrow] if both == narrow else [narrow, both]


def _without(first: int, last: int, blocked: Iterable[Range]) -> list[Range]:
    pieces = [(first, last)]
    for a, b in blocked:
        cut: list[Range] = []
        for x, y in pieces:
            if b < x or a > y:
                cut.append((x, y))
                continue
            cut += [(x, a - 1)] if x < a else []
            cut += [(b + 1, y)] if b < y else []
        pieces = cut
    return pieces


def _variants(p: ParsedDocument, pieces: list[Range], i: int) -> Iterator[tuple[str, Ranges]]:
    """The pieces together, and where there are several, those before and those after the cue apart."""
    trimmed = [piece for piece in (_trimmed(p, *one) for one in pieces) if piece is not None]
    if not trimmed:
        return
    if len(trimmed) == 1:
        yield "", (trimmed[0],)
        return
    if len(trimmed) == 2:
        yield "+", tuple(trimmed)
    before = [piece for piece in trimmed if piece[1] < i]
    after = [piece for piece in trimmed if piece[0] > i]
    if before:
        yield "-<", (max(before, key=_size),)
    if after:
        yield "->", (max(after, key=_size),)
    if before and after and len(trimmed) > 2:
        yield "+", (max(before, key=_size), max(after, key=_size))


def _size(piece: Range) -> int:
    return piece[1] - piece[0]


def _trimmed(p: ParsedDocument, first: int, last: int) -> Range | None:
    while first <= last and (p.lower[first] in _EDGES or p.words[first].isspace()):
        first += 1
    while last >= first and (p.lower[last] in _EDGES or p.words[last].isspace()):
        last -= 1
    if all(p.pos[t] in ("PUNCT", "CCONJ", "SPACE") for t in range(first, last + 1)):
        return None
    return first, last


def _ranges(view: View, i: int, cue: Range) -> Iterator[tuple[str, int, int]]:
    p = view.p
    yield from _from_children(p, i, cue)
    yield from _deeper(p, i, "", _DEEP)
    yield from _from_above(p, i)
    yield from _from_sentence(p, i, cue)
    yield from _from_quotations(p, i, cue)
    yield from _from_neighbours(p, i)


def _from_children(p: ParsedDocument, i: int, cue: Range) -> Iterator[tuple[str, int, int]]:
    """Runs of neighbouring dependents on one side of the cue."""
    kept = [c for c in p.children[i] if p.deps[c] != "punct" and not cue[0] <= p.left[c] <= p.right[c] <= cue[1]]
    for side in ([c for c in kept if c < i], [c for c in kept if c > i]):
        for a, start in enumerate(side):
            for stop in side[a : a + 5]:
                way = p.deps[start] if start == stop else f"{p.deps[start]}..{p.deps[stop]}"
                yield f"v{way}", p.left[start], p.right[stop]


def _deeper(p: ParsedDocument, i: int, path: str, depth: int) -> Iterator[tuple[str, int, int]]:
    """Phrases below the dependents: "spoke | about | the war", "made | the claim | that …"."""
    for child in p.children[i]:
        if p.deps[child] == "punct":
            continue
        way = f"{path}v{p.deps[child]}"
        if path:
            yield way, p.left[child], p.right[child]
            if p.right[child] < (right := p.right[i]):
                yield f"{way}…", p.left[child], right
        if depth > 1:
            yield from _deeper(p, child, f"{way} ", depth - 1)


def _from_above(p: ParsedDocument, i: int) -> Iterator[tuple[str, int, int]]:
    """The clauses that the cue hangs in, and their other parts."""
    path = ""
    token = i
    for _ in range(_DEEP):
        if p.heads[token] == token:
            return
        path = f"{path}^{p.deps[token]} "
        above = p.heads[token]
        yield path, p.left[above], p.right[above]
        for child in p.children[above]:
            if child != token and p.deps[child] != "punct":
                yield f"{path}v{p.deps[child]}", p.left[child], p.right[child]
        token = above


def _from_sentence(p: ParsedDocument, i: int, cue: Range) -> Iterator[tuple[str, int, int]]:
    start, end = p.sentences[p.sentence_of[i]]
    yield "sentence", start, end - 1
    if cue[0] > start:
        yield "before", start, cue[0] - 1
    if cue[1] + 1 < end:
        yield "after", cue[1] + 1, end - 1
    for t in range(cue[1] + 1, end):
        if p.lower[t] in (":", ","):
            yield f"after {p.lower[t]}", t + 1, end - 1
            break
    for t in range(cue[0] - 1, start, -1):
        if p.lower[t] in (":", ",", ";"):
            yield f"to {p.lower[t]}", start, t - 1
            break


def _from_quotations(p: ParsedDocument, i: int, cue: Range) -> Iterator[tuple[str, int, int]]:
    """Quotations of the paragraph, with their marks, and clauses that run on into them."""
    start, end = p.sentences[p.sentence_of[i]]
    paragraph = p.paragraphs[p.paragraph_of[i]]
    found = [(first, last) for first, last in _quoted(p, *paragraph) if not first <= i <= last]
    for first, last in found:
        beside = first < end and last >= start
        side = "<" if last < i else ">"
        away = 0 if beside else min(abs(p.sentence_of[first] - p.sentence_of[i]), 3)
        yield f"quotation {side}{away}", first, last
        if beside and last >= end:
            yield "runs on", i + 1, last
        if beside and first < start:
            yield "runs up", first, i - 1
    before = [q for q in found if q[1] < i]
    after = [q for q in found if q[0] > i]
    if before and after:
        yield "quotations", before[-1][0], after[0][1]
    if after:
        yield "to last quotation", after[0][0], after[-1][1]
        yield "runs to last quotation", cue[1] + 1, after[-1][1]
    if before:
        yield "from first quotation", before[0][0], before[-1][1]


def _quoted(p: ParsedDocument, start: int, end: int) -> Iterator[Range]:
    """The token ranges of the quotations between two tokens, marks included."""
    for quotation in p.quotations:
        first = p.token_at(quotation.start)
        if first >= end:
            return
        if first < start:
            continue
        if p.starts[first] >= quotation.start and first > start:
            first -= 1
        last = p.token_at(quotation.end - 1)
        if quotation.closed and last + 1 < end:
            last += 1
        yield first, last


def _from_neighbours(p: ParsedDocument, i: int) -> Iterator[tuple[str, int, int]]:
    """The next sentence, the rest of the paragraph, and the paragraphs after a colon."""
    number = p.sentence_of[i]
    paragraph = p.paragraph_of[i]
    stop = p.paragraphs[paragraph][1]
    if number + 1 < len(p.sentences):
        first, end = p.sentences[number + 1]
        same = "" if p.paragraph_of[first] == paragraph else " paragraph"
        yield f"next sentence{same}", first, end - 1
        if not same and stop > end:
            yield "rest of paragraph", first, stop - 1
    for step in range(1, _PARAGRAPHS + 1):
        if paragraph + step < len(p.paragraphs):
            yield f"next paragraphs {step}", p.paragraphs[paragraph + 1][0], p.paragraphs[paragraph + step][1] - 1
    if number and p.paragraph_of[p.sentences[number - 1][0]] == paragraph:
        yield "last sentence", *(p.sentences[number - 1][0], p.sentences[number - 1][1] - 1)
