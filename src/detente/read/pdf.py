"""PDF files to their text and title.

What enters: the bytes of a PDF. What leaves: one article with paragraphs. Pages that are pictures have no text. The
author and the day that the file's properties name are those of the file: they are told in notes and not taken for the
text's own. Parsing runs in this process, bounded in bytes, pages and time between pages; a single page that PDFium
never finishes would only be stopped by a process of its own.
"""

from __future__ import annotations

import ctypes
import logging
import re
import time
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from detente.errors import ReadError
from detente.read.days import iso_day
from detente.read.kinds import MEDIA_TYPES
from detente.read.layout import PARTED, Line, paragraphs
from detente.read.sources import Article, Found, Limits, Piece, ReadOptions
from detente.read.streams import read_whole

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage  # type: ignore[import-untyped]

_LINE_ENDS = re.compile(rf"(?<={PARTED})|\r\n|\r|\n")
# What programs write in place of a title.
_NO_TITLE = re.compile(r"^(microsoft word - .*|untitled.*|[^ ]*\.(docx?|pdf|indd|tex|rtf|odt))$", re.IGNORECASE)


def read_pdf(piece: Piece, options: ReadOptions) -> Iterator[Found]:
    """Read the text of a PDF.

    Raises:
        ReadError: it is damaged, locked, too long, or holds pictures of text only.
    """
    data = read_whole(piece, options.limits)
    pages = _lines(data, piece.where, options.limits)
    text = "\n\n".join(paragraphs(pages))
    if not text.strip():
        raise ReadError(
            f"No text on {len(pages)} pages of {piece.where}: PDF files with text are read, not scanned pictures. "
            "Recognise the text (OCR) first."
        )
    title, notes = _properties(data)
    without = sum(not page for page in pages)
    if without:
        notes = (*notes, f"{without} of {len(pages)} pages have no text")
    yield Found(Article(text, title=title), data, MEDIA_TYPES["pdf"], notes=notes)


def _lines(data: bytes, where: str, limits: Limits) -> list[list[Line]]:
    document = _opened(data, where)
    try:
        if len(document) > limits.pages:
            raise ReadError(f"{len(document):,} pages in {where}: at most {limits.pages:,} are read. Split it.")
        ends_at = time.monotonic() + limits.seconds
        pages = []
        for number in range(len(document)):
            if time.monotonic() > ends_at:
                raise ReadError(
                    f"Page {number + 1} of {len(document)} after {limits.seconds:g} seconds in {where}: that is all "
                    "the time it has. Split it, or raise the limit."
                )
            pages.append(_page_lines(document, number, where))
        return pages
    finally:
        document.close()


def _opened(data: bytes, where: str) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(
                f"A locked PDF in {where}: PDF files without a password are read. Unlock it first."
            ) from error
        raise ReadError(
            f"Damaged PDF in {where}: a whole PDF file is needed. Get it again, or save it anew with a PDF reader."
        ) from error


def _page_lines(document: PdfDocument, number: int, where: str) -> list[Line]:
    from pypdfium2 import PdfiumError

    try:
        page: PdfPage = document[number]
        text_page = page.get_textpage()
    except PdfiumError as error:
        raise ReadError(
            f"Damaged page {number + 1} in {where}: a whole PDF file is needed. Get it again, or save it anew."
        ) from error
    lines = list(_read_lines(text_page))
    text_page.close()
    page.close()
    return lines


def _read_lines(page: PdfTextPage) -> Iterator[Line]:
    from pypdfium2 import raw

    # One character of PDFium's for each of ours, so that boxes can be asked for.
    text = "".join(chr(raw.FPDFText_GetUnicode(page, index)) for index in range(page.count_chars()))
    start = 0
    for end in [*_LINE_ENDS.finditer(text), None]:
        stop = len(text) if end is None else end.start()
        line = _line(page, text, start, stop)
        if line is not None:
            yield line
        start = stop if end is None else end.end()


def _line(page: PdfTextPage, text: str, start: int, stop: int) -> Line | None:
    from pypdfium2 import raw

    seen = [index for index in range(start, stop) if not text[index].isspace()]
    if not seen:
        return None
    edges = (seen[0], seen[-1])
    boxes = [page.get_charbox(index, loose=True) for index in edges]
    return Line(
        " ".join(text[start:stop].split()),
        left=boxes[0][0],
        right=max(boxes[0][0], boxes[1][2]),
        bottom=_baseline(page, seen[0]),
        height=max(1.0, *(top - bottom for _, bottom, _, top in boxes)),
        size=max(1.0, *(raw.FPDFText_GetFontSize(page, index) for index in edges)),
    )


def _baseline(page: PdfTextPage, index: int) -> float:
    """Where a character stands, whichever its typeface."""
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(page, index, x, y)
    return y.value


def _properties(data: bytes) -> tuple[str | None, tuple[str, ...]]:
    """The title and notes on author and day; a file whose properties cannot be read has none."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        known: Mapping[str, object] = PdfReader(BytesIO(data)).metadata or {}
        title, author, created = (str(known.get(key) or "").strip() for key in ("/Title", "/Author", "/CreationDate"))
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError, OSError):
        return None, ("the file's properties cannot be read",)
    facts = {"author": author[:80], "created": iso_day(created.removeprefix("D:")[:8])}
    notes = tuple(f"the file's properties say {name} {fact}" for name, fact in facts.items() if fact)
    return (None if not title or _NO_TITLE.match(title) else title), notes
