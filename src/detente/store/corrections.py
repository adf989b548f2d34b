"""What users decide about records: accept, correct, reject, add, undo.

What enters: decisions with who and when. What leaves: the log grows by one, and the tables hold what is valid now: the
record as coded with every correction that holds, in order. What the coder wrote stays in `records.original`.

    with project.writing() as connection:
        correct(connection, "ev-3f2a…", {"type": "ACCUSE"}, Author("maria", at="2026-01-01T12:00:00Z"))

Decisions need no lock: each is one short transaction, which waits for others, so one can review while files are added.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from detente.errors import RecordError
from detente.records import Document
from detente.store.amendments import amended, complete, fields_of
from detente.store.entities import load_renamings
from detente.store.kinds import KINDS
from detente.store.log import Author, Correction, holding, read_log, write_correction
from detente.store.reader import read_documents, read_entities, read_record
from detente.store.renaming import rename
from detente.store.schema import CORRECTIONS, DOCUMENTS, RECORDS
from detente.store.writer import RecordWriter


def accept(connection: Connection, record_id: str, by: Author) -> int:
    """Say that a record is right as it is. Returns the number of the decision."""
    row = _row(connection, record_id)
    number = write_correction(connection, "accept", record_id, {}, by)
    renew(connection, row)
    return number


def reject(connection: Connection, record_id: str, by: Author) -> int:
    """Say that a record is wrong: it stays, and queries leave it out. Returns the number of the decision."""
    row = _row(connection, record_id)
    number = write_correction(connection, "reject", record_id, {}, by)
    renew(connection, row)
    return number


def correct(connection: Connection, record_id: str, values: Mapping[str, Any], by: Author) -> int:
    """Give fields of a record other values.

    Args:
        values: by the names of `detente schema`: `{"type": "ACCUSE", "actor": ["PAK"]}`. Spans are [start, end];
            with another type go the modes that it does not have, with another place its coordinates.

    Returns:
        The number of the decision.

    Raises:
        RecordError: there is no such record or field, nothing changes, or the record would contradict itself.
    """
    row = _row(connection, record_id)
    kind, document = KINDS[row.kind], _document(connection, row.document_key)
    old = json.loads(row.record)
    new = amended(kind, old, values, document)
    changes = {name: [old.get(name), new[name]] for name in fields_of(kind) if new[name] != old.get(name)}
    if not changes:
        raise RecordError(f"Nothing changes in record {record_id!r}: it has these values already. Give others.")
    number = write_correction(connection, "correct", record_id, {"changes": changes}, by)
    renew(connection, row)
    return number


def add_record(connection: Connection, document_id: str, kind_name: str, values: Mapping[str, Any], by: Author) -> str:
    """Add a record that the coder missed.

    Args:
        kind_name: `event`, `stance`, `statement` or `membership`.
        values: by the names of `detente schema`, with the span of the evidence; what is left out is empty.

    Returns:
        The record's id.

    Raises:
        RecordError: something is missing, unknown or contradictory, or the record is there already.
    """
    key = connection.scalar(select(DOCUMENTS.c.key).where(DOCUMENTS.c.id == document_id))
    if key is None or kind_name not in KINDS:
        what = f"kind {kind_name!r}" if key is not None else f"document {document_id!r}"
        raise RecordError(f"No {what} to add a record to: {', '.join(KINDS)} of a stored document. Check the names.")
    kind, document = KINDS[kind_name], _document(connection, key)
    record = complete(kind, {**values, "coded_by": f"by hand: {by.who}"}, document)
    if connection.scalar(select(RECORDS.c.key).where(RECORDS.c.id == record.id)) is not None:
        raise RecordError(f"Record {record.id!r} is there already: it claims the same. Correct or accept that one.")
    last = select(RECORDS.c.position).where(RECORDS.c.document_key == key, RECORDS.c.kind == kind_name)
    position = (connection.scalar(last.order_by(RECORDS.c.position.desc()).limit(1)) or 0) + 1
    writer = _writer(connection, key, document)
    record_id = writer.add(kind, record, position=position, made_by=None, review="added")
    writer.flush()
    details = {"document": document_id, "kind": kind_name, "record": kind.form.write(record)}
    write_correction(connection, "add", record_id, details, by)
    return record_id


def undo(connection: Connection, number: int, by: Author) -> int:
    """Take a decision back; an undo can be taken back too.

    Returns:
        The number of the new decision.

    Raises:
        RecordError: there is no such decision, or it is undone already.
    """
    found = connection.execute(select(CORRECTIONS).where(CORRECTIONS.c.key == number)).first()
    if found is None:
        raise RecordError(f"No correction {number}: `detente review log` lists them. Choose one of those.")
    if connection.scalar(select(CORRECTIONS.c.key).where(CORRECTIONS.c.undoes == number)) is not None:
        raise RecordError(f"Correction {number} is undone already: undo that undoing instead. `detente review log`.")
    before = load_renamings(connection)
    new = write_correction(connection, "undo", found.target, {}, by, undoes=number)
    row = connection.execute(select(RECORDS).where(RECORDS.c.id == found.target)).first()
    if row is not None:
        renew(connection, row)
    rename(connection, before, load_renamings(connection))
    return new


def renew(connection: Connection, row: Row[Any], coded: Mapping[str, Any] | None = None) -> None:
    """Make a record's row what the log says.

    Args:
        row: of `records`.
        coded: what the coder writes now, in place of what it wrote before.
    """
    log = holding(read_log(connection, target=row.id))
    kind, document = KINDS[row.kind], _document(connection, row.document_key)
    original = coded if coded is not None else json.loads(row.original or row.record)
    now = dict(original)
    for one in log:
        if one.action == "correct":
            now = amended(kind, now, {name: new for name, (_, new) in one.details["changes"].items()}, document)
    record = read_record(kind, json.dumps(now), document, where=repr(row.id))
    is_same = kind.form.write(record) == original
    writer = _writer(connection, row.document_key, document)
    writer.replace(
        row.key,
        kind,
        record,
        review=_review(log, was_added=row.coder_key is None),
        original=None if is_same else json.dumps(original, ensure_ascii=False),
    )
    writer.flush()


def _review(log: list[Correction], *, was_added: bool) -> str:
    """The state of review that follows from the decisions that hold."""
    actions = [one.action for one in log if one.action in ("accept", "correct", "reject", "add")]
    judged = [action for action in actions if action != "add"]
    if judged and judged[-1] == "reject":
        return "rejected"
    if was_added:
        return "added" if "add" in actions else "rejected"
    if "correct" in judged:
        return "corrected"
    return "accepted" if judged else "unreviewed"


def _row(connection: Connection, record_id: str) -> Row[Any]:
    row = connection.execute(select(RECORDS).where(RECORDS.c.id == record_id)).first()
    if row is None:
        raise RecordError(f"No record {record_id!r} in the project: ids begin with ev-, st-, sa- or me-. Check it.")
    return row


def _document(connection: Connection, key: int) -> Document:
    return read_documents(connection, [key])[key]


def _writer(connection: Connection, key: int, document: Document) -> RecordWriter:
    entities = read_entities(connection, [key]).get(key, ())
    return RecordWriter(connection, key, document, entities, load_renamings(connection))
