"""What cannot be told from a pair's own counts: the coder's error, the usual pace of relations, the width of intervals.

What enters: `calibration.yaml`, or another file of its form. What leaves: a frozen `Calibration`, checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from detente.errors import DataError


@dataclass(frozen=True, slots=True)
class Calibration:
    """Constants of the model.

    `epsilon` is the share of wrong codes, 0 to 1. `q` and `tau2` are the usual variances of a month's step and of its
    noise, `q_sd` and `tau2_sd` how far their logs spread over pairs. `kappa` widens the model's standard deviation and
    `sigma` is added to it, in theta. `source` says what they were fitted on.
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


def build_calibration(table: Any, where: str) -> Calibration:
    """Make constants from the content of a file."""
    if not isinstance(table, Mapping):
        raise DataError(f"No table in {where}: names with numbers are needed. Mend the file.")
    numbers = {field.name: _number(table, field.name, where) for field in fields(Calibration) if field.name != "source"}
    if numbers["epsilon"] >= 1:
        raise DataError(f"{numbers['epsilon']!r} for 'epsilon' in {where}: less than 1 is needed. Write a share.")
    return Calibration(**numbers, source=str(table.get("source", "unknown")))


def _number(table: Mapping[str, Any], name: str, where: str) -> float:
    found = table.get(name)
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 < found < float("inf"):
        raise DataError(f"{found!r} for {name!r} in {where}: a number greater than 0 is needed. Write one.")
    return float(found)
