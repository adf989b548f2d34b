"""What the user has decided: these two are the same happening, those two are not.

What enters: a CSV file with the columns `a`, `b`, `verdict` and any others. What leaves: frozen `Decisions`. `a` and
`b` are ids of events; for `different` also of documents, which then share no happening. Decisions win over scores.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.errors import DataError

Pair = tuple[str, str]
_COLUMNS = ("a", "b", "verdict")


@dataclass(frozen=True, slots=True)
class Decisions:
    """Pairs of ids, each in alphabetical order, that are and are not the same happening."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()

    def forbid(self, first: Iterable[str], second: Iterable[str]) -> bool:
        """Whether any of the first ids is decided to differ from any of the second."""
        if not self.different:
            return False
        others = tuple(second)
        return any(ordered(a, b) in self.different for a in first for b in others)


def ordered(a: str, b: str) -> Pair:
    """A pair in alphabetical order."""
    return (a, b) if a <= b else (b, a)


def read_decisions(path: Path) -> Decisions:
    """Read decisions from a CSV file in UTF-8.

    Raises:
        DataError: the file cannot be read, or a line of it is no decision or contradicts another.
    """
    found: dict[Pair, tuple[str, int]] = {}
    for number, (pair, verdict) in _rows(path):
        earlier = found.setdefault(pair, (verdict, number))
        if earlier[0] != verdict:
            raise DataError(
                f"Verdict {verdict!r} on {pair[0]} and {pair[1]} in line {number} of '{path}': line {earlier[1]} says "
                f"{earlier[0]!r}. Remove one."
            )
    return Decisions(
        frozenset(pair for pair, (verdict, _) in found.items() if verdict == "same"),
        frozenset(pair for pair, (verdict, _) in found.items() if verdict == "different"),
    )


def _rows(path: Path) -> Iterator[tuple[int, tuple[Pair, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if missing := [name for name in _COLUMNS if name not in (reader.fieldnames or ())]:
                raise DataError(
                    f"No column {missing[0]!r} in line 1 of '{path}': {', '.join(_COLUMNS)} are needed. Add it."
                )
            for row in reader:
                yield reader.line_num, _decision(row, reader.line_num, path)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"Unreadable decisions in '{path}' ({error}): a CSV file in UTF-8 is needed.") from error


def _decision(row: dict[str, str | None], number: int, path: Path) -> tuple[Pair, str]:
    a, b, verdict = ((row[name] or "").strip() for name in _COLUMNS)
    where = f"in line {number} of '{path}'"
    if verdict not in ("same", "different"):
        raise DataError(f"Verdict {verdict!r} {where}: 'same' and 'different' are allowed. Write one of them.")
    if not a or not b or a == b:
        raise DataError(f"Ids {a!r} and {b!r} {where}: two different ids are needed. Correct them.")
    if verdict == "same" and not (a.startswith("ev-") and b.startswith("ev-")):
        raise DataError(f"Ids {a!r} and {b!r} {where}: only events, 'ev-…', can be the same. Name the two events.")
    return ordered(a, b), verdict
