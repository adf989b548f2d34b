"""`detente check` and `detente backup`: is the project sound, and a copy of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.project import ProjectOption, now, opened_project, refuse
from detente.errors import DetenteError

if TYPE_CHECKING:
    from detente.store.project import Project


def check(
    project: ProjectOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing where all is well.")] = False,
) -> None:
    """Check a project: every record is proved by its document, no row is orphaned, every hash is right.

    Exit code: 0 sound, 1 faults found (one line each), 2 the project cannot be read.
    """
    from detente.store.check import check as check_project

    with opened_project(project) as opened, _progress(opened, wanted=not quiet) as tell:
        faults = check_project(opened, since=now(), on_document=tell)
    for fault in faults:
        typer.echo(f"Error: {fault.where} {fault.what}", err=True)
    if faults:
        typer.echo(f"{len(faults)} faults. Restore a backup, or code the documents again.", err=True)
        raise typer.Exit(1)
    if not quiet:
        typer.echo("No faults found.", err=True)


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="SQLite file to write, such as monday.sqlite.")],
    project: ProjectOption = None,
) -> None:
    """Copy a project's database while it is in use; the copy is one state of it, whole.

    To restore, put the file in place of `detente.sqlite` while nobody uses the project. Originals are plain files in
    `originals/`: copy them as you copy any. Exit code: 0 copied, 2 no copy could be written.
    """
    from detente.store.backup import back_up

    with opened_project(project) as opened:
        try:
            size = back_up(opened, target)
        except DetenteError as error:
            refuse(str(error))
    typer.echo(f"{size / 1e6:,.1f} MB in {str(target)!r}", err=True)


@contextmanager
def _progress(project: Project, *, wanted: bool) -> Iterator[Callable[[], None]]:
    if not wanted or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    from detente.queries import count_documents

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Checking", total=count_documents(project))
        yield lambda: progress.advance(task)
