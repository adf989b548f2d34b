"""Any file or directory to documents, one at a time.

What enters: a path. What leaves: a `Read` for each document and a `Failure` for each thing that could not be read, in
the order of names and of places in the file. Nothing is read before it is asked for, and nothing that is broken stops
what comes after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from detente.errors import ReadError
from detente.read.archives import read_packed, read_tar, read_zip
from detente.read.assemble import assemble
from detente.read.feeds import read_feed, read_sitemap
from detente.read.kinds import SUFFIXES, Kind, kind_of
from detente.read.mail import read_eml, read_mbox
from detente.read.pages import read_markdown, read_page, read_text
from detente.read.pdf import read_pdf
from detente.read.rows import read_csv, read_json, read_jsonl, read_parquet
from detente.read.sources import Failure, Found, Piece, Read, ReadOptions, said
from detente.read.streams import HEAD_BYTES, open_path
from detente.read.warc import read_warc

Reader = Callable[[Piece, ReadOptions], Iterator[Found | Piece | Failure]]

READERS: dict[Kind, Reader] = {
    "text": read_text,
    "markdown": read_markdown,
    "html": read_page,
    "pdf": read_pdf,
    "eml": read_eml,
    "mbox": read_mbox,
    "feed": read_feed,
    "sitemap": read_sitemap,
    "warc": read_warc,
    "jsonl": read_jsonl,
    "json": read_json,
    "csv": read_csv,
    "parquet": read_parquet,
    "zip": read_zip,
    "tar": read_tar,
    "gzip": read_packed,
    "bzip2": read_packed,
    "xz": read_packed,
}


def read_any(path: str | Path, options: ReadOptions | None = None) -> Iterator[Read | Failure]:
    """Read a file, or all files below a directory, as documents.

    Args:
        path: a file of any kind that `detente.read.kinds` lists, or a directory. Hidden files below it are left out.
        options: what the user tells, which columns hold what, and how much is read.

    Yields:
        A `Read` or a `Failure` for each document; also a failure for each file and member of an archive that is no
        text, with `passed_over` set. A source is named by the path as given.
    """
    options = options or ReadOptions()
    if not Path(path).is_dir():
        yield from _read_file(str(path), options)
        return
    for file in files_below(Path(path)):
        if isinstance(file, Failure):
            yield file
        else:
            yield from _read_file(str(file), options)


def files_below(directory: Path) -> Iterator[Path | Failure]:
    """List the files below a directory in the order of their names, without hidden ones and links to directories.

    Yields:
        Paths, and a failure for a directory that cannot be listed. Pipes and devices are left out.
    """
    try:
        entries = sorted(entry for entry in directory.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        message = f"Unreadable directory {str(directory)!r} ({error.strerror}): a readable one is needed. Check it."
        yield Failure(str(directory), (), message)
        return
    for entry in entries:
        if entry.is_dir():
            if not entry.is_symlink():
                yield from files_below(entry)
        elif entry.is_file() or not entry.exists():
            yield entry


def read_piece(piece: Piece, options: ReadOptions) -> Iterator[Read | Failure]:
    """Read what is in a piece, and in the pieces inside it."""
    try:
        reader = _reader_of(piece)
        if reader is None:
            yield _unknown(piece)
            return
        for found in reader(piece, options):
            yield from _finished(found, piece, options)
    except ReadError as error:
        yield Failure(piece.path, piece.members, str(error))
    except Exception as error:  # noqa: BLE001 - a parser's fault in one file must not cost the batch
        yield Failure(piece.path, piece.members, _unexpected(piece.where, error))


def _finished(found: Found | Piece | Failure, piece: Piece, options: ReadOptions) -> Iterator[Read | Failure]:
    if isinstance(found, Piece):
        yield from read_piece(found, options)
    elif isinstance(found, Failure):
        yield found
    else:
        try:
            yield assemble(found, piece, options)
        except ReadError as error:
            yield Failure(piece.path, (*piece.members, found.member) if found.member else piece.members, str(error))


def _read_file(path: str, options: ReadOptions) -> Iterator[Read | Failure]:
    try:
        stream = open_path(path)
    except ReadError as error:
        yield Failure(path, (), str(error))
        return
    with stream:
        yield from read_piece(Piece(path, stream), options)


def _reader_of(piece: Piece) -> Reader | None:
    kind = kind_of(piece.stream.peek(HEAD_BYTES)[:HEAD_BYTES], piece.name)
    return None if kind is None else READERS.get(kind)


def _unknown(piece: Piece) -> Failure:
    known = ", ".join(sorted(SUFFIXES))
    message = f"No text in {piece.where}: files of these kinds are read: {known}. Save it as one of them."
    return Failure(piece.path, piece.members, message, passed_over=True)


def _unexpected(where: str, error: Exception) -> str:
    return (
        f"Unreadable data in {where} ({type(error).__name__}: {said(error)}): a whole file of its kind is needed. "
        "Open and save it anew with the program that made it."
    )
