"""`add`: files into a project, read, coded and stored, each document once.

What enters: paths and a coder. What leaves: a project that holds what they hold. Every document is one transaction
with its records, so whatever ends the work leaves whole documents only, and running it again goes on where it
stopped: what is stored is told by the hash of its file or of its text, and not coded again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from detente.errors import DetenteError, RecordError
from detente.ingest.coding import Coder, code_all
from detente.ingest.copies import note_copy
from detente.ingest.fetching import check_addresses
from detente.ingest.intake import FileDone, Intake, Item, Taken
from detente.ingest.options import AddOptions, Counts, Telling
from detente.records import CodedDocument, Document
from detente.store.entities import load_renamings
from detente.store.kinds import KINDS
from detente.store.originals import drop_unfinished
from detente.store.project import Project
from detente.store.runs import complete_original, end_run, start_run
from detente.store.schema import DOCUMENTS
from detente.store.writer import add_document, add_source, set_state, write_coding

BATCH_SIZE = 32


def add(
    project: Project,
    paths: Sequence[str | Path],
    coder: Coder,
    *,
    now: Callable[[], str],
    options: AddOptions | None = None,
    telling: Telling | None = None,
    counts: Counts | None = None,
) -> Counts:
    """Add files, all files below directories and, with `options.fetch`, what addresses lead to, to a project.

    Args:
        now: gives the moment in UTC, ISO 8601, for the notes on the run.
        counts: is filled as the work goes on, for those who want to tell of a run that was interrupted.

    Returns:
        What happened. Files and documents that failed are counted, told and noted in the project; the rest is stored.

    Raises:
        ReadError: an address is named, and nothing is to be fetched.
        StoreError: another process writes, there is no space, or the database is damaged. What is stored stays.
    """
    options, telling = options or AddOptions(), telling or Telling()
    if options.fetch is None:
        check_addresses(paths)
    with project.lock(doing="add", since=now()):
        drop_unfinished(project.originals)
        with project.writing() as connection:
            asked = {"paths": [str(path) for path in paths], "any_language": options.any_language}
            run_key = start_run(connection, "add", asked, started_at=now(), coder=coder.provenance)
        counts = Counts() if counts is None else counts
        intake = Intake(project, options, counts, telling, run_key)
        adder = _Adder(project, coder, intake)
        for batch in _batches(intake.take(paths)):
            adder.store(batch, run_key=run_key)
        with project.writing() as connection:
            end_run(connection, run_key, counts.as_dict(), ended_at=now())
    return counts


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items in lists of so many documents, with the ends of the files that fall among them."""
    batch: list[Item] = []
    documents = 0
    for item in items:
        batch.append(item)
        documents += isinstance(item, Taken)
        if documents == BATCH_SIZE:
            yield batch
            batch, documents = [], 0
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class _Stored:
    """A document that stands in the project: its key and its state."""

    key: int
    state: str


@dataclass(frozen=True, slots=True)
class _Adder:
    """Codes and stores what was taken in, in its order.

    `incomplete` gathers the hashes of files of which something is missing, so that they are read again next time.
    """

    project: Project
    coder: Coder
    intake: Intake
    incomplete: set[str] = field(default_factory=set)

    def store(self, batch: Sequence[Item], *, run_key: int) -> None:
        """Code what is new in a batch, store all of it, and note how far the run is."""
        taken = [item for item in batch if isinstance(item, Taken)]
        with self.project.reading() as connection:
            stored = _stored(connection, {one.document.id for one in taken})
        new = self._new((one.document for one in taken), stored)
        results = dict(zip((one.id for one in new), code_all(self.coder, new), strict=True))
        for one in taken:
            if not self._store_one(one, results.pop(one.document.id, None), stored):
                self.incomplete.add(one.source.original)
        done = [item for item in batch if isinstance(item, FileDone)]
        with self.project.writing() as connection:
            for file in done:
                if not file.failed and file.sha256 not in self.incomplete:
                    complete_original(connection, file.sha256)
            end_run(connection, run_key, self.intake.counts.as_dict(), ended_at=None)
        for file in done:
            self.intake.telling.done(file.path)

    def _new(self, documents: Iterable[Document], stored: Mapping[str, _Stored]) -> list[Document]:
        """The documents that are to be coded, each text once."""
        wanted: dict[str, Document] = {}
        for document in documents:
            if self.intake.options.is_read(document.language):
                wanted.setdefault(document.id, document)
        return [one for key, one in wanted.items() if key not in stored or stored[key].state != "coded"]

    def _store_one(self, taken: Taken, result: CodedDocument | Exception | None, stored: dict[str, _Stored]) -> bool:
        """Store a document with what was found in it; tell whether nothing of it is left to do."""
        try:
            with self.project.writing() as connection:
                known = stored.get(taken.document.id)
                if result is None and known is not None:
                    add_source(connection, known.key, taken.source)
                    self.intake.counts.known += 1
                    return known.state != "failed"
                key, is_copy = self._write(connection, taken, result, known)
            stored[taken.document.id] = _Stored(key, _state(taken, result)[0])
        except (RecordError, IntegrityError, OverflowError, UnicodeError) as error:
            # A record that the tables cannot hold costs its document, and not the rest.
            result, is_copy = error, False
        self._count(taken, result, is_copy=is_copy)
        return not isinstance(result, Exception)

    def _write(
        self, connection: Connection, taken: Taken, result: CodedDocument | Exception | None, stored: _Stored | None
    ) -> tuple[int, bool]:
        """Write a document that is new or newly coded; give its key, and whether it is a copy."""
        state, reason = _state(taken, result)
        if stored is None:
            key = add_document(
                connection,
                taken.document,
                run_key=self.intake.run_key,
                date_source=taken.source.date_source,
                state=state,
                reason=reason,
            )
        else:
            key = stored.key
            set_state(connection, key, state, reason)
        add_source(connection, key, taken.source)
        if not isinstance(result, CodedDocument):
            return key, False
        write_coding(connection, key, result, load_renamings(connection))
        return key, note_copy(connection, key, taken.document)

    def _count(self, taken: Taken, result: CodedDocument | Exception | None, *, is_copy: bool) -> None:
        counts = self.intake.counts
        if isinstance(result, Exception):
            self.intake.fail(taken.source.name, _reason(result, taken.source.name))
        elif result is None:
            counts.foreign += 1
        else:
            counts.coded += 1
            counts.copies += is_copy
            for kind in KINDS.values():
                setattr(counts, kind.plural, getattr(counts, kind.plural) + len(getattr(result, kind.plural)))


def _stored(connection: Connection, ids: Iterable[str]) -> dict[str, _Stored]:
    columns = DOCUMENTS.c.id, DOCUMENTS.c.key, DOCUMENTS.c.state
    rows = connection.execute(select(*columns).where(DOCUMENTS.c.id.in_(list(ids))))
    return {row.id: _Stored(row.key, row.state) for row in rows}


def _state(taken: Taken, result: CodedDocument | Exception | None) -> tuple[str, str | None]:
    if result is None:
        return "foreign", f"in language {taken.document.language!r}; English is coded"
    if isinstance(result, Exception):
        return "failed", _reason(result, taken.source.name)
    return "coded", None


def _reason(error: Exception, where: str) -> str:
    if isinstance(error, DetenteError):
        return str(error)
    return (
        f"Unexpected {type(error).__name__} ({error}) in {where!r}: every text should be coded. Please report it with "
        "the text."
    )
