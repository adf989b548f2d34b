"""What every reader of a date form works on: one sentence, the words of the calendar, the clock.

What enters: a parse and the token where a form may begin. What leaves: a `Found`. The readers themselves
are in `calendar_dates.py` and `relative_times.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.syntax.calendar import CalendarWords, Period
from detente.syntax.clock import Clock, Side
from detente.syntax.document import ParsedDocument
from detente.syntax.tense import points_ahead

EARLIEST, LATEST = 1000, 2099  # years outside are numbers, unless a month stands before them


@dataclass(frozen=True, slots=True)
class Found:
    """A form that ends before token `end`. `period` is None where the words do not say which time."""

    end: int
    period: Period | None


@dataclass(slots=True)
class Scan:
    """One pass over a document: the parse, the words of the calendar, the clock, the end of the sentence."""

    p: ParsedDocument
    words: CalendarWords
    clock: Clock
    labels: dict[int, str]
    stop: int = 0

    def word(self, i: int) -> str:
        """The token in lower case; empty outside the sentence."""
        return self.p.lower[i] if 0 <= i < self.stop else ""

    def side(self, i: int) -> Side:
        """Whether the clause around a token looks back or ahead."""
        head = self.p.heads[i]
        if head > i and self.p.pos[head] == "NOUN" and self.p.deps[i] in ("compound", "nmod", "poss", "nummod"):
            return "nearest"  # "the May election" may be either
        if not any(self.p.pos[t] in ("VERB", "AUX") for t in (i, *self.p.ancestors(i))):
            return "nearest"  # a headline, or a verb that the parse has lost
        return "ahead" if points_ahead(self.p, i, self.words.ahead) else "past"


def day_number(word: str) -> int | None:
    """The day of a month: `26`, `1st`."""
    digits = word[:-2] if word[-2:] in ("st", "nd", "rd", "th") else word
    number = int(digits) if digits.isdecimal() and len(digits) <= 2 else 0
    return number if 1 <= number <= 31 else None


def year_number(word: str) -> int | None:
    """A number that may be a year: `2003`."""
    return int(word) if len(word) == 4 and word.isdecimal() and EARLIEST <= int(word) <= LATEST else None


def ordinal_at(s: Scan, i: int) -> tuple[int, int] | None:
    """An ordinal number in figures or words ("15th", "fifteenth", "twenty-first") and the token after it."""
    word = s.word(i)
    if word[-2:] in ("st", "nd", "rd", "th") and word[:-2].isdecimal():
        return int(word[:-2]), i + 1
    if word in ("twenty", "thirty") and s.word(i + 1) == "-" and s.word(i + 2) in s.words.ordinals:
        return s.words.numbers[word] + s.words.ordinals[s.word(i + 2)], i + 3
    head, _, tail = word.partition("-")
    if head in ("twenty", "thirty") and tail in s.words.ordinals:
        return s.words.numbers[head] + s.words.ordinals[tail], i + 1
    number = s.words.ordinals.get(word)
    return None if number is None else (number, i + 1)


def counts(s: Scan, i: int) -> bool:
    """Whether a number counts things ("30 people"), so that it is no part of a date."""
    head = s.p.heads[i]
    return s.p.deps[i] == "nummod" and head > i and s.p.pos[head] == "NOUN" and s.p.lemmas[head] in s.words.counted
