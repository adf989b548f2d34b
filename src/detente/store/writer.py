"""Documents and their records into the database, each document whole or not at all.

What enters: documents, coded documents, and where they came from. What leaves: rows, within the caller's
transaction. A record's columns, its sides, pairs and attributions are always made from the record itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, select, update

from detente.errors import RecordError
from detente.interchange.forms import MENTION
from detente.records import CodedDocument, Document, Entity, Provenance
from detente.store.days import Days, day_range
from detente.store.entities import Renamings, country_of
from detente.store.kinds import KINDS, Kind, Record, Row, packed, record_row
from detente.store.rows import insert_row, insert_rows
from detente.store.schema import (
    ATTRIBUTIONS,
    CODERS,
    DOCUMENT_ENTITIES,
    DOCUMENTS,
    ISSUES,
    MENTIONS,
    PAIRS,
    RECORDS,
    SIDES,
    SOURCES,
    TEXTS,
)

FORWARD, BACKWARD = 1, 2
_PROVENANCE = ("detente", "codebook", "model", "model_sha256", "encoder_sha256")
# Made once: SQLAlchemy takes longer to make a statement than SQLite to run it.
_CODER = select(CODERS.c.key).where(*(CODERS.c[name] == bindparam(f"wanted_{name}") for name in _PROVENANCE))
_SOURCE = select(SOURCES.c.key).where(
    SOURCES.c.document_key == bindparam("document"),
    SOURCES.c.original == bindparam("file"),
    SOURCES.c.member == bindparam("part"),
)
_TAKEN = select(RECORDS.c.id).where(RECORDS.c.document_key == bindparam("document"))
_LAST_KEY = select(func.max(RECORDS.c.key))
_CODED = (
    update(DOCUMENTS)
    .where(DOCUMENTS.c.key == bindparam("document"))
    .values(state="coded", reason=None, coder_key=bindparam("made_by"))
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document was found: one of its appearances.

    `original` is the hash of the file's bytes, `member` the part of the file, empty for the whole of it.
    """

    original: str
    path: str
    member: str = ""
    media_type: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    date_source: str | None = None
    retrieved_at: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The path, with the part of the file."""
        return f"{self.path} > {self.member}" if self.member else self.path


def coder_key(connection: Connection, provenance: Provenance) -> int:
    """The key of what made the records, stored when it is new."""
    values = {name: getattr(provenance, name) for name in _PROVENANCE}
    found = connection.scalar(_CODER, {f"wanted_{name}": value for name, value in values.items()})
    return insert_row(connection, CODERS, values) if found is None else int(found)


def add_document(
    connection: Connection, document: Document, *, run_key: int, date_source: str | None, state: str, reason: str | None
) -> int:
    """Store a document and its text; its records follow by `write_coding`.

    Returns:
        Its key.

    Raises:
        RecordError: it holds half of a surrogate pair, which is no character.
    """
    check_characters(document)
    first, last = day_range(document.published)
    names = ("id", "title", "author", "publisher", "url", "published", "language", "sha256")
    row = {
        **{name: getattr(document, name) for name in names},
        "published_start": first,
        "published_end": last,
        "date_source": date_source,
        "chars": len(document.text),
        "state": state,
        "reason": reason,
        "run_key": run_key,
    }
    key = insert_row(connection, DOCUMENTS, row)
    insert_rows(connection, TEXTS, [{"document_key": key, "text": document.text}])
    return key


def add_source(connection: Connection, document_key: int, source: Source) -> bool:
    """Note an appearance of a document; tell whether it is new."""
    same = {"document": document_key, "file": source.original, "part": source.member}
    if connection.scalar(_SOURCE, same) is not None:
        return False
    names = ("original", "path", "member", "media_type", "title", "publisher", "url", "published", "date_source")
    row = {name: getattr(source, name) for name in (*names, "retrieved_at")}
    insert_row(connection, SOURCES, {"document_key": document_key, "notes": packed(source.notes), **row})
    return True


def set_state(connection: Connection, document_key: int, state: str, reason: str | None) -> None:
    """Say anew whether a document is coded, and if not why."""
    where = DOCUMENTS.c.key == document_key
    connection.execute(update(DOCUMENTS).where(where).values(state=state, reason=reason))


def check_characters(document: Document) -> None:
    """Raise RecordError where a text holds half of a surrogate pair, which UTF-8 cannot write."""
    for name in ("text", "id", "title", "author", "publisher", "url", "language"):
        try:
            (getattr(document, name) or "").encode()
        except UnicodeEncodeError as error:
            raise RecordError(
                f"Half of a surrogate pair at character {error.start} in {name} of document {document.id!r}: only "
                "whole characters can be stored. Replace it, for example by U+FFFD, before coding."
            ) from error


def write_coding(connection: Connection, document_key: int, coded: CodedDocument, renamings: Renamings) -> None:
    """Store all that was read in a document, which has no records yet."""
    made_by = coder_key(connection, coded.provenance)
    write_findings(connection, document_key, coded, made_by)
    writer = RecordWriter(connection, document_key, coded.document, coded.entities, renamings)
    for kind in KINDS.values():
        for position, record in enumerate(getattr(coded, kind.plural)):
            writer.add(kind, record, position=position, made_by=made_by)
    writer.flush()


def drop_findings(connection: Connection, document_key: int) -> None:
    """Delete what `write_findings` wrote."""
    for table in (DOCUMENT_ENTITIES, MENTIONS, ISSUES):
        connection.execute(delete(table).where(table.c.document_key == document_key))


def write_findings(connection: Connection, document_key: int, coded: CodedDocument, made_by: int) -> None:
    """Store what is not a record of its own: the entities, mentions and issues."""
    here = {"document_key": document_key}
    insert_rows(connection, DOCUMENT_ENTITIES, _entity_rows(coded.entities, here))
    mentions = packed(MENTION.write(mention) for mention in coded.mentions)
    insert_rows(connection, MENTIONS, [{"mentions": mentions, **here}])
    names = ("id", "kind", "reason", "start", "end")
    issues = [{**here, **{name: getattr(issue, name) for name in names}} for issue in coded.issues]
    insert_rows(connection, ISSUES, issues)
    connection.execute(_CODED, {"document": document_key, "made_by": made_by})


def _entity_rows(entities: Iterable[Entity], here: Mapping[str, int]) -> list[Row]:
    names = ("name", "kind", "country", "sector", "role", "affiliation")
    return [
        {
            **here,
            "entity": entity.id,
            "position": position,
            **{name: getattr(entity, name) for name in names},
            "aliases": packed(entity.aliases),
        }
        for position, entity in enumerate(entities)
    ]


class RecordWriter:
    """Collects the rows of one document's records; `flush` writes them."""

    def __init__(
        self,
        connection: Connection,
        document_key: int,
        document: Document,
        entities: Iterable[Entity],
        renamings: Renamings,
    ) -> None:
        self._connection = connection
        self._document_key = document_key
        self._document = document
        self._published: Days = day_range(document.published)
        self._entities = {entity.id: entity for entity in entities}
        self._renamings = renamings
        self._countries: dict[str, str | None] = {}
        self._taken = set(connection.scalars(_TAKEN, {"document": document_key}))
        self._last_key = connection.scalar(_LAST_KEY) or 0
        self._rows: dict[Table, list[Row]] = {}

    def add(self, kind: Kind, record: Record, *, position: int, made_by: int | None, review: str = "unreviewed") -> str:
        """Store a new record.

        Returns:
            Its id; a number is added to that of a record which claims the same as one before it.
        """
        record_id = self._free_id(record.id)
        self._last_key += 1
        row = {
            "key": self._last_key,
            "id": record_id,
            "document_key": self._document_key,
            "position": position,
            "review": review,
            "coder_key": made_by,
            **record_row(kind, record, self._published),
        }
        self._put(RECORDS, row)
        self._put_parts(self._last_key, kind, record, row["day"])
        return record_id

    def replace(self, key: int, kind: Kind, record: Record, **columns: Any) -> None:
        """Give a stored record other content; `columns` are further columns of `records`."""
        row = {**record_row(kind, record, self._published), **columns}
        self._connection.execute(update(RECORDS).where(RECORDS.c.key == key).values(row))
        drop_parts(self._connection, [key], kind)
        self._put_parts(key, kind, record, row["day"])

    def flush(self) -> None:
        """Write what was collected."""
        for table, rows in self._rows.items():
            insert_rows(self._connection, table, rows)
        self._rows.clear()

    def _put(self, table: Table, *rows: Row) -> None:
        if rows:
            self._rows.setdefault(table, []).extend(rows)

    def _put_parts(self, key: int, kind: Kind, record: Record, day: str) -> None:
        self._put(kind.table, {"record_key": key, **kind.details(record)})
        actors, recipients = (self._side(key, role, ids) for role, ids in zip(_ROLES, kind.sides(record), strict=True))
        self._put(SIDES, *actors, *recipients)
        self._put(PAIRS, *pair_rows(key, day, actors, recipients, mutual=kind.mutual(record)))
        for position, source in enumerate(record.attribution.sources):
            entity = self._renamings.resolve(source, self._document.id)
            self._put(ATTRIBUTIONS, {"record_key": key, "position": position, "entity": entity, "coded": source})

    def _side(self, key: int, role: str, ids: Iterable[str]) -> list[Row]:
        rows = []
        for position, coded in enumerate(ids):
            entity = self._renamings.resolve(coded, self._document.id)
            row = {"record_key": key, "role": role, "position": position, "entity": entity, "coded": coded}
            rows.append({**row, "country": self._country(entity)})
        return rows

    def _country(self, entity: str) -> str | None:
        if entity not in self._countries:
            self._countries[entity] = country_of(self._connection, entity, self._entities)
        return self._countries[entity]

    def _free_id(self, wanted: str) -> str:
        found, number = wanted, 1
        while found in self._taken:
            number += 1
            found = f"{wanted}-{number}"
        self._taken.add(found)
        return found


_ROLES = ("actor", "recipient")


def pair_rows(key: int, day: str, actors: list[Row], recipients: list[Row], *, mutual: bool) -> list[Row]:
    """The pairs of countries that a record joins, each once, with the directions in which it does."""
    ones = [row["country"] for row in actors if row["country"] is not None]
    others = [row["country"] for row in recipients if row["country"] is not None]
    directions: dict[tuple[str, str], int] = {}
    for one in ones:
        for other in others or ones:
            pair = (one, other) if one < other else (other, one)
            direction = FORWARD | BACKWARD if mutual else FORWARD if one < other else BACKWARD
            if one != other:
                directions[pair] = directions.get(pair, 0) | direction
    return [
        {"a": a, "b": b, "day": day, "record_key": key, "direction": direction}
        for (a, b), direction in directions.items()
    ]


def drop_parts(connection: Connection, keys: list[int], kind: Kind) -> None:
    """Delete what stands beside `records` of these records."""
    for table in (kind.table, SIDES, PAIRS, ATTRIBUTIONS):
        connection.execute(delete(table).where(table.c.record_key.in_(keys)))
