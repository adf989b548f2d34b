"""`detente code`: files in, records out."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from detente.cli.output import Format, Results, format_of, is_directory, write_directory, write_json, write_rows
from detente.errors import DetenteError
from detente.records import CodedDocument

if TYPE_CHECKING:
    from detente.cli.batch import Batch

ModelOption = Annotated[str | None, typer.Option(help="Language model to use in place of the default one.")]
UnknownModelOption = Annotated[
    bool, typer.Option("--allow-unknown-model", help="Use a model whose weights are not on the list of known ones.")
]

ActorsOption = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", help="Your own actors, CSV or PETRARCH actor file; may be given again."),
]
EncoderOption = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Encoder to use in place of the one that ships with detente.")
]
CodebookOption = Annotated[Path | None, typer.Option(metavar="FILE", help="Your own additions to the codebook (YAML).")]


def code(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Texts, web pages, directories; - is stdin.")],
    format: Annotated[
        Format | None,
        typer.Option(help="How records are written [default: as the suffix of --output says, else table]."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File; for json also a directory, one file per text.")
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Publication date, such as 2018-03-02 or 2018-03.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the text.")] = None,
    author: Annotated[str | None, typer.Option(help="Author of the text.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published the text.")] = None,
    model: ModelOption = None,
    allow_unknown_model: UnknownModelOption = False,
    actors: ActorsOption = None,
    codebook: CodebookOption = None,
    heads: Annotated[Path | None, typer.Option(metavar="DIR", help="Your own heads, made by detente train.")] = None,
    encoder: EncoderOption = None,
    any_language: Annotated[bool, typer.Option("--any-language", help="Read texts that are not English, too.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also list sentences with two actors and no record, and why.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")] = False,
) -> None:
    """Read texts and write the events, stances, memberships and statements in them.

    Exit code: 0 all files coded, 1 some failed and the rest are coded, 2 wrong usage.
    """
    kind = format or format_of(output)
    _check_usage(kind, output)
    from detente.cli.batch import Batch
    from detente.pipeline import load
    from detente.read import Origin, find_files, read_files

    try:
        origin = Origin(published, title, author, publisher)
        paths = find_files(files)
        if title is not None and len(paths) > 1:
            _refuse(f"One --title for {len(paths)} files: a title belongs to one text. Leave it out.")
        coder = load(
            model,
            allow_unknown_model=allow_unknown_model,
            actors=actors or (),
            codebook=codebook,
            heads=heads,
            encoder=encoder,
        )
    except DetenteError as error:
        _refuse(str(error))
    started = time.monotonic()
    batch = Batch(coder, on_failure=_tell_failure)
    with _progress(batch, total=len(paths), wanted=not quiet and (output is not None or not sys.stdout.isatty())):
        results = batch.run(read_files(paths, origin, any_language=any_language))
        try:
            _write(results, kind, output, paths, explain=explain)
        except OSError as error:
            if output is None:
                raise
            _refuse(f"Unwritable file {str(output)!r} in --output ({error}): a place to write to. Choose another.")
    if not quiet:
        _summarise(batch, time.monotonic() - started)
    if batch.failed:
        raise typer.Exit(1)


def _check_usage(kind: Format, output: Path | None) -> None:
    if output is None:
        if kind is Format.PARQUET:
            _refuse("No --output for format 'parquet': it is written to a file. Add --output records.parquet.")
        return
    if output.is_dir() and kind is not Format.JSON:
        _refuse(f"Directory {str(output)!r} in --output: format '{kind}' is written to one file. Name a file in it.")
    if not output.absolute().parent.is_dir():
        _refuse(f"No directory {str(output.parent)!r} for --output: it has to exist. Create it first.")


def _write(results: Results, kind: Format, output: Path | None, paths: list[str], *, explain: bool) -> None:
    if explain and kind is not Format.TABLE:
        results = _explained(results)
    if kind is Format.TABLE:
        from detente.cli.table import write_tables

        write_tables((coded for _, coded in results), output, explain=explain)
    elif kind is not Format.JSON:
        write_rows(results, kind, output)
    elif output is not None and is_directory(output):
        write_directory(results, output, inputs=paths)
    else:
        write_json(results, output, single=len(paths) == 1)


def _explained(results: Results) -> Iterator[tuple[str, CodedDocument]]:
    for path, coded in results:
        for issue in coded.issues:
            words = " ".join(coded.document.text[issue.start : issue.end].split())
            typer.echo(f"{path}: not coded: {words} ({issue.reason})", err=True)
        yield path, coded


@contextmanager
def _progress(batch: Batch, *, total: int, wanted: bool) -> Iterator[None]:
    """Show a bar on a terminal, unless records are printed there too."""
    if not wanted or total < 2 or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Coding", total=total)
        batch.on_done = lambda _: progress.advance(task)
        yield


def _summarise(batch: Batch, seconds: float) -> None:
    failed = f", {batch.failed} failed" if batch.failed else ""
    counted = ", ".join(f"{number} {kind if number != 1 else kind[:-1]}" for kind, number in batch.records.items())
    files = "1 file" if batch.coded == 1 else f"{batch.coded} files"
    typer.echo(f"{files} coded{failed}: {counted} in {seconds:.1f} s", err=True)


def _tell_failure(path: str, error: Exception) -> None:
    if isinstance(error, DetenteError):
        typer.echo(f"Error: {error}", err=True)
        return
    typer.echo(
        f"Error: Unexpected {type(error).__name__} ({error}) in {path!r}: every text should be coded. "
        "Please report it with the text.",
        err=True,
    )


def _refuse(message: str) -> NoReturn:
    typer.echo(f"Error: {message}", err=True)
    raise typer.Exit(2)
