"""`detente link`: records of many documents in, happenings out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from detente.cli.output import opened
from detente.errors import DataError, DetenteError

if TYPE_CHECKING:
    from detente.linking import Corpus, Decisions, Happening, Link
    from detente.records import CodedDocument


def link(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="RECORDS...", help="What `detente code` wrote: .jsonl, .json, or a directory of .json."),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write happenings here, one JSON object a line."),
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="CSV of your own decisions, with the columns a, b, verdict (same, different)."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all happenings as JSON lines.")] = False,
    threshold: Annotated[
        float | None, typer.Option(min=0, max=1, help="Score that a link needs [default: 0.6].")
    ] = None,
    window: Annotated[
        int | None,
        typer.Option(min=0, max=366, help="Days that the reports of a happening may lie apart [default: 3]."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")] = False,
) -> None:
    """Link reports of one event in several documents into happenings.

    Without --output and --json, the happenings with two reports or more are shown to read. The records stay as
    they are. Exit code: 0 all records linked, 1 some were unreadable and the rest are linked, 2 wrong usage.
    """
    from detente.linking import Corpus, Decisions, load_settings, read_decisions

    settings = load_settings()
    if threshold is not None:
        settings = replace(settings, threshold=threshold)
    if window is not None:
        settings = replace(settings, window_days=window)
    if output is not None and (output.is_dir() or not output.absolute().parent.is_dir()):
        _refuse(f"{str(output)!r} in --output: a file in a directory that exists is needed. Choose another.")
    corpus = Corpus(settings)
    with _progress(wanted=not quiet) as tell:
        try:
            decided = Decisions() if decisions is None else read_decisions(decisions)
            failed = sum(_take(corpus, path, tell) for path in _record_files(files))
            found = corpus.link(decided, lambda number: tell(f"{number:,} pairs compared"))
        except DetenteError as error:
            _refuse(str(error))
    _write(found, output, as_json=as_json)
    if not quiet:
        _summarise(
            found, len(corpus.articles), failed, known=set(corpus.reports) | set(corpus.articles), decided=decided
        )
    if failed:
        raise typer.Exit(1)


def _record_files(paths: Sequence[Path]) -> list[Path]:
    found = [file for path in paths for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    if not found:
        raise DataError(f"No records in {', '.join(map(str, paths))}: .json files are read. Name some.")
    for path in found:
        if path.suffix.lower() not in (".json", ".jsonl"):
            raise DataError(
                f"File '{path}' of another kind: .jsonl and .json are read. `detente code --format` writes them."
            )
        if not path.is_file():
            raise DataError(f"No file '{path}': records are read from it. Check the name.")
    return found


def _take(corpus: Corpus, path: Path, tell: Callable[[str], None]) -> int:
    """Take in a file; say on standard error what could not be read, and return how much of it."""
    failed = 0
    try:
        for number, (where, take) in enumerate(_parts(corpus, path), 1):
            try:
                take()
            except DetenteError as error:
                failed += 1
                typer.echo(f"Error: Unreadable record in {where}: {error}", err=True)
            if number % 10_000 == 0:
                tell(f"{number:,} records read from {path.name}")
    except (OSError, ValueError) as error:
        raise DataError(f"Unreadable file '{path}' ({error}): records of `detente code` are needed.") from error
    return failed


def _parts(corpus: Corpus, path: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The parts of a file with their names, each to be taken in on its own."""
    if path.suffix.lower() == ".jsonl":
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield f"line {number} of '{path}'", _row_taker(corpus, line)
        return
    content = json.loads(path.read_text(encoding="utf-8"))
    for number, obj in enumerate(content if isinstance(content, list) else [content], 1):
        yield f"document {number} of '{path}'", _document_taker(corpus, obj, path)


def _row_taker(corpus: Corpus, line: str) -> Callable[[], None]:
    from detente.interchange.lines import json_object

    def take() -> None:
        corpus.add_row(json_object(line, remedy="Write it with `detente code --format jsonl`."))

    return take


def _document_taker(corpus: Corpus, obj: Any, path: Path) -> Callable[[], None]:
    return lambda: corpus.add(_coded(obj, path))


def _coded(obj: Any, path: Path) -> CodedDocument:
    from detente.interchange import coded_from_json
    from detente.read.text import decode
    from detente.records import Document

    if not isinstance(obj, dict) or not isinstance(obj.get("id"), str):
        raise DataError("no document with an id. Write it with `detente code --format json`.")
    beside = path.parent / str(obj.get("text"))
    try:
        text = decode(beside.read_bytes(), repr(str(beside)))
    except OSError as error:
        raise DataError(
            f"no text at '{beside}', which the offsets count. Put it beside the records, or link rows "
            "(`detente code --format jsonl`), which need no text."
        ) from error
    known = ("title", "author", "publisher", "url", "published", "language")
    return coded_from_json(obj, Document(id=obj["id"], text=text, **{name: obj.get(name) for name in known}))


def _write(found: Sequence[Happening], output: Path | None, *, as_json: bool) -> None:
    from detente.linking import happening_to_json

    try:
        if output is not None:
            with opened(output) as stream:
                stream.writelines(json.dumps(happening_to_json(one), ensure_ascii=False) + "\n" for one in found)
    except OSError as error:
        _refuse(f"Unwritable file {str(output)!r} in --output ({error}): a place to write to. Choose another.")
    if as_json:
        for one in found:
            typer.echo(json.dumps(happening_to_json(one), ensure_ascii=False))
    elif output is None:
        linked = [one for one in found if len(one.members) > 1]
        typer.echo("\n".join(line for one in linked for line in _shown(one)) or "No two reports are linked.")


def _shown(happening: Happening) -> Iterator[str]:
    event = happening.representative
    actors, recipients = "; ".join(event.actor_ids), "; ".join(event.recipient_ids)
    sides = f"{actors} → {recipients}" if recipients else actors.replace("; ", " ↔ ")
    copied = f", {happening.independent} independent" if happening.independent < len(happening.members) else ""
    date = event.date or f"published {event.published}"
    yield f"{sides}  {event.type}  {event.status}  {date}  ({len(happening.members)} reports{copied})  {happening.id}"
    links = iter(happening.links)
    for report in happening.members:
        score = "above" if report is event else _score(next(links))
        yield f"  {score:>7}  {report.event_id}  {report.document_id}  “{' '.join(report.quote.split())}”"
    yield ""


def _score(link: Link) -> str:
    return "decided" if link.decided else f"{link.score:.3f}"


@contextmanager
def _progress(*, wanted: bool) -> Iterator[Callable[[str], None]]:
    """Give a function that shows how far we are, on a terminal only."""
    if not wanted or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("Reading") as status:
        yield status.update


def _summarise(found: Sequence[Happening], documents: int, failed: int, *, known: set[str], decided: Decisions) -> None:
    reports = sum(len(one.members) for one in found)
    linked = sum(len(one.members) > 1 for one in found)
    missed = f", {failed} unreadable" if failed else ""
    told = f"happenings: {len(found)}, told more than once: {linked}"
    typer.echo(f"{reports} reports in {documents} documents{missed}; {told}", err=True)
    unknown = sum(not {*pair} <= known for pair in decided.same | decided.different)
    if unknown:
        name = "decision names" if unknown == 1 else "decisions name"
        typer.echo(f"{unknown} {name} events or documents that are not here", err=True)


def _refuse(message: str) -> NoReturn:
    typer.echo(f"Error: {message}", err=True)
    raise typer.Exit(2)
