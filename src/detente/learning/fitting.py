"""Fitting users' heads, and measuring them on sentences that they did not see.

What enters: labelled rows and the features of their sentences. What leaves: heads with figures from cross-validation
(five folds, one sentence never in two). Ridge-penalised logistic regression over standardised features. One of four
penalties and the threshold are chosen by the same left-out probabilities as are measured, which flatters a little.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.encoder.own_heads import HeadKind, OwnHead
from detente.errors import DataError
from detente.evaluate.intervals import Figure, figure, ratio, resampled_sums
from detente.learning.labelled import LabelledRow

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

FOLDS = 5
LEAST_ROWS = 10
"""A label needs so many sentences, or none could be kept for measuring."""
PRECISION = 0.9
"""A label is believed from the least probability at which this share of what the head believed was right."""

_PENALTIES = (0.003, 0.01, 0.03, 0.1)
_THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """How well one label is told: `rows` have it, and precision, recall and F1 where they exist."""

    rows: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class HeadReport:
    """Figures of one head on unseen sentences; `macro_f1` is the mean over labels, `believed` the share of rows."""

    rows: int
    macro_f1: Figure
    accuracy: Figure
    labels: dict[str, LabelFigures]
    threshold: float
    believed: float
    precision_of_believed: float | None


def fit_head(kind: HeadKind, rows: Sequence[LabelledRow], features: Floats) -> tuple[OwnHead, HeadReport] | None:
    """Fit one head; None where no row has a label of this kind.

    Args:
        features: those of the rows' sentences (rows × width).

    Raises:
        DataError: there are fewer than two labels, or a label has too few sentences.
    """
    told = [place for place, row in enumerate(rows) if row.labels[kind] is not None]
    wanted = [rows[place].labels[kind] or () for place in told]
    counts = Counter(label for labels in wanted for label in labels)
    if not counts:
        return None
    _check(kind, counts)
    names = tuple(sorted(counts))
    gold = np.array([[name in labels for name in names] for labels in wanted], dtype=np.float64)
    seen = features[told]
    groups = np.array([rows[place].sentence.text for place in told])
    penalty, unseen = _best_penalty(kind, seen, gold, groups)
    threshold = _threshold(kind, unseen, gold)
    head = _fitted(kind, names, seen, gold, penalty, threshold)
    return head, _report(kind, names, unseen, gold, threshold)


def _check(kind: HeadKind, counts: Counter[str]) -> None:
    few = sorted(label for label, count in counts.items() if count < LEAST_ROWS)
    if few:
        raise DataError(
            f"Fewer than {LEAST_ROWS} sentences with {kind} {', '.join(few)}: too few to learn and to measure. "
            "Label more, or leave them out."
        )
    if len(counts) < 2 and kind != "contexts":
        raise DataError(
            f"One {kind} alone, {next(iter(counts))}: a head chooses between two or more. Add sentences of others."
        )


def _best_penalty(kind: HeadKind, features: Floats, gold: Floats, groups: NDArray[np.str_]) -> tuple[float, Floats]:
    """The penalty with the least loss on sentences left out, and the probabilities of these."""
    tried = [(one, _unseen(kind, features, gold, groups, one)) for one in _PENALTIES]
    return min(tried, key=lambda pair: _loss(kind, pair[1], gold))


def _loss(kind: HeadKind, chances: Floats, gold: Floats) -> float:
    safe = np.clip(chances, 1e-6, 1 - 1e-6)
    missed = np.log(1 - safe) * (1 - gold) if kind == "contexts" else 0.0
    return float(-(np.log(safe) * gold + missed).sum())


def _unseen(kind: HeadKind, features: Floats, gold: Floats, groups: NDArray[np.str_], penalty: float) -> Floats:
    """Probabilities of each row from a head that saw no row of its fold."""
    names = tuple(map(str, range(gold.shape[1])))
    fold = _folds(groups)
    out = np.zeros_like(gold)
    for one in range(FOLDS):
        left = fold == one
        out[left] = _fitted(kind, names, features[~left], gold[~left], penalty, 0.5).chances(features[left])
    return out


def _folds(groups: NDArray[np.str_]) -> NDArray[np.int64]:
    """A fold for each row, by sentence, the same on every machine."""
    distinct = np.unique(groups)
    order = np.random.default_rng(7).permutation(len(distinct))
    number = {str(group): int(place) % FOLDS for group, place in zip(distinct, order, strict=True)}
    return np.array([number[str(group)] for group in groups])


def _fitted(
    kind: HeadKind, names: tuple[str, ...], features: Floats, gold: Floats, penalty: float, threshold: float
) -> OwnHead:
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-6
    plain = (features - mean) / scale
    weights, bias = np.zeros((len(names), features.shape[1])), np.full(len(names), -20.0)
    if kind == "contexts":
        for column in range(len(names)):
            if 0 < gold[:, column].sum() < len(gold):
                model = _regression(plain, gold[:, column].astype(int), penalty)
                weights[column], bias[column] = model.coef_[0], model.intercept_[0]
    else:
        model = _regression(plain, gold.argmax(axis=1), penalty)
        seen = model.classes_
        rows, constants = model.coef_, model.intercept_
        if len(seen) == 2:  # one line of weights stands for the second of two labels
            rows, constants = np.vstack([-rows / 2, rows / 2]), np.array([-constants[0] / 2, constants[0] / 2])
        weights[seen], bias[seen] = rows, constants
    return OwnHead(kind, names, weights, bias, mean, scale, threshold)


def _regression(features: Floats, wanted: NDArray[np.int64], penalty: float) -> LogisticRegression:
    from sklearn.linear_model import LogisticRegression

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a fit that stops at max_iter is measured like any other
        return LogisticRegression(C=penalty, max_iter=300).fit(features, wanted)


def _threshold(kind: HeadKind, chances: Floats, gold: Floats) -> float:
    for one in _THRESHOLDS:
        chosen = _chosen(kind, chances, one)
        if chosen.sum() and (chosen * gold).sum() >= PRECISION * chosen.sum():
            return one
    return _THRESHOLDS[-1]


def _chosen(kind: HeadKind, chances: Floats, threshold: float) -> Floats:
    """Which labels are believed of each row (rows × labels)."""
    chosen = chances >= threshold
    if kind != "contexts":
        chosen &= np.arange(chances.shape[1]) == chances.argmax(axis=1)[:, None]
    return chosen.astype(np.float64)


def _report(kind: HeadKind, names: tuple[str, ...], chances: Floats, gold: Floats, threshold: float) -> HeadReport:
    chosen = _chosen(kind, chances, 0.5 if kind == "contexts" else 0.0)
    hits, labels = chosen * gold, len(names)
    sums = resampled_sums(
        np.hstack([hits, gold, chosen, (chosen == gold).all(axis=1)[:, None], np.ones((len(gold), 1))])
    )
    each = [ratio(2 * sums[:, at], sums[:, labels + at] + sums[:, 2 * labels + at]) for at in range(labels)]
    macro = np.nanmean(np.stack(each), axis=0)
    believed = _chosen(kind, chances, threshold)
    figures = {
        name: LabelFigures(
            int(gold[:, at].sum()),
            _share(hits[:, at].sum(), chosen[:, at].sum()),
            _share(hits[:, at].sum(), gold[:, at].sum()),
            _share(2 * hits[:, at].sum(), gold[:, at].sum() + chosen[:, at].sum()),
        )
        for at, name in enumerate(names)
    }
    return HeadReport(
        rows=len(gold),
        macro_f1=figure(macro),
        accuracy=figure(ratio(sums[:, -2], sums[:, -1])),
        labels=figures,
        threshold=threshold,
        believed=float((believed.sum(axis=1) > 0).mean()),
        precision_of_believed=_share((believed * gold).sum(), believed.sum()),
    )


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if whole else None
