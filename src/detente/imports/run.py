"""Import files of event data: each row in our terms, with where it came from; the whole file or nothing.

What enters: paths. What leaves: a directory

    <out>/<dataset>/<key>/year=2018/*.parquet    tidy rows; <key> is made from the hashes of the files
    <out>/<dataset>/<key>/rejects.csv            rows that could not be taken, with file, row and reason
    <out>/<dataset>/<key>/import.json            what was read: files, hashes, counts, versions

A key's directory appears complete, by one rename. A file whose hash stands in an `import.json` is not read again, so
that an interrupted import goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from detente.codebook.codebook import load_codebook, require
from detente.errors import DataError
from detente.imports.layouts import DATASETS, Layout, layout_of
from detente.imports.query import lines_of, make_macros, prepare, reject_query, tidy_query
from detente.imports.staging import Staged, emptied, stage
from detente.imports.world import World

if TYPE_CHECKING:
    import duckdb

_BATCH_BYTES: Final = 2 << 30
_BATCH_FILES: Final = 2000
_KEY_LENGTH: Final = 16
_MEMORY: Final = "4GiB"

Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class FileReport:
    """How one text was imported.

    `rows` were taken and `rejected` were not. `error` says why the whole text was not; `is_known` that it is there
    already. `repaired` counts characters that were no UTF-8 and are U+FFFD now.
    """

    name: str
    rows: int = 0
    rejected: int = 0
    repaired: int = 0
    is_known: bool = False
    error: str | None = None


def import_events(
    dataset: str,
    paths: Sequence[Path],
    out: Path,
    *,
    world: World,
    notes: Mapping[str, str] | None = None,
    threads: int | None = None,
    on_progress: Tell = lambda _, __: None,
) -> Iterator[FileReport]:
    """Import files of one data set, and report on each text as it is done.

    Args:
        dataset: one of `DATASETS`.
        paths: texts, zips and gzips, as published.
        out: directory of imports; made if it is missing.
        world: states with their codes, and names of actors.
        notes: what is written into the metadata of each Parquet file.
        threads: of DuckDB; None takes all cores.
        on_progress: is told the name of a file and its bytes once they are read.

    Raises:
        DataError: there is no such data set, or the directory cannot be written.
    """
    import duckdb

    require(dataset, DATASETS, "data set", "import")
    place = out / dataset
    try:
        place.mkdir(parents=True, exist_ok=True)
        known = _known(place)
        with emptied(place) as room, duckdb.connect(":memory:") as connection:
            _settle(connection, room, threads)
            for batch in _batches(dataset, paths, room, known):
                if isinstance(batch, FileReport):
                    yield batch
                    continue
                yield from _take(connection, batch, place, room, world=world, notes=notes or {})
                known.update(text.sha256 for _, text in batch)
                for _, text in batch:
                    on_progress(text.name, text.size)
                    if text.is_copy:
                        text.path.unlink(missing_ok=True)
    except OSError as error:
        raise DataError(
            f"Unwritable directory '{out}' ({error}): a place with room for the rows is needed. Choose another, or "
            "make room; what is complete stays."
        ) from error


Batch = list[tuple[Layout, Staged]]


def _settle(connection: duckdb.DuckDBPyConnection, room: Path, threads: int | None) -> None:
    connection.execute("SET temp_directory = ?", [str(room / "spill")])
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET partitioned_write_max_open_files = 200")
    connection.execute("SET partitioned_write_flush_threshold = 131072")
    connection.execute(f"SET memory_limit = '{_MEMORY}'")
    # How many rows a text has is not known beforehand. Taken for few, they would be held in memory as the side that a
    # join looks up in; as the queries are written, that is the table of codes.
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    if threads is not None:
        connection.execute(f"SET threads = {int(threads)}")
    make_macros(connection)


def _known(place: Path) -> set[str]:
    """Hashes of the texts that are imported already."""
    return {
        one["sha256"]
        for path in sorted(place.glob("*/import.json"))
        for one in json.loads(path.read_text("utf-8"))["files"]
    }


def _batches(dataset: str, paths: Sequence[Path], room: Path, known: set[str]) -> Iterator[Batch | FileReport]:
    """Group texts of one layout, up to a size; a quoted text stands alone. What needs no reading is reported."""
    batch: Batch = []
    size = 0
    seen: set[str] = set()
    for path in paths:
        for found in _texts(dataset, path, room):
            if isinstance(found, FileReport):
                yield found
                continue
            layout, text = found
            if text.sha256 in known or text.sha256 in seen:
                yield FileReport(text.name, is_known=True)
                continue
            seen.add(text.sha256)
            full = size + text.size > _BATCH_BYTES or len(batch) == _BATCH_FILES
            if batch and (full or not _fits(batch, layout, text)):
                yield batch
                batch, size = [], 0
            batch.append((layout, text))
            size += text.size
    if batch:
        yield batch


def _fits(batch: Batch, layout: Layout, text: Staged) -> bool:
    """Whether a text can be read in one query with those of a batch, and be told from them by its name."""
    first_layout, first = batch[0]
    is_alike = layout == first_layout and (not layout.has_header or text.first_line == first.first_line)
    return is_alike and not layout.is_quoted and all(text.name != other.name for _, other in batch)


def _texts(dataset: str, path: Path, room: Path) -> Iterator[tuple[Layout, Staged] | FileReport]:
    try:
        for text in stage(path, room):
            yield layout_of(dataset, text.first_line, f"'{text.name}'"), text
    except DataError as error:
        yield FileReport(path.name, error=str(error))


def _take(
    connection: duckdb.DuckDBPyConnection,
    batch: Batch,
    place: Path,
    room: Path,
    *,
    world: World,
    notes: Mapping[str, str],
) -> Iterator[FileReport]:
    """Import a batch; where that fails, its texts one by one, which names the broken one."""
    import duckdb

    try:
        reports = _import_batch(connection, batch, place, room, world=world, notes=notes)
    except duckdb.IOException as error:
        raise OSError(str(error).splitlines()[0]) from error
    except duckdb.Error as error:
        if len(batch) > 1:
            for one in batch:
                yield from _take(connection, [one], place, room, world=world, notes=notes)
            return
        text = batch[0][1]
        first = str(error).splitlines()[0]
        told = f"Unreadable rows in '{text.name}' ({first}): rows of {batch[0][0].name} are needed. Fetch it again."
        reports = [FileReport(text.name, error=told)]
    yield from reports


def _import_batch(
    connection: duckdb.DuckDBPyConnection,
    batch: Batch,
    place: Path,
    room: Path,
    *,
    world: World,
    notes: Mapping[str, str],
) -> list[FileReport]:
    layout, texts = batch[0][0], [text for _, text in batch]
    key = hashlib.sha256("".join(text.sha256 for text in texts).encode()).hexdigest()[:_KEY_LENGTH]
    made = room / key
    prepare(connection, layout, texts, world)
    made.mkdir()
    with lines_of(connection, layout, texts):
        written = _copy(connection, tidy_query(layout, texts), made, notes)
    expected = sum(text.lines for text in texts) - len(texts) * layout.has_header
    if layout.is_quoted or written < expected:
        with lines_of(connection, layout, texts):
            _list_rejects(connection, reject_query(layout, texts), made / "rejects.csv")
    reports = _reports(connection, texts, made)
    _describe(made / "import.json", layout, texts, reports)
    made.rename(place / key)
    return reports


def _copy(connection: duckdb.DuckDBPyConnection, query: str, made: Path, notes: Mapping[str, str]) -> int:
    """Write the rows of a query by year and return their number."""
    noted = "".join(f"{_quoted(name)}: {_quoted(text)}, " for name, text in notes.items())
    found = connection.execute(
        f'COPY ({query}) TO {_quoted(made)} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY ("year"), '
        f"OVERWRITE_OR_IGNORE, FILENAME_PATTERN 'part-{{i}}', KV_METADATA {{{noted}source: 'detente'}})"
    ).fetchone()
    return 0 if found is None else int(found[0])


def _list_rejects(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write what could not be taken, if there is any."""
    found = connection.execute(f"COPY ({query}) TO {_quoted(path)} (FORMAT csv, HEADER)").fetchone()
    if found is None or found[0] == 0:
        path.unlink()


def _reports(connection: duckdb.DuckDBPyConnection, texts: Sequence[Staged], made: Path) -> list[FileReport]:
    taken: dict[str, int] = {}
    refused: dict[str, int] = {}
    for counts, pattern, reader in ((taken, "*/*.parquet", "read_parquet"), (refused, "rejects.csv", "read_csv")):
        if any(made.glob(pattern)):
            query = f"SELECT source_file, count(*) FROM {reader}({_quoted(made / pattern)}) GROUP BY source_file"
            counts.update(connection.execute(query).fetchall())
    return [FileReport(one.name, taken.get(one.name, 0), refused.get(one.name, 0), one.repaired) for one in texts]


def _describe(path: Path, layout: Layout, texts: Sequence[Staged], reports: Sequence[FileReport]) -> None:
    """Write down what was read, last of all, and force it to the disk."""
    files = [
        {
            "name": text.name,
            "sha256": text.sha256,
            "bytes": text.size,
            "rows": report.rows,
            "rejected": report.rejected,
            "repaired": report.repaired,
        }
        for text, report in zip(texts, reports, strict=True)
    ]
    content: dict[str, Any] = {
        "dataset": layout.dataset,
        "layout": layout.name,
        "detente": version("detente"),
        "codebook": load_codebook().version,
        "files": files,
    }
    with path.open("w", encoding="utf-8") as stream:
        json.dump(content, stream, indent=1, ensure_ascii=False)
        stream.flush()
        os.fsync(stream.fileno())


def _quoted(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
