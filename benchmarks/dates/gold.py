"""The annotated date expressions: reading them, and telling whether an answer is right.

What enters: a JSONL file of one half. What leaves: frozen `GoldDate`s, checked. Values are compared by the days
that they cover, with code of their own, so that the calendar under test does not judge itself.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from detente.errors import DataError

FIELDS = {"id", "text", "published", "expression", "gold", "stratum"}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")

Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class GoldDate:
    """A text, the one expression tested in it, and every value that is right; None among them where none need be."""

    id: str
    text: str
    published: str | None
    expression: str
    values: tuple[str | None, ...]
    stratum: str

    @property
    def span(self) -> tuple[int, int]:
        """The characters of the expression, [start, end)."""
        start = self.text.index(self.expression)
        return start, start + len(self.expression)


def days_of(value: str) -> Days:
    """The first and last day of an ISO day, month, year or interval; None for an open end.

    Raises:
        ValueError: the value has no such form, or runs backwards.
    """
    first, slash, last = value.partition("/")
    start = None if first == ".." and slash else _unit(first)[0]
    end = None if last == ".." else _unit(last if slash else first)[1]
    if (start is None and end is None) or (start is not None and end is not None and start > end):
        raise ValueError(f"{value!r} is no interval")
    return start, end


def _unit(text: str) -> tuple[date, date]:
    """The first and last day of a day, month or year."""
    if not ISO.fullmatch(text):
        raise ValueError(f"{text!r} is no ISO day, month or year")
    year, *rest = (int(part) for part in text.split("-"))
    if len(rest) == 2:
        return date(year, *rest), date(year, *rest)
    first, last = (rest[0], rest[0]) if rest else (1, 12)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def opened(value: str, relation: str) -> str:
    """The value with its preposition's sense: "since" 2001 is `2001/..`, "until" 2001 is `../2001`."""
    if ".." in value:
        return value
    if relation in ("since", "after"):
        return f"{value.split('/')[0]}/.."
    if relation in ("until", "before"):
        return f"../{value.split('/')[-1]}"
    return value


def is_right(gold: GoldDate, answers: list[tuple[str, str]]) -> bool:
    """Whether all values found on the expression, each with its relation, are accepted ones.

    No answer is right where the gold has None, and only there.
    """
    if not answers:
        return None in gold.values
    accepted = {days_of(value) for value in gold.values if value is not None}
    return all({days_of(value), days_of(opened(value, relation))} & accepted for value, relation in answers)


def read_gold(path: Path) -> list[GoldDate]:
    """Read and check one half.

    Raises:
        DataError: a line does not hold; the message names file and line.
    """
    found: list[GoldDate] = []
    seen: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            one = _gold(json.loads(line))
            if one.id in seen or one.text in seen:
                raise ValueError("id or text occurs twice")
        except (ValueError, KeyError) as fault:
            raise DataError(f"{path}:{number}: {fault}. Correct the line.") from fault
        seen |= {one.id, one.text}
        found.append(one)
    return found


def _gold(row: dict[str, Any]) -> GoldDate:
    if not FIELDS <= set(row) <= FIELDS | {"note"}:
        raise ValueError(f"needs the fields {', '.join(sorted(FIELDS))}, and at most a note besides")
    values = row["gold"] if isinstance(row["gold"], list) else [row["gold"]]
    one = GoldDate(row["id"], row["text"], row["published"], row["expression"], tuple(values), row["stratum"])
    if one.published is not None:
        date.fromisoformat(one.published)
    if one.text.count(one.expression) != 1 or not one.expression:
        raise ValueError(f"{one.expression!r} must occur exactly once in the text")
    if not values or len(set(values)) < len(values):
        raise ValueError("the gold values must be there and differ")
    for value in values:
        _check_value(one, value)
    return one


def _check_value(one: GoldDate, value: str | None) -> None:
    """A single day must fall on the weekday that the expression names."""
    if value is None:
        return
    first, last = days_of(value)
    named = [day for day in WEEKDAYS if day in one.expression.lower()]
    if len(named) == 1 and first is not None and first == last and WEEKDAYS[first.weekday()] != named[0]:
        raise ValueError(f"{value} is no {named[0].title()}")
