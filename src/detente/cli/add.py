"""`detente add`: files into a project."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.code import ActorsOption, ModelOption, UnknownModelOption
from detente.cli.project import ProjectOption, now, opened_project
from detente.errors import ReadError

if TYPE_CHECKING:
    from detente.ingest.options import Counts
    from detente.read import ReadOptions


def add(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files of any kind that is read, folders, and addresses with --fetch."),
    ],
    project: ProjectOption = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Publication date of all texts, such as 2018-03-02 or 2018-03.")
    ] = None,
    author: Annotated[str | None, typer.Option(help="Author of all texts.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published the texts.")] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Column of a table that holds a field: --map text=body."),
    ] = None,
    model: ModelOption = None,
    allow_unknown_model: UnknownModelOption = False,
    actors: ActorsOption = None,
    any_language: Annotated[bool, typer.Option("--any-language", help="Code texts that are not English, too.")] = False,
    originals: Annotated[
        bool, typer.Option("--originals/--no-originals", help="Keep a copy of each file in the project.")
    ] = True,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Use the network: fetch addresses, and those that files and feeds list.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")] = False,
) -> None:
    """Read files, code what is new in them and store it with its proof.

    With --fetch, a PATH may be the address of a page, feed or sitemap, or a file that lists addresses.

    Run it again at any time: what is stored is not coded again, and what was interrupted goes on. Texts that are not
    English are stored and not coded. Exit code: 0 all stored, 1 some failed and the rest is stored, 2 wrong usage.
    """
    from detente.ingest.add import add as add_to
    from detente.ingest.fetching import check_addresses
    from detente.ingest.options import AddOptions, Counts, Telling
    from detente.pipeline import load
    from detente.read.fetch import FetchOptions

    counts, started = Counts(), time.monotonic()
    with opened_project(project) as target:
        reading = _read_options(published, author, publisher, columns or [])
        wanted = FetchOptions() if fetch else None
        options = AddOptions(read=reading, keep_originals=originals, any_language=any_language, fetch=wanted)
        if not fetch:
            check_addresses(paths)
        coder = load(model, allow_unknown_model=allow_unknown_model, actors=actors or ())
        with _progress(paths, wanted=not quiet) as (done, more):
            telling = Telling(failure=_tell_failure, done=done, more=more)
            try:
                add_to(target, paths, coder, now=now, options=options, telling=telling, counts=counts)
            except KeyboardInterrupt:
                typer.echo("Interrupted. What is stored stays; the same command goes on from here.", err=True)
                raise typer.Exit(130) from None
            finally:
                if not quiet:
                    _summarise(counts, time.monotonic() - started)
    if counts.failed:
        raise typer.Exit(1)


def _read_options(published: str | None, author: str | None, publisher: str | None, columns: list[str]) -> ReadOptions:
    from detente.parse.dateline import written_on
    from detente.read import Origin, ReadOptions

    mapped = dict(_field_and_column(told) for told in columns)
    origin = Origin(published=published, author=author, publisher=publisher)
    return ReadOptions(origin=origin, columns=mapped, written_on=written_on)


def _field_and_column(told: str) -> tuple[str, str]:
    field, equals, column = told.partition("=")
    if not (field and equals and column):
        raise ReadError(f"Unclear {told!r} in --map: FIELD=COLUMN is read. Write for example --map text=body.")
    return field, column


@contextmanager
def _progress(paths: list[str], *, wanted: bool) -> Iterator[tuple[Callable[[str], None], Callable[[int], None]]]:
    """Show a bar over files and addresses on a terminal.

    Yields:
        What is told of each that is done, and of how many more were found.
    """
    if not wanted or not sys.stderr.isatty():
        yield lambda _: None, lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from detente.read.anything import files_below

    total = sum(sum(1 for _ in files_below(Path(path))) if Path(path).is_dir() else 1 for path in paths)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Adding files", total=total)

        def more(number: int) -> None:
            progress.update(task, total=(progress.tasks[task].total or 0) + number)

        yield lambda _: progress.advance(task), more


def _summarise(counts: Counts, seconds: float) -> None:
    parts = [
        f"{_many(counts.coded, 'document')} coded",
        *(f"{number} {what}" for number, what in _beside(counts) if number),
    ]
    found = ", ".join(
        _many(getattr(counts, name), name[:-1]) for name in ("events", "stances", "memberships", "statements")
    )
    typer.echo(f"{', '.join(parts)}: {found} in {seconds:.1f} s", err=True)


def _beside(counts: Counts) -> list[tuple[int, str]]:
    """What else happened, in the words of the summary."""
    return [
        (counts.copies, "of them near copies"),
        (counts.known, "stored before"),
        (counts.known_files, "files known"),
        (counts.fetched, "pages fetched"),
        (counts.known_addresses, "addresses known"),
        (counts.foreign, "not English and not coded"),
        (counts.passed_over, "files passed over"),
        (counts.failed, "failed"),
    ]


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _tell_failure(where: str, message: str) -> None:
    typer.echo(f"Error: {message}", err=True)
