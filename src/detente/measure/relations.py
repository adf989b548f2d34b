"""How the measuring does on the world's real relations: `detente validate relations`.

What enters: yearly counts of ICEWS events by quad class, a sample of single events, militarised disputes and rivalries,
in the files that docs/method.md names. What leaves: `Finding`s, each with its figure, the bar it should pass, and the
same figure of simpler lines.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from detente.errors import DataError
from detente.measure.calibration import Calibration, at_step, load_calibration
from detente.measure.findings import Finding
from detente.measure.forecast import fading_mix
from detente.measure.halves import NamedState, split_half
from detente.measure.reports import Floats, Ints
from detente.measure.stories import ordered
from detente.measure.warmth import Warmth, fit_warmth
from detente.measure.weights import learned

CowState = Callable[[int, int], str | None]

QUADS = ("verbal_coop", "material_coop", "verbal_conflict", "material_conflict")
# Means of the PLOVER scores of the types of each quad, / 5.
QUAD_SCORES = np.array([3.6, 8.7, -2.1, -6.5]) / 5
LEAST_EVENTS = 10
LEAST_TO_LEARN = 50
# Forecasts were chosen on the years up to this one, and are judged on those after it.
LAST_CHOSEN = 2008
_FADE_YEARS = 2.0
_EWMA_YEARS = 1.5


@dataclass(frozen=True, slots=True)
class DyadYears:
    """Undirected yearly counts, shape (pairs, years, quads)."""

    pairs: tuple[tuple[str, str], ...]
    years: Ints
    counts: Floats


def validate_relations(
    directory: Path, *, cow: CowState, named: NamedState, tell: Callable[[str], None] = lambda _: None
) -> list[Finding]:
    """Run all checks.

    Args:
        directory: holds the five files of docs/method.md.
        cow: the id of the state with a number of Correlates of War in a year.
        named: the id of the state of a name.

    Raises:
        DataError: a file is missing or has other columns.
    """
    years = read_dyad_years(directory / "icews_dyad_years.csv")
    tell(f"{len(years.pairs):,} pairs of states")
    fits = fit_years(years)
    tell("pairs fitted")
    disputes = read_disputes(directory / "mid_dyad_years.csv", cow)
    rivals = read_rivalries(directory / "rivalries.csv", cow, years.years)
    findings = [
        against("militarised disputes, AUC", years, fits, disputes, 0.80, until=max(year for _, year in disputes)),
        against("rivalries, AUC", years, fits, rivals, 0.74),
        next_year(years, fits),
    ]
    tell("disputes, rivalries and next years compared")
    return [*findings, split_half(directory / "icews_events_sample.tsv", named)]


def read_dyad_years(path: Path) -> DyadYears:
    """Read the yearly counts and add both directions."""
    summed: dict[tuple[str, str], dict[int, Floats]] = defaultdict(dict)
    for row in table_rows(path, ("actor", "recipient", "year", *QUADS)):
        pair, year = ordered(row["actor"], row["recipient"]), int(row["year"])
        told = np.array([float(row[quad]) for quad in QUADS])
        summed[pair][year] = summed[pair].get(year, np.zeros(len(QUADS))) + told
    known = {pair: by_year for pair, by_year in summed.items() if pair[0] != pair[1]}
    found = sorted({year for by_year in known.values() for year in by_year})
    if not found:
        raise DataError(f"No rows in '{path}': yearly counts are needed. Check the file.")
    years, pairs = np.arange(found[0], found[-1] + 1), tuple(sorted(known))
    counts = np.zeros((len(pairs), len(years), len(QUADS)))
    for number, pair in enumerate(pairs):
        for year, told in known[pair].items():
            counts[number, year - years[0]] = told
    return DyadYears(pairs, years, counts)


def fit_years(years: DyadYears, calibration: Calibration | None = None) -> list[Warmth]:
    """Warmth by year: the model of months, with a year's pace and with a year as the world's window.

    The weights of the quad classes are learned from pairs with fifty events or more.
    """
    yearly = of_years(calibration or load_calibration())
    mix = world_mix(years.counts)
    full = years.counts[years.counts.sum(axis=(1, 2)) >= LEAST_TO_LEARN]
    first = [fit_warmth(told, mix, mix, calibration=yearly, scores=QUAD_SCORES).history for told in full]
    theta = np.array(first).reshape(full.shape[:2])
    weights = learned(full, mix, theta, yearly.epsilon, QUAD_SCORES)
    return [fit_warmth(told, mix, mix, calibration=yearly, scores=weights) for told in years.counts]


def of_years(months: Calibration) -> Calibration:
    """The constants for steps of a year."""
    return at_step(months, "year")


def world_mix(counts: Floats) -> Floats:
    """One vote a pair in each year."""
    total = counts.sum(axis=2, keepdims=True)
    votes = np.divide(counts, total, out=np.zeros_like(counts), where=total > 0).sum(axis=0)
    return np.asarray((votes + 0.01) / (votes + 0.01).sum(axis=1, keepdims=True))


def read_disputes(path: Path, cow: CowState, *, hostility: int = 3) -> set[tuple[tuple[str, str], int]]:
    """Pairs and years with a militarised dispute in which force was at least displayed."""
    found = set()
    for row in table_rows(path, ("ccode1", "ccode2", "year", "hostlev")):
        year = int(row["year"])
        a, b = cow(int(row["ccode1"]), year), cow(int(row["ccode2"]), year)
        if a and b and float(row["hostlev"]) >= hostility:
            found.add((ordered(a, b), year))
    return found


def read_rivalries(path: Path, cow: CowState, years: Ints) -> set[tuple[tuple[str, str], int]]:
    """Pairs and years of strategic rivalries."""
    found = set()
    for row in table_rows(path, ("ccode1", "ccode2", "start", "end")):
        for year in map(int, years):
            a, b = (cow(int(float(row[side])), year) for side in ("ccode1", "ccode2"))
            if a and b and float(row["start"]) <= year <= float(row["end"]):
                found.add((ordered(a, b), year))
    return found


def against(
    name: str,
    years: DyadYears,
    fits: list[Warmth],
    cases: set[tuple[tuple[str, str], int]],
    bar: float,
    *,
    until: int = 9999,
) -> Finding:
    """Area under the ROC curve of hostility, for pair-years up to `until` with ten events or more."""
    told = years.counts.sum(axis=2)
    enough = (told >= LEAST_EVENTS) & (years.years <= until)
    truth = np.array([[(pair, int(year)) in cases for year in years.years] for pair in years.pairs])
    good, bad = years.counts[:, :, :2].sum(axis=2), years.counts[:, :, 2:].sum(axis=2)
    summed = years.counts @ (QUAD_SCORES * 5)
    lines = {
        "warmth": np.vstack([fit.history for fit in fits]),
        "mean score": summed / np.maximum(told, 1),
        "log ratio": np.log((good + 0.5) / (bad + 0.5)),
        "summed score": summed,
    }
    figures = {line: auc(-values[enough], truth[enough]) for line, values in lines.items()}
    return Finding(
        name, figures.pop("warmth"), bar, figures, f"{int(enough.sum())} pair-years, {int(truth[enough].sum())} cases"
    )


def auc(values: Floats, positive: Floats) -> float:
    """Chance that a case has the higher value, ties by half (Mann–Whitney)."""
    flags = np.asarray(positive, dtype=bool)
    cases, rest = int(flags.sum()), int((~flags).sum())
    if not cases or not rest:
        return float("nan")
    _, place, tied = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(tied) - (tied - 1) / 2)[place]
    return float((ranks[flags].sum() - cases * (cases + 1) / 2) / (cases * rest))


def next_year(years: DyadYears, fits: list[Warmth]) -> Finding:
    """Log loss of next year's mix of quads, by event, for pairs with ten events or more in both years."""
    told = years.counts.sum(axis=2)
    mix = world_mix(years.counts)
    chosen = (told[:, :-1] >= LEAST_EVENTS) & (told[:, 1:] >= LEAST_EVENTS)
    ours = np.stack([fading_mix(one, mix, half_life=_FADE_YEARS) for one in years.counts])
    theta = np.stack([fit.now for fit in fits])[:, :, None]
    tilted = mix[None] * np.exp(theta * QUAD_SCORES)
    epsilon = fits[0].calibration.epsilon
    chosen[:, years.years[:-1] < LAST_CHOSEN] = False
    lines = {
        "ours": ours,
        "EWMA": _ewma(years.counts, 1.0),
        "EWMA, four events added": _ewma(years.counts, 4.0),
        "tilt": (1 - epsilon) * tilted / tilted.sum(axis=2, keepdims=True) + epsilon * mix[None],
        "this year's": np.stack([_blend(one) for one in years.counts]),
        "world": np.broadcast_to(mix[None], years.counts.shape),
    }
    shares = years.counts[:, 1:] / np.maximum(told[:, 1:], 1)[:, :, None]
    loss = {name: float(-(shares * np.log(line[:, :-1])).sum(axis=2)[chosen].mean()) for name, line in lines.items()}
    value = loss.pop("ours")
    return Finding(
        "next year's mix, log loss",
        value,
        min(loss["EWMA"], loss["EWMA, four events added"]),
        loss,
        f"{int(chosen.sum())} pair-years",
        is_ceiling=True,
    )


def _ewma(counts: Floats, added: float) -> Floats:
    """Shares of counts that fade by half in a year and a half, with `added` events spread evenly over the quads."""
    fade, running, out = 0.5 ** (1 / _EWMA_YEARS), np.zeros((len(counts), counts.shape[2])), np.zeros(counts.shape)
    for year in range(counts.shape[1]):
        running = running * fade + counts[:, year]
        out[:, year] = running + added / counts.shape[2]
    return np.asarray(out / out.sum(axis=2, keepdims=True))


def _blend(counts: Floats) -> Floats:
    return np.asarray((counts + 0.25) / (counts + 0.25).sum(axis=1, keepdims=True))


def table_rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            if missing := sorted(set(columns) - set(reader.fieldnames or ())):
                raise DataError(
                    f"No column {missing[0]!r} in '{path}': {', '.join(columns)} are needed. Mend the file."
                )
            yield from reader
    except OSError as error:
        raise DataError(
            f"No file '{path}' ({error}): the data of relations are needed. Check the directory."
        ) from error
