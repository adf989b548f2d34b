"""Dates by the calendar: "26 October 2005", "in May", "the 1990s", "summer 2014", "Tuesday", "Christmas".

What enters: a `Scan` and the token where a form may begin. What leaves: a `Found`, or None where no form
begins. Numbers and names that only look like dates (Resolution 1701, Theresa May, 2003 soldiers) are none.
"""

from __future__ import annotations

import re

from detente.syntax.calendar import Period, day, month, moved, years
from detente.syntax.calendar_years import calendar_year, century, decade, decade_by_name
from detente.syntax.clock import Side
from detente.syntax.date_scan import Found, Scan, counts, day_number, ordinal_at
from detente.syntax.feasts import feast
from detente.syntax.years_in_words import short_year, spoken_year, year_at

_BEFORE_MONTH = frozenset(
    "in since until till last next this early late mid during of by between before after from to through past "
    "around throughout and or each".split()
)
_FIRM_BEFORE_MONTH = frozenset("in since until till last next this early late mid during past throughout".split())
_BEFORE_YEAR = frozenset({"in", "of", "since", "by", "until", "from", "before", "after", "year"})
_CARRY_TOKENS, _CARRY_MONTHS = 12, 2
_DAY_PAIR = re.compile(r"([12]?\d|3[01])(?:st|nd|rd|th)?[/–-]([12]?\d|3[01])(?:st|nd|rd|th)?")
_DAY_MONTH_YEAR = re.compile(r"(\d\d?)-([a-z]{3,9})\.?-(\d{4})")
_SOUTHERN = frozenset({"southern", "austral"})
_IN_FIGURES = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?:(?P<m>\d\d)(?P<d>\d\d)|/(?P<m2>\d\d?)/(?P<d2>\d\d?))"
    r"|(?P<a>\d\d?)(?P<sep>[./])(?P<b>\d\d?)(?P=sep)(?P<y2>(?:19|20)\d\d)"
)


def calendar_date(s: Scan, i: int) -> Found | None:
    """The date by the calendar that begins at token `i`, if one does."""
    word = s.word(i)
    if word[:1].isdigit():
        return (
            _iso_date(s, i)
            or _in_figures(s, i)
            or _day_first(s, i)
            or century(s, i)
            or calendar_year(s, i)
            or feast(s, i)
        )
    if s.word(i - 1) in _BEFORE_YEAR and (found := _year_without_century(s, i)) is not None:
        return found
    if word in s.words.ordinals or word in ("twenty", "thirty"):
        return _day_first(s, i) or century(s, i) or feast(s, i)
    if word in s.words.months:
        return feast(s, i) or month_first(s, i)
    if word in s.words.weekdays:
        return _weekday(s, i)
    if word == "the":
        found = _day_first(s, i + 1) or decade(s, i + 1) or century(s, i + 1) or decade_by_name(s, i + 1)
        return found or _ordinal_day(s, i + 1)
    if word.startswith(("mid-", "early-", "late-")):
        return calendar_year(s, i) or _in_part_of_month(s, i)
    return feast(s, i) or _season(s, i) or decade(s, i)


def _year_without_century(s: Scan, i: int) -> Found | None:
    """`'68` as one token or two, and a year in words."""
    for end in (i + 1, i + 2):
        year = short_year("".join(s.word(t) for t in range(i, end)).replace("‘", "'"))
        if year is not None:
            return Found(end, years(year, year))
    spoken = spoken_year(s, i)
    return None if spoken is None else Found(spoken[1], years(spoken[0], spoken[0]))


def _in_part_of_month(s: Scan, i: int) -> Found | None:
    """`mid-May`, `mid-July 2014`."""
    number = s.words.months.get(s.word(i).partition("-")[2])
    if number is None:
        return None
    year, end = _trailing_year(s, i + 1, of=True)
    return Found(end, month(year, number) if year is not None else _annual_month(s, i, number, s.side(i)))


def _iso_date(s: Scan, i: int) -> Found | None:
    """`2018-02-27`, as one token or five."""
    word = s.word(i)
    word = word.partition("t")[0]  # "2018-02-27T10:00Z"
    parts = word.split("-") if "-" in word else [word]
    end = i + 1
    if len(parts) == 1 and s.word(i + 1) == s.word(i + 3) == "-":
        parts, end = [word, s.word(i + 2), s.word(i + 4)], i + 5
    if len(parts) != 3 or not all(x.isdecimal() for x in parts) or [len(x) for x in parts] != [4, 2, 2]:
        return None
    period = day(*(int(x) for x in parts))
    return Found(end, period) if period else None


def _in_figures(s: Scan, i: int) -> Found | None:
    """`20180227`, `27.02.2018`, `27/2/2018`; none where day and month may change places ("3/4/2018")."""
    named = _DAY_MONTH_YEAR.fullmatch(s.word(i))
    if named is not None and named[2] in s.words.months:
        period = day(int(named[3]), s.words.months[named[2]], int(named[1]))
        return Found(i + 1, period) if period else None
    found = _IN_FIGURES.fullmatch(s.word(i).partition("t")[0])
    if found is None:
        return None
    if found["y"]:
        period = day(int(found["y"]), int(found["m"] or found["m2"]), int(found["d"] or found["d2"]))
        return Found(i + 1, period) if period else None
    a, b, year = int(found["a"]), int(found["b"]), int(found["y2"])
    if found["sep"] == "/" and a <= 12 and b <= 12 and a != b:
        return Found(i + 1, None)
    period = day(year, a, b) if b > 12 else day(year, b, a)
    return Found(i + 1, period) if period else None


def _day_at(s: Scan, i: int) -> tuple[int, int] | None:
    """The day of a month in figures or words, and the token after it."""
    number = day_number(s.word(i))
    if number is not None:
        return number, i + 1
    found = ordinal_at(s, i)
    return found if found is not None and found[0] <= 31 else None


def _day_first(s: Scan, i: int) -> Found | None:
    """`26 October 2005`, `the 15th of May`, `5-6 April`, `3, 4 and 5 May 2016`, `the 14th to the 17th of April`."""
    days: list[int] = []
    j = i
    if (pair := _DAY_PAIR.fullmatch(s.word(i))) is not None:  # "the night of 4/5 June"
        days, j = [int(pair[1]), int(pair[2])], i + 1
    while (found := _day_at(s, j)) is not None:
        days.append(found[0])
        j = found[1]
        if s.word(j) in ("-", "to", "and", ",", "or", "&", "until", "till", "through"):
            article = s.word(j + 1) == "the"
            if _day_at(s, j + 1 + article) is not None:
                j += 1 + article
    j += s.word(j) == "of"
    if days and (joined := _across_months(s, j, days[-1])) is not None:
        return joined
    if not days or s.word(j) not in s.words.months or not s.p.words[j][0].isupper():
        return None
    number = s.words.months[s.word(j)]
    year, end = _trailing_year(s, j + 1)
    if _names_with_date(s, end):
        return None
    last = days[0] if s.word(i - 1) in ("of", "from") and s.word(i - 2) == "night" else days[-1]
    return _dated(s, i, end, number, (days[0], last), year)


def _across_months(s: Scan, i: int, first: int) -> Found | None:
    """The rest of `30 September-1 October 2009` after the 30, where the hyphen makes one word of the middle."""
    name, _, rest = s.word(i).partition("-")
    number, last = s.words.months.get(name), day_number(rest)
    second = s.words.months.get(s.word(i + 1))
    if number is None or last is None or second is None:
        return None
    year, end = _trailing_year(s, i + 2)

    def in_year(y: int) -> Period | None:
        start, stop = day(y - (second < number), number, first), day(y, second, last)
        return start.joined(stop) if start and stop else None

    return Found(end, in_year(year) if year is not None else s.clock.yearless(in_year, s.side(i)))


def _names_with_date(s: Scan, i: int) -> bool:
    """Whether the word after a date makes it a name: "26 July Movement", "17 November Street"."""
    return s.word(i) in s.words.named_by_dates and s.p.words[i][:1].isupper()


def _ordinal_day(s: Scan, i: int) -> Found | None:
    """`the 15th`, `the 8th of this month`: a day of the month in which the text or its story stands."""
    if day_number(s.word(i)) is None or s.word(i).isdecimal() or s.word(i - 2) not in ("on", "until", "by", "since"):
        return None
    number, _ = _day_at(s, i) or (0, i)
    base, end = s.clock.anchor or s.clock.published, i + 1
    if s.word(i + 1) == "of" and s.word(i + 3) == "month" and s.word(i + 2) in ("this", "last", "next"):
        base = s.clock.moved("month", {"this": 0, "last": -1, "next": 1}[s.word(i + 2)])
        end = i + 4
    elif s.p.pos[i] not in ("NOUN", "ADJ", "NUM", "PROPN") or s.p.heads[i] > i:
        return None
    if base is None or base.precision not in ("day", "month"):
        return None
    return Found(end, day(base.first.year, base.first.month, number))


def month_first(s: Scan, i: int) -> Found | None:
    """`October 26, 2005`, `Dec. 27`, `April 5-6`, `June 2001`, `in May`."""
    if not s.p.words[i][0].isupper():
        return None
    number = s.words.months[s.word(i)]
    first = day_number(s.word(i + 1))
    if first is None and s.word(i + 1) == "the" and (named := _day_at(s, i + 2)) is not None:
        first, j = named
    else:
        j = i + 2
    if first is not None and not counts(s, j - 1):
        last = first
        if s.word(j) in ("-", "to", "and", "or", "&", "through") and (second := day_number(s.word(j + 1))) is not None:
            if not counts(s, j + 1) and second > first and s.word(j + 2) not in s.words.months:
                last, j = second, j + 2
        year, end = _trailing_year(s, j)
        return None if _names_with_date(s, end) else _dated(s, i, end, number, (first, last), year)
    year, end = _trailing_year(s, i + 1, of=True)
    if year is not None:
        return Found(end, month(year, number))
    return Found(i + 1, _annual_month(s, i, number, s.side(i))) if _bare_month(s, i) else None


def _trailing_year(s: Scan, j: int, *, of: bool = False) -> tuple[int | None, int]:
    """The year after a day or month, with or without a comma ("of" too), and the token after it."""
    year, end = year_at(s, j, of=of)
    if year is None or s.word(j) == "in" or (s.word(j) == "," and counts(s, j + 1)):
        return None, j
    return year, end


def _dated(s: Scan, i: int, end: int, number: int, days: tuple[int, int], year: int | None) -> Found | None:
    def in_year(y: int) -> Period | None:
        first, last = day(y, number, days[0]), day(y, number, days[1])
        return first.joined(last) if first and last else None

    if year is None:
        year = _carried_year(s, end, number)
    if year is not None:
        period = in_year(year)
        return Found(end, period) if period else None
    return Found(end, s.clock.yearless(in_year, s.side(i))) if in_year(2000) else None


def _carried_year(s: Scan, i: int, number: int) -> int | None:
    """The year that a neighbouring date further on gives to this one: "on 4 April and from 5 to 6 April 2016"."""
    for j in range(i, min(s.stop, i + _CARRY_TOKENS)):
        other = s.words.months.get(s.word(j))
        if other is not None:
            k = j + 1 + (day_number(s.word(j + 1)) is not None)
            year = _trailing_year(s, k)[0]
            if year is not None and 0 <= other - number <= _CARRY_MONTHS:
                return year
    return None


def _annual_month(s: Scan, i: int, number: int, side: Side) -> Period | None:
    year = _carried_year(s, i + 1, number)
    return month(year, number) if year is not None else s.clock.yearless(lambda y: month(y, number), side)


def _bare_month(s: Scan, i: int) -> bool:
    """Whether a month's name without a number means the month: not "Theresa May", not "troops March"."""
    p = s.p
    if s.word(i + 1) in s.words.named_by_dates and p.words[i + 1][:1].isupper():
        return False
    label = s.labels.get(i, "")
    if i and p.tags[i - 1] == "NNP" and p.deps[i - 1] == "compound" and p.heads[i - 1] == i and label != "DATE":
        return False  # "Augustus March"
    before = s.word(i - 1) if i > 0 else ""
    if (
        p.deps[p.heads[i]] == "agent"
        or p.tags[i] not in ("NNP", "NN", "NNPS")
        or label in ("PERSON", "ORG", "WORK_OF_ART", "LAW")
    ):
        return False
    named = p.deps[i] == "compound" and p.tags[p.heads[i]] == "NNP"
    if (
        named
        and not (before in _FIRM_BEFORE_MONTH and label == "DATE")
        and (label != "DATE" or s.word(i) in s.words.ambiguous)
    ):
        return False
    if not before and p.deps[i] in ("compound", "amod", "nmod") and p.pos[p.heads[i]] == "NOUN" and p.heads[i] > i:
        if s.word(i) in s.words.ambiguous:
            return False  # "August company"
    if s.word(i) in s.words.ambiguous:
        return before in _FIRM_BEFORE_MONTH or label == "DATE"
    return before in _BEFORE_MONTH or label == "DATE" or p.deps[i] in ("npadvmod", "poss", "compound", "nmod")


# Names of times ------------------------------------------------------------------------------------------


def _weekday(s: Scan, i: int) -> Found | None:
    """`Tuesday`, `Sunday evening`, `Tuesday, February 27, 2018`; not `the Sunday Times`."""
    p = s.p
    number = s.words.weekdays[s.word(i)]
    if not p.words[i][0].isupper() or s.word(i - 1) in ("every", "each", "per", "most"):
        return None
    comma = s.word(i + 1) == ","
    full = _day_first(s, i + 1 + comma) or (
        month_first(s, i + 1 + comma) if s.word(i + 1 + comma) in s.words.months else None
    )
    if full is not None and full.period is not None and full.period.precision == "day":
        return full
    if p.deps[i] == "compound" and p.tags[p.heads[i]] == "NNP" and s.word(p.heads[i]) not in s.words.parts:
        return None
    if i > 0 and p.tags[i - 1] in ("NNP", "JJ") and p.words[i - 1][0].isupper() and p.heads[i - 1] == i:
        if s.word(i - 1) not in ("last", "next", "this", "early", "late"):
            return None  # Bloody Sunday
    if s.word(i + 1) == "the" and (numbered := _weekday_and_day(s, i, number)) is not None:
        return numbered
    if s.word(i + 1) == "before" and s.word(i + 2) == "last":
        latest = s.clock.weekday(number, "past")
        return Found(i + 3, moved(latest, "day", -7) if latest is not None else None)
    if s.word(i + 1) == "week" and s.side(i) == "ahead":  # "Wednesday week"
        coming = s.clock.weekday(number, "ahead")
        return Found(i + 2, moved(coming, "day", 7) if coming is not None else None)
    if s.word(i + 1) in ("last", "next") and s.word(i + 2) in ("", ",", ".", ";"):
        return Found(i + 2, s.clock.weekday(number, "last" if s.word(i + 1) == "last" else "next"))
    end = past_part_of_day(s, i + 1)
    week = 1 if s.word(end) in ("of", "in") else 0
    if s.word(end + week) in ("last", "next", "this") and s.word(end + week + 1) == "week":
        return Found(end + week + 2, _in_week(s, number, s.word(end + week)))
    return Found(end, s.clock.weekday(number, s.side(i)))


def _weekday_and_day(s: Scan, i: int, number: int) -> Found | None:
    """`Friday the 13th`: the nearest month in which they meet."""
    found = _day_at(s, i + 2)
    if found is None or s.clock.published is None or s.word(found[1]) == "of":
        return None
    base = s.clock.published.first
    steps = [1, -1] if s.side(i) == "ahead" else [-1, 1]
    for count in (0, *(step * n for step in steps for n in range(1, 7))):
        near = moved(month(base.year, base.month), "month", count)
        dated = day(near.first.year, near.first.month, found[0]) if near is not None else None
        if dated is not None and dated.first.isoweekday() == number:
            return Found(found[1], dated)
    return None


def _in_week(s: Scan, number: int, which: str) -> Period | None:
    found = s.clock.weekday(number, "this")
    if found is None or found.precision != "day":
        return found
    return moved(found, "day", {"last": -7, "this": 0, "next": 7}[which])


def past_part_of_day(s: Scan, i: int) -> int:
    """The token after a part of the day: "evening", "at night"."""
    if s.word(i) in s.words.parts:
        return i + 1
    return i + 2 if s.word(i) in ("at", "in") and s.word(i + 1) == "night" else i


def _season(s: Scan, i: int) -> Found | None:
    """`summer 2014`, `spring of 1990`, `in spring`; not "spring" the verb, nor "fall" without a year."""
    name = s.word(i)
    if name not in s.words.seasons or s.p.pos[i] not in ("NOUN", "PROPN"):
        return None
    year, end = _trailing_year(s, i + 1 + (s.word(i + 1) == "months"), of=True)
    first, last = s.words.seasons[name]
    if s.word(i - 1) in _SOUTHERN:
        first, last = (first + 5) % 12 + 1, (last + 5) % 12 + 1
    if year is not None:
        if s.word(end) in ("-", "/") and s.word(end + 1) == f"{year + 1}"[2:]:
            end += 2
        return Found(end, season_of(year, first, last))
    if (
        name == "fall"
        or s.word(i - 1) not in ("in", "this", "since", "until", "by", "during", "the", "southern", "austral")
        or s.word(i + 1) == "of"
    ):
        return None
    if s.word(i - 1) == "the" and s.word(i - 2) not in ("in", "since", "until", "by", "during"):
        return None
    return Found(i + 1, s.clock.yearless(lambda y: season_of(y, first, last), s.side(i)))


def season_of(year: int, first: int, last: int) -> Period:
    return month(year, first).joined(month(year + (last < first), last))
