"""What decides whether two reports are linked: weights, threshold and windows.

What enters: `weights.yaml` and `words.yaml`. What leaves: one frozen `Settings`, checked completely, and the
words that say nothing of an event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from detente.errors import DataError

FEATURES = (
    "actors",
    "recipients",
    "type",
    "modes",
    "days",
    "undated",
    "place",
    "trigger",
    "words",
    "article",
    "copy",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What two reports need to be linked.

    `threshold` and `copy_similarity` run from 0 to 1. `weights` has one number a feature of `FEATURES`.
    """

    threshold: float
    window_days: int
    widest_days: int
    bias: float
    weights: Mapping[str, float]
    copy_similarity: float
    copy_window_days: int
    shingle_words: int
    min_shingles: int


@cache
def load_settings() -> Settings:
    """Read and check `weights.yaml`; the result is kept.

    Raises:
        DataError: a number is missing, unknown or out of range.
    """
    return build_settings(_read("weights.yaml"))


@cache
def load_stop_words() -> frozenset[str]:
    """Read the words that say little about which event a text tells."""
    return frozenset(str(_read("words.yaml")["stop"]).split())


def build_settings(table: Mapping[str, Any]) -> Settings:
    """Make settings from the content of their file."""
    weights = dict(_part(table, "weights"))
    copies = _part(table, "copies")
    bias = _number(weights, "bias", low=-100, high=100)
    if unknown := sorted(set(weights) - {"bias", *FEATURES}):
        raise DataError(
            f"Unknown weight {unknown[0]!r} in weights.yaml: features are {', '.join(FEATURES)}. Remove it."
        )
    return Settings(
        threshold=_number(table, "threshold", low=0, high=1),
        window_days=int(_number(table, "window_days", low=0, high=366)),
        widest_days=int(_number(table, "widest_days", low=1, high=366)),
        bias=bias,
        weights=MappingProxyType({name: _number(weights, name, low=-100, high=100) for name in FEATURES}),
        copy_similarity=_number(copies, "similarity", low=0, high=1),
        copy_window_days=int(_number(copies, "window_days", low=0, high=366)),
        shingle_words=int(_number(copies, "shingle_words", low=1, high=20)),
        min_shingles=int(_number(copies, "min_shingles", low=1, high=1000)),
    )


def _read(name: str) -> Any:
    return yaml.safe_load((files("detente.linking") / name).read_text(encoding="utf-8"))


def _part(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = table.get(name)
    if not isinstance(found, Mapping):
        raise DataError(f"No {name!r} in weights.yaml: it holds names with numbers. Add it.")
    return found


def _number(table: Mapping[str, Any], name: str, *, low: float, high: float) -> float:
    found = table.get(name)
    if isinstance(found, bool) or not isinstance(found, int | float) or not low <= found <= high:
        raise DataError(f"{found!r} for {name!r} in weights.yaml: a number from {low} to {high} is needed. Write one.")
    return float(found)
