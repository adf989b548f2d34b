"""A user's own actors: a CSV file of them, or a PETRARCH actor file, joined to the knowledge of detente.

What enters: paths. What leaves: a `Knowledge` in which a CSV file's names and actors stand before ours, and a
PETRARCH file's names are added to ours. Every error names the file, the line and what to do.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from detente.codebook.codebook import load_codebook
from detente.errors import DataError
from detente.resolve.entries import Actor
from detente.resolve.knowledge import Knowledge, Person, Term, ends_of, holders_of
from detente.resolve.names import Sense, SenseKind, slug
from detente.resolve.petrarch import PetrarchActor, read_petrarch

COLUMNS: Final = ("name", "kind", "id", "country", "sector", "role", "start", "end", "aliases")
KINDS: Final[dict[str, SenseKind]] = {
    "state": "state",
    "organisation": "organisation",
    "group": "group",
    "person": "person",
}
_DATE: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_MERGED: Final = frozenset({*KINDS, "body", "media"})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a CSV file of actors; empty fields are None. A person has one line a term of office."""

    name: str
    kind: str
    id: str
    country: str | None
    sector: str | None
    role: str | None
    start: str | None
    end: str | None
    aliases: tuple[str, ...]
    where: str


def with_actors(knowledge: Knowledge, paths: Sequence[Path]) -> Knowledge:
    """Join the actors of files to what is known; of two files, what the later one says holds.

    Raises:
        DataError: a file cannot be read or does not validate.
    """
    for path in paths:
        lines = _lines(path)
        if path.suffix.lower() == ".csv":
            knowledge = _with_rows(knowledge, list(read_actors(lines, name=str(path))))
        else:
            knowledge = _with_petrarch(knowledge, read_petrarch(lines, name=str(path)))
    return knowledge


def read_actors(lines: Iterable[str], *, name: str) -> Iterator[Row]:
    """Read a CSV file of actors; `#` starts a comment line, columns may stand in any order.

    Args:
        lines: of the file; the first that is no comment names the columns, of which name and kind are needed.
        name: what the file is called in errors.

    Raises:
        DataError: a column is unknown or missing, or a field is not of its form.
    """
    kept = [(i, line) for i, line in enumerate(lines, start=1) if line.strip() and not line.startswith("#")]
    rows = list(csv.reader(line for _, line in kept))
    if len(rows) != len(kept):
        raise DataError(f"A field over several lines in {name}: a row is one line. Take the line break out.")
    header = [column.strip() for column in rows[0]] if rows else []
    unknown = sorted(set(header) - set(COLUMNS))
    if unknown or not {"name", "kind"} <= set(header) or len(set(header)) < len(header):
        raise DataError(
            f"Columns {', '.join(header) or 'missing'} in {name}: name and kind are needed, and each of "
            f"{', '.join(COLUMNS)} may be there once. Mend the first line."
        )
    for (number, _), fields in zip(kept[1:], rows[1:], strict=True):
        where = f"{name} line {number}"
        if len(fields) != len(header):
            raise DataError(f"{len(fields)} fields in {where}: {len(header)} columns are named. Add or quote a field.")
        yield _row(dict(zip(header, (field.strip() for field in fields), strict=True)), where)


def _row(row: dict[str, str], where: str) -> Row:
    if not row["name"]:
        raise DataError(f"No name in {where}: every row has one. Add it.")
    if row["kind"] not in KINDS:
        raise DataError(f"Unknown kind {row['kind']!r} in {where}: one of {', '.join(KINDS)}. Mend the field.")
    sector = row.get("sector") or None
    if sector is not None and sector not in load_codebook().sectors:
        raise DataError(f"Unknown sector {sector!r} in {where}: a PLOVER sector such as GOV or MIL. Mend the field.")
    start, end = row.get("start") or None, row.get("end") or None
    for day in (start, end):
        if day is not None and not _DATE.fullmatch(day):
            raise DataError(f"Unknown date {day!r} in {where}: YYYY, YYYY-MM or YYYY-MM-DD. Mend the date.")
    if start and end and end < start[: len(end)]:
        raise DataError(f"End {end!r} before start {start!r} in {where}: a term ends after it begins. Mend a date.")
    key = row.get("id") or slug(row["name"])
    if not key:
        raise DataError(f"No id for {row['name']!r} in {where}: none can be made of it. Add one.")
    aliases = tuple(alias.strip() for alias in row.get("aliases", "").split("|") if alias.strip())
    fields = (row.get("country") or None, sector, row.get("role") or None, start, end, aliases, where)
    return Row(row["name"], row["kind"], key, *fields)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"Unreadable file '{path}' ({error}): a text in UTF-8. Check the path, or save it so."
        ) from error


def _with_rows(knowledge: Knowledge, rows: Sequence[Row]) -> Knowledge:
    actors = dict(knowledge.actors)
    names: list[tuple[str, Sense]] = []
    for row in rows:
        names.extend((name, Sense(KINDS[row.kind], row.id)) for name in (row.name, *row.aliases))
        if row.kind != "person":
            actors[row.id] = Actor(row.id, row.name, row.kind, row.country, row.sector)
    for row in rows:
        if row.country is not None and row.country not in actors:
            raise DataError(
                f"Unknown country {row.country!r} in {row.where}: the id of a state or organisation, such as PAK. "
                "Mend it, or add a row for it."
            )
    known = replace(knowledge, actors=actors)
    people = {row.id: tuple(r for r in rows if r.kind == "person" and r.id == row.id) for row in _persons(rows)}
    persons = {key: _person(key, held, known) for key, held in people.items()}
    return _joined(known, names, {**knowledge.persons, **persons})


def _persons(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        if row.kind == "person":
            if row.country is None:
                raise DataError(f"No country of person {row.name!r} in {row.where}: whom they act for. Add it.")
            yield row


def _person(key: str, rows: Sequence[Row], knowledge: Knowledge) -> Person:
    terms = []
    for row in rows:
        country, noun = row.country or "", (row.role or "").lower()
        fitting = (o for o in knowledge.offices.get(noun, ()) if knowledge.has_office(noun, o, country))
        source = row.where.rpartition(" line ")[0]
        sector, role, office = row.sector or "GOV", row.role or "", next(fitting, "")
        terms.append(Term(country, sector, role, office, row.start or "", row.end or "", source))
    return Person(key, rows[0].name, tuple(sorted(terms, key=lambda term: term.start)), is_notable=True)


def _with_petrarch(knowledge: Knowledge, found: Iterable[PetrarchActor]) -> Knowledge:
    """Add what is new: a name that we know stays ours, and lends its id to the other names of its entry."""
    actors, persons = dict(knowledge.actors), dict(knowledge.persons)
    names: list[tuple[str, Sense]] = []
    for entry in found:
        known = [(name, knowledge.lexicon.senses(name)) for name in entry.names]
        meant = next((s for _, senses in known for s in senses if s.kind in _MERGED), None)
        sense = meant or _added(entry, actors, persons)
        if sense is not None:
            names.extend((name, sense) for name, senses in known if not senses)
    return _joined(replace(knowledge, actors=actors), names, persons)


def _added(entry: PetrarchActor, actors: dict[str, Actor], persons: dict[str, Person]) -> Sense | None:
    """Take an entry in under an id of its own; what has a state's bare code is that state."""
    code, key = entry.codes[-1], slug(entry.names[0])
    country = code.country if code.country in actors else None
    bare = [code.country for code in entry.codes if code.sector is None and code.country in actors]
    if bare:
        return Sense("state", bare[-1])
    if not key:
        return None
    if not entry.is_person:
        kind = "group" if country is not None else "organisation"
        actors.setdefault(key, Actor(key, entry.names[0], kind, country, code.sector))
        return Sense(KINDS[actors[key].kind], key) if actors[key].kind in KINDS else None
    terms = tuple(
        Term(c.country, c.sector or "GOV", "", "", c.start, c.end, entry.source)
        for c in entry.codes
        if c.country in actors
    )
    if not terms:
        return None
    persons.setdefault(key, Person(key, entry.names[0], tuple(sorted(terms, key=lambda t: t.start)), is_notable=False))
    return Sense("person", key)


def _joined(knowledge: Knowledge, names: Sequence[tuple[str, Sense]], persons: dict[str, Person]) -> Knowledge:
    spelt: dict[str, list[str]] = {}
    for name, sense in names:
        if sense.kind == "person":
            spelt.setdefault(sense.id, []).append(name)
    return replace(
        knowledge,
        lexicon=knowledge.lexicon.preceded_by(names),
        persons=persons,
        holders=holders_of(persons),
        by_ends={**knowledge.by_ends, **ends_of(spelt)},
    )
