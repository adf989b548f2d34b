"""What commands on a project share: finding and opening it, the clock, and saying no."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from detente.errors import DetenteError

if TYPE_CHECKING:
    from detente.store.project import Project

ProjectOption = Annotated[
    Path | None,
    typer.Option("--project", "-p", metavar="DIR", help="The project [default: this folder or the nearest above it]."),
]
SourcesArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[SOURCE]...",
        help="The folder of a project, or records of `detente code --format json` [default: the nearest project].",
    ),
]


@contextmanager
def opened_project(folder: Path | None) -> Iterator[Project]:
    """Open the project that the user named, or the nearest; errors become one line and exit code 2."""
    from detente.store.project import find_project, open_project

    try:
        with open_project(find_project(Path.cwd()) if folder is None else folder) as project:
            yield project
    except DetenteError as error:
        refuse(str(error))


def now() -> str:
    """The moment in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def refuse(message: str) -> NoReturn:
    """Say why not on standard error and end with exit code 2."""
    typer.echo(f"Error: {message}", err=True)
    raise typer.Exit(2)
