"""Weeks, months, quarters and years: the steps in which lines are drawn, as numbers that can be counted and named.

What enters: dates as text, and the name of a step. What leaves: whole numbers that rise by one a step, and their names.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Literal

from detente.errors import DataError

Step = Literal["week", "month", "quarter", "year"]
# Months in a step: what a pace by month, or a window of months, is multiplied by, or divided by.
STEPS: dict[Step, float] = {"week": 12 / 52.1775, "month": 1.0, "quarter": 3.0, "year": 12.0}
_FORMS = "2003, 2003-02, 2003-02-27, 2003-Q1 or 2003-W09"


def steps_in(months: float, step: Step, *, least: int = 1) -> int:
    """How many steps a time of so many months has, at least so many."""
    return max(least, round(months / STEPS[step]))


def period_of(day: date, step: Step) -> int:
    """The number of the step in which a day lies.

    Months count from January of year 0, as `month_number` does, quarters and years likewise; weeks from the first
    Monday of year 1.
    """
    if step == "week":
        return (day.toordinal() - 1) // 7
    return (day.year * 12 + day.month - 1) // int(STEPS[step])


def period_name(number: int, step: Step) -> str:
    """`2003-W09` (ISO 8601), `2003-02`, `2003-Q1` or `2003`."""
    if step == "week":
        year, week, _ = date.fromordinal(number * 7 + 1).isocalendar()
        return f"{year:04}-W{week:02}"
    if step == "month":
        return f"{number // 12:04}-{number % 12 + 1:02}"
    return f"{number // 4:04}-Q{number % 4 + 1}" if step == "quarter" else f"{number:04}"


def period_number(text: str, step: Step, *, last: bool = False) -> int:
    """The step in which a time begins or, with `last`, ends.

    Raises:
        DataError: the text is no year, month, day, quarter or week.
    """
    return period_of(days_of(text)[int(last)], step)


def days_of(text: str) -> tuple[date, date]:
    """First and last day of a year, month, day, quarter or week.

    Raises:
        DataError: the text is none of these.
    """
    head, _, tail = text.strip().partition("-")
    try:
        if len(head) != 4:
            raise ValueError
        year = int(head)
        if tail[:1] == "W":
            return date.fromisocalendar(year, int(tail[1:]), 1), date.fromisocalendar(year, int(tail[1:]), 7)
        if tail[:1] == "Q" and tail[1:] in ("1", "2", "3", "4"):
            return _months(year, 3 * int(tail[1:]) - 2, 3 * int(tail[1:]))
        if len(tail) > 2:
            day = date.fromisoformat(text.strip())
            return day, day
        return _months(year, int(tail or 1), int(tail or 12))
    except ValueError as error:
        raise DataError(f"{text!r} as a time: a year, quarter, month, week or day. Write {_FORMS}.") from error


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
