"""Folds by sentence."""

from __future__ import annotations

import random
from collections.abc import Sequence

from training.examples import Example

FOLDS = 5


def folds(examples: Sequence[Example], seed: int = 7) -> list[int]:
    """The fold of each example; examples of one sentence share theirs."""
    groups = sorted({example.group for example in examples})
    random.Random(seed).shuffle(groups)
    number = {group: place % FOLDS for place, group in enumerate(groups)}
    return [number[example.group] for example in examples]
