"""The world's mix of types, month by month: what a pair is compared with.

What enters: the stories of one class of sources. What leaves: an array of shape (months, types) whose rows sum to 1.
Each pair has one vote in a window, however much is told of it, so that a war does not make the whole world hostile.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import yaml

from detente.errors import DataError
from detente.measure.periods import steps_in
from detente.measure.reports import Floats, event_types
from detente.measure.stories import Stories

WINDOW_MONTHS = 7
PRIOR_VOTES = 5.0


@dataclass(frozen=True, slots=True)
class World:
    """`mix` has the shares by month and type around each month, `past` those of the window that ends with it.

    `votes` is how many pairs voted in the window around each month; with few, the mix leans on `usual_mix()`.
    """

    mix: Floats
    past: Floats
    votes: Floats


@cache
def usual_mix() -> Floats:
    """The long-run mix that votes too, as `PRIOR_VOTES` pairs; its source stands in `world_mix.yaml`.

    Raises:
        DataError: the file does not give each type a share above 0.
    """
    table = yaml.safe_load((files("detente.measure") / "world_mix.yaml").read_text(encoding="utf-8"))
    shares = table["shares"]
    if set(shares) != set(event_types()) or min(shares.values()) <= 0:
        raise DataError("Shares in world_mix.yaml: each type of the codebook has one above 0. Mend the file.")
    mix = np.array([float(shares[name]) for name in event_types()])
    return np.asarray(mix / mix.sum())


def world_of(stories: Stories, *, prior_votes: float = PRIOR_VOTES) -> World:
    """Let each pair vote with its own mix in each window of seven months, in as many whole steps as that is."""
    shape = (stories.months, len(event_types()))
    around, past = np.zeros(shape), np.zeros(shape)
    votes, past_votes = np.zeros(stories.months), np.zeros(stories.months)
    window_steps = steps_in(WINDOW_MONTHS, stories.step)
    half = window_steps // 2
    for pair in range(len(stories.pairs)):
        summed = np.vstack([np.zeros((1, shape[1])), np.cumsum(stories.counts_of(pair), axis=0)])
        month = np.arange(stories.months)
        begin = np.maximum(month - half, 0)
        for mix, count, start, end in (
            (around, votes, begin, np.minimum(month + half + 1, stories.months)),
            (past, past_votes, np.maximum(month - window_steps + 1, 0), month + 1),
        ):
            window = summed[end] - summed[start]
            total = window.sum(axis=1)
            told = total > 1e-9
            mix[told] += window[told] / total[told, None]
            count += told
    return World(_blend(around, votes, prior_votes), _blend(past, past_votes, prior_votes), votes)


def _blend(summed: Floats, votes: Floats, prior_votes: float) -> Floats:
    """The usual mix has all of its votes where no pair votes, and fades as pairs do."""
    usual = prior_votes**2 / (prior_votes + votes)
    return np.asarray((summed + usual[:, None] * usual_mix()) / (votes + usual)[:, None])
