"""What reading gives beside the document: where it came from, and what could not be read.

What enters: paths and options as the user gave them. What leaves: `Read` and `Failure`, one for each document that
was found. `Piece`, `Article` and `Found` are what the readers of the single formats work with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BufferedReader
from typing import Literal

from detente.read.origin import Origin
from detente.records import Document

DateSource = Literal["flag", "metadata", "url", "text"]

_MB = 1_000_000
_SAID_CHARS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is read before we refuse.

    Attributes:
        document_bytes: largest file, member, message, line or row that becomes a document, after unpacking.
        depth: archives in archives; 1 reads an archive but none inside it.
        ratio: unpacked bytes for each byte of the packed file; more is taken for a bomb.
        unpacked_floor_bytes: bytes that any archive may unpack to, whatever its ratio.
        pages: pages of a PDF.
        seconds: time for the pages of one PDF.
    """

    document_bytes: int = 20 * _MB
    depth: int = 3
    ratio: int = 200
    unpacked_floor_bytes: int = 50 * _MB
    pages: int = 2_000
    seconds: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How to read.

    Attributes:
        origin: what the user tells of every text; it wins over what a file declares.
        columns: field of a document (`text`, `title`, `author`, `publisher`, `url`, `published`) to the column of a
            table, or the key of a JSON line, that holds it. Columns that are not named are guessed.
        written_on: gives the day that a text's own head names, for texts with no other date.
        retrieved_at: when the files were got, as a UTC timestamp, kept with each source.
    """

    origin: Origin = field(default_factory=Origin)
    columns: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    written_on: Callable[[str], str | None] | None = None
    retrieved_at: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from.

    Attributes:
        path: the file as the user named it, or an address.
        member: what was read inside it, outermost first: `week.zip` has `feed.xml`, `entry 3`.
        sha256: of the original bytes; those of a row are its JSON.
        media_type: of the original bytes.
        date_source: what gave the publication date; None where there is none.
        retrieved_at: when it was got, as a UTC timestamp.
        notes: what a reader of the document should know, such as an encoding that was guessed.
    """

    path: str
    member: tuple[str, ...]
    sha256: str
    media_type: str
    date_source: DateSource | None = None
    retrieved_at: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The path with what was read inside it, such as `week.zip > feed.xml > entry 3`."""
        return " > ".join((self.path, *self.member))


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it was read, its source, and the original bytes.

    The document's id is made from its text: the same article from two files is the same document. What is not
    English is here too; `document.language` tells.
    """

    document: Document
    source: Source
    original: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be read. `message` is one sentence that names the place and the remedy.

    `passed_over` marks what is of no kind that is read, such as a picture: in a directory or an archive it is worth
    counting, but hardly a line.
    """

    path: str
    member: tuple[str, ...]
    message: str
    passed_over: bool = False


def shown(name: str) -> str:
    """A name from a file as it can be shown and stored: no control characters, no halves of surrogate pairs."""
    return "".join(char if char.isprintable() else "\ufffd" for char in name).encode(errors="replace").decode()


def said(error: BaseException) -> str:
    """What an error says, on one line and not too long, for a message of ours."""
    words = " ".join("".join(char if char.isprintable() else " " for char in str(error)).split())
    return words[:_SAID_CHARS] or type(error).__name__


@dataclass(frozen=True, slots=True)
class Article:
    """What a page tells; a plain text is an article of which only the text is known."""

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An article as a reader found it, with the bytes it stood in.

    `member` names the part of the file, such as `line 12`, and is empty for a whole file.
    """

    article: Article
    data: bytes
    media_type: str
    member: str = ""
    notes: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(slots=True)
class Budget:
    """Bytes that one packed file may still unpack to, members of members included."""

    left: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes to read: a file, or a member of one. The stream is read once, before the next piece is asked for.

    `charset`, `url` and `retrieved_at` are what the container tells of it.
    """

    path: str
    stream: BufferedReader
    members: tuple[str, ...] = ()
    depth: int = 0
    budget: Budget | None = None
    charset: str | None = None
    url: str | None = None
    retrieved_at: str | None = None

    @property
    def name(self) -> str:
        """The innermost name."""
        return self.members[-1] if self.members else self.path

    @property
    def where(self) -> str:
        """The place for messages."""
        return repr(" > ".join((self.path, *self.members)))
