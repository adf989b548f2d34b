"""What cannot be told from a pair's own counts: the coder's error, the usual pace of relations, the width of intervals.

What enters: `calibration.yaml`, or another file of its form. What leaves: a frozen `Calibration`, checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from detente.errors import DataError
from detente.measure.periods import STEPS, Step
from detente.measure.reports import Floats, event_types, type_scores


@dataclass(frozen=True, slots=True)
class Calibration:
    """Constants of the model.

    `epsilon` is the share of wrong codes, 0 to 1. `q` and `tau2` are the usual variances of a month's step and of its
    noise, `q_sd` and `tau2_sd` how far their logs spread over pairs. `kappa` widens the model's standard deviation and
    `sigma` is added to it, in theta. `source` says what they were fitted on. `weights` say what one unit of theta does
    to the log odds of each type, in the order of `event_types()`; they are learned from the records (`weights.py`) when
    None. `step` is what `q` and `drift` are by.
    """

    epsilon: float
    q: float
    q_sd: float
    tau2: float
    tau2_sd: float
    kappa: float
    sigma: float
    penalty: float
    drift: float
    source: str
    weights: tuple[float, ...] | None = None
    step: Step = "month"

    def scale(self) -> Floats:
        """The weights; the scores of the types / 5 where there are none."""
        return type_scores() / 5 if self.weights is None else np.array(self.weights)


def at_step(known: Calibration, step: Step) -> Calibration:
    """The constants for another step: what wanders for longer goes farther.

    Only the usual pace is scaled. Each pair's own pace and noise have the highest marginal likelihood at that step.
    """
    months = STEPS[step] / STEPS[known.step]
    return replace(known, q=known.q * months, drift=known.drift * months, step=step)


_OTHERS = ("source", "weights", "step")


@cache
def load_calibration() -> Calibration:
    """The constants that ship with detente; the result is kept."""
    return build_calibration(
        _parsed((files("detente.measure") / "calibration.yaml").read_text("utf-8")), "calibration.yaml"
    )


def read_calibration(path: Path) -> Calibration:
    """Constants of the user's own.

    Raises:
        DataError: the file cannot be read or does not validate.
    """
    try:
        return build_calibration(_parsed(path.read_text(encoding="utf-8")), str(path))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataError(f"Unreadable calibration '{path}' ({error}): YAML is needed. Check the file.") from error


def _parsed(text: str) -> Any:
    return yaml.safe_load(text)


def plain_calibration(known: Calibration) -> dict[str, Any]:
    """What a calibration file holds, ready for YAML."""
    known = at_step(known, "month")
    weights = None if known.weights is None else dict(zip(event_types(), map(float, known.weights), strict=True))
    numbers = {field.name: float(getattr(known, field.name)) for field in fields(known) if field.name not in _OTHERS}
    return {"version": 1, "source": known.source, **numbers, **({} if weights is None else {"weights": weights})}


def build_calibration(table: Any, where: str) -> Calibration:
    """Make constants from the content of a file."""
    if not isinstance(table, Mapping):
        raise DataError(f"No table in {where}: names with numbers are needed. Mend the file.")
    names = [field.name for field in fields(Calibration) if field.name not in _OTHERS]
    numbers = {name: _number(table, name, where) for name in names}
    if numbers["epsilon"] >= 1:
        raise DataError(f"{numbers['epsilon']!r} for 'epsilon' in {where}: less than 1 is needed. Write a share.")
    source = str(table.get("source", "unknown"))
    told: dict[str, Any] = {**numbers, "source": source, "weights": _weights(table, where)}
    return Calibration(**told)


def _weights(table: Mapping[str, Any], where: str) -> tuple[float, ...] | None:
    found = table.get("weights")
    if found is None:
        return None
    types = event_types()
    if not isinstance(found, Mapping) or set(found) != set(types):
        raise DataError(f"Weights in {where}: one for each type of the codebook, by its name. Add what is missing.")
    for name in types:
        if isinstance(found[name], bool) or not isinstance(found[name], int | float) or not -5 <= found[name] <= 5:
            raise DataError(f"{found[name]!r} for {name!r} in {where}: a number from -5 to 5 is needed. Write one.")
    if len(set(found.values())) < 2:
        raise DataError(f"Weights in {where}: all are the same, and tell nothing apart. Write others.")
    return tuple(float(found[name]) for name in types)


def _number(table: Mapping[str, Any], name: str, where: str) -> float:
    found = table.get(name)
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 < found < float("inf"):
        raise DataError(f"{found!r} for {name!r} in {where}: a number greater than 0 is needed. Write one.")
    return float(found)
