"""How well found attributions agree with annotated ones: exact and overlap F1 of cue, source, content and the whole.

What enters: for each article the annotated and the found attributions as character spans. What leaves: figures with
bootstrap intervals over articles.

Found and annotated attributions are paired one to one, those that agree best first, where their cues touch or most of
their contents is common to both; what has no pair, or is not in the pair, counts as missed or as invented. Spans are
compared without the blanks and punctuation at their edges. They overlap when the characters in common are at least
half of the longer of the two; several spans of one role are taken together. A whole relation is right when cue, source
and content are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.evaluate.intervals import Figure, f1, figure, ratio, resampled_sums
from detente.evaluate.polnear import ROLES, AttributionSpans, Spans

PARTS = (*ROLES, "relation")
WAYS = ("exact", "overlap")
_SHARE = 0.5
_EDGES = " \n\t\r\u00a0,;:.!?-–—()[]\"'“”‘’„«»…"


@dataclass(frozen=True, slots=True)
class PolnearScores:
    """Precision, recall and F1, keyed by part (of `PARTS`) and way (of `WAYS`); numbers of attributions."""

    figures: dict[tuple[str, str], tuple[Figure, Figure, Figure]]
    annotated: int
    found: int


@dataclass(frozen=True, slots=True)
class _Match:
    """How two attributions agree: for each role the share in common, None where neither has such words."""

    shares: dict[str, float | None]

    def right(self, part: str, way: str) -> bool:
        if part == "relation":
            return all(share is None or _passes(share, way) for share in self.shares.values())
        share = self.shares[part]
        return share is not None and _passes(share, way)


def score_polnear(
    texts: Sequence[str], gold: Sequence[Sequence[AttributionSpans]], found: Sequence[Sequence[AttributionSpans]]
) -> PolnearScores:
    """Compare found attributions with annotated ones, article by article."""
    rows = [_counts(text, g, f) for text, g, f in zip(texts, gold, found, strict=True)]
    sums = resampled_sums(np.asarray(rows, dtype=np.float64).reshape(len(rows), len(PARTS) * len(WAYS) * 3))
    figures: dict[tuple[str, str], tuple[Figure, Figure, Figure]] = {}
    for number, key in enumerate((part, way) for part in PARTS for way in WAYS):
        right, ours, theirs = (sums[:, 3 * number + k] for k in range(3))
        precision, recall = ratio(right, ours), ratio(right, theirs)
        figures[key] = (figure(precision), figure(recall), figure(f1(precision, recall)))
    return PolnearScores(figures, sum(map(len, gold)), sum(map(len, found)))


def _counts(text: str, gold: Sequence[AttributionSpans], found: Sequence[AttributionSpans]) -> NDArray[np.float64]:
    """Right, found and annotated for each part and way of one article."""
    gold, found = [_bare(text, one) for one in gold], [_bare(text, one) for one in found]
    matches = pair_up(gold, found)
    out = []
    for part in PARTS:
        ours = len(found) if part == "relation" else sum(bool(one.of(part)) for one in found)
        theirs = len(gold) if part == "relation" else sum(bool(one.of(part)) for one in gold)
        out.extend([[sum(m.right(part, way) for m in matches), ours, theirs] for way in WAYS])
    return np.asarray(out, dtype=np.float64).ravel()


def pair_up(gold: Sequence[AttributionSpans], found: Sequence[AttributionSpans]) -> list[_Match]:
    """Pair attributions whose cues touch or whose contents overlap, one to one, those that agree best first."""
    rivals = []
    for g, one in enumerate(gold):
        for f, other in enumerate(found):
            content = _likeness(one.content, other.content)
            if _shared(one.cue, other.cue) or (content is not None and content >= _SHARE):
                match = _Match({role: _likeness(one.of(role), other.of(role)) for role in ROLES})
                rivals.append((-sum(1.0 if s is None else s for s in match.shares.values()), g, f, match))
    rivals.sort(key=lambda rival: rival[:3])
    taken: tuple[set[int], set[int]] = (set(), set())
    out = []
    for _, g, f, match in rivals:
        if g not in taken[0] and f not in taken[1]:
            taken[0].add(g)
            taken[1].add(f)
            out.append(match)
    return out


def _bare(text: str, one: AttributionSpans) -> AttributionSpans:
    return AttributionSpans(*(_stripped(text, one.of(role)) for role in ROLES))


def _stripped(text: str, spans: Spans) -> Spans:
    """Spans without blanks and punctuation at their edges; one of nothing else (a colon as a cue) stays."""
    out = []
    for start, end in spans:
        first, last = start, end
        while first < last and text[first] in _EDGES:
            first += 1
        while last > first and text[last - 1] in _EDGES:
            last -= 1
        out.append((first, last) if first < last else (start, end))
    return tuple(out)


def _shared(a: Spans, b: Spans) -> int:
    return sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)


def _likeness(a: Spans, b: Spans) -> float | None:
    """The characters in common, as a share of the longer of the two; 0 where one is empty, None where both are."""
    if not a and not b:
        return None
    longer = max(sum(end - start for start, end in spans) for spans in (a, b))
    return _shared(a, b) / longer


def _passes(share: float, way: str) -> bool:
    return share >= (_SHARE if way == "overlap" else 1.0)
