"""How much must be told of a pair before anything is said of it.

Measured in made-up worlds (docs/method.md): of turning points in pairs with fewer than three reports a month next to
none is found, between three and twenty some, above twenty most.
"""

from __future__ import annotations

from typing import Literal

THIN = 3.0
CLEAR = 20.0
Verdict = Literal["too thin to say", "read with care", "clear"]


def verdict_of(reports_a_month: float) -> Verdict:
    """What a volume allows, in reports a month, copies among them."""
    if reports_a_month < THIN:
        return "too thin to say"
    return "read with care" if reports_a_month < CLEAR else "clear"
