"""Events, stances, statements and memberships of a project: the one way in for command line, REST and web.

What enters: a project and a filter. What leaves: pages of results, each with the record as it holds now, the document
with the words that prove it, what made it, and its state of review.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, FromClause, Join, Row, Select, Table, func, select

from detente.queries.errors import QueryError
from detente.queries.filters import Conditions, RecordFilter, by_pair, pair_conditions, record_conditions
from detente.queries.pages import Page, beyond, check_limit, cursor_of, each
from detente.records import Document, Entity, Event, Membership, Provenance, Stance, Statement
from detente.store.entities import entity_of, load_renamings
from detente.store.kinds import KINDS, Kind, Record
from detente.store.project import Project
from detente.store.reader import read_documents, read_entities, read_provenance, read_record, renamed
from detente.store.schema import CODERS, COPIES, DOCUMENTS, PAIRS, RECORDS

R = TypeVar("R", bound=Record)
EVERYTHING = RecordFilter()
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Found(Generic[R]):
    """A record of a project.

    Attributes:
        id: the record's id in the project. It is that of the record as coded, whatever was corrected since.
        record: what holds now: corrections applied, merged entities resolved. Its evidence quotes `document`.
        entities: those that the record names, as the document has them.
        provenance: what made it; None where a user added it.
        review: `unreviewed`, `accepted`, `corrected`, `added` or `rejected`.
        copy_of: id of the document that this one nearly repeats.
    """

    id: str
    kind: str
    record: R
    document: Document
    entities: tuple[Entity, ...]
    provenance: Provenance | None
    review: str
    copy_of: str | None


def events(
    project: Project,
    wanted: RecordFilter = EVERYTHING,
    *,
    after: str | None = None,
    limit: int = 100,
    newest_first: bool = False,
) -> Page[Found[Event]]:
    """A page of events by day; see `records`."""
    return cast(
        Page[Found[Event]], records(project, "event", wanted, after=after, limit=limit, newest_first=newest_first)
    )


def stances(
    project: Project,
    wanted: RecordFilter = EVERYTHING,
    *,
    after: str | None = None,
    limit: int = 100,
    newest_first: bool = False,
) -> Page[Found[Stance]]:
    """A page of stances by day; see `records`."""
    return cast(
        Page[Found[Stance]], records(project, "stance", wanted, after=after, limit=limit, newest_first=newest_first)
    )


def statements(
    project: Project,
    wanted: RecordFilter = EVERYTHING,
    *,
    after: str | None = None,
    limit: int = 100,
    newest_first: bool = False,
) -> Page[Found[Statement]]:
    """A page of statements by day; see `records`."""
    return cast(
        Page[Found[Statement]],
        records(project, "statement", wanted, after=after, limit=limit, newest_first=newest_first),
    )


def memberships(
    project: Project,
    wanted: RecordFilter = EVERYTHING,
    *,
    after: str | None = None,
    limit: int = 100,
    newest_first: bool = False,
) -> Page[Found[Membership]]:
    """A page of memberships by their first day; see `records`."""
    return cast(
        Page[Found[Membership]],
        records(project, "membership", wanted, after=after, limit=limit, newest_first=newest_first),
    )


def records(
    project: Project,
    kind: str | None,
    wanted: RecordFilter = EVERYTHING,
    *,
    after: str | None = None,
    limit: int = 100,
    newest_first: bool = False,
) -> Page[Found[Any]]:
    """A page of records.

    Args:
        kind: `event`, `stance`, `statement` or `membership`; None for all kinds together.
        after: cursor of a page before.
        limit: results on a page, 1 to 1,000.
        newest_first: turn the order by day; the same for all pages of one question.

    Raises:
        QueryError: the cursor or limit is wrong.
        RecordError: a stored record does not fit its document; `detente check` tells more.
    """
    check_limit(limit)
    with project.reading() as connection:
        # Each kind is read in the order of its own index; all together would have to be sorted. Types and statuses are
        # those of one kind.
        is_of_all = kind is None and not wanted.types and not wanted.statuses
        rows = [
            row
            for one in (KINDS if is_of_all else (kind,))
            for row in _some(connection, asked(connection, one, wanted), after, limit + 1, newest_first=newest_first)
        ]
        rows.sort(key=lambda row: (row.day, row.key), reverse=newest_first)
        following = cursor_of(rows[limit - 1].day, rows[limit - 1].key) if len(rows) > limit else None
        return Page(tuple(_found(connection, rows[:limit])), following)


def _some(
    connection: Connection, question: Question, after: str | None, number: int, *, newest_first: bool
) -> Sequence[Row[Any]]:
    """The first rows of a question behind a cursor."""
    day, key = question.day, question.key
    order = (day.desc(), key.desc()) if newest_first else (day, key)
    page = question.select(*_COLUMNS).where(*beyond(after, day, key, newest_first=newest_first))
    return connection.execute(page.order_by(*order).limit(number)).all()


def records_with_keys(project: Project, keys: Sequence[int]) -> tuple[Found[Any], ...]:
    """The records with these keys of the database, in this order."""
    with project.reading() as connection:
        wanted = select(*_COLUMNS).select_from(_with_documents(RECORDS)).where(RECORDS.c.key.in_(list(keys)))
        rows = {row.key: row for row in connection.execute(wanted)}
        return tuple(_found(connection, [rows[key] for key in keys if key in rows]))


def each_record(
    project: Project, kind: str | None, wanted: RecordFilter = EVERYTHING, *, newest_first: bool = False
) -> Iterator[Found[Any]]:
    """All records, in order, without holding them in memory."""
    return each(lambda after: records(project, kind, wanted, after=after, limit=_AT_ONCE, newest_first=newest_first))


def record(project: Project, record_id: str) -> Found[Any]:
    """The record with an id, rejected or not.

    Raises:
        QueryError: there is none.
    """
    with project.reading() as connection:
        rows = connection.execute(
            select(*_COLUMNS).select_from(_with_documents(RECORDS)).where(RECORDS.c.id == record_id)
        ).all()
        if not rows:
            raise QueryError(f"No record {record_id!r} in the project: ids begin with ev-, st-, sa- or me-. Check it.")
        return next(_found(connection, rows))


def count_records(project: Project, kind: str | None, wanted: RecordFilter = EVERYTHING) -> int:
    """How many records there are."""
    with project.reading() as connection:
        question = asked(connection, kind, wanted)
        return connection.scalar(question.select(func.count(RECORDS.c.key))) or 0


@dataclass(frozen=True, slots=True)
class Question:
    """The tables that answer a question, its conditions, and the day and key by which results are ordered."""

    tables: FromClause
    conditions: Conditions
    day: ColumnElement[str]
    key: ColumnElement[int]

    def select(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """These columns of what is wanted."""
        return select(*columns).select_from(self.tables).where(*self.conditions)


def asked(connection: Connection, kind: str | None, wanted: RecordFilter) -> Question:
    """Put a filter on records into tables and conditions; the table of the kind is among them.

    Raises:
        QueryError: there is no such kind.
    """
    if kind is not None and kind not in KINDS:
        raise QueryError(f"Unknown kind {kind!r}: {', '.join(KINDS)} are stored. Choose one.")
    found = KINDS[kind] if kind is not None else None
    tables = _with_documents(RECORDS)
    if found is not None:
        tables = tables.join(found.table, found.table.c.record_key == RECORDS.c.key)
    is_paired = by_pair(connection, wanted)
    conditions = record_conditions(connection, wanted, found, paired=is_paired)
    if not is_paired:
        return Question(tables, conditions, RECORDS.c.day, RECORDS.c.key)
    # In the order of its primary key, so that a page is read and not sorted.
    tables = tables.join(PAIRS, PAIRS.c.record_key == RECORDS.c.key)
    return Question(tables, [*conditions, *pair_conditions(wanted)], PAIRS.c.day, PAIRS.c.record_key)


_ORIGINAL = DOCUMENTS.alias("original")
_COLUMNS = (
    *(RECORDS.c[name] for name in ("key", "id", "kind", "document_key", "day", "record", "review")),
    *(CODERS.c[name] for name in ("detente", "codebook", "model", "model_sha256", "encoder_sha256")),
    _ORIGINAL.c.id.label("copy_of"),
)


def _with_documents(records: Table) -> Join:
    """Records with their document, what made them, and what their document is a copy of."""
    return (
        records.join(DOCUMENTS, DOCUMENTS.c.key == RECORDS.c.document_key)
        .outerjoin(CODERS, CODERS.c.key == RECORDS.c.coder_key)
        .outerjoin(COPIES, COPIES.c.document_key == RECORDS.c.document_key)
        .outerjoin(_ORIGINAL, _ORIGINAL.c.key == COPIES.c.original_key)
    )


def _found(connection: Connection, rows: Iterable[Row[Any]]) -> Iterator[Found[Any]]:
    rows = list(rows)
    renamings = load_renamings(connection)
    documents = read_documents(connection, {row.document_key for row in rows})
    entities = read_entities(connection, documents)
    for row in rows:
        kind, document = KINDS[row.kind], documents[row.document_key]
        coded = read_record(kind, row.record, document, where=repr(row.id))
        now = renamed(coded, document.id, renamings)
        yield Found(
            id=row.id,
            kind=row.kind,
            record=now,
            document=document,
            entities=_named(connection, kind, now, entities.get(row.document_key, ())),
            provenance=read_provenance(row) if row.detente is not None else None,
            review=row.review,
            copy_of=row.copy_of,
        )


def _named(connection: Connection, kind: Kind, record: Record, known: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The entities that a record names; one that only a merge brought here as another document has it."""
    actors, recipients = kind.sides(record)
    wanted = dict.fromkeys((*actors, *recipients, *record.attribution.sources))
    here = {entity.id: entity for entity in known}
    found = (here.get(one) or entity_of(connection, one) for one in wanted)
    return tuple(entity for entity in found if entity is not None)
