"""All pairs and all steps as one tidy table, a batch of pairs at a time.

What enters: a survey. What leaves: batches of columns, one row for each pair and step, in order of pairs and time.
Memory does not grow with the number of pairs: a batch is made, given away and forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from detente.measure.index import Survey, line_of
from detente.measure.periods import period_name
from detente.measure.rules import METHOD_VERSION
from detente.measure.salience import salience_of
from detente.measure.thin import verdict_of
from detente.measure.warmth import fit_pair

BATCH_PAIRS = 100
# Column, and its type in Arrow. docs/reference/cli.md says what each means.
COLUMNS: dict[str, str] = {
    "actor": "string",
    "recipient": "string",
    "period": "string",
    "warmth": "float",
    "low": "float",
    "high": "float",
    "filtered": "float",
    "filtered_low": "float",
    "filtered_high": "float",
    "salience": "float",
    "n_effective": "float",
    "reports": "float",
    "verdict": "string",
    "method": "string",
}


def wanted_pairs(known: Survey, *, least: float = 0.0) -> list[int]:
    """The pairs with so many reports a month or more, in order."""
    return [pair for pair in range(len(known.stories.pairs)) if known.stories.pace_of(pair) >= least]


def panel(
    known: Survey,
    pairs: Sequence[int],
    *,
    since: int | None = None,
    tell: Callable[[int, int], None] = lambda done, all: None,
) -> Iterator[dict[str, Any]]:
    """Measure pairs and give their columns, a batch at a time.

    Args:
        pairs: places in `known.stories.pairs`.
        since: first step given; earlier ones count all the same.
        tell: told how many pairs of how many are done.
    """
    stories = known.stories
    skip = 0 if since is None else max(0, since - stories.first)
    names = np.array([period_name(stories.first + at, stories.step) for at in range(skip, stories.months)])
    all_told = stories.grid(stories.month, stories.type, stories.amount).sum(axis=1)
    for start in range(0, len(pairs), BATCH_PAIRS):
        rows = [_columns(known, pair, all_told, names, skip) for pair in pairs[start : start + BATCH_PAIRS]]
        yield {name: np.concatenate([row[name] for row in rows]) for name in COLUMNS}
        tell(min(start + BATCH_PAIRS, len(pairs)), len(pairs))


def _columns(known: Survey, pair: int, all_told: Any, names: Any, skip: int) -> dict[str, Any]:
    stories, constants = known.stories, known.calibration
    fit = fit_pair(stories, known.world, pair, calibration=constants)
    history = line_of(fit.history, fit.history_sd, fit.mix, constants)
    now = line_of(fit.now, fit.now_sd, fit.past, constants)
    reports = stories.reports_of(pair)
    figures = {
        "warmth": history.value,
        "low": history.low,
        "high": history.high,
        "filtered": now.value,
        "filtered_low": now.low,
        "filtered_high": now.high,
        "salience": salience_of(stories, pair, all_told=all_told).share,
        "n_effective": fit.volume,
        "reports": reports,
    }
    size = len(names)
    told = {name: np.full(size, text) for name, text in zip(("actor", "recipient"), stories.pairs[pair], strict=True)}
    verdict = np.full(size, verdict_of(stories.pace_of(pair)))
    shown = {name: line[skip:].astype(np.float32) for name, line in figures.items()}
    return {**told, "period": names, **shown, "verdict": verdict, "method": np.full(size, METHOD_VERSION)}
