"""Read records for the commands that measure: rows and happenings in, `Built` reports out, broken lines named."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from detente.errors import DataError, RecordError

if TYPE_CHECKING:
    from detente.interchange import Row
    from detente.measure.build import Built
    from detente.measure.calibration import Calibration

HAPPENINGS = "detente.happenings/1"
UNCLASSIFIED = "unclassified"
_AT_ONCE = 20_000


class Source(StrEnum):
    """What tells one class of sources from another."""

    ALL = "all"
    SPEAKER = "speaker"


class Shape(StrEnum):
    """How figures are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Every(StrEnum):
    """How far apart the values of a line are."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


RecordsArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="RECORDS...",
        help="Rows of `detente code` (.jsonl, .parquet), happenings of `link`, or the folder of a project.",
    ),
]
StepOption = Annotated[Every, typer.Option("--step", help="A value a week, month, quarter or year.")]
CalibrationOption = Annotated[
    Path | None,
    typer.Option("--calibration", metavar="FILE", help="Constants of your own; see `detente validate calibrate`."),
]
ClassesOption = Annotated[
    Path | None,
    typer.Option("--classes", metavar="FILE", help="CSV with the columns publisher and class: keep these apart."),
]


@dataclass(frozen=True, slots=True)
class Read:
    """Reports, all rows that were read, and how many lines could not be."""

    built: Built
    rows: list[Row]
    failed: int


def read_records(
    files: Sequence[Path],
    *,
    source: Source = Source.ALL,
    classes: Path | None = None,
    step: Every = Every.MONTH,
    kept: bool = True,
) -> Read:
    """Read rows (.jsonl, .parquet), happenings (.jsonl) and projects; what cannot be read is told on standard error.

    Args:
        classes: a table of classes of publishers, which stand in place of `source`.
        kept: whether rows are kept; without it only what is measured stays in memory.

    Raises:
        DataError: a file is missing or of another kind, none holds an event, or the classes fit none.
    """
    from detente.measure.build import Builder

    rows: list[Row] = []
    stories: dict[str, str] = {}
    failed = 0
    table, class_of = _classes(source, classes)
    builder = Builder(stories=stories, source=class_of, step=step.value, keep_rows=kept)
    for path in files:
        for where, obj in _objects(path):
            try:
                row = _sorted(obj, stories)
            except RecordError as error:
                failed += 1
                typer.echo(f"Error: Unreadable record in {where}: {error}", err=True)
                continue
            if row is None:
                continue
            if kept:
                rows.append(row)
            try:
                builder.add(row)
            except RecordError as error:
                failed += 1
                typer.echo(f"Error: Unreadable record in {where}: {error}", err=True)
    built = builder.build()
    if not len(built.reports):
        raise DataError(
            f"No event between two sides in {', '.join(map(str, files))}: rows of `detente code --format jsonl` are "
            "measured. Code some texts first."
        )
    if table is not None and set(built.reports.sources) == {UNCLASSIFIED}:
        raise DataError(
            f"No record of a {table} in '{classes}': rows with that column are classed, and those of a project have "
            "both publisher and document_id. Check the names."
        )
    return Read(built, rows, failed)


def _classes(source: Source, classes: Path | None) -> tuple[str | None, Callable[[Row], str]]:
    """The column that classes go by, if a table has them, and what tells a row's class."""
    from detente.measure.build import ONE_SOURCE, by_speaker
    from detente.measure.classes import read_classes

    if classes is not None:
        table = read_classes(classes)
        return table.key, table.of
    return None, by_speaker if source is Source.SPEAKER else lambda _: ONE_SOURCE


def read_constants(path: Path | None) -> Calibration | None:
    """The user's own constants; None for those that ship.

    Raises:
        DataError: the file does not validate.
    """
    from detente.measure.calibration import read_calibration

    return None if path is None else read_calibration(path)


def _sorted(known: Any, stories: dict[str, str]) -> Row | None:
    """A record's row; None for a happening, whose members are noted."""
    from detente.interchange.lines import json_object

    remedy = "Write it with `detente code --format jsonl`."
    obj: Row = json_object(known, remedy=remedy) if isinstance(known, str) else known
    if obj.get("schema") == HAPPENINGS:
        for member in obj.get("members", ()):
            stories[str(member["event_id"])] = str(obj["id"])
        return None
    if "kind" not in obj:
        raise RecordError("neither a record's row nor a happening. Write it with `detente code --format jsonl`.")
    if "story" in obj:
        stories[str(obj.get("id"))] = str(obj["story"])
    return obj


def _objects(path: Path) -> Iterator[tuple[str, Any]]:
    kind = path.suffix.lower()
    if path.is_dir():
        yield from _of_project(path)
        return
    if kind not in (".jsonl", ".parquet"):
        raise DataError(f"File '{path}' of another kind: .jsonl and .parquet are read. `detente code -o` writes them.")
    try:
        if kind == ".parquet":
            yield from _of_parquet(path)
            return
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield f"line {number} of '{path}'", line
    except (OSError, ValueError) as error:
        raise DataError(f"Unreadable file '{path}' ({error}): records of `detente code` are needed.") from error


def _of_parquet(path: Path) -> Iterator[tuple[str, Row]]:
    import pyarrow.parquet

    number = 0
    with pyarrow.parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_AT_ONCE):
            for row in batch.to_pylist():
                number += 1
                yield f"row {number} of '{path}'", row


def _of_project(path: Path) -> Iterator[tuple[str, Row]]:
    """The rows of a project, each with its publisher; a record that a copy repeats word for word is one story."""
    from detente.errors import DetenteError
    from detente.interchange import rows
    from detente.queries import each_record, found_alone
    from detente.store.project import open_project

    try:
        with open_project(path) as project:
            for found in each_record(project, None):
                for row in rows(found_alone(found)):
                    told = [found.copy_of or found.document.id, row["type"], row["actors"], row["recipients"]]
                    story = json.dumps([*told, row["quote"]], ensure_ascii=False)
                    about = {"id": found.id, "publisher": found.document.publisher, "story": story}
                    yield f"record {found.id} of '{path}'", {**row, **about}
    except DetenteError as error:
        raise DataError(str(error)) from error


def period_option(text: str | None, name: str, step: Every, *, last: bool = False) -> int | None:
    """The number of the step that a time begins or ends; a usage error where the option names none."""
    from detente.measure.periods import period_number

    try:
        return None if text is None else period_number(text, step.value, last=last)
    except DataError as error:
        refuse(f"{text!r} in --{name}: {error}")


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
