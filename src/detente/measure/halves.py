"""Whether two random halves of the events of a pair tell the same: reliability by split halves.

What enters: a sample of single ICEWS events. What leaves: a `Finding`: how far the years of a pair, measured in each
half alone, go together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from detente.codebook.crosswalk import load_crosswalk
from detente.errors import DataError
from detente.measure.findings import Finding
from detente.measure.index import Survey, survey
from detente.measure.reports import Floats, Reports, event_types, month_number, type_scores
from detente.measure.stories import Stories
from detente.records import STATUSES

NamedState = Callable[[str], str | None]
LEAST_HALF = 50


def split_half(path: Path, named: NamedState) -> Finding:
    """Measure two random halves of the events alone, and compare each pair's years between them."""
    halves = read_halves(path, named)
    first, last = min(int(half.month.min()) for half in halves), max(int(half.month.max()) for half in halves)
    known = [survey(half, first=first, last=last) for half in halves]
    told = [one.stories for one in known]
    both = [pair for pair in told[0].pairs if pair in set(told[1].pairs)]
    pairs = [pair for pair in both if sum(_size(half, pair) for half in told) >= LEAST_HALF]
    warm = [_by_year(one, pairs) for one in known]
    scores = [_mean_scores(half, pairs) for half in told]
    value = _within(*warm)
    others = {"warmth, pooled": _pooled(*warm), "three-year mean score": _within(*scores)}
    return Finding(
        "split halves, r within pairs", value, 0.60, others, f"{len(pairs)} pairs, {warm[0].size} pair-years"
    )


def read_halves(path: Path, named: NamedState) -> tuple[Reports, Reports]:
    """Events between two states, CAMEO relations read as types; the two halves of the file are the two samples."""
    crosswalk, types = load_crosswalk(), event_types()
    rows = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataError(f"No file '{path}' ({error}): the sample of events is needed. Check the directory.") from error
    for number, line in enumerate(lines):
        actor, label, recipient, day = line.split("\t")
        a, b = named(actor), named(recipient)
        if not a or not b or a == b:
            continue
        try:
            kind = crosswalk.meaning_of(crosswalk.code_named(label)).types
        except DataError:
            continue
        if kind:
            rows.append((number * 2 >= len(lines), a, b, month_number(day), types.index(kind[0])))
    halves = [_reports([row for row in rows if row[0] is half]) for half in (False, True)]
    return halves[0], halves[1]


def _reports(rows: list[tuple[bool, str, str, int, int]]) -> Reports:
    names = sorted({side for _, a, b, _, _ in rows for side in (a, b)})
    place = {name: number for number, name in enumerate(names)}
    kind = np.array([row[4] for row in rows], dtype=np.int64)
    return Reports(
        actor=np.array([place[row[1]] for row in rows], dtype=np.int64),
        recipient=np.array([place[row[2]] for row in rows], dtype=np.int64),
        month=np.array([row[3] for row in rows], dtype=np.int64),
        type=kind,
        score=type_scores()[kind],
        status=np.full(len(rows), STATUSES.index("actual")),
        share=np.ones(len(rows)),
        probability=np.ones(len(rows)),
        mutual=np.zeros(len(rows), bool),
        story=np.arange(len(rows)),
        source=np.zeros(len(rows), dtype=np.int64),
        record=np.arange(len(rows)),
        names=tuple(names),
        sources=("ICEWS",),
    )


def _size(stories: Stories, pair: tuple[str, str]) -> float:
    rows = stories.rows_of(stories.pairs.index(pair))
    return float(stories.reports[rows].sum())


def _by_year(known: Survey, pairs: Iterable[tuple[str, str]]) -> Floats:
    return np.vstack([_yearly(known.fit(*pair).history) for pair in pairs])


def _mean_scores(stories: Stories, pairs: Iterable[tuple[str, str]]) -> Floats:
    """Mean scores of three years each, those of the first and last year of two."""
    out = []
    for pair in pairs:
        counts = stories.counts_of(stories.pairs.index(pair))
        years = len(counts) // 12
        by_year = counts[: years * 12].reshape(years, 12, -1).sum(axis=1)
        wide = np.vstack([by_year[max(0, year - 1) : year + 2].sum(axis=0) for year in range(years)])
        out.append((wide @ type_scores()) / np.maximum(wide.sum(axis=1), 1e-9))
    return np.vstack(out)


def _yearly(line: Floats) -> Floats:
    years = len(line) // 12
    return np.asarray(line[: years * 12].reshape(years, 12).mean(axis=1))


def _within(a: Floats, b: Floats) -> float:
    """Correlation of what is left when each pair's mean is taken away."""
    return _pooled(a - a.mean(axis=1, keepdims=True), b - b.mean(axis=1, keepdims=True))


def _pooled(a: Floats, b: Floats) -> float:
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])
