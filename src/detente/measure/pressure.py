"""Pressure of a third: what follows between A and B when C turns warmer or cooler toward A, as an association.

What enters: two lines of warmth by month, as they could be known in each month. What leaves: `Response`, the move of
A–B for each horizon, and how it stands beside placebos: the same with other thirds in C's place.

For each horizon h one regression (a local projection), over months t:

    y[t+h] − y[t] = a + b_h · x[t] + Σ_{l=0..L} c_l · Δy[t−l] + Σ_{l=1..L} d_l · x[t−l] + e,

with y the line of A–B and x the news of C→A, by how much the month moved that line against what was expected of it.
What moves both lines in one month, such as a meeting of the three, is taken out by c_0: only what comes after counts.
Errors overlap for h > 1; standard errors are Newey and West's, with h − 1 lags.

Source: Jordà 2005, American Economic Review 95(1); Newey and West 1987, Econometrica 55(3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from detente.errors import DataError
from detente.measure.index import Survey, records_of_pair
from detente.measure.reports import Floats, Ints
from detente.measure.warmth import Warmth

METHOD_VERSION = "detente.pressure/1"
HORIZON = 6
LAGS = 3
_LEAST_MONTHS = 36
_LEAST_PLACEBOS = 19
_LEAST_TOLD = 12  # months in which something is told of a placebo third


@dataclass(frozen=True, slots=True)
class Response:
    """What follows one unit of news, in theta, 1 to `horizon` months later, with standard errors.

    `t` is that of the mean over the horizons, the one figure that is compared with placebos.
    """

    after: Floats
    errors: Floats
    mean: float
    t: float
    months: int


@dataclass(frozen=True, slots=True)
class Pressure:
    """A response beside those of placebo thirds.

    `p_value` is the share of placebos, C among them, whose |t| is at least C's; None with fewer than 19 placebos, since
    none could then be unusual at 5%. `sentence` says it in words. `records` are the ids behind both lines.
    """

    third: str
    actor: str
    other: str
    response: Response
    placebos: Mapping[str, float]
    p_value: float | None
    sentence: str
    records: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    method: str = METHOD_VERSION


def news_of(fit: Warmth) -> Floats:
    """By how much each month moved a line against what the months before let one expect; 0 in a silent month."""
    return np.asarray(fit.now - fit.ahead)


def project(line: Floats, news: Floats, *, horizon: int = HORIZON, lags: int = LAGS) -> Response:
    """Regress later moves of a line on news.

    Args:
        line: of the pair A–B by month, as it could be known then; a smoothed line knows the future and would mislead.
        news: of C→A by month.

    Raises:
        DataError: fewer than 36 months can be used, the lengths differ, or the news never changes.
    """
    months = len(line) - horizon - lags - 1
    if len(news) != len(line) or months < _LEAST_MONTHS:
        raise DataError(
            f"{len(line)} months of a line and {len(news)} of news: as many of both, and {_LEAST_MONTHS} after lags "
            "and horizon, are needed. Measure a longer time."
        )
    at = np.arange(lags + 1, len(line) - horizon)
    if np.ptp(news[at]) < 1e-12:
        raise DataError("News that never changes: what follows cannot be told. Choose another third.")
    given = _given(line, news, at, lags)
    moves = np.column_stack([line[at + ahead] - line[at] for ahead in range(1, horizon + 1)])
    fits = [_regress(given, moves[:, ahead - 1], ahead - 1) for ahead in range(1, horizon + 1)]
    mean, error = _regress(given, moves.mean(axis=1), horizon - 1)
    after, errors = np.array(fits).T
    return Response(after, errors, mean, mean / error if error > 0 else 0.0, months)


def pressure_of(
    names: tuple[str, str, str], line: Floats, news: Floats, placebos: Mapping[str, Floats], **options: int
) -> Pressure:
    """Compare a third with placebos.

    Args:
        names: C, A and B.
        line: of A–B.
        news: of C→A.
        placebos: of other thirds → A, by name; those whose news never changes are passed over.
        options: those of `project`.
    """
    third, actor, other = names
    response = project(line, news, **options)
    found = {
        name: project(line, theirs, **options).t
        for name, theirs in sorted(placebos.items())
        if name not in names and np.ptp(theirs) > 1e-9
    }
    p_value = None
    if len(found) >= _LEAST_PLACEBOS:
        p_value = (1 + sum(abs(t) >= abs(response.t) for t in found.values())) / (1 + len(found))
    return Pressure(third, actor, other, response, found, p_value, _sentence(names, response, len(found), p_value))


def pressure_in(pooled: Survey, directed: Survey, names: tuple[str, str, str]) -> Pressure:
    """Pressure of C on A, toward B, from records; the placebos are all others that are told to act on A.

    Args:
        pooled: counted with both directions together, for the line of A–B.
        directed: the same records counted with directions apart, for the news of C→A.
        names: C, A and B.

    Raises:
        DataError: nothing is told of A and B or of C→A, or too few months are.
    """
    third, actor, other = names
    if pooled.rules.directed or not directed.rules.directed:
        raise DataError("Directions of pressure: the line is pooled, the news directed. Count the records both ways.")
    if (pooled.stories.first, pooled.stories.months) != (directed.stories.first, directed.stories.months):
        raise DataError("Months of pressure: both counts begin and end together. Count the same records both ways.")
    told = directed.stories.pairs
    thirds = [a for at, (a, b) in enumerate(told) if b == actor and a not in names and _is_told(directed, at)]
    placebos = {name: news_of(directed.fit(name, actor)) for name in thirds}
    news = news_of(directed.fit(third, actor))
    found = pressure_of(names, pooled.fit(actor, other).now, news, placebos)
    behind = {
        *records_of_pair(pooled.stories, pooled.place(actor, other)),
        *records_of_pair(directed.stories, directed.place(third, actor)),
    }
    return replace(found, records=tuple(sorted(behind)), rules=pooled.rules.described())


def _is_told(survey: Survey, pair: int) -> bool:
    months = survey.stories.month[survey.stories.rows_of(pair)]
    return len(np.unique(months)) >= _LEAST_TOLD


def _given(line: Floats, news: Floats, at: Ints, lags: int) -> Floats:
    """What each month's regression knows: a constant, the news, this and earlier steps of the line, earlier news."""
    steps = np.concatenate([[0.0], np.diff(line)])
    columns = [np.ones(len(at)), news[at], *(steps[at - lag] for lag in range(lags + 1))]
    return np.column_stack([*columns, *(news[at - lag] for lag in range(1, lags + 1))])


def _regress(given: Floats, outcome: Floats, lags: int) -> tuple[float, float]:
    """Coefficient of the second column, and its Newey–West standard error."""
    bread = np.linalg.pinv(given.T @ given)
    slopes = bread @ given.T @ outcome
    scores = given * (outcome - given @ slopes)[:, None]
    meat = scores.T @ scores
    for lag in range(1, lags + 1):
        shifted = scores[lag:].T @ scores[:-lag]
        meat += (1 - lag / (lags + 1)) * (shifted + shifted.T)
    spare = len(given) / max(1, len(given) - given.shape[1])
    return float(slopes[1]), float(np.sqrt(max(0.0, (bread @ meat @ bread)[1, 1] * spare)))


def _sentence(names: tuple[str, str, str], response: Response, placebos: int, p_value: float | None) -> str:
    third, actor, other = names
    way = "cooler" if response.mean > 0 else "warmer"
    told = f"In the months after {third} turned cooler toward {actor}, {actor} and {other} were {way}"
    told += f" ({-response.mean:+.2f} per unit of theta, t {response.t:.1f})"
    if p_value is None:
        return f"{told}; {placebos} placebo thirds are too few to tell that from chance. An association, no cause."
    beside = "more than" if p_value <= 0.05 else "no more than"
    return f"{told}, {beside} after the news of {placebos} placebo thirds (p {p_value:.2f}). An association, no cause."
