"""The year after a month, a day or a quarter: "2012", "of this year", "last year", "of the following year".

What enters: a `Scan` and the token where the year may begin. What leaves: the year and the token after it.
"""

from __future__ import annotations

from detente.syntax.date_scan import Scan, year_number

_FROM_NOW = {"last": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_FROM_ANCHOR = {"same": 0, "that": 0, "previous": -1, "preceding": -1, "following": 1}


def year_at(s: Scan, i: int, *, of: bool = False) -> tuple[int | None, int]:
    """Read a year at token `i`.

    Args:
        of: whether "of" or "in" may stand before figures.

    Returns:
        The year and the token after it; None and `i` where there is none.
    """
    k = i + (s.word(i) == "," or (of and s.word(i) in ("of", "in")))
    year = year_number(s.word(k))
    if year is not None:
        return year, k + 1
    if year := short_year(s.word(k)):
        return year, k + 1
    return _in_words(s, i)


def short_year(word: str) -> int | None:
    """`'98`: the year of the last or this century that is not after 2029."""
    if len(word) != 3 or word[0] not in "'’" or not word[1:].isdecimal():
        return None
    number = int(word[1:])
    return 2000 + number if number < 30 else 1900 + number


def spoken_year(s: Scan, i: int) -> tuple[int, int] | None:
    """`nineteen sixty-nine`, `eighteen twelve`, `two thousand and three`: the year and the token after it."""
    numbers = s.words.numbers
    century = numbers.get(s.word(i), 0)
    if s.word(i) == "two" and s.word(i + 1) == "thousand":
        rest = _below_hundred(s, i + 2 + (s.word(i + 2) == "and"))
    else:
        rest = _below_hundred(s, i + 1) if 16 <= century <= 20 else None
        rest = rest if rest is not None and rest[0] >= 10 else None
    if rest is None or (rest[1] < s.stop and s.p.pos[rest[1]] in ("NOUN", "ADJ", "NUM")):
        return None  # "two thousand and three men"
    return (2000 if s.word(i) == "two" else century * 100) + rest[0], rest[1]


def _below_hundred(s: Scan, i: int) -> tuple[int, int] | None:
    """A number in words from one to 99, and the token after it."""
    tens, _, ones = s.word(i).partition("-")
    number = s.words.numbers.get(tens, 0)
    if not number or tens in ("a", "an"):
        return None
    if ones:
        unit = s.words.numbers.get(ones, 99)
        return (number + unit, i + 1) if number >= 20 and unit < 10 else None
    unit = s.words.numbers.get(s.word(i + 2), 99)
    if number >= 20 and s.word(i + 1) == "-" and unit < 10:
        return number + unit, i + 3
    return number, i + 1


def _in_words(s: Scan, i: int) -> tuple[int | None, int]:
    k = i + (s.word(i) in ("of", ","))
    linked = s.word(i) == "of"
    k += s.word(k) == "the"
    word, noun = s.word(k), s.word(k + 1)
    if word in ("that", "the") and noun == "same":
        word, noun, k = "same", s.word(k + 2), k + 1
    found = None
    if noun == "year" and word in _FROM_NOW:
        found = s.clock.moved("year", _FROM_NOW[word])
    elif noun == "year" and word in _FROM_ANCHOR:
        found = s.clock.from_anchor("year", _FROM_ANCHOR[word])
    elif linked and s.word(k) == "year" and s.word(k - 1) == "the":
        base = s.clock.published or s.clock.anchor
        return (base.first.year, k + 1) if base is not None else (None, i)
    return (found.first.year, k + 2) if found is not None and found.precision == "year" else (None, i)
