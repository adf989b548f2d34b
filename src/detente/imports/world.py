"""What imports need to know of the world: states with their codes by date, and actors by name.

What enters: the rows of the table of states and the names of actors, from whoever holds them. What leaves: a frozen
`World`, so that this stage does not depend on the one that resolves names in texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Codes(Protocol):
    """The codes of one state in one span; `start` is its first day, `end` the first day on which it is over."""

    @property
    def iso3(self) -> str | None: ...
    @property
    def cow_number(self) -> int | None: ...
    @property
    def gw_number(self) -> int | None: ...
    @property
    def start(self) -> date | None: ...
    @property
    def end(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Known:
    """An actor: its id, the state it belongs to (a state belongs to itself), and its PLOVER sector."""

    id: str
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class World:
    """States by id with their codes in time, and actors by name in lower case.

    `states` has an empty sequence for a state without codes.
    """

    states: Mapping[str, Sequence[Codes]]
    names: Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Span:
    """The codes of a state from `start` to the day before `end`."""

    start: date
    end: date
    iso3: str | None = None
    cow: int | None = None
    gw: int | None = None


def spans_of(codes: Sequence[Codes]) -> Iterator[Span]:
    """Cover all of time with the spans of a state, without codes where it did not exist."""
    reached = date.min
    for one in codes:
        start, end = one.start or date.min, one.end or date.max
        if start > reached:
            yield Span(reached, start)
        yield Span(start, end, one.iso3, one.cow_number, one.gw_number)
        reached = end
    if reached < date.max:
        yield Span(reached, date.max)
