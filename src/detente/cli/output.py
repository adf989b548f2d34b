"""Write coded documents in the format and to the place that the user asked for.

Files appear whole or not at all: everything is written to a temporary file beside the target, which then
takes its name.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from detente.interchange import coded_to_json, rows, write_csv, write_jsonl, write_parquet
from detente.records import CodedDocument

Results = Iterable[tuple[str, CodedDocument]]


class Format(StrEnum):
    """How records are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def format_of(output: Path | None) -> Format:
    """Tell the format that a path asks for by its suffix; a directory asks for JSON, standard output for a table."""
    if output is None:
        return Format.TABLE
    named = {".json": Format.JSON, ".jsonl": Format.JSONL, ".csv": Format.CSV, ".parquet": Format.PARQUET}
    return named.get(output.suffix.lower(), Format.TABLE if output.suffix.lower() == ".txt" else Format.JSON)


def is_directory(output: Path) -> bool:
    """Tell whether JSON goes to one file per document in `output`, or into `output` itself."""
    return output.is_dir() or output.suffix.lower() != ".json"


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path that takes the name of `path` on success and vanishes on failure."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def opened(output: Path | None) -> Iterator[TextIO]:
    """Open the file, replacing it at the end, or standard output."""
    if output is None:
        yield sys.stdout
        return
    with replacing(output) as temporary, temporary.open("w", encoding="utf-8", newline="") as stream:
        yield stream


def write_rows(results: Results, kind: Format, output: Path | None) -> None:
    """Write one row a record as JSON lines, CSV or Parquet (which needs a path)."""
    found = (row for _, coded in results for row in rows(coded))
    if kind is Format.PARQUET:
        assert output is not None
        with replacing(output) as temporary:
            write_parquet(found, temporary)
        return
    with opened(output) as stream:
        (write_csv if kind is Format.CSV else write_jsonl)(found, stream)


def write_json(results: Results, output: Path | None, *, single: bool) -> None:
    """Write one object, or an array of one object a document, each as soon as it is there."""
    with opened(output) as stream:
        if single:
            for path, coded in results:
                stream.write(_dumped(coded, _text_name(path, coded)) + "\n")
            return
        separator = "[\n"
        for path, coded in results:
            stream.write(separator + _dumped(coded, _text_name(path, coded)))
            separator = ",\n"
        stream.write("[]\n" if separator == "[\n" else "\n]\n")


def write_directory(results: Results, directory: Path, *, inputs: Iterable[str]) -> None:
    """Write `<id>.json` and, beside it, the text that its offsets count, as `<id>.txt`.

    A file that was itself read is never written over; the text then goes to `<id>.read.txt`.
    """
    directory.mkdir(parents=True, exist_ok=True)
    sources = {Path(path).resolve() for path in inputs}
    for _, coded in results:
        text = coded.document.text.encode()
        path = directory / f"{coded.document.id}.txt"
        if path.resolve() in sources and path.read_bytes() != text:
            path = directory / f"{coded.document.id}.read.txt"
        if path.resolve() not in sources:
            with replacing(path) as temporary:
                temporary.write_bytes(text)
        with opened(directory / f"{coded.document.id}.json") as stream:
            stream.write(_dumped(coded, path.name) + "\n")


def _text_name(path: str, coded: CodedDocument) -> str | None:
    return Path(path).name if Path(path).suffix.lower() == ".txt" else None


def _dumped(coded: CodedDocument, text_name: str | None) -> str:
    return json.dumps(coded_to_json(coded, text_name=text_name), ensure_ascii=False, indent=1)
