"""How well the encoder tells the class of an act whose two sides are marked in the sentence.

What enters: marked rows and the encoder's probabilities of PLV's roots. What leaves: figures with intervals, and
counts for each root.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.codebook.codebook import QUAD_CLASSES
from detente.encoder.marked import MarkedSentence
from detente.evaluate.intervals import Figure, Values, figure, ratio, resampled_sums
from detente.evaluate.items import Span
from detente.evaluate.marked_pairs import MarkedRow, quad_of, roots

QUADS = ("1", "2", "3", "4")
BINARY = ("cooperation", "conflict")
_FIRST_OF_CONFLICT = 2  # of the indices into QUADS


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Precision, recall and F1 of one class; `rows` of it are in gold."""

    rows: int
    precision: float | None
    recall: float | None
    f1: float | None
    mistaken_for: dict[str, int]


@dataclass(frozen=True, slots=True)
class GivenScores:
    """Figures of judging given pairs, and those of each root and quad."""

    rows: int
    figures: dict[str, Figure]
    roots: dict[str, ClassFigures]
    quads: dict[str, ClassFigures]
    chosen: tuple[str, ...]


def marked_sentence(row: MarkedRow) -> MarkedSentence:
    """What the encoder is asked of a row: its pair, of several spans of one side the first."""
    pair = row.pairs[0]
    return MarkedSentence(row.text, _first(pair.sources), _first(pair.targets))


def score_given(rows: Sequence[MarkedRow], chances: Sequence[NDArray[np.float64]]) -> GivenScores:
    """Compare the encoder's choices with gold.

    Args:
        rows: rows of PLV's table, which have roots.
        chances: for each row the probabilities of `roots()`.
    """
    names = roots()
    by_root = np.array(chances, dtype=np.float64).reshape(-1, len(names))
    quad_of_root = np.array([quad_of(root) - 1 for root in names])
    by_quad = _summed(by_root, list(quad_of_root), len(QUAD_CLASSES))
    by_side = _summed(by_quad, [int(one >= _FIRST_OF_CONFLICT) for one in range(len(QUAD_CLASSES))], 2)
    root, quad, side = (one.argmax(axis=1) for one in (by_root, by_quad, by_side))
    gold_root = np.array([names.index(str(row.root)) for row in rows], dtype=np.int64)
    gold_quad = np.array([row.quad - 1 for row in rows], dtype=np.int64)
    gold_side = (gold_quad >= _FIRST_OF_CONFLICT).astype(np.int64)
    figures = {
        **_figures("root", gold_root, root, len(names)),
        **_figures("quad", gold_quad, quad, len(QUAD_CLASSES)),
        **_figures("quad of the best root", gold_quad, quad_of_root[root], len(QUAD_CLASSES)),
        **_figures("binary", gold_side, side, 2),
    }
    return GivenScores(
        rows=len(rows),
        figures=figures,
        roots=_classes(gold_root, root, names),
        quads=_classes(gold_quad, quad, QUADS),
        chosen=tuple(names[one] for one in root),
    )


def _first(spans: Sequence[Span]) -> tuple[int, int] | None:
    return (spans[0].start, spans[0].end) if spans else None


def _summed(chances: NDArray[np.float64], into: Sequence[int], classes: int) -> NDArray[np.float64]:
    """Add up columns; `into` names the new column of each old one."""
    out = np.zeros((len(chances), classes))
    for column, target in enumerate(into):
        out[:, target] += chances[:, column]
    return out


def _figures(name: str, gold: NDArray[np.int64], chosen: NDArray[np.int64], classes: int) -> dict[str, Figure]:
    """Macro-F1 over the classes that gold or the choices have in a sample, and accuracy."""
    every = np.eye(classes)
    is_right = (gold == chosen).astype(np.float64)
    counts = np.hstack([every[gold] * is_right[:, None], every[gold], every[chosen], is_right[:, None]])
    sums = resampled_sums(counts)
    hits, golds, choices = (sums[:, classes * part : classes * (part + 1)] for part in range(3))
    each: list[Values] = [ratio(2 * hits[:, one], golds[:, one] + choices[:, one]) for one in range(classes)]
    table = np.stack(each, axis=1)
    known = ~np.isnan(table)
    macro = ratio(np.where(known, table, 0.0).sum(axis=1), known.sum(axis=1).astype(np.float64))
    rows = np.full(len(sums), float(len(gold)))
    return {f"{name} macro-F1": figure(macro), f"{name} accuracy": figure(ratio(sums[:, -1], rows))}


def _classes(gold: NDArray[np.int64], chosen: NDArray[np.int64], names: Sequence[str]) -> dict[str, ClassFigures]:
    out = {}
    for one, name in enumerate(names):
        of_gold, of_choice = gold == one, chosen == one
        hits = int((of_gold & of_choice).sum())
        mistaken = {other: int((of_gold & (chosen == at)).sum()) for at, other in enumerate(names) if at != one}
        rows, choices = int(of_gold.sum()), int(of_choice.sum())
        out[name] = ClassFigures(
            rows=rows,
            precision=_share(hits, choices),
            recall=_share(hits, rows),
            f1=_share(2 * hits, rows + choices),
            mistaken_for={other: count for other, count in mistaken.items() if count},
        )
    return out


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
