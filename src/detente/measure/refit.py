"""Constants of a coder and its records, refitted: the share of wrong codes, and how far the model is too sure.

What enters: judged codes, or reports. What leaves: epsilon with its interval, and kappa, each with how it was found.

    epsilon   A code that is wrong is drawn from the world's mix w, and hits the right type by chance with w. So of
              judged codes a share 1 − epsilon · (1 − w of the true type) agrees.
    kappa     The stories of each pair are dealt to two halves, and both lines tell the same relation. How far apart
              they lie, in the model's own standard deviations, says how noisy the records are for the model; kappa
              grows by as much as they lie farther apart than in made-up worlds.

What both halves share, such as scores that do not fit, no halves can show: kappa is therefore never made smaller, and
sigma stays as it is, from made-up worlds.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from detente.errors import DataError
from detente.measure.calibration import Calibration
from detente.measure.index import Survey, survey
from detente.measure.reports import Floats, Reports, event_types
from detente.measure.stories import Pair
from detente.measure.thin import THIN
from detente.measure.warmth import Z90
from detente.measure.world import usual_mix

LEAST_JUDGED = 50
LEAST_PAIRS = 10
# `spread_of_halves` in made-up worlds: mean over both generators, seeds 30 to 33, 60 pairs each (.73 to .95).
MADE_UP_SPREAD = 0.81
_MOST_PAIRS = 300


@dataclass(frozen=True, slots=True)
class Share:
    """A share with the ends of its 90% interval, and of how many."""

    value: float
    low: float
    high: float
    cases: int


def read_judged(path: Path) -> list[tuple[str, str | None]]:
    """Codes and what is true, from a CSV with the columns `coded` and `true`; an empty `true` says: no such act.

    Raises:
        DataError: the file cannot be read, lacks a column, or a line names no type.
    """
    types, found = set(event_types()), []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if missing := [name for name in ("coded", "true") if name not in (reader.fieldnames or ())]:
                raise DataError(f"No column {missing[0]!r} in '{path}': coded and true are needed. Add it.")
            for row in reader:
                coded, true = ((row[name] or "").strip().upper() for name in ("coded", "true"))
                if coded not in types or (true and true not in types):
                    wrong, where = coded if coded not in types else true, f"'{path}' line {reader.line_num}"
                    raise DataError(f"Unknown type {wrong!r} in {where}: {', '.join(sorted(types))}. Mend it.")
                found.append((coded, true or None))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"Unreadable table '{path}' ({error}): CSV in UTF-8 is needed. Check the file.") from error
    if len(found) < LEAST_JUDGED:
        raise DataError(f"{len(found)} judged codes in '{path}': {LEAST_JUDGED} or more are needed. Judge more.")
    return found


def epsilon_of(judged: list[tuple[str, str | None]], mix: Floats | None = None) -> Share:
    """The share of codes that tell nothing, with Wilson's interval (1927, J. of the American Statistical Association).

    Args:
        mix: of what is coded where nothing is told; the usual one of ICEWS when None.
    """
    weights = dict(zip(event_types(), usual_mix() if mix is None else mix, strict=True))
    wrong = sum(coded != true for coded, true in judged)
    told = [true for _, true in judged if true is not None]
    hit = sum(weights[true] for true in told) / len(judged)
    number, share = len(judged), wrong / len(judged)
    centre = (share + Z90**2 / (2 * number)) / (1 + Z90**2 / number)
    half = Z90 / (1 + Z90**2 / number) * np.sqrt(share * (1 - share) / number + Z90**2 / (4 * number**2))
    ends = (share, centre - half, centre + half)
    value, low, high = (float(min(one / (1 - hit), 0.95)) for one in ends)
    return Share(max(value, 0.01), max(low, 0.0), high, number)


def halves_of(reports: Reports, seed: int) -> tuple[Reports, Reports]:
    """Deal the stories to two halves, each with all reports of a story."""
    stories = np.unique(reports.story)
    first = stories[np.random.default_rng(seed).random(len(stories)) < 0.5]
    chosen = np.isin(reports.story, first)
    return reports.where(chosen), reports.where(~chosen)


def kappa_of(calibration: Calibration, spread: float) -> float:
    """Kappa for records whose halves lie so far apart."""
    return calibration.kappa * max(1.0, spread / MADE_UP_SPREAD)


def spread_of_halves(
    reports: Reports, calibration: Calibration, *, seed: int = 0, tell: Callable[[str], None] = lambda _: None
) -> tuple[float, int]:
    """How far two halves lie apart, in units of what the model says, and the number of pairs that tell so.

    1 where 90% of the differences lie within 1.645 of their model's standard deviation. The smoother is the same for
    both halves and leans the same way, so that the figure is below 1 even where the model is right.

    Args:
        calibration: with the epsilon of these records. Both halves have the weights that all reports teach.

    Raises:
        DataError: fewer than ten pairs have three reports a month in both halves.
    """
    whole = survey(reports, calibration=calibration)
    first, last = whole.stories.first, whole.stories.first + whole.stories.months - 1
    told = [survey(half, first=first, last=last, calibration=whole.calibration) for half in halves_of(reports, seed)]
    pairs = _full_in_both(*told)
    if len(pairs) < LEAST_PAIRS:
        raise DataError(
            f"{len(pairs)} pairs with {THIN:g} reports a month in both halves: {LEAST_PAIRS} are needed to refit "
            "kappa. Add records, or refit on made-up worlds."
        )
    far = []
    for number, pair in enumerate(pairs, 1):
        one, other = (known.fit(*pair) for known in told)
        far.append(np.abs(one.history - other.history) / np.sqrt(one.history_sd**2 + other.history_sd**2))
        tell(f"{number:,} of {len(pairs):,} pairs")
    return float(np.quantile(np.concatenate(far), 0.9) / Z90), len(pairs)


def _full_in_both(first: Survey, second: Survey) -> list[Pair]:
    """Pairs with three reports a month in each half, in order; the fullest ones where there are many."""
    here, there = (
        {pair: known.stories.pace_of(at) for at, pair in enumerate(known.stories.pairs)} for known in (first, second)
    )
    least = {pair: min(pace, there.get(pair, 0.0)) for pair, pace in here.items()}
    full = sorted((pair for pair in least if least[pair] >= THIN), key=lambda pair: (-least[pair], pair))
    return sorted(full[:_MOST_PAIRS])
