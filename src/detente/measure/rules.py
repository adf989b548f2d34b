"""Which reports count, and for how much: each rule can be switched, and each is told in words beside the figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.codebook.codebook import QUAD_CLASSES, QuadClass
from detente.records import Status

Channel = Literal["all", "verbal", "material"]
METHOD_VERSION = "detente.warmth/2"


@dataclass(frozen=True, slots=True)
class Rules:
    """How reports become counts.

    `statuses` are those that count. With `by_story`, the copies of a story after the first add ln(copies) together;
    without it each report counts. With `by_probability` the coder's probability weighs. `internal` lets acts count
    whose sides are one country. `channel` keeps words or deeds alone. `source` keeps one class of sources; None pools
    all.
    """

    statuses: tuple[Status, ...] = ("actual",)
    by_story: bool = True
    by_probability: bool = True
    internal: bool = False
    directed: bool = False
    channel: Channel = "all"
    source: str | None = None

    def quads(self) -> tuple[QuadClass, ...]:
        """The quad classes that the channel keeps."""
        return tuple(quad for quad in QUAD_CLASSES if self.channel in ("all", quad.split()[0]))

    def described(self) -> tuple[str, ...]:
        """One sentence a rule, in the order in which they apply."""
        kept = {"all": "Words and deeds.", "verbal": "Words only.", "material": "Deeds only."}
        return (
            f"Status {', '.join(self.statuses)} only.",
            "Acts within one country count." if self.internal else "Acts within one country are left out.",
            "All classes of sources pooled." if self.source is None else f"Sources of class {self.source!r} only.",
            kept[self.channel],
            "One direction." if self.directed else "Both directions; a mutual act counts once.",
            "A story counts once, its further copies add ln(copies)." if self.by_story else "Every report counts.",
            "Weighted by coding probability." if self.by_probability else "Not weighted by coding probability.",
        )
