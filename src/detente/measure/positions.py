"""Votes and alliances from files of the user's, as positions of states by year.

What enters: a CSV file of one of two forms. What leaves: `Positions` by year, for `alignment.align`.

    votes      state,item,year,position       position: yes, no, abstain, or a number from -1 to 1; empty: took none
    alliances  a,b,year,level                 level: 0 (none) to 1 (bound to defend); a pair without a line has 0
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from detente.errors import DataError
from detente.measure.alignment import Alignment, Positions, align, positions_of, positions_of_alliances

VOTES = ("state", "item", "year", "position")
ALLIANCES = ("a", "b", "year", "level")
_WORDS = {"yes": 1.0, "y": 1.0, "no": -1.0, "n": -1.0, "abstain": 0.0, "abstention": 0.0, "a": 0.0}
_Told = dict[int, dict[tuple[str, str], tuple[float, int]]]


@dataclass(frozen=True, slots=True)
class ByYear:
    """Positions of each year, in order. `kind` says which form the file has."""

    kind: Literal["votes", "alliances"]
    years: dict[int, Positions]

    def aligned(self, year: int) -> Alignment:
        """The indices of all pairs in a year; S takes the ends that the form allows."""
        lowest = -1.0 if self.kind == "votes" else 0.0
        return align(self.years[year], lowest=lowest, highest=1.0)


def read_positions(path: Path) -> ByYear:
    """Read votes or alliances, as the first line of the file says.

    Raises:
        DataError: the file cannot be read, has other columns, or a line cannot be understood.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            columns = set(reader.fieldnames or ())
            if columns >= set(VOTES):
                told = _read(reader, path, VOTES[:2], "position", _vote)
                years = {year: positions_of([(*key, v) for key, (v, _) in rows.items()]) for year, rows in told.items()}
                return ByYear("votes", dict(sorted(years.items())))
            if columns >= set(ALLIANCES):
                return ByYear("alliances", _alliances(_read(reader, path, ALLIANCES[:2], "level", _level)))
            raise DataError(
                f"Columns {', '.join(reader.fieldnames or ('none',))} in '{path}': {', '.join(VOTES)} of votes, or "
                f"{', '.join(ALLIANCES)} of alliances, are needed. Name them in the first line."
            )
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"Unreadable table '{path}' ({error}): CSV in UTF-8 is needed. Check the file.") from error


def _alliances(told: _Told) -> dict[int, Positions]:
    """A state that has an alliance in any year is there in all: to be bound to nobody is a position, too."""
    states = sorted({state for rows in told.values() for pair in rows for state in pair})
    return {
        year: positions_of_alliances([(*pair, level) for pair, (level, _) in rows.items()], states)
        for year, rows in sorted(told.items())
    }


def _read(
    reader: csv.DictReader[str],
    path: Path,
    names: tuple[str, ...],
    value: str,
    valued: Callable[[str], float | None],
) -> _Told:
    found: _Told = defaultdict(dict)
    for row in reader:
        where = f"'{path}' line {reader.line_num}"
        first, second = ((row[name] or "").strip() for name in names)
        year, text = (row["year"] or "").strip(), (row[value] or "").strip()
        if not first or not second:
            raise DataError(f"Nothing in {names[0] if not first else names[1]!r} of {where}: both are needed. Fill it.")
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise DataError(f"{year!r} as year in {where}: four digits are needed. Mend it.")
        known = valued(text)
        if known is None:
            continue
        if math.isnan(known):
            allowed = "yes, no, abstain, or -1 to 1" if value == "position" else "a number from 0 to 1"
            raise DataError(f"{text!r} as {value} in {where}: {allowed}. Mend it, or leave it empty.")
        before = found[int(year)].setdefault((first, second), (known, reader.line_num))
        if before[0] != known:
            raise DataError(
                f"{first}, {second} and {year} twice, in lines {before[1]} and {where}: one value. Mend one."
            )
    if not found:
        raise DataError(f"No row in '{path}': a line for each is needed. Fill the table.")
    return found


def _vote(text: str) -> float | None:
    """None where no position was taken; NaN where the text is none."""
    if not text or text.casefold() in ("absent", "-"):
        return None
    if text.casefold() in _WORDS:
        return _WORDS[text.casefold()]
    return _number(text, -1.0)


def _level(text: str) -> float | None:
    return _number(text, 0.0) if text else None


def _number(text: str, lowest: float) -> float:
    try:
        value = float(text)
    except ValueError:
        return math.nan
    return value if lowest <= value <= 1.0 else math.nan
