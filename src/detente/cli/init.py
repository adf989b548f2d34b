"""`detente init`: a new project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.project import now, refuse
from detente.errors import DetenteError


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make; it may exist without a project.")],
) -> None:
    """Make a project: a folder that keeps documents, their records and your corrections.

    Exit code: 0 made, 2 there is one already or the folder cannot be made.
    """
    from detente.store.project import create_project

    try:
        create_project(folder, created_at=now()).close()
    except DetenteError as error:
        refuse(str(error))
    typer.echo(f"Project made in {str(folder)!r}. Next: detente add FILES --project {folder}", err=True)
