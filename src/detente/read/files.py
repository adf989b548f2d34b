"""Files, directories and standard input to documents.

What enters: paths as the user typed them. What leaves: one `Document` a file, or the error that says why
not; a broken file never stops a batch.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from detente.errors import ReadError
from detente.read.html import looks_like_html, read_html
from detente.read.language import check_english, detect_language
from detente.read.origin import Origin
from detente.read.sources import Article
from detente.read.text import check_text, decode
from detente.records import Document

STDIN = "-"
TEXT_SUFFIXES = (".txt", ".text", "")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
WALKED_SUFFIXES = (".txt", *HTML_SUFFIXES)


def read_file(
    path: str | Path,
    *,
    published: str | None = None,
    title: str | None = None,
    author: str | None = None,
    publisher: str | None = None,
    any_language: bool = False,
) -> Document:
    """Read one text or web page; `-` is standard input.

    Args:
        path: a .txt or .html file.
        published: ISO 8601 day, month or year; wins over what a page declares, like those that follow.
        any_language: read texts that are clearly not English, too.

    Returns:
        A document whose id is the file's name without suffix (`stdin` for standard input).

    Raises:
        ReadError: the file cannot become a document; the message says why and what to do.
    """
    return _read(str(path), Origin(published, title, author, publisher), any_language=any_language)


def read_files(
    paths: Iterable[str | Path], origin: Origin | None = None, *, any_language: bool = False
) -> Iterator[tuple[str, Document | ReadError]]:
    """Read files one after the other, giving each document an id of its own.

    Where two files share a name, the later one gets eight digits of its text's hash behind it.
    """
    taken: set[str] = set()
    for path in paths:
        try:
            document = _read(str(path), origin or Origin(), any_language=any_language)
        except ReadError as error:
            yield str(path), error
            continue
        document = replace(document, id=_free_id(document, taken))
        taken.add(document.id)
        yield str(path), document


def find_files(paths: Iterable[str | Path]) -> list[str]:
    """Replace directories by the texts and pages below them, in the order of their names.

    Hidden files and directories are passed over; a path given twice is read once.

    Raises:
        ReadError: a directory holds no text or page.
    """
    found: dict[str, None] = {}
    for path in map(str, paths):
        if path == STDIN or not Path(path).is_dir():
            found[path] = None
            continue
        below = [str(file) for file in sorted(Path(path).rglob("*")) if _is_walked(file, Path(path))]
        if not below:
            raise ReadError(
                f"No texts in directory {path!r}: files ending in {', '.join(WALKED_SUFFIXES)} are read. "
                "Name a directory that holds some."
            )
        found.update(dict.fromkeys(below))
    return list(found)


def _is_walked(file: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
    return file.suffix.lower() in WALKED_SUFFIXES and not hidden and file.is_file()


def _read(path: str, origin: Origin, *, any_language: bool) -> Document:
    where = "standard input" if path == STDIN else repr(path)
    data = sys.stdin.buffer.read() if path == STDIN else _load(Path(path), where)
    is_page = Path(path).suffix.lower() in HTML_SUFFIXES or looks_like_html(data)
    article = read_html(data, where) if is_page else Article(decode(data, where))
    check_text(article.text, where)
    language = detect_language(article.text)
    if not any_language:
        check_english(language, where)
    return Document(
        # A name that is not valid Unicode could not be written down again.
        id="stdin" if path == STDIN else Path(path).stem.encode(errors="replace").decode(),
        text=article.text,
        title=_told(origin.title, article.title),
        author=_told(origin.author, article.author),
        publisher=_told(origin.publisher, article.publisher),
        url=article.url,
        published=_told(origin.published, article.published),
        language=language,
    )


def _told(by_user: str | None, by_page: str | None) -> str | None:
    return by_page if by_user is None else by_user


def _load(path: Path, where: str) -> bytes:
    if path.is_dir():
        raise ReadError(f"A directory in place of a file at {where}: one file is read. Name a file in it.")
    if path.suffix.lower() not in (*TEXT_SUFFIXES, *HTML_SUFFIXES):
        raise ReadError(
            f"Unknown file type {path.suffix!r} in {where}: .txt and .html are read. Save the text as .txt, or pass "
            "it on standard input: detente code - < FILE."
        )
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(f"No file at {where}: an existing file is needed. Check the path.") from error
    except OSError as error:
        raise ReadError(
            f"Unreadable file at {where} ({error.strerror}): a readable file is needed. Check its permissions."
        ) from error


def _free_id(document: Document, taken: set[str]) -> str:
    if document.id not in taken:
        return document.id
    named = f"{document.id}-{document.sha256[:8]}"
    copies = (f"{named}-{number}" for number in range(2, len(taken) + 3))
    return named if named not in taken else next(name for name in copies if name not in taken)
