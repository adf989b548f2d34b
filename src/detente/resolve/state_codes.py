"""The codes that other data sets give a state on a day: ISO 3166-1, Correlates of War, Gleditsch–Ward.

What enters: an id of `states.yaml` and a day or year. What leaves: frozen rows of `state_codes.csv`. A row is a span
in which neither the name nor a code changed. Ids are not codes: `chechnya` has no CHE, `SUN` and `RUS` share COW 365.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from detente.errors import DataError
from detente.resolve.tables import field_of, read_rows, read_table

_FILE: Final = "state_codes.csv"
_FORMS: Final = {
    "iso3": re.compile(r"([A-Z]{3})?"),
    "iso2": re.compile(r"([A-Z]{2})?"),
    "cow_number": re.compile(r"(\d{1,3})?"),
    "cow_letters": re.compile(r"([A-Z]{3})?"),
    "gw_number": re.compile(r"(\d{1,3})?"),
    "gw_letters": re.compile(r"([A-Z]{3})?"),
    "start": re.compile(r"(\d{4}-\d{2}-\d{2})?"),
    "end": re.compile(r"(\d{4}-\d{2}-\d{2})?"),
}


@dataclass(frozen=True, slots=True)
class StateCodes:
    """The codes of one state in one span; None where a list has no code for it.

    `name` is the state's name in the span. `start` is its first day, None if before 1816 or of no record; `end` the
    first day on which it is over, None if it lasts. The numbers hold for the whole span, though a list may count the
    state as a member of the system for a part of it only.
    """

    id: str
    name: str
    iso3: str | None
    iso2: str | None
    cow_number: int | None
    cow_letters: str | None
    gw_number: int | None
    gw_letters: str | None
    start: date | None
    end: date | None
    source: str

    def covers(self, on: date) -> bool:
        """Whether a day lies in the span."""
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


def codes_on(state: str, on: date) -> StateCodes | None:
    """The codes of a state on a day; None for an id without codes, or where the state did not exist on that day."""
    return next((row for row in codes_of(state) if row.covers(on)), None)


def codes_in(state: str, year: int) -> StateCodes | None:
    """The codes of a state in a year, for data by country and year; of two spans in the year, the later one."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = codes_of(state)
    found = [row for row in rows if (row.start is None or row.start <= last) and (row.end is None or row.end > first)]
    return found[-1] if found else None


def codes_of(state: str) -> tuple[StateCodes, ...]:
    """Every span of a state, in order of time; empty for an id without codes."""
    return load_state_codes().get(state, ())


@cache
def load_state_codes() -> Mapping[str, tuple[StateCodes, ...]]:
    """Read and check the table; the result is kept.

    Raises:
        DataError: an id is in no other table, a code or date is malformed, or spans of a state overlap.
    """
    states = read_table("states.yaml")
    out: dict[str, list[StateCodes]] = {}
    for row in read_rows(_FILE):
        where = f"resolve/data/{_FILE}, {row.get('id')} {row.get('start')}"
        if row.get("id") not in states:
            raise DataError(f"Unknown id {row.get('id')!r} in {where}: an id of states.yaml. Add the state first.")
        out.setdefault(row["id"], []).append(_codes(row, where))
    return MappingProxyType({key: _in_order(rows) for key, rows in out.items()})


def _codes(row: Mapping[str, str], where: str) -> StateCodes:
    for column, form in _FORMS.items():
        text = field_of(row, column, where)
        if form.fullmatch(text) is None:
            raise DataError(f"Malformed {column} {text!r} in {where}: {form.pattern} is expected. Mend the row.")
    try:
        start, end = (date.fromisoformat(row[column]) if row[column] else None for column in ("start", "end"))
    except ValueError as error:
        raise DataError(f"No such day in {where}: {error}. Mend the row.") from error
    return StateCodes(
        id=row["id"],
        name=row["name"],
        iso3=row["iso3"] or None,
        iso2=row["iso2"] or None,
        cow_number=int(row["cow_number"]) if row["cow_number"] else None,
        cow_letters=row["cow_letters"] or None,
        gw_number=int(row["gw_number"]) if row["gw_number"] else None,
        gw_letters=row["gw_letters"] or None,
        start=start,
        end=end,
        source=row["source"],
    )


def _in_order(rows: list[StateCodes]) -> tuple[StateCodes, ...]:
    for row in rows:
        if row.start is not None and row.end is not None and row.end <= row.start:
            raise DataError(f"Span of {row.id!r} in {_FILE} ends on {row.end}, before it starts. Mend the row.")
    for earlier, later in pairwise(rows):
        if earlier.end is None or later.start is None or later.start < earlier.end:
            raise DataError(f"Spans of {later.id!r} in {_FILE} overlap or are out of order. Mend the rows.")
    return tuple(rows)
