"""`detente recode` and `detente happenings`: what is stored, read or linked anew."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.code import ActorsOption, ModelOption, UnknownModelOption
from detente.cli.output import opened
from detente.cli.project import ProjectOption, now, opened_project

if TYPE_CHECKING:
    from detente.store.recoding import Change


def recode(
    project: ProjectOption = None,
    changes: Annotated[
        Path | None, typer.Option(metavar="FILE", help="CSV of every record that was found, lost, changed or kept.")
    ] = None,
    model: ModelOption = None,
    allow_unknown_model: UnknownModelOption = False,
    actors: ActorsOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")] = False,
) -> None:
    """Code the stored documents again that another version coded, and keep what you decided.

    What was interrupted goes on. Exit code: 0 all coded, 1 some failed and stay as they were, 2 wrong usage.
    """
    from detente.ingest.recode import outdated
    from detente.ingest.recode import recode as recode_all
    from detente.pipeline import load

    with opened_project(project) as target, _told(changes) as on_change:
        coder = load(model, allow_unknown_model=allow_unknown_model, actors=actors or ())
        with _progress("Coding", len(outdated(target, coder)), wanted=not quiet) as advance:
            result = recode_all(
                target,
                coder,
                now=now,
                on_change=on_change,
                on_failure=lambda _, message: typer.echo(f"Error: {message}", err=True),
                on_documents=advance,
            )
    if not quiet:
        counted = ", ".join(f"{number} {what}" for what, number in sorted(result.changes.items())) or "nothing changed"
        failed = f", {result.failed} failed" if result.failed else ""
        typer.echo(f"{result.documents} documents coded again{failed}; records: {counted}", err=True)
    if result.failed:
        raise typer.Exit(1)


def happenings(
    project: ProjectOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")] = False,
) -> None:
    """Link the events of a project that are reports of one happening, as `detente link` does, and store that.

    Decisions of `detente review same` and `different` win. Exit code: 0 linked, 2 wrong usage.
    """
    from detente.ingest.happenings import link_project
    from detente.queries import DocumentFilter, count_documents

    with opened_project(project) as target:
        total = count_documents(target, DocumentFilter(states=("coded",)))
        with _progress("Reading", total, wanted=not quiet) as advance:
            found = link_project(target, now=now, on_document=lambda: advance(1))
    if not quiet:
        reports, linked = sum(len(one.members) for one in found), sum(len(one.members) > 1 for one in found)
        typer.echo(f"{reports} events; happenings: {len(found)}, told more than once: {linked}", err=True)


@contextmanager
def _told(target: Path | None) -> Iterator[Callable[[Change], None]]:
    """Give a function that writes changes to a CSV file, or nowhere."""
    if target is None:
        yield lambda _: None
        return
    with opened(target) as stream:
        writer = csv.writer(stream)
        writer.writerow(["document_id", "record_id", "kind", "what", "fields"])

        def write(change: Change) -> None:
            fields = json.dumps(change.fields, ensure_ascii=False) if change.fields else ""
            writer.writerow([change.document_id, change.record_id, change.kind, change.what, fields])

        yield write


@contextmanager
def _progress(doing: str, total: int, *, wanted: bool) -> Iterator[Callable[[int], None]]:
    if not wanted or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(doing, total=total)
        yield lambda number: progress.advance(task, number)
