"""Temperatures: by what to divide logits so that of acts given a probability of .8, eight in ten are right.

Source: Guo, Pleiss, Sun & Weinberger 2017, "On calibration of modern neural networks", section 4.2.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.examples import Example
from training.fit import Probabilities
from training.labels import Labels

_TRIED = np.geomspace(0.4, 4.0, 181)


def temperatures(found: Probabilities, examples: Sequence[Example], labels: Labels) -> dict[str, float]:
    """The temperature of each head that makes held-out examples likeliest, to the nearest of a grid.

    Args:
        found: what the network says of `examples`, none of which it was fitted to.
    """
    targets = [example.target for example in examples]
    return {
        "types": _best(found.types, _one_hot([one.type for one in targets], len(labels.types))),
        "modes": _best(found.modes, _one_hot([one.mode for one in targets], len(labels.modes))),
        "statuses": _best(found.statuses, _one_hot([one.status for one in targets], len(labels.statuses))),
        "roots": _best(found.roots, np.array([one.roots or (0.0,) * len(labels.roots) for one in targets])),
    }


def _one_hot(values: Sequence[int | None], classes: int) -> NDArray[np.float64]:
    return np.array([[float(value == one) for one in range(classes)] for value in values])


def _best(chances: NDArray[np.float64], wanted: NDArray[np.float64]) -> float:
    logits = np.log(np.clip(chances, 1e-9, None))
    losses = [-(wanted * _log_softmax(logits / one)).sum() for one in _TRIED]
    return round(float(_TRIED[int(np.argmin(losses))]), 3)


def _log_softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))
