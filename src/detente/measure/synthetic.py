"""Made-up worlds whose truth is known, to measure how well the measuring does.

What enters: a seed and a size. What leaves: `Reports` as a coder would give them, and the truth behind them. Two
worlds: in `main` a pair's warmth tilts the mix of types, as the model has it; in `two_channels` cooperation and
conflict have intensities of their own, which the model does not have. What goes wrong on the way to the reports is the
same in both: see `Flaws`, and docs/method.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from detente.codebook.codebook import load_codebook
from detente.measure.reports import Flags, Floats, Ints, Reports, event_types, type_scores
from detente.records import STATUSES

Generator = Literal["main", "two_channels"]
GENERATORS: tuple[Generator, ...] = ("main", "two_channels")

# Shares of the types in a made-up world at warmth 0, in the order of the codebook.
_BASE = np.array([10, 25, 15, 2, 5, 4, 2, 8, 12, 4, 3, 2, 2, 2, 2, 2], dtype=float) / 100


@dataclass(frozen=True, slots=True)
class Flaws:
    """What lies between the acts and the reports.

    `media_growth`: stories in the last month per story in the first. `source_shift`: tilt that the sources add for all
    pairs from mid-time on. `conflict_coverage`: log stories per unit of hostility. `mood_sd`: noise of the tilt by
    story. `coder_error`: share of types drawn at random, from the base mix,
    or evenly from all types with `even_errors`. `misattributed`: share of stories told of another pair,
    which is drawn as often as it is in the news. `copies`: mean
    number of further copies of a cooperative and of a conflictual story; most have few, some very many.
    `copies_found`: share of copies recognised. `weight_error_sd`: relative error of the scores that the analyst gives
    the types.
    """

    media_growth: float = 8.0
    source_shift: float = -0.45
    conflict_coverage: float = 0.3
    mood_sd: float = 0.18
    coder_error: float = 0.2
    misattributed: float = 0.06
    copies: tuple[float, float] = (0.4, 1.0)
    copies_found: float = 0.7
    weight_error_sd: float = 0.2
    even_errors: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """What the reports were made from.

    `warmth` has shape (pairs, months), relative to the mean of all pairs in the month. `jumps` has the months of each
    pair's jumps, `moves` says whether a pair moves at all, `rate` is its mean number of stories a month.
    """

    warmth: Floats
    jumps: tuple[tuple[int, ...], ...]
    moves: Flags
    rate: Floats


def make_world(
    generator: Generator, seed: int, *, pairs: int = 80, months: int = 240, flaws: Flaws | None = None
) -> tuple[Reports, Truth]:
    """Make reports of `pairs` pairs of countries over `months` months."""
    flaws = flaws or Flaws()
    chance = np.random.default_rng([seed, GENERATORS.index(generator)])
    rate = np.exp(chance.uniform(np.log(0.6), np.log(60), pairs))
    tilt, jumps, moves = _paths(chance, pairs, months)
    mix: _TiltedMix | _ChannelMix
    if generator == "main":
        warmth, mix, extra = tilt, _TiltedMix(chance, tilt, flaws), -flaws.conflict_coverage * tilt
    else:
        warmth, mix, extra = _two_channels(chance, tilt, pairs, months, flaws)
    growth = flaws.media_growth ** (np.arange(months) / (months - 1))
    expected = rate[:, None] * growth / growth.mean() * np.exp(extra) / np.exp(extra).mean(axis=1, keepdims=True)
    reports = _report(chance, chance.poisson(expected), mix, flaws)
    return reports, Truth(warmth - warmth.mean(axis=0), jumps, moves, rate)


def _paths(chance: np.random.Generator, pairs: int, months: int) -> tuple[Floats, tuple[tuple[int, ...], ...], Flags]:
    """Warmth by pair and month. A quarter of the pairs stay where they are; the rest jump 1 to 3 times and drift."""
    wanted = chance.integers(0, 4, pairs)
    level = np.repeat(chance.normal(0, 0.4, (pairs, 1)), months, axis=1)
    jumps = []
    for pair in range(pairs):
        at = np.sort(chance.choice(np.arange(12, months - 12), wanted[pair], replace=False))
        for month in at:
            level[pair, month:] += chance.uniform(0.45, 1.1) * chance.choice([-1, 1])
        jumps.append(tuple(int(month) for month in at))
    moves = wanted > 0
    drift = np.cumsum(chance.normal(0, 0.015, (pairs, months)), axis=1)
    return level + np.where(moves[:, None], drift, 0.0), tuple(jumps), moves


def _shift(months: int, flaws: Flaws) -> Floats:
    return np.where(np.arange(months) >= months // 2, flaws.source_shift, 0.0)


class _TiltedMix:
    """Draws types from the base mix tilted by warmth, by scores that differ from the analyst's."""

    def __init__(self, chance: np.random.Generator, tilt: Floats, flaws: Flaws) -> None:
        scores = type_scores() / 5
        self.scores = scores * (1 + chance.normal(0, flaws.weight_error_sd, len(scores)))
        self.tilt = tilt + _shift(tilt.shape[1], flaws)
        self.mood_sd = flaws.mood_sd

    def __call__(self, chance: np.random.Generator, pair: Ints, month: Ints) -> Ints:
        tilt = self.tilt[pair, month] + chance.normal(0, self.mood_sd, len(pair))
        return _draw(chance, _BASE * np.exp(tilt[:, None] * self.scores))


class _ChannelMix:
    """Draws first cooperation or conflict, then a type by the base mix of that half."""

    def __init__(self, odds: Floats, mood_sd: float) -> None:
        self.odds, self.mood_sd = odds, mood_sd

    def __call__(self, chance: np.random.Generator, pair: Ints, month: Ints) -> Ints:
        odds = self.odds[pair, month] + chance.normal(0, self.mood_sd, len(pair))
        friendly = chance.random(len(pair)) < 1 / (1 + np.exp(-odds))
        return _draw(chance, _BASE * (_cooperative()[None, :] == friendly[:, None]))


def _two_channels(
    chance: np.random.Generator, tilt: Floats, pairs: int, months: int, flaws: Flaws
) -> tuple[Floats, _ChannelMix, Floats]:
    """Half of a move is a change of cooperation, half one of conflict, and both wander on their own besides."""
    wander = np.cumsum(chance.normal(0, 0.03, (2, pairs, months)), axis=2)
    cooperation = tilt + wander[0]
    conflict = -tilt + wander[1]
    friendly = np.log(_BASE[_cooperative()].sum() / _BASE[~_cooperative()].sum())
    odds = cooperation - conflict
    # The sources' shift, in log odds, is twice that in tilt, as a move of warmth is.
    mix = _ChannelMix(odds + friendly + 2 * _shift(months, flaws), 2 * flaws.mood_sd)
    volume = np.log((np.exp(cooperation) + np.exp(conflict)) / 2) - flaws.conflict_coverage * tilt
    return odds / 2, mix, volume


def _cooperative() -> Flags:
    return np.array(["cooperation" in kind.quad for kind in load_codebook().types.values()])


def _draw(chance: np.random.Generator, weights: Floats) -> Ints:
    """One column a row, with chances as the row's weights."""
    edges = np.cumsum(weights, axis=1)
    at = chance.random(len(weights)) * edges[:, -1]
    return np.asarray((edges < at[:, None]).sum(axis=1), dtype=np.int64)


def _report(chance: np.random.Generator, stories: Ints, mix: _TiltedMix | _ChannelMix, flaws: Flaws) -> Reports:
    pairs, months = stories.shape
    pair = np.repeat(np.repeat(np.arange(pairs), months), stories.reshape(-1))
    month = np.repeat(np.tile(np.arange(months), pairs), stories.reshape(-1))
    kind = mix(chance, pair, month)
    wrong = chance.random(len(kind)) < flaws.coder_error
    coded = np.where(wrong, _wrong_types(chance, len(kind), flaws), kind)
    probability = np.where(wrong, chance.beta(5, 3, len(kind)), chance.beta(8, 2, len(kind)))
    told = np.where(chance.random(len(kind)) < flaws.misattributed, chance.permutation(pair), pair)
    echo = chance.gamma(0.5, 2.0, len(kind))
    copies = 1 + chance.poisson(echo * np.where(_cooperative()[kind], *flaws.copies))
    row = np.repeat(np.arange(len(kind)), copies)
    first = np.concatenate([[True], row[1:] != row[:-1]]) if len(row) else np.zeros(0, bool)
    lost = ~first & (chance.random(len(row)) >= flaws.copies_found)
    story = np.where(lost, len(kind) + np.arange(len(row)), row)
    return _table(told[row], month[row], coded[row], probability[row], story, pairs)


def _wrong_types(chance: np.random.Generator, rows: int, flaws: Flaws) -> Ints:
    """A coder in error takes one act for another of the world's, or, where errors are even, for any type alike."""
    if flaws.even_errors:
        return chance.integers(0, len(event_types()), rows)
    return chance.choice(len(event_types()), rows, p=_BASE)


def _table(pair: Ints, month: Ints, kind: Ints, probability: Floats, story: Ints, pairs: int) -> Reports:
    rows = len(pair)
    return Reports(
        actor=2 * pair,
        recipient=2 * pair + 1,
        month=month,
        type=kind,
        score=type_scores()[kind],
        status=np.full(rows, STATUSES.index("actual")),
        share=np.ones(rows),
        probability=probability,
        mutual=np.zeros(rows, bool),
        story=story,
        source=np.zeros(rows, dtype=np.int64),
        record=np.arange(rows),
        names=tuple(f"P{number // 2:05}{'AB'[number % 2]}" for number in range(2 * pairs)),
        sources=("synthetic",),
    )
