"""Times counted from another: "yesterday", "last December", "two days ago", "the following year", "since then".

What enters: a `Scan` and the token where a form may begin. What leaves: a `Found`, or None where no form
begins. Most count from publication; "later", "the next day" and "then" count from the last date in the text.
"""

from __future__ import annotations

from detente.syntax.calendar import Period, month, moved
from detente.syntax.calendar_dates import month_first, past_part_of_day, season_of
from detente.syntax.clock import Side
from detente.syntax.date_scan import Found, Scan

_DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_DIRECTED = {"last": -1, "past": -1, "next": 1, "coming": 1, "this": 0, "current": 0}
_ANCHORED = {"same": 0, "that": 0, "following": 1, "previous": -1, "preceding": -1}


def relative_time(s: Scan, i: int) -> Found | None:
    """The time counted from another that begins at token `i`, if one does."""
    for form in (_deictic, _directed, _counted, _within, _then, _vague):
        if found := form(s, i):
            return found
    return None


def _deictic(s: Scan, i: int) -> Found | None:
    """`today`, `yesterday evening`, `the day before yesterday`."""
    word = s.word(i)
    if word == "the" and s.word(i + 1) == "day" and s.word(i + 2) in ("before", "after"):
        step = {"yesterday": -2, "tomorrow": 2}.get(s.word(i + 3))
        return Found(i + 4, s.clock.moved("day", step)) if step else None
    if word not in _DEICTIC or (s.p.words[i] == "Today" and i > 0 and s.p.tags[i - 1] == "NNP"):
        return None  # "USA Today"
    return Found(past_part_of_day(s, i + 1), s.clock.moved("day", _DEICTIC[word]))


def _directed(s: Scan, i: int) -> Found | None:
    """`last December`, `next week`, `this morning`, `the past two years`, `the following day`, `that year`."""
    start = i + (s.word(i) == "the")
    word, after = s.word(start), s.word(start + 1)
    if word in _ANCHORED and after in s.words.units and (word != "that" or s.p.deps[start] == "det"):
        return Found(start + 2, s.clock.from_anchor(s.words.units[after], _ANCHORED[word]))
    if word not in _DIRECTED:
        return None
    step = _DIRECTED[word]
    if (number := _amount(s, start + 1)) is not None and s.word(number[1]) in s.words.units:
        return Found(number[1] + 1, _stretch(s, s.word(number[1]), number[0] * step))
    if after in s.words.vague_numbers and s.word(start + 2) in s.words.units:
        return Found(start + 3, None)
    side: Side = ("last", "this", "next")[step + 1]
    return _directed_name(s, start + 1, side) or _directed_unit(s, i, start, step)


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
    if word in s.words.feasts and s.words.feasts[word][-1].day is None:
        feast = s.words.feasts[word][-1]
        return Found(i + 1, s.clock.yearless(lambda y: month(y, feast.month), side))
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
    return None if number is None else (number, i + 1)


def _counted(s: Scan, i: int) -> Found | None:
    """`two days ago`, `a year earlier`, `three weeks later`, `some years ago`, `decades ago`."""
    amount = _amount(s, i)
    j = amount[1] if amount else i
    if amount is None or s.word(j) in s.words.vague_numbers:
        while s.word(j) in s.words.vague_numbers or (s.word(j) == "of" and j > i):
            j += 1
        amount = None
    if s.word(j) not in s.words.units or (amount is None and j == i and not s.word(j).endswith("s")):
        return None
    unit, turn = s.words.units[s.word(j)], s.word(j + 1)
    if turn not in ("ago", "earlier", "later", "before", "after", "previously", "hence"):
        return None
    if turn in ("before", "after") and (s.p.children[j + 1] or s.p.deps[j + 1] != "advmod"):
        return None  # "a day after the vote"
    if amount is None:
        return Found(j + 2, None)
    step = amount[0] if turn in ("later", "after", "hence") else -amount[0]
    count = s.clock.moved if turn in ("ago", "hence") else s.clock.from_anchor
    period = count("year", step * 10) if unit == "decade" and amount[0] < 3 else count(unit, step)
    if period is not None and unit in ("week", "fortnight", "decade"):
        period = period.coarsened("month" if unit != "decade" else "year")
    return Found(j + 2, period)


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
    if word == "weekend" and s.word(i - 1) == "the" and s.word(i - 2) in ("at", "over", "during", "on"):
        return Found(i + 1, _weekend(s, s.side(i)))
    return None


def _then(s: Scan, i: int) -> Found | None:
    """`since then`, `at the time`, `by that time`: the last time that the text has given."""
    word, before = s.word(i), s.word(i - 1)
    if word == "then" and before in ("since", "until", "till", "by", "before"):
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
