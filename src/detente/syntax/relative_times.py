"""Times counted from another: "yesterday", "last December", "two days ago", "the following year", "since then".

What enters: a `Scan` and the token where a form may begin. What leaves: a `Found`, or None where no form
begins. Most count from publication; "later", "the next day" and "then" count from the last date in the text.
"""

from __future__ import annotations

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from detente.syntax.calendar import Period, Unit, month, moved
from detente.syntax.calendar_dates import calendar_date, month_first, past_part_of_day, season_of
from detente.syntax.clock import Side
from detente.syntax.date_scan import Found, Scan

_DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_DIRECTED = {"last": -1, "past": -1, "next": 1, "coming": 1, "this": 0, "current": 0}
_TURNS = frozenset({"ago", "earlier", "later", "before", "after", "afterwards", "afterward", "previously", "hence"})
_UNTIL = frozenset({"until", "till", "to", "ending", "ended", "through"})
_ANCHORED = {"same": 0, "that": 0, "following": 1, "previous": -1, "preceding": -1}


def relative_time(s: Scan, i: int) -> Found | None:
    """The time counted from another that begins at token `i`, if one does."""
    for form in (_deictic, _before_last, _directed, _counted, _stretch_to, _ahead, _beside, _within, _then, _vague):
        if found := form(s, i):
            return found
    return None


def _deictic(s: Scan, i: int) -> Found | None:
    """`today`, `yesterday evening`, `the day before yesterday`."""
    word = s.word(i)
    if word == "the" and s.word(i + 1) == "night" and s.word(i + 2) == "before" and s.word(i + 3) == "last":
        return Found(i + 4, s.clock.moved("day", -2))
    if word == "the" and s.word(i + 1) == "day" and s.word(i + 2) in ("before", "after"):
        step = {"yesterday": -2, "tomorrow": 2}.get(s.word(i + 3))
        return Found(i + 4, s.clock.moved("day", step)) if step else None
    if word == "tomorrow" and s.word(i - 1) == "of":
        return None  # "the leaders of tomorrow"
    if word not in _DEICTIC or (s.p.words[i] == "Today" and i > 0 and s.p.tags[i - 1] == "NNP"):
        return None  # "USA Today"
    return Found(past_part_of_day(s, i + 1), s.clock.moved("day", _DEICTIC[word]))


def _before_last(s: Scan, i: int) -> Found | None:
    """`the year before last`, `the week after next`."""
    j = i + (s.word(i) == "the")
    unit, turn = s.words.units.get(s.word(j)), (s.word(j + 1), s.word(j + 2))
    step = {("before", "last"): -2, ("after", "next"): 2}.get(turn)
    return Found(j + 3, s.clock.moved(unit, step)) if unit is not None and step is not None and j > i else None


def _directed(s: Scan, i: int) -> Found | None:
    """`last December`, `next week`, `this morning`, `the past two years`, `the following day`, `that year`."""
    start = i + (s.word(i) == "the")
    word, after = s.word(start), s.word(start + 1)
    if word == "that" and after == "same":
        start, word, after = start + 1, "same", s.word(start + 2)
    if word in _ANCHORED and after in s.words.units and (word != "that" or s.p.deps[start] == "det"):
        return Found(start + 2, s.clock.from_anchor(s.words.units[after], _ANCHORED[word]))
    if word in _ANCHORED or (word == "next" and start > i):
        if (named := _anchored_name(s, start, _ANCHORED.get(word, 1))) is not None:
            return named
    if word not in _DIRECTED:
        return None
    if word == "this" and after in ("coming", "past"):
        start, word, after = start + 1, after, s.word(start + 2)
    step = _DIRECTED[word]
    number = _hours(s, start + 1) or _amount(s, start + 1)
    if number is not None and (s.word(number[1]) in s.words.units or s.word(number[1]) == "hours"):
        return Found(number[1] + 1, _stretch(s, _unit_word(s, number[1]), number[0] * step))
    if after in s.words.vague_numbers and s.word(start + 2) in s.words.units:
        return Found(start + 3, None)
    side: Side = ("last", "this", "next")[step + 1]
    return _directed_name(s, start + 1, side) or _directed_unit(s, i, start, step)


def _anchored_name(s: Scan, i: int, step: int) -> Found | None:
    """`the following spring`, `that December`, `the previous evening`, counted from the text's last date."""
    word, anchor = s.word(i + 1), s.clock.anchor or s.clock.published
    if anchor is None or (s.word(i) == "that" and s.p.deps[i] != "det"):
        return None
    if word in s.words.parts:
        return Found(i + 2, s.clock.from_anchor("day", step)) if anchor.precision == "day" else None
    if word in s.words.months and s.p.words[i + 1][:1].isupper():
        number = s.words.months[word]
        rivals = [month(y, number) for y in range(anchor.first.year - 1, anchor.last.year + 2)]
    elif word in s.words.seasons:
        rivals = [season_of(y, *s.words.seasons[word]) for y in range(anchor.first.year - 1, anchor.last.year + 2)]
    elif word in s.words.weekdays and anchor.precision == "day":
        days = [moved(anchor, "day", n) for n in range(-7, 8)]
        rivals = [d for d in days if d is not None and d.first.isoweekday() == s.words.weekdays[word]]
    else:
        return None
    if step > 0:
        return Found(i + 2, next((p for p in rivals if p.first > anchor.last), None))
    if step < 0:
        return Found(i + 2, next((p for p in reversed(rivals) if p.last < anchor.first), None))
    return Found(i + 2, next((p for p in rivals if p.first.year == anchor.first.year), None))


def _directed_name(s: Scan, i: int, side: Side) -> Found | None:
    """The named time after "last", "this" or "next"."""
    word = s.word(i)
    if word in s.words.months and s.p.words[i][0].isupper():
        number = s.words.months[word]
        if (dated := month_first(s, i)) is not None and dated.end > i + 1:
            return dated
        return Found(i + 1, s.clock.yearless(lambda y: month(y, number), side))
    if word in s.words.weekdays:
        return Found(past_part_of_day(s, i + 1), s.clock.weekday(s.words.weekdays[word], side))
    if word in s.words.seasons:
        return Found(i + 1, s.clock.yearless(lambda y: season_of(y, *s.words.seasons[word]), side))
    if word == "weekend":
        return Found(i + 1, _weekend(s, side))
    if word in s.words.feasts and s.words.feasts[word][-1].words == (word,) and s.p.words[i][:1].isupper():
        return Found(i + 1, s.clock.yearless(s.words.feasts[word][-1].in_year, side))
    if word in s.words.parts and side != "next":
        return Found(i + 1, s.clock.moved("day", -1 if side == "last" else 0))
    return None


def _directed_unit(s: Scan, i: int, start: int, step: int) -> Found | None:
    """The unit after it: "last month", but "the last month" up to now, "the next day" after a dated one."""
    word, after = s.word(start), s.word(start + 1)
    if after not in s.words.units:
        return None
    unit = s.words.units[after]
    if after != unit or (unit == "day" and word in ("last", "past", "this", "current")):
        return Found(start + 2, None) if word in ("last", "past", "coming") and after != unit else None
    if start > i and word == "next" and s.clock.anchor is not None and s.side(i) == "past":
        return Found(start + 2, s.clock.from_anchor(unit, step))
    if word in ("past", "coming") or (start > i and word in ("last", "next")):
        return Found(start + 2, _stretch(s, after, step))
    return Found(start + 2, s.clock.moved(unit, step))


def _stretch(s: Scan, unit_word: str, count: int) -> Period | None:
    """The time from so many units ago until publication, or on from it, by months or whole years."""
    unit = s.words.units[unit_word]
    if s.clock.published is None:
        return None
    other = s.clock.moved("year", count * 10) if unit == "decade" else s.clock.moved(unit, count)
    if other is None:
        return None
    if unit == "year" and abs(count) == 1:
        start = moved(s.clock.published.coarsened("month"), "month", count * 12)
        return s.clock.published.coarsened("month").joined(start or other)
    if unit in ("day", "week", "fortnight") and s.clock.published.precision == "day":
        days = s.clock.moved("day", count * {"day": 1, "week": 7, "fortnight": 14}[unit])
        return s.clock.published.joined(days) if days is not None else None
    coarse = "year" if unit in ("year", "decade") else "month"
    return s.clock.published.joined(other).coarsened(coarse)  # type: ignore[arg-type]


def _weekend(s: Scan, side: Side) -> Period | None:
    saturday = s.clock.weekday(6, side)
    if saturday is None or saturday.precision != "day":
        return saturday
    sunday = moved(saturday, "day", 1)
    return saturday.joined(sunday) if sunday else saturday


def _amount(s: Scan, i: int) -> tuple[int, int] | None:
    """A number in figures or words and the token after it."""
    word = s.word(i)
    if word.isdecimal() and len(word) <= 3:
        return int(word), i + 1
    number = s.words.numbers.get(word)
    if number is None:
        tens, _, ones = word.partition("-")
        both = s.words.numbers.get(tens), s.words.numbers.get(ones)
        return (both[0] + both[1], i + 1) if both[0] and both[1] and both[0] >= 20 else None
    if number >= 20 and s.word(i + 1) == "-" and 1 < s.words.numbers.get(s.word(i + 2), 99) < 10:
        return number + s.words.numbers[s.word(i + 2)], i + 3
    if number < 10 and s.word(i + 1) == "hundred":
        return number * 100, i + 2
    return number, i + 1


def _hours(s: Scan, i: int) -> tuple[int, int] | None:
    """Whole days in hours ("48 hours") and the token of the unit."""
    amount = _amount(s, i)
    if amount is None or s.word(amount[1]) != "hours" or amount[0] % 24:
        return None
    return amount[0] // 24, amount[1]


def _unit_word(s: Scan, i: int) -> str:
    """The unit at a token; hours are only met in whole days."""
    return "day" if s.word(i) == "hours" else s.word(i)


def _counted(s: Scan, i: int) -> Found | None:
    """`two days ago`, `a year earlier`, `three weeks later`, `some years ago`, `decades ago`."""
    amount = _hours(s, i) or _amount(s, i)
    j = amount[1] if amount else i
    if amount is None or s.word(j) in s.words.vague_numbers:
        while s.word(j) in s.words.vague_numbers or (s.word(j) == "of" and j > i):
            j += 1
        amount = None
    word = _unit_word(s, j) if amount is not None and _hours(s, i) == amount else s.word(j)
    if word not in s.words.units or (amount is None and j == i and not word.endswith("s")):
        return None
    unit, turn = s.words.units[word], s.word(j + 1)
    if turn == "from" and s.word(j + 2) in ("now", "today"):
        return None if amount is None else Found(j + 3, s.clock.moved(unit, amount[0]))
    if amount is not None and (to_the_day := _to_the_day(s, j, unit, amount[0])) is not None:
        return to_the_day
    if turn not in _TURNS and not (turn == "on" and s.p.pos[min(j + 2, len(s.p) - 1)] == "PUNCT"):
        return None
    if turn in ("before", "after") and (s.p.children[j + 1] or s.p.deps[j + 1] != "advmod"):
        return None  # "a day after the vote"
    if amount is None:
        return Found(j + 2, None)
    step = -amount[0] if turn in ("ago", "earlier", "before", "previously") else amount[0]
    count = s.clock.moved if turn in ("ago", "hence") else s.clock.from_anchor
    period = count("year", step * 10) if unit == "decade" and amount[0] < 3 else count(unit, step)
    if period is not None and unit == "decade":
        period = period.coarsened("year")
    return Found(j + 2, period)


def _to_the_day(s: Scan, i: int, unit: Unit, count: int) -> Found | None:
    """`a month ago today`, `five years ago this week`, `a week from Sunday`: as exact as the words after the count."""
    turn, word, after = s.word(i + 1), s.word(i + 2), s.word(i + 3)
    if turn == "ago" and word == "this" and after in s.words.units:
        there = s.clock.moved(s.words.units[after], 0)
        return None if there is None else Found(i + 4, _shifted(there, unit, -count))
    if turn == "ago" and word in _DEICTIC:
        there = s.clock.moved("day", _DEICTIC[word])
        return None if there is None else Found(i + 3, _shifted(there, unit, -count))
    if turn == "from" and word in s.words.weekdays and unit in ("week", "fortnight"):
        there = s.clock.weekday(s.words.weekdays[word], "ahead")
        return None if there is None else Found(i + 3, _shifted(there, unit, count))
    if turn == "from" and word == "tomorrow":
        there = s.clock.moved("day", 1)
        return None if there is None else Found(i + 3, _shifted(there, unit, count))
    return None


def _shifted(period: Period, unit: Unit, count: int) -> Period | None:
    """A day, week or month so many units away, as precise as it was."""
    if unit == "decade":
        unit, count = "year", count * 10
    if unit in ("year", "month"):
        months = relativedelta(months=count * (12 if unit == "year" else 1))
        if period.precision == "month":
            return month((period.first + months).year, (period.first + months).month)
        return Period(period.first + months, period.last + months)
    days = timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    return Period(period.first + days, period.last + days) if period.precision != "month" else None


def _stretch_to(s: Scan, i: int) -> Found | None:
    """`six years until 2010`, `ten years from 1990`: as many units as end or begin there."""
    amount = _amount(s, i)
    if amount is None or s.words.units.get(s.word(amount[1])) not in ("year", "month", "week", "day"):
        return None
    unit, turn = s.words.units[s.word(amount[1])], s.word(amount[1] + 1)
    end = calendar_date(s, amount[1] + 2) if turn in _UNTIL or turn == "from" else None
    if end is None or end.period is None or s.word(i - 1) not in ("for", "the", "over", "in"):
        return None
    if unit in ("week", "day"):
        if end.period.precision != "day":
            return None
        days = (amount[0] * (7 if unit == "week" else 1) - 1) * (1 if turn == "from" else -1)
        other = moved(end.period, "day", days)
        return Found(end.end, end.period.joined(other)) if other is not None else None
    if unit == "month" and end.period.precision == "day":
        months, one = relativedelta(months=amount[0]), timedelta(days=1)
        day = end.period.first
        return Found(end.end, Period(day, day + months - one) if turn == "from" else Period(day + one - months, day))
    count = amount[0] - (unit == "month" and end.period.precision == "month")  # both ends are taken in
    other = moved(end.period, unit, count if turn == "from" else -count)
    return Found(end.end, end.period.joined(other)) if other is not None else None


def _ahead(s: Scan, i: int) -> Found | None:
    """`in two weeks`, `within a month` of what is to come."""
    amount, before = _hours(s, i) or _amount(s, i), s.word(i - 1)
    if before in s.words.hedges or (before == "than" and s.word(i - 2) == "less") or before == "under":
        before = s.word(i - 3) if before == "than" else s.word(i - 2)
    if amount is None or before not in ("in", "within"):
        return None
    word = _unit_word(s, amount[1]) if amount == _hours(s, i) else s.word(amount[1])
    if word not in s.words.units:
        return None
    j = amount[1] + 1
    j += s.word(j) in ("'", "'s")
    j += s.word(j) == "time"
    if s.side(j - 1 if s.word(j - 1) == "time" else amount[1]) != "ahead" or s.word(j) in ("of", "since"):
        return None
    unit = s.words.units[word]
    if unit == "decade":
        return None
    other = s.clock.moved(unit, amount[0])
    if before == "in" or other is None or s.clock.published is None:
        return Found(j, other)
    start, count = s.clock.published.last, amount[0]
    match unit:
        case "year":
            last = start + relativedelta(years=count)
        case "month":
            last = start + relativedelta(months=count)
        case _:
            last = start + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    return Found(j, s.clock.published.joined(Period(last, last)))


def _beside(s: Scan, i: int) -> Found | None:
    """`the day before`, `the year after`, without saying before or after what: the text's last date."""
    unit, turn = s.words.units.get(s.word(i + 1)), s.word(i + 2)
    if s.word(i) != "the" or unit is None or turn not in ("before", "after", "earlier", "later"):
        return None
    after = min(i + 3, len(s.p) - 1)
    if i + 3 < s.stop and s.p.pos[after] not in ("PUNCT", "AUX", "VERB", "ADP", "CCONJ"):
        return None
    return Found(i + 3, s.clock.from_anchor(unit, 1 if turn in ("after", "later") else -1))


def _within(s: Scan, i: int) -> Found | None:
    """`later in the day`, `earlier in the year`, `at the weekend`, `later that day`."""
    word = s.word(i)
    if word in ("later", "earlier", "early", "late") and s.word(i + 1) == "in" and s.word(i + 2) == "the":
        unit = s.words.units.get(s.word(i + 3))
        if unit == "day":
            return Found(
                i + 4, s.clock.anchor if s.clock.anchor and s.clock.anchor.precision == "day" else s.clock.published
            )
        return Found(i + 4, s.clock.moved(unit, 0)) if unit and s.word(i + 4) != "of" else None
    if (
        word == "weekend"
        and s.word(i + 1) != "of"
        and s.word(i - 1) == "the"
        and s.word(i - 2) in ("at", "over", "during", "on")
    ):
        return Found(i + 1, _weekend(s, s.side(i)))
    return None


def _then(s: Scan, i: int) -> Found | None:
    """`since then`, `at the time`, `by that time`: the last time that the text has given."""
    word, before = s.word(i), s.word(i - 1)
    if word == "then" and before in ("since", "until", "till", "by", "before", "from"):
        return Found(i + 1, s.clock.anchor)
    if word in ("the", "that") and s.word(i + 1) == "time" and before in ("at", "by", "since", "until", "from"):
        return None if s.p.children[i + 1] != [i] else Found(i + 2, s.clock.anchor)
    return None


def _vague(s: Scan, i: int) -> Found | None:
    """`recently`, `recent weeks`: a time that the words leave open."""
    if s.word(i) not in s.words.vague:
        return None
    return Found(i + 1 + (s.word(i + 1) in s.words.units), None)


# The words that such a form may begin with, apart from numbers, units and the words of the calendar.
RELATIVE_STARTS: tuple[str, ...] = (
    *_DEICTIC, *_DIRECTED, *_ANCHORED, "the", "later", "earlier", "early", "late", "then", "weekend",
)  # fmt: skip
