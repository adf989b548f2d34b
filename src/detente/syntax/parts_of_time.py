"""Parts of longer times: "the third quarter of 2012", "Q4 2018", "fiscal 2019", "the first three months of the year".

What enters: a `Scan`, the token where a form may begin, and the reader of the time that the part is cut from. What
leaves: a `Found`, or None where no form begins.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from detente.syntax.calendar import Period, month, moved, years
from detente.syntax.date_scan import Found, Scan, ordinal_at, year_number
from detente.syntax.years_in_words import year_at

Reader = Callable[[Scan, int], Found | None]

_SHORT = re.compile(r"(?:(?P<kind>[qh])(?P<n>[1-4])|(?P<m>[1-4])(?P<k>[qh]))(?P<year>\d{4})?")
_LAST = frozenset({"last", "final", "closing"})
_FIRST = frozenset({"first", "opening", "initial"})
_PARTS = {"quarter": 3, "trimester": 4, "half": 6, "semester": 6}
_DIRECTED = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1}
_FISCAL = frozenset({"fiscal", "financial", "budget"})
_FISCAL_START = {  # first month of the fiscal year, by words that name the country; the year is that of its end
    **dict.fromkeys(("pakistan", "pakistani", "islamabad", "bangladesh", "dhaka", "egypt", "cairo", "australia"), 7),
    **dict.fromkeys(("australian", "canberra", "kenya", "nairobi", "ethiopia", "nepal", "uganda", "tanzania"), 7),
    **dict.fromkeys(("india", "indian", "delhi", "japan", "japanese", "tokyo", "britain", "british", "london"), 4),
    **dict.fromkeys(("canada", "canadian", "ottawa", "singapore", "myanmar", "kingdom", "african", "pretoria"), 4),
    **dict.fromkeys(("washington", "american", "pentagon", "u.s.", "us", "states", "congress", "thailand", "thai"), 10),
}

# The words that a part may begin with, apart from "the", numbers and figures.
PART_STARTS: tuple[str, ...] = (*_LAST, *_FIRST, *_FISCAL, "fy", "week", "year", "month", "this", "previous")


def part_of_time(s: Scan, i: int, read: Reader) -> Found | None:
    """The part of a longer time that begins at token `i`, if one does."""
    start = i + (s.word(i) == "the")
    for form in (_short, _fiscal):
        if (found := form(s, start)) is not None:
            return found
    return (
        _year_to(s, start, read)
        or _this_part(s, start)
        or _part(s, start, read)
        or _week_of(s, start, read)
        or _edge(s, i)
    )


def _edge(s: Scan, i: int) -> Found | None:
    """`the year` where only its end or beginning is spoken of: "by the end of the year", "by year's end"."""
    base = s.clock.published or s.clock.anchor
    ends = s.word(i + 1) in ("'s", "-") and s.word(i + 2) == "end"
    if s.word(i) in ("year", "month", "week") and ends and base is not None:
        return Found(i + 3, moved(base, s.words.units[s.word(i)], 0))
    if s.word(i - 1) == "of" and s.word(i - 2) == "turn" and s.word(i + 1) in ("century", "millennium"):
        return Found(i + 2, None if base is None else years(*[(base.first.year + 50) // 100 * 100] * 2))
    edge = s.word(i - 1) == "of" and s.word(i - 2) in s.words.edges
    return the_unit(s, i) if edge or s.word(i - 1) in ("later", "earlier") else None


def _short(s: Scan, i: int) -> Found | None:
    """`Q4 2018`, `4Q2018`, `H1 of next year`."""
    found = _SHORT.fullmatch(s.word(i))
    if found is None or s.p.words[i][:2].upper() != s.p.words[i][:2]:
        return None
    length = 3 if (found["kind"] or found["k"]) == "q" else 6
    number = int(found["n"] or found["m"])
    year, end = (int(found["year"]), i + 1) if found["year"] else year_at(s, i + 1, of=True)
    if number * length > 12:
        return None
    if year is None:  # "in Q2": of the year that the clause looks at
        return Found(i + 1, s.clock.yearless(lambda y: _months(years(y, y), (number - 1) * length, length), s.side(i)))
    return Found(end, _months(years(year, year), (number - 1) * length, length))


def _fiscal(s: Scan, i: int) -> Found | None:
    """`fiscal year 2018-19`, `fiscal 2019`, `FY2019`: the twelve months of the country that the sentence names."""
    word = s.word(i)
    j = i + 1 + (s.word(i + 1) == "year")
    first = year_number(s.word(j))
    if word.startswith("fy"):
        j = i + (len(word) == 2)
        figures, _, second = (s.word(j) if len(word) == 2 else word[2:]).replace("/", "-").partition("-")
        first = year_number(figures) or (2000 + int(figures) if figures.isdecimal() and len(figures) == 2 else None)
        if first is not None and len(second) == 2 and second.isdecimal():
            first += 1
    elif word in _DIRECTED and s.word(i + 1) in _FISCAL and s.word(i + 2) == "year":
        base = s.clock.published
        return None if base is None else Found(i + 3, _fiscal_around(s, i, base, _DIRECTED[word]))
    elif word not in _FISCAL:
        return None
    if first is None:
        return None
    last, end = first, j + 1
    if s.word(end) in ("-", "/") and s.word(end + 1).isdecimal() and len(s.word(end + 1)) in (2, 4):
        last, end = first // 100 * 100 + int(s.word(end + 1)[-2:]), end + 2
    start = _fiscal_start(s, i)
    if start is None or last - first > 1:
        return Found(end, years(first, max(first, last)))
    end_year = last if last > first else first
    return Found(end, month(end_year - 1, start).joined(month(end_year, start - 1)))


def _fiscal_start(s: Scan, i: int) -> int | None:
    """The first month of the fiscal year of the first country that the sentence names; None for the calendar's."""
    sentence = s.p.lower[s.p.sentences[s.p.sentence_of[i]][0] : s.stop]
    return next((_FISCAL_START[word] for word in sentence if word in _FISCAL_START), None)


def _fiscal_around(s: Scan, i: int, base: Period, step: int) -> Period:
    """The fiscal year that holds a day, or one beside it."""
    start = _fiscal_start(s, i) or 1
    first = date(base.first.year - (base.first.month < start) + step, start, 1)
    return Period(first, first + relativedelta(years=1) - timedelta(days=1))


def _this_part(s: Scan, i: int) -> Found | None:
    """`last quarter`, `this half-year`, and `the third quarter` of the year that the clause looks at."""
    base = s.clock.published
    length = _PARTS.get(s.word(i + 1), 0)
    step = _DIRECTED.get(s.word(i))
    if base is None or not length or base.precision != "day" or s.word(i + 2) in ("of", "in"):
        return None
    if step is not None and (s.word(i - 1) != "the" or s.word(i) != "last"):
        start = date(base.first.year, (base.first.month - 1) // length * length + 1, 1)
        start += relativedelta(months=step * length)
        return Found(i + 2, Period(start, start + relativedelta(months=length) - timedelta(days=1)))
    which = _which(s, i)
    if (
        which is None
        or not which[0]
        or which[1] != i + 1
        or s.word(i - 2) not in ("in", "during", "by", "until", "for")
    ):
        return None
    if year_at(s, i + 2)[0] is not None or length * which[0] > 12:
        return None

    def in_year(year: int) -> Period | None:
        return _months(years(year, year), (which[0] - 1) * length, length)

    return Found(i + 2, s.clock.yearless(in_year, s.side(i + 1)))


def _year_to(s: Scan, i: int, read: Reader) -> Found | None:
    """`fiscal year ending June 2015`, `year to March 2012`: twelve months."""
    j = i + (s.word(i) in _FISCAL)
    if s.word(j) != "year" or s.word(j + 1) not in ("ending", "ended", "to", "through"):
        return None
    found = read(s, j + 2)
    if found is None or found.period is None or found.period.precision not in ("day", "month"):
        return None
    first = found.period.last + timedelta(days=1) - relativedelta(years=1)
    return Found(found.end, Period(first, found.period.last))


def _week_of(s: Scan, i: int, read: Reader) -> Found | None:
    """`week of 5 May`, `week ending 9 May`, `week beginning 3 June`."""
    turn = s.word(i + 1)
    if s.word(i) != "week" or turn not in ("of", "ending", "beginning", "starting"):
        return None
    found = read(s, i + 2)
    if found is None or found.period is None or found.period.precision != "day":
        return None
    if turn == "of":
        return Found(found.end, moved(found.period, "week", 0))
    other = moved(found.period, "day", -6 if turn == "ending" else 6)
    return Found(found.end, found.period.joined(other)) if other is not None else None


def _part(s: Scan, i: int, read: Reader) -> Found | None:
    """`first quarter of 2012`, `last three months of the year`, `second week of May`, `last day of 1999`."""
    which = _which(s, i)
    if which is None:
        return None
    number, j = which
    count = 1
    if s.word(j).isdecimal() or s.word(j) in s.words.numbers:
        count = int(s.word(j)) if s.word(j).isdecimal() else s.words.numbers[s.word(j)]
        j += 1
    noun = s.word(j)
    if noun in s.words.weekdays:
        whole = _whole(s, j + 1, read)
        return None if whole is None or whole.period is None else _nth_weekday(s, noun, number, whole)
    length = _PARTS.get(noun, 0)
    unit = s.words.units.get(noun)
    if not length and unit not in ("day", "week", "month", "year", "decade"):
        return None
    whole = _whole(s, j + 1, read)
    if whole is None or whole.period is None:
        return None
    period = whole.period
    if noun.endswith("s") and count == 1:  # "the last days of May": how many is left open
        return whole
    if length:
        total = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
        if noun == "half" and period.precision == "month":
            split = period.first + timedelta(days=15)
            later = number in (0, 2)
            return Found(
                whole.end, Period(split, period.last) if later else Period(period.first, split - timedelta(days=1))
            )
        length = total * length // 12  # "the first half of the 1990s"
        found = _months(period, (number - 1) * length if number else total - length, length)
    else:
        found = _units(period, str(unit), number, count)
    return Found(whole.end, found) if found is not None else None


def _nth_weekday(s: Scan, noun: str, number: int, whole: Found) -> Found | None:
    """`first Monday of October`."""
    period = whole.period
    if period is None or period.precision != "month":
        return None
    days = [period.first + timedelta(days=n) for n in range((period.last - period.first).days + 1)]
    days = [day for day in days if day.isoweekday() == s.words.weekdays[noun]]
    if number > len(days):
        return None
    return Found(whole.end, Period(days[number - 1], days[number - 1]))


def _which(s: Scan, i: int) -> tuple[int, int] | None:
    """Which part is meant (1 for the first, 0 for the last), and the token after the word."""
    word = s.word(i)
    if word in _LAST:
        return 0, i + 1
    if word in _FIRST:
        return 1, i + 1
    return ordinal_at(s, i)


def _whole(s: Scan, i: int, read: Reader) -> Found | None:
    """The time after "of", "in" or nothing; "the year" is that of publication, "the century" too."""
    year, end = year_at(s, i, of=True)
    if year is not None:
        return Found(end, years(year, year))
    if s.word(i) not in ("of", "in"):
        return None
    return the_unit(s, i + 1) or read(s, i + 1)


def the_unit(s: Scan, i: int) -> Found | None:
    """`the year`, `the month`, `the century`: the one that holds the publication date, else the text's last date."""
    if s.word(i) not in ("the", "this") or s.word(i + 2) == "of":
        return None
    base = s.clock.published or s.clock.anchor
    noun = s.word(i + 1)
    if base is None or noun not in ("year", "month", "week", "decade", "century"):
        return None
    if noun == "century":
        return Found(i + 2, years(base.first.year // 100 * 100, base.first.year // 100 * 100 + 99))
    return Found(i + 2, moved(base, s.words.units[noun], 0))


def _months(period: Period, skip: int, length: int) -> Period | None:
    """So many months of a period, from its beginning."""
    start = period.first + relativedelta(months=skip)
    end = start + relativedelta(months=length) - timedelta(days=1)
    return Period(start, end) if length and start.day == 1 and end <= period.last else None


def _units(period: Period, unit: str, number: int, count: int) -> Period | None:
    """The first, last or n-th units of a period; several only from its edges."""
    if count > 1 and number > 1:
        return None
    step = {"month": 1, "year": 12, "decade": 120}.get(unit)
    if step is not None:
        total = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
        skip = total - step * count if number == 0 else (number - 1) * step
        return _months(period, skip, step * count) if skip >= 0 and step * count <= total else None
    days = {"day": 1, "week": 7}[unit] * count
    if number == 0:
        first = period.last - timedelta(days=days - 1)
        return Period(first, period.last) if first >= period.first else None
    if number > 1 and unit == "week" and period.precision != "month":
        return None
    first = period.first + timedelta(days=days * (number - 1))
    last = min(first + timedelta(days=days - 1), _end_of_month(first) if unit == "week" else period.last)
    return Period(first, last) if first <= last <= period.last else None


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
