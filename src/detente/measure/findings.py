"""One figure of a validation, beside the bar that it should pass."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure.

    `bar` is to be reached, or not to be passed where `is_ceiling`; `others` are the figures of simpler lines.
    """

    name: str
    value: float
    bar: float
    others: dict[str, float]
    cases: str
    is_ceiling: bool = False

    @property
    def passes(self) -> bool:
        return self.value <= self.bar if self.is_ceiling else self.value >= self.bar
