"""Dates by the calendar: "26 October 2005", "in May", "the 1990s", "summer 2014", "Tuesday", "Christmas".

What enters: a `Scan` and the token where a form may begin. What leaves: a `Found`, or None where no form
begins. Numbers and names that only look like dates (Resolution 1701, Theresa May, 2003 soldiers) are none.
"""

from __future__ import annotations

from functools import partial

from detente.syntax.calendar import Period, day, month, moved, years
from detente.syntax.clock import Side
from detente.syntax.date_scan import EARLIEST, LATEST, Found, Scan, day_number, year_number

_BEFORE_MONTH = frozenset(
    "in since until till last next this early late mid during of by between before after from to through past "
    "around throughout and or each".split()
)
_FIRM_BEFORE_MONTH = frozenset("in since until till last next this early late mid during past throughout".split())
_YEAR_NAMES = frozenset({"year", "fiscal", "fy", "circa", "season"})
_CARRY_TOKENS, _CARRY_MONTHS = 12, 2


def calendar_date(s: Scan, i: int) -> Found | None:
    """The date by the calendar that begins at token `i`, if one does."""
    word = s.word(i)
    if word[:1].isdigit():
        return _iso_date(s, i) or _day_first(s, i) or _century(s, i) or _year(s, i) or _feast(s, i)
    if word in s.words.months:
        return _feast(s, i) or month_first(s, i)
    if word in s.words.weekdays:
        return _weekday(s, i)
    if word == "the":
        return _day_first(s, i + 1) or _decade(s, i + 1) or _century(s, i + 1)
    return _feast(s, i) or _season(s, i) or _decade(s, i)


def _iso_date(s: Scan, i: int) -> Found | None:
    """`2018-02-27`, as one token or five."""
    word = s.word(i)
    parts = word.split("-") if "-" in word else [word]
    end = i + 1
    if len(parts) == 1 and s.word(i + 1) == s.word(i + 3) == "-":
        parts, end = [word, s.word(i + 2), s.word(i + 4)], i + 5
    if len(parts) != 3 or not all(x.isdecimal() for x in parts) or [len(x) for x in parts] != [4, 2, 2]:
        return None
    period = day(*(int(x) for x in parts))
    return Found(end, period) if period else None


def _day_first(s: Scan, i: int) -> Found | None:
    """`26 October 2005`, `the 15th of May`, `5-6 April`, `3, 4 and 5 May 2016`."""
    days: list[int] = []
    j = i
    while (number := day_number(s.word(j))) is not None:
        days.append(number)
        j += 1
        if s.word(j) in ("-", "to", "and", ",", "or", "&") and day_number(s.word(j + 1)) is not None:
            j += 1
    j += s.word(j) == "of"
    if not days or s.word(j) not in s.words.months or not s.p.words[j][0].isupper():
        return None
    number = s.words.months[s.word(j)]
    year, end = _trailing_year(s, j + 1)
    return _dated(s, i, end, number, (days[0], days[-1]), year)


def month_first(s: Scan, i: int) -> Found | None:
    """`October 26, 2005`, `Dec. 27`, `April 5-6`, `June 2001`, `in May`."""
    if not s.p.words[i][0].isupper():
        return None
    number = s.words.months[s.word(i)]
    first = day_number(s.word(i + 1))
    if first is None and s.word(i + 1) == "the" and s.word(i + 2)[:1].isdigit():
        first, j = day_number(s.word(i + 2)), i + 3
    else:
        j = i + 2
    if first is not None and not _counts(s, j - 1):
        last = first
        if s.word(j) in ("-", "to", "and", "or", "&") and (second := day_number(s.word(j + 1))) is not None:
            if not _counts(s, j + 1) and second > first and s.word(j + 2) not in s.words.months:
                last, j = second, j + 2
        year, end = _trailing_year(s, j)
        return _dated(s, i, end, number, (first, last), year)
    year, end = _trailing_year(s, i + 1, of=True)
    if year is not None:
        return Found(end, month(year, number))
    return Found(i + 1, _annual_month(s, i, number, s.side(i))) if _bare_month(s, i) else None


def _trailing_year(s: Scan, j: int, *, of: bool = False) -> tuple[int | None, int]:
    """The year after a day or month, with or without a comma ("of" too), and the token after it."""
    k = j + (s.word(j) == "," or (of and s.word(j) == "of"))
    year = year_number(s.word(k))
    if year is None or (s.word(j) == "," and _counts(s, k)):
        return None, j
    return year, k + 1


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
    label = s.labels.get(i, "")
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
    if s.word(i) in s.words.ambiguous:
        return before in _FIRM_BEFORE_MONTH or label == "DATE"
    return before in _BEFORE_MONTH or label == "DATE" or p.deps[i] in ("npadvmod", "poss", "compound", "nmod")


def _counts(s: Scan, i: int) -> bool:
    """Whether a number counts things ("30 people"), so that it is no part of a date."""
    head = s.p.heads[i]
    return s.p.deps[i] == "nummod" and head > i and s.p.pos[head] == "NOUN" and s.p.lemmas[head] in s.words.counted


def _year(s: Scan, i: int) -> Found | None:
    """`2003`, `2004-05`, `2011/12`, `1960s`; not `Resolution 2254`, `2003 soldiers`, `2015 GMT`."""
    word = s.word(i)
    if word[4:5] == "/":
        first, second = year_number(word[:4]), word[5:]
        pair = _academic(first, second) if first else None
        return Found(i + 1, pair) if pair else None
    year = year_number(word)
    if year is None:
        return _decade(s, i)
    if not _stands_for_year(s, i):
        return None
    if s.word(i + 1) == "-" and len(s.word(i + 2)) == 2 and s.word(i + 3) not in s.words.months:
        pair = _academic(year, s.word(i + 2))
        return Found(i + 3, pair) if pair else Found(i + 1, years(year, year))
    return Found(i + 1, years(year, year))


def _academic(first: int, second: str) -> Period | None:
    """`2004-05`: the years up to the second, which may be written short."""
    if not second.isdecimal() or len(second) not in (2, 4):
        return None
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    return years(first, last) if first < last <= LATEST else None


def _stands_for_year(s: Scan, i: int) -> bool:
    p = s.p
    before, after = s.word(i - 1), s.word(i + 1)
    if (
        before in ("$", "£", "€", "#", ".", "no.", "at", "than", "+")
        or after in s.words.clock
        or after in ("%", "percent")
    ):
        return False
    if before == "(" and after in (")", "-", ","):
        return True
    if _counts(s, i) or p.lemmas[i + 1 if i + 1 < s.stop else i] in s.words.counted:
        return False
    if i > 0 and before and p.pos[i - 1] in ("NOUN", "PROPN", "NUM", "SYM"):  # a numbered thing, unless a time
        dates = before in s.words.seasons or before in _YEAR_NAMES or before in s.words.months
        return dates or (p.heads[i] != i - 1 and p.deps[i] in ("npadvmod", "pobj", "appos") and p.pos[i - 1] != "SYM")
    numbered = p.deps[i] == "conj" and p.pos[p.heads[i]] == "NUM" and p.heads[i] < i
    return not numbered or year_number(s.word(p.heads[i])) is None or _stands_for_year(s, p.heads[i])


def _decade(s: Scan, i: int) -> Found | None:
    """`1990s`, `mid-1990s`, `90s`."""
    word = s.word(i).rpartition("-")[2].removesuffix("s").rstrip("'")
    if not s.word(i).endswith("s") or not word.isdecimal() or word[-1] != "0" or len(word) not in (2, 4):
        return None
    first = int(word) if len(word) == 4 else 1900 + int(word)
    if len(word) == 2 and not (first >= 1920 and s.word(i - 1) in ("the", "'", "mid", "early", "late")):
        return None
    return Found(i + 1, years(first, first + 9)) if EARLIEST <= first <= LATEST else None


def _century(s: Scan, i: int) -> Found | None:
    """`19th _century`."""
    number = day_number(s.word(i)) if s.word(i + 1) in ("century", "centuries") else None
    return Found(i + 2, years(number * 100 - 99, number * 100)) if number and number < 30 else None


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
    end = past_part_of_day(s, i + 1)
    week = 1 if s.word(end) in ("of", "in") else 0
    if s.word(end + week) in ("last", "next", "this") and s.word(end + week + 1) == "week":
        return Found(end + week + 2, _in_week(s, number, s.word(end + week)))
    return Found(end, s.clock.weekday(number, s.side(i)))


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


def _feast(s: Scan, i: int) -> Found | None:
    """`Christmas`, `New Year's Eve`, `9/11`, `the eve of the New Year`."""
    for feast in s.words.feasts.get(s.word(i), ()):
        end = i + len(feast.words)
        if (
            end <= s.stop
            and tuple(s.p.lower[i:end]) == feast.words
            and (not feast.naming or (end < s.stop and s.p.lemmas[end] in feast.naming))
        ):
            in_year = partial(_on, number=feast.month, day_of_month=feast.day)
            if feast.year is not None:
                return Found(end, in_year(feast.year))
            year, after = _trailing_year(s, end)
            return Found(after, in_year(year) if year is not None else s.clock.yearless(in_year, s.side(i)))
    return None


def _on(year: int, *, number: int, day_of_month: int | None) -> Period | None:
    return month(year, number) if day_of_month is None else day(year, number, day_of_month)


def _season(s: Scan, i: int) -> Found | None:
    """`summer 2014`, `spring of 1990`, `in spring`; not "spring" the verb, nor "fall" without a year."""
    name = s.word(i)
    if name not in s.words.seasons or s.p.pos[i] not in ("NOUN", "PROPN"):
        return None
    year, end = _trailing_year(s, i + 1, of=True)
    if year is not None:
        return Found(end, season_of(year, *s.words.seasons[name]))
    if (
        name == "fall"
        or s.word(i - 1) not in ("in", "this", "since", "until", "by", "during", "the")
        or s.word(i + 1) == "of"
    ):
        return None
    if s.word(i - 1) == "the" and s.word(i - 2) not in ("in", "since", "until", "by", "during"):
        return None
    return Found(i + 1, s.clock.yearless(lambda y: season_of(y, *s.words.seasons[name]), s.side(i)))


def season_of(year: int, first: int, last: int) -> Period:
    return month(year, first).joined(month(year + (last < first), last))
