"""DOCX files to their text: paragraphs in their order, those in tables too, deleted words left out.

What enters: an opened zip file that is a Word file. What leaves: one article. The author that the file's properties
name is whoever typed it, and the day is that of the file: both are told in notes and not taken for the text's own.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Set
from typing import IO, TYPE_CHECKING, Any

from detente.errors import ReadError
from detente.read.kinds import MEDIA_TYPES
from detente.read.sources import Article, Found, Piece, ReadOptions, said
from detente.read.streams import too_large

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError)
_MAIN = "word/document.xml"
_PROGRAMS = {"xl/workbook.xml": "Excel", "ppt/presentation.xml": "PowerPoint", "content.xml": "OpenOffice"}
# A Word file holds pictures beside its text, and XML packs well.
_UNPACKED_FACTOR = 10
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")} | {
    # The second form of what a text box holds, for old programs.
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_SIGNS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def is_docx(names: Set[str]) -> bool:
    """Tell a Word file by the members of its archive."""
    return _MAIN in names


def office_name(archive: zipfile.ZipFile, names: Set[str]) -> str | None:
    """Name the program whose file this is, where we do not read it."""
    if "META-INF/container.xml" in names:
        return "an e-book reader"
    if "mimetype" in names and archive.getinfo("mimetype").file_size > 200:
        return None
    known = [program for name, program in _PROGRAMS.items() if name in names]
    return known[0] if known and ("mimetype" in names or "[Content_Types].xml" in names) else None


def read_docx(piece: Piece, file: IO[bytes], archive: zipfile.ZipFile, options: ReadOptions) -> Iterator[Found]:
    """Read the text of a Word file.

    Raises:
        ReadError: the file is damaged or unpacks to more than a document may hold.
    """
    limits = options.limits
    unpacked = sum(member.file_size for member in archive.infolist())
    file.seek(0)
    data = file.read(limits.document_bytes + 1)
    if len(data) > limits.document_bytes or unpacked > _UNPACKED_FACTOR * limits.document_bytes:
        raise too_large(piece.where, limits)
    document = _opened(file, piece.where)
    paragraphs = [_words(paragraph) for paragraph in _paragraphs(document.element.body)]
    title = (document.core_properties.title or "").strip()
    article = Article("\n\n".join(paragraph for paragraph in paragraphs if paragraph.strip()), title=title or None)
    yield Found(article, data, MEDIA_TYPES["docx"], notes=_notes(document))


def _opened(file: IO[bytes], where: str) -> WordDocument:
    from docx import Document
    from lxml.etree import LxmlError

    file.seek(0)
    try:
        return Document(file)
    except (*_BROKEN_ZIP, LxmlError, KeyError, ValueError, AttributeError) as error:
        raise ReadError(
            f"Damaged Word file in {where} ({said(error)}): a whole .docx file is needed. "
            "Open it in a word processor and save it anew."
        ) from error


def _paragraphs(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_W}p":
            yield child
        yield from _paragraphs(child)


def _words(paragraph: Any) -> str:
    """The words of one paragraph, without those of paragraphs inside it, such as text boxes."""
    parts: list[str] = []
    for child in paragraph:
        if child.tag in _LEFT_OUT or child.tag == f"{_W}p":
            continue
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        else:
            parts.append(_words(child))
    return re.sub(r"[ \t]+", " ", "".join(parts))


def _notes(document: WordDocument) -> tuple[str, ...]:
    known = document.core_properties
    facts = {"author": known.author, "created": known.created and known.created.date().isoformat()}
    return tuple(f"the file's properties say {name} {str(fact)[:80]}" for name, fact in facts.items() if fact)
