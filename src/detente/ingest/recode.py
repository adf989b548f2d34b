"""`recode`: the stored documents through another coder, with every decision of a user kept.

What enters: a project and a coder. What leaves: the project holds what this coder reads in the stored texts, and a
list says what changed. Each document is one transaction, and documents that this coder has read already are left
out, so what was interrupted goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from detente.errors import RecordError
from detente.ingest.coding import Coder, code_all
from detente.records import CodedDocument
from detente.store.project import Project
from detente.store.reader import read_documents
from detente.store.recoding import Change, replace_coding
from detente.store.runs import add_failure, end_run, start_run
from detente.store.schema import DOCUMENTS
from detente.store.writer import coder_key

BATCH_SIZE = 32


@dataclass(slots=True)
class Recoded:
    """What happened: documents read anew, those that failed and stay as they were, and records by what changed."""

    documents: int = 0
    failed: int = 0
    changes: Counter[str] = field(default_factory=Counter)


def recode(
    project: Project,
    coder: Coder,
    *,
    now: Callable[[], str],
    on_change: Callable[[Change], None] = lambda _: None,
    on_failure: Callable[[str, str], None] = lambda _, __: None,
    on_documents: Callable[[int], None] = lambda _: None,
) -> Recoded:
    """Code all coded documents again that another coder, or another version of this one, read last.

    Args:
        now: gives the moment in UTC, ISO 8601, for the notes on the run.
        on_change: told of each record that changed.
        on_failure: told the document's id and the message of each document that failed; it stays as it was.
        on_documents: told how many documents are done, batch by batch.

    Raises:
        StoreError: another process writes, there is no space, or the database is damaged. What is done stays.
    """
    result = Recoded()
    with project.lock(doing="recode", since=now()):
        with project.writing() as connection:
            run_key = start_run(connection, "recode", {}, started_at=now(), coder=coder.provenance)
        for keys in _batches(project, coder):
            with project.reading() as connection:
                documents = read_documents(connection, keys)
            coded = code_all(coder, [documents[key] for key in keys])
            for key, one in zip(keys, coded, strict=True):
                _replace(project, key, one, result, on_change, on_failure, run_key=run_key, name=documents[key].id)
            on_documents(len(keys))
        with project.writing() as connection:
            counts = {"documents": result.documents, "failed": result.failed, **result.changes}
            end_run(connection, run_key, counts, ended_at=now())
    return result


def outdated(project: Project, coder: Coder) -> list[int]:
    """Keys of the coded documents that this coder has not read."""
    with project.writing() as connection:
        current = coder_key(connection, coder.provenance)
        wanted = select(DOCUMENTS.c.key).where(DOCUMENTS.c.state == "coded", DOCUMENTS.c.coder_key != current)
        return list(connection.scalars(wanted.order_by(DOCUMENTS.c.key)))


def _batches(project: Project, coder: Coder) -> Iterator[list[int]]:
    keys = outdated(project, coder)
    for start in range(0, len(keys), BATCH_SIZE):
        yield keys[start : start + BATCH_SIZE]


def _replace(
    project: Project,
    key: int,
    coded: CodedDocument | Exception,
    result: Recoded,
    on_change: Callable[[Change], None],
    on_failure: Callable[[str, str], None],
    *,
    run_key: int,
    name: str,
) -> None:
    try:
        if isinstance(coded, Exception):
            raise RecordError(f"Document {name!r} cannot be coded again ({coded}): it stays as it was.") from coded
        with project.writing() as connection:
            changes = replace_coding(connection, key, coded)
    except RecordError as error:
        result.failed += 1
        on_failure(name, str(error))
        with project.writing() as connection:
            add_failure(connection, run_key, name, str(error))
        return
    result.documents += 1
    for change in changes:
        result.changes[change.what] += 1
        on_change(change)
