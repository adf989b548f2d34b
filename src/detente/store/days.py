"""ISO dates of any precision as a range of days, which a database can compare."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

Days = tuple[str | None, str | None]

UNKNOWN: Days = (None, None)


def day_range(value: str | None) -> Days:
    """First and last day of a date, month, year or interval, as ISO days; None where that end is open.

    Returns:
        (None, None) also where there is no such day, such as 30 February.
    """
    if value is None:
        return UNKNOWN
    first, _, last = value.partition("/")
    try:
        return _first_day(first), _last_day(last or first)
    except ValueError:
        return UNKNOWN


def _first_day(value: str) -> str | None:
    if value == "..":
        return None
    return date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value).isoformat()


def _last_day(value: str) -> str | None:
    if value == "..":
        return None
    if len(value) == 10:
        return date.fromisoformat(value).isoformat()
    year, month = int(value[:4]), int(value[5:7] or 12)
    return date(year, month, monthrange(year, month)[1]).isoformat()
