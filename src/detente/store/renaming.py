"""Entities that users merge and split, and the rows that follow.

What enters: a decision. What leaves: the log grows by one, and the sides of every record that named the entity are
made again. The records keep the ids that were coded, so a decision can be undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select, union

from detente.errors import RecordError
from detente.store.entities import Renamings, load_renamings
from detente.store.kinds import KINDS
from detente.store.log import Author, write_correction
from detente.store.reader import read_documents, read_entities, read_record
from detente.store.schema import ATTRIBUTIONS, DOCUMENTS, RECORDS, SIDES
from detente.store.writer import RecordWriter


def merge_entities(connection: Connection, entity: str, into: str, by: Author) -> int:
    """Say that an id means the same as another, in every document, now and later.

    Returns:
        The number of the decision.

    Raises:
        RecordError: both are the same id already.
    """
    before = load_renamings(connection)
    if before.resolve(entity, "") == before.resolve(into, ""):
        raise RecordError(f"Entities {entity!r} and {into!r} count as one already: two different ones are needed.")
    number = write_correction(connection, "merge", entity, {"into": into}, by)
    rename(connection, before, load_renamings(connection))
    return number


def split_entity(connection: Connection, entity: str, into: str, documents: Sequence[str], by: Author) -> int:
    """Say that in some documents an id means somebody else.

    Returns:
        The number of the decision.

    Raises:
        RecordError: no document is named, or one is not in the project.
    """
    known = set(connection.scalars(select(DOCUMENTS.c.id).where(DOCUMENTS.c.id.in_(documents))))
    unknown = [one for one in documents if one not in known]
    if unknown or not documents:
        what = f"No document {unknown[0]!r}" if unknown else "No document at all"
        raise RecordError(f"{what} to split {entity!r} in: ids of stored documents are needed. Check them.")
    before = load_renamings(connection)
    number = write_correction(connection, "split", entity, {"into": into, "documents": list(documents)}, by)
    rename(connection, before, load_renamings(connection))
    return number


def rename(connection: Connection, before: Renamings, after: Renamings) -> None:
    """Make the sides of all records again that a change of renamings touches."""
    if before == after:
        return
    names = {*before.everywhere.items()} ^ {*after.everywhere.items()}
    touched = {before.resolve(entity, "") for entity, _ in names} | {entity for entity, _ in names}
    within = {*before.within.items()} ^ {*after.within.items()}
    for (document_id, entity), _ in within:
        touched |= {entity, before.resolve(entity, document_id), before.resolve(entity, "")}
    for document_key, rows in _records(connection, touched).items():
        document = read_documents(connection, [document_key])[document_key]
        entities = read_entities(connection, [document_key]).get(document_key, ())
        writer = RecordWriter(connection, document_key, document, entities, after)
        for row in rows:
            kind = KINDS[row.kind]
            writer.replace(row.key, kind, read_record(kind, row.record, document, where=repr(row.id)))
        writer.flush()


def _records(connection: Connection, names: Iterable[str]) -> dict[int, list[Row[Any]]]:
    """The records that name one of these, by document."""
    wanted = sorted(names)
    naming = (select(table.c.record_key).where(table.c.entity.in_(wanted)) for table in (SIDES, ATTRIBUTIONS))
    keys = union(*naming).subquery()
    found: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(select(RECORDS).where(RECORDS.c.key.in_(select(keys.c.record_key)))).all():
        found.setdefault(row.document_key, []).append(row)
    return found
