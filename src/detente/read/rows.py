"""Tables with a text in each row: JSON lines, JSON arrays, CSV and TSV, Parquet.

What enters: a stream, of which one row is held at a time. What leaves: one article a row; a row that is broken or too
long is a failure that names it, and the next row is read.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from itertools import chain, count
from typing import Any

from detente.errors import ReadError, RecordError
from detente.interchange.lines import json_object, json_value
from detente.read.columns import map_columns, row_article
from detente.read.kinds import MEDIA_TYPES
from detente.read.sources import Failure, Found, Piece, ReadOptions, said
from detente.read.streams import damaged, next_line, read_whole, seekable, too_large
from detente.read.text import decode_as

_BATCH_ROWS = 16
_DELIMITERS = ",;\t|"
_MARK = b"\xef\xbb\xbf"
_MEND = "Mend it, or leave it out."
_MENDED = ("decoded as cp1252",)


def read_jsonl(piece: Piece, options: ReadOptions) -> Iterator[Found | Failure]:
    """Read one article a line; empty lines are passed over."""
    for number in count(1):
        line, is_whole = next_line(piece.stream, options.limits)
        if not line:
            return
        member = f"line {number}"
        if not is_whole:
            yield _failure(piece, member, too_large(_where(piece, member), options.limits))
        elif line.strip():
            yield _parsed(line.removeprefix(_MARK) if number == 1 else line, piece, member, options)


def _parsed(line: bytes, piece: Piece, member: str, options: ReadOptions) -> Found | Failure:
    where = _where(piece, member)
    try:
        text = line.decode("utf-8", "surrogateescape")
        row = json_object(_mended(text), remedy=_MEND)
        article = row_article(row, map_columns(row, options.columns, where), where)
    except RecordError as error:
        return _failure(piece, member, _unreadable(where, error))
    except ReadError as error:
        return _failure(piece, member, error)
    return Found(article, line.strip(), MEDIA_TYPES["jsonl"], member, _MENDED if _is_escaped(text) else ())


def read_json(piece: Piece, options: ReadOptions) -> Iterator[Found | Failure]:
    """Read an array of objects, one article each, or a single object; the file is held whole."""
    data = read_whole(piece, options.limits)
    try:
        content = json_value(decode_as(data, piece.where)[0], remedy=_MEND)
    except RecordError as error:
        raise _unreadable(piece.where, error) from error
    if not isinstance(content, list):
        yield _made(_object(content, piece.where), piece, "", options)
        return
    for number, row in enumerate(content, start=1):
        yield _made(row, piece, f"item {number}", options)


def read_csv(piece: Piece, options: ReadOptions) -> Iterator[Found | Failure]:
    """Read one article a row of a table whose first row names the columns.

    Raises:
        ReadError: no column holds texts, or quotation marks are never closed.
    """
    limits = options.limits
    lines = _lines(piece, options)
    header = next(lines, "")
    delimiter = max(_DELIMITERS, key=header.count)
    csv.field_size_limit(max(csv.field_size_limit(), limits.document_bytes))
    reader = csv.reader(chain([header], lines), delimiter=delimiter, strict=True)
    row_number = 0
    try:
        names = next(reader, [])
        columns = map_columns(names, options.columns, piece.where)
        for row_number, cells in enumerate(reader, start=1):
            if cells:
                yield _csv_row(names, cells, columns, piece, f"row {row_number}")
    except csv.Error as error:
        raise ReadError(
            f"Broken row {row_number + 1} in {piece.where} ({said(error)}): quotation marks come in pairs and are "
            "doubled inside a cell. Mend the row; those before it are read."
        ) from error


def _csv_row(
    names: list[str], cells: list[str], columns: Mapping[str, str], piece: Piece, member: str
) -> Found | Failure:
    if len(cells) > len(names):
        error = f"{len(cells)} cells in {_where(piece, member)}: the table has {len(names)} columns. Quote the cells."
        return _failure(piece, member, ReadError(error))
    row = dict(zip(names, map(_mended, cells), strict=False))
    return _row(row, columns, piece, member, _MENDED if any(map(_is_escaped, cells)) else ())


def _lines(piece: Piece, options: ReadOptions) -> Iterator[str]:
    """Decode line by line; bytes that are not UTF-8 are kept as escapes, which `_mended` reads as Windows-1252."""
    head = piece.stream.peek(2)[:2]
    is_wide = head in (b"\xff\xfe", b"\xfe\xff")
    encoding, errors = ("utf-16", "replace") if is_wide else ("utf-8-sig", "surrogateescape")
    stream = io.TextIOWrapper(piece.stream, encoding, errors=errors, newline="")
    try:
        while line := stream.readline(options.limits.document_bytes + 1):
            if len(line) > options.limits.document_bytes:
                raise too_large(f"a line of {piece.where}", options.limits)
            yield line.replace("\0", "")
    finally:
        # The piece's stream is not ours to close.
        stream.detach()


def read_parquet(piece: Piece, options: ReadOptions) -> Iterator[Found | Failure]:
    """Read one article a row of a Parquet file; only the columns that are needed are read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    numbers = count(1)
    try:
        with seekable(piece) as file, pq.ParquetFile(file) as table:
            columns = map_columns(table.schema_arrow.names, options.columns, piece.where)
            for batch in table.iter_batches(batch_size=_BATCH_ROWS, columns=list(columns.values())):
                for row in batch.to_pylist():
                    yield _row(row, columns, piece, f"row {next(numbers)}")
    except (pa.ArrowException, OSError, ValueError) as error:
        raise damaged(piece.where, error) from error


def _row(
    row: Mapping[str, Any], columns: Mapping[str, str], piece: Piece, member: str, notes: tuple[str, ...] = ()
) -> Found | Failure:
    try:
        article = row_article(row, columns, _where(piece, member))
    except ReadError as error:
        return _failure(piece, member, error)
    data = json.dumps(row, ensure_ascii=True, default=str).encode()
    return Found(article, data, MEDIA_TYPES["json"], member, notes)


def _made(row: object, piece: Piece, member: str, options: ReadOptions) -> Found | Failure:
    where = _where(piece, member)
    try:
        known = _object(row, where)
        return _row(known, map_columns(known, options.columns, where), piece, member)
    except ReadError as error:
        return _failure(piece, member, error)


def _object(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ReadError(f'No object in {where}: JSON objects with a text are read. Write {{"text": …}}.')
    return value


def _unreadable(where: str, error: RecordError) -> ReadError:
    return ReadError(f"Unreadable text in {where}: {error}")


def _is_escaped(cell: str) -> bool:
    return any("\udc80" <= char <= "\udcff" for char in cell)


def _mended(cell: str) -> str:
    if not _is_escaped(cell):
        return cell
    return cell.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _failure(piece: Piece, member: str, error: ReadError) -> Failure:
    return Failure(piece.path, (*piece.members, member) if member else piece.members, str(error))


def _where(piece: Piece, member: str) -> str:
    return repr(" > ".join((piece.path, *piece.members, *([member] if member else []))))
