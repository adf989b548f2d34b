"""Periods of the calendar, their ISO 8601 form, and the English words for them.

What enters: `calendar.yaml`, read once on first use, and plain numbers. What leaves: `Period`s, which
count as a day, a month, a year or whatever lies between their two ends, and the frozen `CalendarWords`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from dateutil.easter import easter
from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

from detente.errors import DataError

Unit = Literal["day", "week", "fortnight", "month", "year", "decade"]

_FILE = "syntax/calendar.yaml"
_WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `first` to `last`, both included. Its precision is the largest unit that it fills."""

    first: date
    last: date

    @property
    def precision(self) -> Literal["day", "month", "year"] | None:
        """The unit that the period is one of; None for a span of several."""
        if self.first == self.last:
            return "day"
        if self.first.year != self.last.year or self.first.day != 1 or self.last != _month_end(self.last):
            return None
        if self.first.month == self.last.month:
            return "month"
        return "year" if (self.first.month, self.last.month) == (1, 12) else None

    def iso(self) -> str:
        """The period as ISO 8601 date or interval, as coarse as its ends allow: `2016`, `2016-04/2016-05`."""
        one = _written(self.first, self.precision) if self.precision else None
        return one or f"{self.start_iso()}/{_written(self.last, self._ends_on)}"

    def start_iso(self) -> str:
        """The first unit of the period, as precise as the period."""
        return _written(self.first, self._ends_on)

    def end_iso(self) -> str:
        """The last unit of the period, as precise as the period."""
        return _written(self.last, self._ends_on)

    @property
    def _ends_on(self) -> Literal["day", "month", "year"]:
        if self.precision:
            return self.precision
        if self.first.day != 1 or self.last != _month_end(self.last):
            return "day"
        return "year" if (self.first.month, self.last.month) == (1, 12) else "month"

    def coarsened(self, unit: Literal["month", "year"]) -> Period:
        """The whole months or years that the period touches."""
        if unit == "year":
            return Period(date(self.first.year, 1, 1), date(self.last.year, 12, 31))
        return Period(self.first.replace(day=1), _month_end(self.last))

    def joined(self, other: Period) -> Period:
        """From the first day of the one to the last day of the other, in either order."""
        return Period(min(self.first, other.first), max(self.last, other.last))


def day(year: int, month: int, number: int) -> Period | None:
    """One day; None where the calendar has no such day."""
    if not (1 <= month <= 12 and 1 <= year <= 9998 and 1 <= number <= monthrange(year, month)[1]):
        return None
    return Period(date(year, month, number), date(year, month, number))


def month(year: int, number: int) -> Period:
    """One month of a year from 1 to 9998."""
    first = date(year, number, 1)
    return Period(first, _month_end(first))


def years(first: int, last: int) -> Period:
    """Whole years, both ends included."""
    return Period(date(first, 1, 1), date(last, 12, 31))


def from_iso(value: str | None) -> Period | None:
    """The period of an ISO date, month, year or closed interval; None for None, open or impossible ones."""
    if value is None or ".." in value:
        return None
    start, _, end = value.partition("/")
    first, last = _one(start), _one(end or start)
    return None if first is None or last is None or first.first > last.last else Period(first.first, last.last)


def _one(value: str) -> Period | None:
    parts = [int(part) for part in value.split("-")]
    if not 1 <= parts[0] <= 9998:
        return None
    if len(parts) == 3:
        return day(*parts)
    return month(*parts) if len(parts) == 2 else years(parts[0], parts[0])


def moved(period: Period, unit: Unit, count: int) -> Period | None:
    """The unit of time that lies `count` units from a period, as precise as can be said.

    From a day, days give a day and weeks the days of a calendar week (Monday to Sunday).
    From a month, days and weeks give the months that they may fall in. None where the period is too
    coarse for the unit or the calendar ends.
    """
    try:
        return _moved(period, unit, count)
    except (ValueError, OverflowError):
        return None


def _moved(period: Period, unit: Unit, count: int) -> Period | None:
    if count == 0 and period.precision == "year" and unit != "decade":  # "today" in a dated year
        return period
    if unit == "decade":
        return None if count else years(period.first.year // 10 * 10, period.first.year // 10 * 10 + 9)
    if unit == "year":
        return years(period.first.year + count, period.last.year + count)
    if period.precision not in ("day", "month"):
        return period.coarsened("month") if period.precision is None else None
    if unit == "month":
        start = period.first + relativedelta(months=count)
        return month(start.year, start.month)
    days = timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    if unit == "day":
        near = abs(count) <= 1 and period.precision == "month"  # "today", "yesterday" in a dated month
        return period if near else _exact(period, days)
    monday = period.first + days - timedelta(days=period.first.weekday() if period.precision == "day" else 0)
    sunday = monday + timedelta(days=6) if period.precision == "day" else period.last + days
    week = Period(monday, sunday)
    return week if period.precision == "day" else week.coarsened("month")


def moved_years(period: Period, count: int) -> Period | None:
    """The same day or month so many years on; None where the calendar has no such day."""
    year = period.first.year + count
    if period.precision == "day":
        return day(year, period.first.month, period.first.day)
    return month(year, period.first.month) if period.precision == "month" and 1 <= year <= 9998 else None


def _exact(period: Period, days: timedelta) -> Period:
    shifted = Period(period.first + days, period.last + days)
    return shifted if shifted.precision == "day" else shifted.coarsened("month")


def _month_end(day_in_month: date) -> date:
    return day_in_month.replace(day=monthrange(day_in_month.year, day_in_month.month)[1])


def _written(value: date, precision: str | None) -> str:
    return value.isoformat()[: {"year": 4, "month": 7}.get(precision or "day", 10)]


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast or named date: its words in lower case, its month and day, its year where it has one.

    A movable feast has the n-th weekday of the month (n < 0 counts from its end) or days after Easter Sunday
    instead of a day. Where `naming` is given, one of these lemmas must follow ("the September 11 attacks").
    """

    words: tuple[str, ...]
    month: int
    day: int | None
    year: int | None
    naming: frozenset[str] = frozenset()
    weekday: tuple[int, int] | None = None
    easter: int | None = None

    def in_year(self, year: int) -> Period | None:
        """The day of the feast in a year."""
        if self.easter is not None:
            found = easter(year) + timedelta(days=self.easter)
            return Period(found, found)
        if self.weekday is not None:
            number, n = self.weekday
            start = date(year, self.month, 1) + relativedelta(day=31 if n < 0 else 1)
            found = start + relativedelta(weekday=_WEEKDAYS[number - 1](n))
            return Period(found, found)
        return month(year, self.month) if self.day is None else day(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """The words of the calendar, in lower case."""

    months: Mapping[str, int]
    ambiguous: frozenset[str]
    weekdays: Mapping[str, int]
    units: Mapping[str, Unit]
    numbers: Mapping[str, int]
    vague_numbers: frozenset[str]
    parts: frozenset[str]
    seasons: Mapping[str, tuple[int, int]]
    feasts: Mapping[str, tuple[Feast, ...]]
    vague: frozenset[str]
    counted: frozenset[str]
    clock: frozenset[str]
    ahead: frozenset[str]
    beside: frozenset[str]
    edges: frozenset[str]
    occasions: frozenset[str]
    hedges: frozenset[str]
    numbered: frozenset[str]
    named_by_dates: frozenset[str]
    ordinals: Mapping[str, int]
    decades: Mapping[str, int]


@cache
def calendar_words() -> CalendarWords:
    """Load and check the words.

    Raises:
        DataError: an entry does not validate; the message names it.
    """
    return read_calendar_words(files("detente").joinpath(_FILE).read_text(encoding="utf8"))


def read_calendar_words(text: str) -> CalendarWords:
    """Parse the YAML of the calendar's words; raises as `calendar_words` does."""
    data = yaml.safe_load(text)
    if not isinstance(data, dict):
        raise DataError(f"No mapping in {_FILE}: the file is a mapping of lists. Restore the file.")
    try:
        return _words(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"Malformed entry {error} in {_FILE}: see the head of the file. Correct the entry.") from error


def _words(data: Mapping[str, Any]) -> CalendarWords:
    lists = {
        name: frozenset(str(word) for word in data[name])
        for name in (
            *("ambiguous", "vague_numbers", "parts", "vague", "counted", "clock", "ahead", "beside", "edges"),
            *("occasions", "hedges", "numbered", "named_by_dates"),
        )
    }
    feasts: dict[str, list[Feast]] = {}
    for entry in (*data["feasts"], *data["named"]):
        feast = _feast(entry)
        feasts.setdefault(feast.words[0], []).append(feast)
    return CalendarWords(
        months=_numbered(data["months"], 12),
        weekdays=_numbered(data["weekdays"], 7),
        units=dict(data["units"]),
        numbers={str(word): int(number) for word, number in data["numbers"].items()},
        ordinals={str(word): number for number, word in enumerate(data["ordinals"], start=1)},
        decades={str(word): int(first) for word, first in data["decades"].items()},
        seasons={str(name): (int(first), int(last)) for name, (first, last) in data["seasons"].items()},
        feasts={first: tuple(sorted(found, key=lambda f: -len(f.words))) for first, found in feasts.items()},
        **lists,
    )


def _numbered(groups: Mapping[int, list[str]], count: int) -> dict[str, int]:
    if sorted(groups) != list(range(1, count + 1)):
        raise ValueError(f"numbers {sorted(groups)} where 1 to {count} belong")
    return {str(word): number for number, words in groups.items() for word in words}


def _feast(entry: Mapping[str, Any]) -> Feast:
    words = tuple(str(word) for word in entry["words"])
    if "date" in entry:
        fixed = date.fromisoformat(entry["date"])
        return Feast(words, fixed.month, fixed.day, fixed.year, frozenset(entry.get("naming", ())))
    if "easter" in entry:
        return Feast(words, 4, None, None, easter=int(entry["easter"]))
    nth = entry.get("weekday")
    return Feast(words, int(entry["month"]), entry.get("day"), None, weekday=(nth[0], nth[1]) if nth else None)
