"""Tables to ask and export from: the snapshot of a project, kept up to date, or one made from files of records.

What enters: what the user named. What leaves: the folder of a snapshot.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from sqlalchemy import func, select

from detente.errors import DataError, DetenteError
from detente.exports import DocumentNote, Finding, Group, findings_of, write_snapshot
from detente.exports.findings import coder_name
from detente.exports.snapshot import STATE
from detente.interchange import coded_from_json
from detente.linking import Corpus, load_settings
from detente.queries import each_record
from detente.read.text import decode
from detente.records import CodedDocument, Document
from detente.resolve.state_codes import codes_on
from detente.store.project import DATABASE, Project, open_project
from detente.store.reader import read_documents, read_provenance
from detente.store.schema import CODERS, COPIES, CORRECTIONS, DOCUMENTS, HAPPENINGS, RECORDS, REPORTS, RUNS

if TYPE_CHECKING:
    from sqlalchemy import Connection

IMPORTS = "imports"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The folder of a snapshot, that of imports where it is of a project, and how many documents were unreadable."""

    folder: Path
    imports: Path | None = None
    failed: int = 0


@contextmanager
def snapshot_of(sources: Sequence[Path], *, quiet: bool, refreshed: bool = True) -> Iterator[Snapshot]:
    """Give the tables of a project, or of records in files. What cannot be read is told on standard error.

    Args:
        sources: the folder of one project, or files and folders of `detente code --format json`.
        refreshed: write the tables of a project anew where it has changed.

    Raises:
        DetenteError: there is no project and no record, or the tables cannot be written.
    """
    if len(sources) == 1 and (sources[0] / DATABASE).is_file():
        with open_project(sources[0]) as project:
            if refreshed or not (project.snapshots / STATE).is_file():
                refresh(project, quiet=quiet)
            yield Snapshot(project.snapshots, project.root / IMPORTS)
        return
    coded = list(_coded_documents(sources))
    read = [one for one in coded if isinstance(one, CodedDocument)]
    for error in coded:
        if isinstance(error, DetenteError):
            typer.echo(f"Error: {error}", err=True)
    corpus = Corpus(load_settings())
    for one in read:
        corpus.add(one)
    with tempfile.TemporaryDirectory(prefix="detente-") as room:
        folder = Path(room) / "snapshot"
        write_snapshot(findings_of(read), folder, codes_on=codes_on, groups=_linked(corpus))
        yield Snapshot(folder, failed=len(coded) - len(read))


def refresh(project: Project, *, quiet: bool = False) -> bool:
    """Write the snapshot of a project anew where the project has changed since, and say whether it was."""
    with project.reading() as connection:
        state = _state(connection)
    known = project.snapshots / STATE
    if known.is_file() and known.read_text("utf-8").strip() == state:
        return False
    if not quiet:
        typer.echo("The project has changed: writing its tables anew.", err=True)
    try:
        write_snapshot(
            _findings(project),
            project.snapshots,
            codes_on=codes_on,
            groups=_groups(project, quiet=quiet),
            title=f"detente project {project.root.resolve().name}",
            state=state,
        )
    except OSError as error:
        raise DataError(
            f"Unwritable tables in '{project.snapshots}' ({error}): the folder has to be writable and have room. Make "
            "room; the older tables are still there."
        ) from error
    return True


def _state(connection: Connection) -> str:
    """What changes whenever anything that tables show changes."""
    parts: list[object] = []
    for table in (RUNS, DOCUMENTS, RECORDS, CORRECTIONS):
        parts += connection.execute(select(func.count(), func.max(table.c.key)).select_from(table)).one()
    parts += connection.execute(select(func.count(), func.sum(HAPPENINGS.c.reports)).select_from(HAPPENINGS)).one()
    return " ".join(map(str, parts))


def _groups(project: Project, *, quiet: bool) -> Mapping[str, Group]:
    """The happening of each event that the project has linked; says so where some are newer than the links."""
    first = RECORDS.c.key == HAPPENINGS.c.representative
    linked = (
        select(RECORDS.c.id, HAPPENINGS.c.id, HAPPENINGS.c.reports, first)
        .join(REPORTS, REPORTS.c.record_key == RECORDS.c.key)
        .join(HAPPENINGS, HAPPENINGS.c.id == REPORTS.c.happening)
    )
    holding = select(func.count()).where(RECORDS.c.kind == "event", RECORDS.c.review != "rejected")
    with project.reading() as connection:
        found = {
            event: Group(happening, reports, bool(is_first))
            for event, happening, reports, is_first in connection.execute(linked)
        }
        alone = (connection.scalar(holding) or 0) - len(found)
    if alone > 0 and not quiet:
        typer.echo(f"{alone:,} events are not linked into happenings yet: each of them counts alone.", err=True)
    return found


def _findings(project: Project) -> Iterator[DocumentNote | Finding]:
    yield from _notes(project)
    for found in each_record(project, None):
        entities = {entity.id: entity for entity in found.entities}
        yield Finding(found.id, found.record, found.document, entities, found.review)


def _notes(project: Project) -> Iterator[DocumentNote]:
    original = DOCUMENTS.alias("original")
    query = (
        select(DOCUMENTS.c.key, DOCUMENTS.c.state, original.c.id.label("copy_of"), *CODERS.c)
        .outerjoin(CODERS, CODERS.c.key == DOCUMENTS.c.coder_key)
        .outerjoin(COPIES, COPIES.c.document_key == DOCUMENTS.c.key)
        .outerjoin(original, original.c.key == COPIES.c.original_key)
        .order_by(DOCUMENTS.c.key)
    )
    with project.reading() as connection:
        rows = connection.execute(query).all()
        for first in range(0, len(rows), _AT_ONCE):
            part = rows[first : first + _AT_ONCE]
            documents = read_documents(connection, [row.key for row in part])
            for row in part:
                coder = coder_name(read_provenance(row)) if row.detente is not None else None
                yield DocumentNote(documents[row.key], row.state == "coded", coder, row.copy_of)


def _linked(corpus: Corpus) -> Mapping[str, Group]:
    """The happenings that link events of several documents, by event."""
    return {
        report.event_id: Group(happening.id, len(happening.members), report is happening.representative)
        for happening in corpus.link()
        for report in happening.members
    }


def _coded_documents(sources: Sequence[Path]) -> Iterator[CodedDocument | DetenteError]:
    paths = [file for path in sources for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    if not paths:
        named = ", ".join(f"'{path}'" for path in sources)
        raise DataError(
            f"No project and no records in {named}: the folder of a project, or what `detente code --format json` "
            "writes, is needed. Name one."
        )
    for path in paths:
        try:
            content = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            yield DataError(
                f"Unreadable records in '{path}' ({error}): what `detente code --format json` writes is needed. Code "
                "the text again."
            )
            continue
        for obj in content if isinstance(content, list) else [content]:
            try:
                yield _coded(obj, path)
            except DetenteError as error:
                yield error


def _coded(obj: Any, path: Path) -> CodedDocument:
    if not isinstance(obj, dict) or not isinstance(obj.get("id"), str):
        raise DataError(f"No document in '{path}': what `detente code --format json` writes is needed.")
    beside = path.parent / str(obj.get("text"))
    try:
        text = decode(beside.read_bytes(), repr(str(beside)))
    except OSError as error:
        raise DataError(f"No text at '{beside}', which the offsets in '{path}' count. Put it there.") from error
    known = ("title", "author", "publisher", "url", "published", "language")
    return coded_from_json(obj, Document(id=obj["id"], text=text, **{name: obj.get(name) for name in known}))
