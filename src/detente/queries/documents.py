"""The documents of a project: which there are, where each was found, and all that was read in one.

What enters: a project and a filter. What leaves: pages of `Listed` documents, or one with its text and records.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from detente.queries.errors import QueryError
from detente.queries.filters import Conditions, check_period, matching, within
from detente.queries.pages import Page, beyond, check_limit, cursor_of, each
from detente.records import CodedDocument
from detente.store.entities import load_renamings
from detente.store.project import Project
from detente.store.reader import read_coded
from detente.store.schema import COPIES, DOCUMENTS, RECORDS, SOURCES
from detente.store.writer import Source

_AT_ONCE = 500
STATES = ("coded", "foreign", "failed")
_HEAD = (
    "id",
    "title",
    "author",
    "publisher",
    "url",
    "published",
    "date_source",
    "language",
    "chars",
    "state",
    "reason",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFilter:
    """Which documents are wanted; what is None or empty does not matter.

    Attributes:
        text: words of the text.
        publisher: exactly.
        since, until: first and last day, month or year of publication.
        states: `coded`, `foreign` or `failed`, any of them.
        copies: also near copies of other documents.
    """

    text: str | None = None
    publisher: str | None = None
    since: str | None = None
    until: str | None = None
    states: tuple[str, ...] = ()
    copies: bool = True

    def __post_init__(self) -> None:
        check_period(self.since, self.until)
        for state in self.states:
            if state not in STATES:
                raise QueryError(f"Unknown state {state!r}: {', '.join(STATES)} are known. Correct it.")


ALL_DOCUMENTS = DocumentFilter()


@dataclass(frozen=True, slots=True)
class Listed:
    """A document without its text.

    Attributes:
        date_source: what the publication date was read from: `flag`, `metadata`, `url` or `text`.
        chars: length of the text.
        state: `coded`, `foreign` (not English) or `failed`; `reason` says why it is not coded.
        copy_of: id of the document that it nearly repeats.
        records: number of its records that hold, by kind.
        sources: where it was found, the first one first.
    """

    id: str
    title: str | None
    author: str | None
    publisher: str | None
    url: str | None
    published: str | None
    date_source: str | None
    language: str | None
    chars: int
    state: str
    reason: str | None
    copy_of: str | None
    records: dict[str, int]
    sources: tuple[Source, ...]


def documents(
    project: Project,
    wanted: DocumentFilter = ALL_DOCUMENTS,
    *,
    after: str | None = None,
    limit: int = 100,
    newest_first: bool = False,
) -> Page[Listed]:
    """A page of documents by day of publication; those without one come first.

    Raises:
        QueryError: the cursor or limit is wrong, or there is nothing to search for.
    """
    check_limit(limit)
    day, key = func.coalesce(DOCUMENTS.c.published_start, ""), DOCUMENTS.c.key
    order = (day.desc(), key.desc()) if newest_first else (day, key)
    query = _columns().add_columns(day.label("day")).where(*_conditions(wanted)).order_by(*order)
    with project.reading() as connection:
        page = query.where(*beyond(after, day, key, newest_first=newest_first)).limit(limit + 1)
        rows = connection.execute(page).all()
        following = cursor_of(rows[limit - 1].day, rows[limit - 1].key) if len(rows) > limit else None
        return Page(tuple(_listed(connection, rows[:limit])), following)


def each_document(
    project: Project, wanted: DocumentFilter = ALL_DOCUMENTS, *, newest_first: bool = False
) -> Iterator[Listed]:
    """All documents, in order, without holding them in memory."""
    return each(lambda after: documents(project, wanted, after=after, limit=_AT_ONCE, newest_first=newest_first))


def count_documents(project: Project, wanted: DocumentFilter = ALL_DOCUMENTS) -> int:
    """How many documents there are."""
    with project.reading() as connection:
        return connection.scalar(select(func.count()).select_from(DOCUMENTS).where(*_conditions(wanted))) or 0


def document(project: Project, document_id: str) -> CodedDocument:
    """A coded document with its text and all that holds of it.

    Raises:
        RecordError: it is not in the project, or not coded.
    """
    with project.reading() as connection:
        return read_coded(connection, document_id, load_renamings(connection))


def listed(project: Project, document_id: str) -> Listed:
    """What is known of a document, coded or not.

    Raises:
        QueryError: it is not in the project.
    """
    with project.reading() as connection:
        rows = connection.execute(_columns().where(DOCUMENTS.c.id == document_id)).all()
        if not rows:
            raise QueryError(f"No document {document_id!r} in the project: ids begin with doc-. Check it.")
        return _listed(connection, rows)[0]


def documents_of_files(project: Project, hashes: Sequence[str], *, most: int = 1_000) -> list[Listed]:
    """The documents that stand in files with these SHA-256 hashes, in the order in which they were stored."""
    here = DOCUMENTS.c.key.in_(select(SOURCES.c.document_key).where(SOURCES.c.original.in_(list(hashes))))
    with project.reading() as connection:
        rows = connection.execute(_columns().where(here).order_by(DOCUMENTS.c.key).limit(most)).all()
        return _listed(connection, rows)


def _conditions(wanted: DocumentFilter) -> Conditions:
    found = within(DOCUMENTS.c.published_start, DOCUMENTS.c.published_end, wanted.since, wanted.until)
    if wanted.text is not None:
        found.append(DOCUMENTS.c.key.in_(matching("texts_fts", wanted.text)))
    if wanted.publisher is not None:
        found.append(DOCUMENTS.c.publisher == wanted.publisher)
    if wanted.states:
        found.append(DOCUMENTS.c.state.in_(wanted.states))
    if not wanted.copies:
        found.append(DOCUMENTS.c.key.not_in(select(COPIES.c.document_key)))
    return found


def _columns() -> Select[Any]:
    original = DOCUMENTS.alias("original")
    return (
        select(DOCUMENTS.c.key, *(DOCUMENTS.c[name] for name in _HEAD), original.c.id.label("copy_of"))
        .outerjoin(COPIES, COPIES.c.document_key == DOCUMENTS.c.key)
        .outerjoin(original, original.c.key == COPIES.c.original_key)
    )


def _listed(connection: Connection, rows: Iterable[Row[Any]]) -> list[Listed]:
    rows = list(rows)
    keys = [row.key for row in rows]
    counted: dict[int, dict[str, int]] = {key: {} for key in keys}
    here = RECORDS.c.document_key
    counts = select(here, RECORDS.c.kind, func.count()).where(here.in_(keys), RECORDS.c.review != "rejected")
    for key, kind, number in connection.execute(counts.group_by(here, RECORDS.c.kind).order_by(here, RECORDS.c.kind)):
        counted[key][kind] = number
    sources: dict[int, list[Source]] = {key: [] for key in keys}
    for row in connection.execute(select(SOURCES).where(SOURCES.c.document_key.in_(keys)).order_by(SOURCES.c.key)):
        sources[row.document_key].append(_source(row))
    return [
        Listed(
            **{name: getattr(row, name) for name in _HEAD},
            copy_of=row.copy_of,
            records=counted[row.key],
            sources=tuple(sources[row.key]),
        )
        for row in rows
    ]


def _source(row: Row[Any]) -> Source:
    names = ("original", "path", "member", "media_type", "title", "publisher", "url", "published", "date_source")
    found = {name: getattr(row, name) for name in (*names, "retrieved_at")}
    return Source(notes=tuple(json.loads(row.notes)), **found)
