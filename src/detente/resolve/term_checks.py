"""Checks of the tables of office holders, for whoever edits or builds them.

What enters: rows of a table with its name, and the ids of known actors. What leaves: the faults, each with file,
line and remedy. The program does not run these when it loads; the tests and the tool that builds the table do.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

SINGLE = frozenset(
    {"head-of-state", "head-of-government", "foreign", "defence", "interior", "organisation-head"}
    | {"armed-forces", "army"}
)
OFFICES = SINGLE | {"vice", "spokesperson"}
SOURCES = frozenset({"wikidata", "wikidata; end assumed", "phoenix", "factbook", "general knowledge"})
SHARED = {  # country and office: from, to, and why two may hold it then
    ("CIV", "head-of-state"): ("2010-12-04", "2011-04-11", "two claimed to have won the election"),
}
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table and the line it stands on."""

    file: str
    line: int
    fields: Mapping[str, str]

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"


def read_numbered(path: Path) -> list[Row]:
    """The rows of a table of office holders with their line numbers; no field of them spans two lines."""
    out: list[Row] = []
    head: list[str] = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, line in enumerate(file, 1):
            if line.startswith("#"):
                continue
            fields = next(csv.reader([line]))
            if not head:
                head = fields
            else:
                out.append(Row(path.name, number, dict(zip(head, fields, strict=False))))
    return out


def bounds(start: str, end: str) -> tuple[int, int]:
    """First and last day that a term may cover, as ordinals; a term without end runs on."""
    return _day(start, last=False), _day(end, last=True) if end else date.max.toordinal()


def _day(text: str, *, last: bool) -> int:
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if day is not None and month is not None:
        return date(year, month, day).toordinal()
    if not last:
        return date(year, month or 1, 1).toordinal()
    following = date(year + 1, 1, 1) if month in (None, 12) else date(year, (month or 0) + 1, 1)
    return following.toordinal() - 1


def faults(rows: list[Row], known: Container[str]) -> Iterator[str]:
    """What is wrong with the rows of one or more tables read together."""
    dated: list[Row] = []
    for row in rows:
        found = list(_faults_of(row, known))
        yield from found
        if not found and row.fields["start"]:
            dated.append(row)
    yield from _repeated(rows)
    yield from _crowded(dated)


def _faults_of(row: Row, known: Container[str]) -> Iterator[str]:
    fields = row.fields
    name = fields["name"]
    for key in ("start", "end"):
        try:
            if fields[key]:
                _day(fields[key], last=False)
        except ValueError:
            yield f"{row.place}: {key} {fields[key]!r} of {name!r} is no date. Write YYYY, YYYY-MM or YYYY-MM-DD."
            return
    first, last = bounds(fields["start"], fields["end"]) if fields["start"] else (0, 0)
    if last < first:
        yield f"{row.place}: the term of {name!r} ends before it begins. Mend one of the dates."
    if fields["country"] not in known:
        yield f"{row.place}: country {fields['country']!r} of {name!r} is not in the tables. Use the id of an actor."
    if fields["office"] and fields["office"] not in OFFICES:
        yield f"{row.place}: office {fields['office']!r} of {name!r} is not known: {', '.join(sorted(OFFICES))}."
    if fields["source"] not in SOURCES:
        yield f"{row.place}: source {fields['source']!r} of {name!r} is not known: {', '.join(sorted(SOURCES))}."
    if fields["office"] and not fields["start"]:
        yield f"{row.place}: {name!r} holds an office without a start. Add it, or leave the office out."


def _repeated(rows: list[Row]) -> Iterator[str]:
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = tuple(row.fields[k] for k in ("name", "country", "role", "office", "start"))
        if key in seen:
            yield f"{row.place}: the same term of {row.fields['name']!r} as at {seen[key].place}. Remove one."
        seen.setdefault(key, row)


def _crowded(rows: list[Row]) -> Iterator[str]:
    """Two holders of an office for one on a day that both cover whatever their dates' precision."""
    held: dict[tuple[str, str], list[tuple[int, int, Row]]] = {}
    for row in rows:
        key = (row.fields["country"], row.fields["office"])
        if key[1] in SINGLE:
            held.setdefault(key, []).append((*certain(row.fields["start"], row.fields["end"]), row))
    for (country, office), terms in held.items():
        terms.sort(key=lambda term: (term[0], term[1], term[2].place))
        latest: tuple[int, int, Row] | None = None
        for term in terms:
            if latest is not None and term[0] < latest[1] and not _may_share(country, office, latest, term):
                one, two = latest[2], term[2]
                yield (
                    f"{two.place}: {two.fields['name']!r} holds {office} of {country} from {two.fields['start']}, but "
                    f"{one.fields['name']!r} at {one.place} holds it until {one.fields['end'] or 'today'}. "
                    "End one term, or say in SHARED why two may hold it."
                )
            if term[1] >= term[0] and (latest is None or term[1] > latest[1]):
                latest = term


def certain(start: str, end: str) -> tuple[int, int]:
    """The days that a term covers for certain: from the last day its start may be to the first of its end."""
    return _day(start, last=True), _day(end, last=False) if end else date.max.toordinal()


def _may_share(country: str, office: str, one: tuple[int, int, Row], two: tuple[int, int, Row]) -> bool:
    if one[2].fields["name"] == two[2].fields["name"]:
        return True
    start, end, _ = SHARED.get((country, office), ("", "", ""))
    return bool(start) and _day(start, last=False) <= two[0] and min(one[1], two[1]) <= _day(end, last=True)
