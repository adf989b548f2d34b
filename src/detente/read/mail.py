"""Mail to articles: single messages and mailboxes.

What enters: .eml and .mbox. What leaves: one article a message, the subject as its title, the sender as its author and
its day as the publication date; files that are attached are pieces of their own.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from email.headerregistry import BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.utils import parseaddr
from itertools import count

from detente.errors import ReadError
from detente.read.fragments import fragment_text
from detente.read.html import decode_html_as
from detente.read.kinds import MEDIA_TYPES
from detente.read.sources import Article, Failure, Found, Limits, Piece, ReadOptions, shown
from detente.read.streams import next_line, read_whole, stream_of, too_large

_HEADERS = HeaderRegistry()
_HEADER_CHARS = 5_000
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_FROM = re.compile(rb"^From \S+ .*\d{4}\s*$")


def read_eml(piece: Piece, options: ReadOptions) -> Iterator[Found | Piece]:
    """Read a message, and give the files attached to it."""
    yield from _message(read_whole(piece, options.limits), piece, "", options)


def read_mbox(piece: Piece, options: ReadOptions) -> Iterator[Found | Piece | Failure]:
    """Read the messages of a mailbox one by one; a broken or too large one does not stop the others."""
    numbers = count(1)
    for data in _split(piece, options.limits):
        member = f"message {next(numbers)}"
        inner = replace(piece, members=(*piece.members, member))
        try:
            if data is None:
                raise too_large(inner.where, options.limits)
            yield from _message(data, inner, member, options)
        except ReadError as error:
            yield Failure(inner.path, inner.members, str(error))


def _split(piece: Piece, limits: Limits) -> Iterator[bytes | None]:
    """Part a mailbox where a "From " line follows an empty one; None stands for a message beyond the limit."""
    message: list[bytes] = []
    size, is_after_gap, begun = 0, True, False
    while True:
        line, is_whole = next_line(piece.stream, limits)
        if not line or (is_after_gap and _FROM.match(line)):
            if begun:
                yield b"".join(message) if size <= limits.document_bytes else None
            if not line:
                return
            message, size, begun = [], 0, True
            continue
        size += len(line) if is_whole else limits.document_bytes + 1
        if size <= limits.document_bytes:
            message.append(_QUOTED_FROM.sub(rb"\1", line))
        is_after_gap = not line.strip()


def _message(data: bytes, piece: Piece, member: str, options: ReadOptions) -> Iterator[Found | Piece]:
    """Read a message that is a piece of its own, or the `member` of one."""
    message = email.message_from_bytes(data, policy=email.policy.default.clone(header_factory=_bounded_header))
    assert isinstance(message, EmailMessage)
    text, notes = _text(message, piece.where)
    name, address = parseaddr(_header(message, "from") or "")
    article = Article(text, _header(message, "subject"), author=name or address, published=_header(message, "date"))
    if text.strip():
        yield Found(article, data, MEDIA_TYPES["eml"], member, notes)
    attached = list(_attached(message, piece, options))
    if not text.strip() and not attached:
        raise ReadError(f"No text in the message {piece.where}: a message has words or files. Check that it is whole.")
    yield from attached


def _bounded_header(name: str, value: str) -> BaseHeader:
    """Parse the beginning of a header: parsing takes time with the square of its length."""
    parsed: BaseHeader = _HEADERS(name, value[:_HEADER_CHARS])
    return parsed


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message[name]
    except (ValueError, IndexError, AttributeError, TypeError, KeyError, LookupError):
        # The parser stumbles over some broken headers; the message is worth more than its header.
        return None
    return None if value is None else str(value)


def _text(message: EmailMessage, where: str) -> tuple[str, tuple[str, ...]]:
    body = message.get_body(("plain", "html"))
    if body is None:
        return "", ()
    data = body.get_payload(decode=True)
    if not isinstance(data, bytes):
        return "", ("the body of the message is broken",)
    text, encoding = decode_html_as(data, where, body.get_content_charset())
    declared = (body.get_content_charset() or "utf-8").lower()
    notes = () if encoding in (declared, "utf-8", "ascii", "cp1252") else (f"decoded as {encoding}",)
    if body.get_content_type() == "text/html":
        return fragment_text(text), notes
    return _flowed(text) if body.get_param("format") == "flowed" else text, notes


def _flowed(text: str) -> str:
    """Join the lines of a paragraph that ends in spaces.

    Source: RFC 3676, section 4; a line that is quoted or a signature mark stays.
    """
    lines: list[str] = []
    is_open = False
    for line in text.splitlines():
        line = line.removeprefix(" ")
        joins = is_open and not line.startswith(">")
        lines[-1:] = [lines[-1] + line] if joins else [*lines[-1:], line]
        is_open = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "\n".join(lines)


def _attached(message: EmailMessage, piece: Piece, options: ReadOptions) -> Iterator[Piece]:
    """The attached files as pieces; a message in a message is one, too."""
    if piece.depth >= options.limits.depth:
        return
    for number, part in enumerate(message.iter_attachments(), start=1):
        name = part.get_filename() or f"attachment {number}"
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            data = inner.as_bytes() if isinstance(inner, EmailMessage) else b""
            name = part.get_filename() or f"attachment {number}.eml"
        else:
            content = part.get_payload(decode=True)
            data = content if isinstance(content, bytes) else b""
        if data:
            members = (*piece.members, shown(name))
            yield replace(piece, stream=stream_of(data), members=members, depth=piece.depth + 1)
