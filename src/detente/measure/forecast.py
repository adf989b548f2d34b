"""What the next months may bring: the mix of types and the mean score expected, with the score of such forecasts so
far.

What enters: a pair's stories beside their world. What leaves: `Forecast`, shown only with how it did on the past of the
same pairs, against persistence and climatology. Tilt is no good forecaster of the whole mix: an average of the past
that fades, leaning on the world's mix where little is told, does better (docs/method.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.measure.reports import Floats, type_scores
from detente.measure.stories import Stories
from detente.measure.world import World

# Chosen on the yearly counts of ICEWS up to 2008, see docs/method.md.
HALF_LIFE_MONTHS = 24.0
LEAN = 16.0
EVEN = 0.1
HORIZONS = tuple(range(1, 13))
METHOD_VERSION = "detente.forecast/1"
_DRAWS = 400
_LEAST_TOLD = 24


@dataclass(frozen=True, slots=True)
class Skill:
    """Mean log loss by story of forecasts a number of months ahead, smaller being better; `cases` are pair-months."""

    horizon: int
    ours: float
    persistence: float
    climatology: float
    cases: int

    @property
    def is_shown(self) -> bool:
        """Whether a forecast deserves to be shown: it beat both on the past."""
        return self.cases > 0 and self.ours < min(self.persistence, self.climatology)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Mean PLOVER score expected of the stories of a month, with its 90% predictive interval. `mix` is that of
    types."""

    horizon: int
    mean: float
    low: float
    high: float
    mix: Floats
    skill: Skill


def fading_mix(counts: Floats, world: Floats, *, half_life: float = HALF_LIFE_MONTHS, lean: float = LEAN) -> Floats:
    """The mix expected after each month: counts halved for each `half_life` that passed, and `lean` of the world's.

    A tenth of the world's part goes to all types alike: what is rare in the world is not as rare to a pair's surprise.

    Args:
        counts: by month and type.
        world: the world's mix up to each month, of the same shape.

    Returns:
        Shares by month and type; row t uses months up to t only.
    """
    kept, fade = np.zeros_like(counts), 0.5 ** (1 / half_life)
    running = np.zeros(counts.shape[1])
    for month, told in enumerate(counts):
        running = running * fade + told
        kept[month] = running
    usual = (1 - EVEN) * world + EVEN / counts.shape[1]
    return np.asarray((kept + lean * usual) / (kept.sum(axis=1) + lean)[:, None])


def forecast(
    stories: Stories, world: World, pair: int, skills: Sequence[Skill], *, seed: int = 0
) -> tuple[Forecast, ...]:
    """Forecast the months after the last one counted, one for each skill.

    The interval is of the mean score of as many stories as the pair has in a month (the mean of the last year), drawn
    from a Dirichlet around the expected mix, whose weight fades with the horizon as the counts do.
    """
    stories.need_months("forecasts")
    counts = stories.counts_of(pair)
    mix = fading_mix(counts, world.past)[-1]
    usual = max(1, round(float(counts[-12:].sum()) / min(12, len(counts))))
    out = []
    for skill in skills:
        low, high = _interval(counts, mix, usual, skill.horizon, np.random.default_rng([seed, skill.horizon]))
        out.append(Forecast(skill.horizon, float(mix @ type_scores()), low, high, mix, skill))
    return tuple(out)


def coverage_of_intervals(
    stories: Stories, world: World, pairs: Sequence[int], *, horizons: Sequence[int] = HORIZONS, seed: int = 0
) -> dict[int, float]:
    """Share of the past months' mean scores that lay within their 90% predictive interval, by horizon.

    Each pair is tried at one month a year, for as many stories as that month then had; NaN where there is none.
    """
    stories.need_months("forecasts")
    inside: dict[int, list[bool]] = {horizon: [] for horizon in horizons}
    for pair in pairs:
        counts = stories.counts_of(pair)
        mixes = fading_mix(counts, world.past)
        for horizon in horizons:
            for month in range(_LEAST_TOLD, stories.months - horizon, 12):
                told = counts[month + horizon]
                if (usual := round(float(told.sum()))) < 1:
                    continue
                chance = np.random.default_rng([seed, horizon, pair, month])
                low, high = _interval(counts[: month + 1], mixes[month], usual, horizon, chance)
                inside[horizon].append(bool(low - 1e-9 <= told @ type_scores() / told.sum() <= high + 1e-9))
    return {horizon: float(np.mean(found)) if found else float("nan") for horizon, found in inside.items()}


def _interval(
    counts: Floats, mix: Floats, usual: int, horizon: int, chance: np.random.Generator
) -> tuple[float, float]:
    """Ends of the 90% interval of the mean score of `usual` stories, `horizon` months after the last of `counts`."""
    age = np.arange(len(counts))[::-1]
    weight = LEAN + float((counts.sum(axis=1) * 0.5 ** ((age + horizon) / HALF_LIFE_MONTHS)).sum())
    shares = chance.dirichlet(weight * mix, _DRAWS)
    told = chance.multinomial(usual, shares / shares.sum(axis=1, keepdims=True))
    low, high = np.quantile(told @ type_scores() / usual, [0.05, 0.95])
    return float(low), float(high)


def skill_of(
    stories: Stories, world: World, pairs: Sequence[int], *, horizons: Sequence[int] = HORIZONS
) -> list[Skill]:
    """Score forecasts of every month of these pairs from the months before it.

    Persistence expects the mix of the month at hand, climatology that of all months so far; both lean on the world's
    mix as ours does, so that none is ever sure. A pair's first two years are only learnt from.
    """
    stories.need_months("forecasts")
    losses = {horizon: np.zeros(3) for horizon in horizons}
    weight = dict.fromkeys(horizons, 0.0)
    cases = dict.fromkeys(horizons, 0)
    for pair in pairs:
        counts = stories.counts_of(pair)
        lines = (
            fading_mix(counts, world.past),
            fading_mix(counts, world.past, half_life=0.05),
            fading_mix(counts, world.past, half_life=1e9),
        )
        for horizon in horizons:
            told = counts[_LEAST_TOLD + horizon :]
            for number, line in enumerate(lines):
                expected = line[_LEAST_TOLD : len(counts) - horizon]
                losses[horizon][number] -= float((told * np.log(expected)).sum())
            weight[horizon] += float(told.sum())
            cases[horizon] += int((told.sum(axis=1) > 0).sum())
    return [
        Skill(horizon, float(ours), float(persistence), float(climatology), cases[horizon])
        for horizon in horizons
        for ours, persistence, climatology in [losses[horizon] / max(weight[horizon], 1e-9)]
    ]
