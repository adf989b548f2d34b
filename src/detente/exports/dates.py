"""ISO dates of any precision as days, and how precise they are in UCDP's terms."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

Days = tuple[date | None, date | None]

# Days that a date may span at most, and the precision that UCDP gives it.
_STEPS = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))


def days_of(value: str | None) -> Days:
    """First and last day of a date, month, year or interval; None where that end is open, or there is no such day."""
    if value is None:
        return None, None
    first, _, last = value.partition("/")
    try:
        return _first(first), _last(last or first)
    except ValueError:
        return None, None


def precision_of(days: Days) -> int | None:
    """UCDP's `date_prec`: 1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 up to a year; None beyond."""
    first, last = days
    if first is None or last is None or last < first:
        return None
    span = (last - first).days + 1
    return next((precision for most, precision in _STEPS if span <= most), None)


def _first(value: str) -> date | None:
    if value == "..":
        return None
    year, month, day = ([int(part) for part in value.split("-")] + [1, 1])[:3]
    return date(year, month, day)


def _last(value: str) -> date | None:
    if value == "..":
        return None
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return date(*parts)
    month = parts[1] if len(parts) == 2 else 12
    return date(parts[0], month, monthrange(parts[0], month)[1])
