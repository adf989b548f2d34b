"""One act of several sides → rows of two sides, once, by a rule that is named.

What enters: the sides of an act. What leaves: directed pairs with the share of the act that falls to each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Expansion = Literal["divided", "whole"]
EXPANSIONS: dict[Expansion, str] = {
    "divided": "An act of several sides is divided: each side's share goes in equal parts to those opposite.",
    "whole": "An act of several sides counts in full for each pair of them.",
}


@dataclass(frozen=True, slots=True)
class Directed:
    """One pair of an act. `mutual` pairs come twice, once in each direction."""

    actor: str
    recipient: str
    share: float
    mutual: bool


def expand(actors: Sequence[str], recipients: Sequence[str], rule: Expansion = "divided") -> Iterator[Directed]:
    """Pair the sides of an act; without recipients the actors act on each other.

    Each side counts once. A pair of one and the same side is kept where the act has recipients: it is internal.
    """
    acting, acted = list(dict.fromkeys(actors)), list(dict.fromkeys(recipients))
    if not acted:
        others = len(acting) - 1
        for actor in acting:
            for other in acting:
                if actor != other:
                    yield Directed(actor, other, 1 / others if rule == "divided" else 1.0, True)
        return
    for actor in acting:
        for other in acted:
            yield Directed(actor, other, 1 / len(acted) if rule == "divided" else 1.0, False)
