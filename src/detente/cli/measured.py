"""Read records for the commands that measure: rows and happenings in, `Built` reports out, broken lines named."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from detente.errors import DataError, RecordError

if TYPE_CHECKING:
    from detente.interchange import Row
    from detente.measure.build import Built

HAPPENINGS = "detente.happenings/1"


class Source(StrEnum):
    """What tells one class of sources from another."""

    ALL = "all"
    SPEAKER = "speaker"


class Shape(StrEnum):
    """How figures are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Read:
    """Reports, all rows that were read, and how many lines could not be."""

    built: Built
    rows: list[Row]
    failed: int


def read_records(files: Sequence[Path], *, source: Source = Source.ALL) -> Read:
    """Read rows (.jsonl, .parquet) and happenings (.jsonl); what cannot be read is told on standard error.

    Raises:
        DataError: a file is missing or of another kind, or none holds an event.
    """
    from detente.measure.build import ONE_SOURCE, Builder, by_speaker

    rows: list[Row] = []
    stories: dict[str, str] = {}
    failed = 0
    for path in files:
        for where, obj in _objects(path):
            try:
                _sort(obj, rows, stories)
            except RecordError as error:
                failed += 1
                typer.echo(f"Error: Unreadable record in {where}: {error}", err=True)
    builder = Builder(stories=stories, source=by_speaker if source is Source.SPEAKER else lambda _: ONE_SOURCE)
    for row in rows:
        try:
            builder.add(row)
        except RecordError as error:
            failed += 1
            typer.echo(f"Error: Unreadable record: {error}", err=True)
    built = builder.build()
    if not len(built.reports):
        raise DataError(
            f"No event between two sides in {', '.join(map(str, files))}: rows of `detente code --format jsonl` are "
            "measured. Code some texts first."
        )
    return Read(built, rows, failed)


def _sort(obj: Any, rows: list[Row], stories: dict[str, str]) -> None:
    """Put a row with the rows, and note the members of a happening."""
    if isinstance(obj, str):
        try:
            obj = json.loads(obj)
        except ValueError as error:
            raise RecordError(f"no JSON ({error}). Write it with `detente code --format jsonl`.") from error
    if not isinstance(obj, dict):
        raise RecordError("no JSON object. Write it with `detente code --format jsonl`.")
    if obj.get("schema") == HAPPENINGS:
        for member in obj.get("members", ()):
            stories[str(member["event_id"])] = str(obj["id"])
        return
    if "kind" not in obj:
        raise RecordError("neither a record's row nor a happening. Write it with `detente code --format jsonl`.")
    rows.append(obj)


def _objects(path: Path) -> Iterator[tuple[str, Any]]:
    kind = path.suffix.lower()
    if kind not in (".jsonl", ".parquet"):
        raise DataError(f"File '{path}' of another kind: .jsonl and .parquet are read. `detente code -o` writes them.")
    try:
        if kind == ".parquet":
            import pyarrow.parquet

            for number, row in enumerate(pyarrow.parquet.read_table(path).to_pylist(), 1):
                yield f"row {number} of '{path}'", row
            return
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield f"line {number} of '{path}'", line
    except (OSError, ValueError) as error:
        raise DataError(f"Unreadable file '{path}' ({error}): records of `detente code` are needed.") from error


def month_option(text: str | None, name: str) -> int | None:
    """The number of a month that an option names; a usage error where it names none."""
    from detente.measure.reports import month_number

    try:
        return None if text is None else month_number(text)
    except DataError as error:
        refuse(f"{text!r} in --{name}: {error}")


def refuse(message: str) -> NoReturn:
    """End with a usage error."""
    typer.echo(f"Error: {message}", err=True)
    raise typer.Exit(2)


def teller(*, wanted: bool) -> Callable[[str], None]:
    """Tell progress on one line of standard error, where that is a terminal."""
    shown = wanted and sys.stderr.isatty()

    def tell(text: str) -> None:
        if shown:
            typer.echo(f"\r\x1b[K{text}", nl=False, err=True)

    return tell


def as_json(value: Any) -> str:
    """JSON in which what is unknown is null."""
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
