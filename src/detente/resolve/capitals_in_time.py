"""Whose seat a capital was on the day of a text: Moscow stood for the Soviet Union, Lagos for Nigeria.

What enters: a name, the sense it has today and a day. What leaves: the sense that it had on that day: of the state
whose seat it was, or of a mere place where it is the seat of none any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from detente.resolve.names import Sense, split
from detente.resolve.tables import read_table

_FIELDS: Final = (("capital", "capitals"), ("seat", "seats"))


@dataclass(frozen=True, slots=True)
class _Claim:
    """A state that a name stood for from one day up to, not including, another; empty where not bounded."""

    state: str
    kind: Literal["capital", "seat"]
    name: str
    since: str
    until: str

    def covers(self, day: str) -> bool:
        return self.since <= day and (not self.until or day < self.until)


def sense_on(name: str, sense: Sense, day: str) -> Sense:
    """What a name meant on a day; the same sense object where its meaning has not changed.

    Args:
        name: as the text has it; capitals and accents do not matter.
        sense: what the name means today. Only capitals, seats and places change.
        day: ISO date of any precision; of a year or month, its first day counts.
    """
    claims = _claims().get(_key(name)) if sense.kind in ("capital", "seat", "place") else None
    if claims is None:
        return sense
    first_day = f"{day.split('/')[0]}-01-01"[:10]
    claim = next((claim for claim in claims if claim.covers(first_day)), None)
    meant = Sense("place", claims[0].name) if claim is None else Sense(claim.kind, claim.state)
    return sense if meant == sense or (claim is None and sense.kind == "place") else meant


def earlier_capitals(states: Mapping[str, Any]) -> dict[str, str]:
    """Capitals of no state of today, each with the state in which it lies: of former states, and moved ones."""
    now = {name for row in states.values() if "until" not in row for name in row.get("capitals", ())}
    out: dict[str, str] = {}
    for key, row in states.items():
        ended = row.get("capitals", ()) if "until" in row else ()
        for name in (*ended, *row.get("former_capitals", ())):
            if name not in now:
                out[name] = row.get("country", key)
    return out


@cache
def _claims() -> dict[str, tuple[_Claim, ...]]:
    """The claims on every name that has changed its meaning; those that ended stand before those that last."""
    found: dict[str, list[_Claim]] = {}
    for key, row in read_table("states.yaml").items():
        since, until = row.get("since", ""), row.get("until", "")
        claims = [_Claim(key, kind, name, since, until) for kind, field in _FIELDS for name in row.get(field, ())]  # type: ignore[arg-type]
        claims += [_Claim(key, "capital", name, since, end) for name, end in row.get("former_capitals", {}).items()]
        for claim in claims:
            found.setdefault(_key(claim.name), []).append(claim)
    return {
        name: tuple(sorted(claims, key=lambda claim: claim.until or "9999"))
        for name, claims in found.items()
        if any(claim.until for claim in claims)
    }


def _key(name: str) -> str:
    return " ".join(piece.lower() for piece in split(name)).removeprefix("the ")
