"""Publication dates as files and addresses write them, to ISO 8601, or to nothing where they are unclear."""

from __future__ import annotations

import re
from datetime import date, datetime

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?=$|[T ])")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?=$|T|\d{6}$)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IN_ADDRESS = re.compile(
    rf"[/_.=-](?P<year>(?:19|20)\d\d)(?P<gap>[/-]?)(?P<month>\d\d|(?<=/)\d|{'|'.join(_MONTHS)})"
    r"(?:(?P=gap)(?P<day>\d\d?))?(?=[/_.?&#-]|$)",
    re.IGNORECASE,
)
_YEARS = range(1800, 2101)
# Two days that have no part in common: what differs between the two readings was not in the text.
_GUESSES = (datetime(2001, 1, 1), datetime(2002, 2, 2))


def iso_day(value: str | None) -> str | None:
    """Read a date in the forms that metadata has, as an ISO day, month or year.

    ISO 8601, mail and feed dates, dates with the month in words, and days such as 25/12/2018 that have one reading
    only. A time keeps the day of its own time zone.

    Returns:
        None for no date, for one that no calendar has, and for one with two readings, such as 3/4/2018.
    """
    text = (value or "").strip()
    for form in (_ISO, _COMPACT):
        found = form.match(text)
        if found is not None:
            return _checked(*found.groups())
    if not re.search(r"\d{4}", text) or len(text) > 80:
        return None
    return _in_words(text)


def day_in_address(url: str | None) -> str | None:
    """Read the date that an address such as `…/2018/03/02/talks.html` holds, as an ISO day or month."""
    for found in _IN_ADDRESS.finditer(url or ""):
        month = found["month"].lower()
        number = month if month.isdigit() else str(_MONTHS.index(month) + 1)
        # 2018-19 is a season and 201803 may be any number: a month alone stands between slashes.
        if found["day"] is None and found["gap"] != "/":
            continue
        day = _checked(found["year"], number, found["day"])
        if day is not None:
            return day
    return None


def _checked(year: str, month: str | None = None, day: str | None = None) -> str | None:
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if whole.year not in _YEARS:
        return None
    return whole.isoformat()[: 10 if day else 7 if month else 4]


def _in_words(text: str) -> str | None:
    import warnings

    from dateutil.parser import ParserError, UnknownTimezoneWarning, parse

    readings = set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnknownTimezoneWarning)
        for guess in _GUESSES:
            for day_first in (True, False):
                try:
                    readings.add(parse(text, default=guess, dayfirst=day_first).date())
                except (ParserError, OverflowError, ValueError):
                    return None
    if len(readings) == 1:
        day = readings.pop()
        return day.isoformat() if day.year in _YEARS else None
    is_month = len({(day.year, day.month) for day in readings}) == 1 and {day.day for day in readings} == {1, 2}
    return f"{min(readings):%Y-%m}" if is_month else None
