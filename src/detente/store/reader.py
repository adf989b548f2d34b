"""Documents and their records out of the database, rebuilt and so proved again.

What enters: keys. What leaves: the frozen records. Building one checks its quote against the stored text, so a
damaged row raises RecordError and is never shown as a finding.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select

from detente.errors import RecordError
from detente.interchange.forms import ISSUE, MENTION
from detente.records import Attribution, CodedDocument, Document, Entity, Event, Provenance, Stance, Statement
from detente.store.entities import Renamings, read_entity
from detente.store.kinds import KINDS, Kind, Record
from detente.store.schema import CODERS, DOCUMENT_ENTITIES, DOCUMENTS, ISSUES, MENTIONS, RECORDS, TEXTS

_HEAD = ("id", "title", "author", "publisher", "url", "published", "language")
_PROVENANCE = ("detente", "codebook", "model", "model_sha256", "encoder_sha256")


def read_documents(connection: Connection, keys: Iterable[int]) -> dict[int, Document]:
    """Documents with their texts, by key."""
    columns = [DOCUMENTS.c[name] for name in _HEAD]
    rows = connection.execute(
        select(DOCUMENTS.c.key, TEXTS.c.text, *columns).join(TEXTS).where(DOCUMENTS.c.key.in_(sorted(set(keys))))
    )
    return {row.key: Document(text=row.text, **{name: getattr(row, name) for name in _HEAD}) for row in rows}


def read_entities(connection: Connection, keys: Iterable[int]) -> dict[int, tuple[Entity, ...]]:
    """The entities of documents as they were coded, in their order, by the document's key."""
    table = DOCUMENT_ENTITIES.c
    wanted = table.document_key.in_(sorted(set(keys)))
    found: dict[int, list[Entity]] = {}
    for row in connection.execute(select(DOCUMENT_ENTITIES).where(wanted).order_by(table.document_key, table.position)):
        found.setdefault(row.document_key, []).append(read_entity(row))
    return {key: tuple(entities) for key, entities in found.items()}


def read_provenance(row: Any) -> Provenance:
    """What made a record, from a row with the columns of `coders`."""
    return Provenance(**{name: getattr(row, name) for name in _PROVENANCE})


def read_record(kind: Kind, packed: str, document: Document, *, where: str) -> Record:
    """Build a record from its JSON.

    Raises:
        RecordError: it does not fit the document or the form; `where` names it.
    """
    try:
        record: Record = kind.form.read(json.loads(packed), document)
    except (RecordError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise RecordError(
            f"Record {where} does not fit document {document.id!r} ({error}): its quote must be the document's text. "
            "Run `detente check`, and restore a backup or code the document again: detente add --recode."
        ) from error
    return record


def renamed(record: Record, document_id: str, renamings: Renamings) -> Record:
    """A record with merged and split entities in place of those that were coded."""
    if not renamings:
        return record

    def ids(values: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(renamings.resolve(value, document_id) for value in values))

    def one(value: str) -> str:
        return renamings.resolve(value, document_id)

    attribution = Attribution(ids(record.attribution.sources), record.attribution.endorsed)
    if isinstance(record, Event):
        return replace_record(
            record, actors=ids(record.actors), recipients=ids(record.recipients), attribution=attribution
        )
    if isinstance(record, Stance):
        return replace_record(record, holder=one(record.holder), object=one(record.object), attribution=attribution)
    if isinstance(record, Statement):
        return replace_record(record, speaker=one(record.speaker), attribution=attribution)
    return replace_record(
        record, member=one(record.member), organisation=one(record.organisation), attribution=attribution
    )


def replace_record(record: Record, **changes: Any) -> Record:
    """A copy of a record with other values."""
    return replace(record, **changes)


def read_coded(connection: Connection, document_id: str, renamings: Renamings) -> CodedDocument:
    """A document and all that holds of it: corrected values, added records, and without rejected ones.

    Raises:
        RecordError: there is no such document, or it is not coded.
    """
    found = connection.execute(
        select(DOCUMENTS.c.key, DOCUMENTS.c.reason, *(CODERS.c[name] for name in _PROVENANCE))
        .join(CODERS, isouter=True)
        .where(DOCUMENTS.c.id == document_id)
    ).first()
    if found is None or found.detente is None:
        why = "is not in the project" if found is None else f"is not coded ({found.reason})"
        raise RecordError(f"Document {document_id!r} {why}: a coded one is needed. List them: detente find documents.")
    document = read_documents(connection, [found.key])[found.key]
    records = _records(connection, found.key, document, renamings)
    mentions = connection.scalar(select(MENTIONS.c.mentions).where(MENTIONS.c.document_key == found.key))
    issues = connection.execute(select(ISSUES).where(ISSUES.c.document_key == found.key).order_by(ISSUES.c.key))
    return CodedDocument(
        document=document,
        provenance=read_provenance(found),
        entities=read_entities(connection, [found.key]).get(found.key, ()),
        mentions=tuple(MENTION.read(obj, document) for obj in json.loads(mentions or "[]")),
        issues=tuple(ISSUE.read(dict(row._mapping), document) for row in issues),
        **{KINDS[name].plural: tuple(found) for name, found in records.items()},  # type: ignore[arg-type]
    )


def _records(
    connection: Connection, document_key: int, document: Document, renamings: Renamings
) -> Mapping[str, list[Record]]:
    found: dict[str, list[Record]] = {name: [] for name in KINDS}
    rows: Iterable[Row[Any]] = connection.execute(
        select(RECORDS.c.id, RECORDS.c.kind, RECORDS.c.record)
        .where(RECORDS.c.document_key == document_key, RECORDS.c.review != "rejected")
        .order_by(RECORDS.c.kind, RECORDS.c.position, RECORDS.c.key)
    )
    for row in rows:
        record = read_record(KINDS[row.kind], row.record, document, where=repr(row.id))
        found[row.kind].append(renamed(record, document.id, renamings))
    return found
