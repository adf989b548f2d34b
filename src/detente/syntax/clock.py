"""What the words of relative time mean: "in May", "on Tuesday", "last December", against a known day.

What enters: the document's publication date and what the text has dated so far. What leaves: `Period`s,
or None where neither tells. A past event is looked for backwards, a future one forwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from detente.syntax.calendar import Period, Unit, moved

Side = Literal["past", "ahead", "last", "next", "this", "nearest"]

# A paper dated by its own clock may report what happened a day or two later by another's.
_TOLERANCE = timedelta(days=2)
_LEAP_CYCLE = 8
# A story told in the past of its own year: bare months count from its dates, not from publication.
_STORY_AGE_YEARS = 2


@dataclass(slots=True)
class Clock:
    """The publication date, and the last date that the text has given.

    `anchor` is what "the next day" and "since then" count from. `story` is the last date of an event
    that a neighbouring sentence tells, which gives its year to the bare dates that follow it.
    """

    published: Period | None
    anchor: Period | None = None
    story: Period | None = None

    def moved(self, unit: Unit, count: int) -> Period | None:
        """So many units from publication."""
        return None if self.published is None else moved(self.published, unit, count)

    def from_anchor(self, unit: Unit, count: int) -> Period | None:
        """So many units from the last date in the text."""
        if self.anchor is None or (self.anchor.precision is None and unit != "year"):
            return None
        return moved(self.anchor, unit, count)

    def yearless(self, in_year: Callable[[int], Period | None], side: Side) -> Period | None:
        """The right one of a date that comes every year; `in_year` makes that of one year."""
        if side in ("past", "ahead", "nearest") and self._tells_a_story():
            return self._in_story(in_year)
        if self.published is None:
            return None
        first, last = self.published.first, self.published.last
        if side == "this":
            return in_year(first.year)
        around = range(max(1, first.year - _LEAP_CYCLE), min(9998, last.year + _LEAP_CYCLE) + 1)
        every = [period for year in around if (period := in_year(year)) is not None]
        if side == "nearest":
            return min(every, key=lambda x: abs((x.first - first).days), default=None)
        if side in ("past", "last"):
            latest = last + _TOLERANCE
            before = [x for x in every if (x.first <= latest if side == "past" else x.last < first)]
            return before[-1] if before else None
        after = [x for x in every if (x.last >= first if side == "ahead" else x.first > last)]
        return after[0] if after else None

    def _tells_a_story(self) -> bool:
        if self.story is None:
            return False
        return self.published is None or self.published.first.year - self.story.last.year >= _STORY_AGE_YEARS

    def _in_story(self, in_year: Callable[[int], Period | None]) -> Period | None:
        """The date in the story's year, or early in the next year after a date late in the year."""
        assert self.story is not None
        same = in_year(self.story.last.year)
        wraps = self.story.precision != "year" and same is not None and (self.story.first - same.last).days > 180
        return in_year(self.story.last.year + 1) if wraps else same

    def weekday(self, number: int, side: Side) -> Period | None:
        """The day of the week (Monday is 1); the whole month where publication is known no better."""
        if self.published is None or self.published.precision != "day":
            return self.published if self.published and self.published.precision == "month" else None
        today = self.published.first
        back, forward = (today.isoweekday() - number) % 7, (number - today.isoweekday()) % 7
        shift = {
            "past": -back,
            "nearest": -back,
            "ahead": forward,
            "last": -(back or 7),
            "next": forward or 7,
            "this": number - today.isoweekday(),
        }[side]
        day = today + timedelta(days=shift)
        return Period(day, day)
