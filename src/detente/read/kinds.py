"""What kind of file bytes are: told by their content first, then by the file's name.

What enters: the first bytes and a name. What leaves: the name of a reader, or None for what is no text.
"""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath
from typing import Literal
from urllib.parse import urlsplit

Kind = Literal[
    "text",
    "markdown",
    "html",
    "pdf",
    "docx",
    "eml",
    "mbox",
    "feed",
    "sitemap",
    "warc",
    "jsonl",
    "json",
    "csv",
    "parquet",
    "zip",
    "tar",
    "gzip",
    "bzip2",
    "xz",
]

SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".eml": "eml",
    ".mbox": "mbox",
    ".rss": "feed",
    ".atom": "feed",
    ".warc": "warc",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".parquet": "parquet",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "gzip",
    ".gz": "gzip",
    ".bz2": "bzip2",
    ".xz": "xz",
}

MEDIA_TYPES: dict[Kind, str] = {
    "text": "text/plain",
    "markdown": "text/markdown",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "eml": "message/rfc822",
    "feed": "application/xml",
    "jsonl": "application/json",
    "json": "application/json",
    "csv": "text/csv",
    "parquet": "application/json",
}

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
_ROOTS: dict[str, Kind] = {
    "html": "html",
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
# A declaration, comments and a document type may stand before the root element. Possessive, as many comments would
# otherwise be tried in every grouping.
_ROOT = re.compile(
    r"\s*(?:<\?xml[^>]{0,300}>\s*)?(?>(?:<!--.*?-->|<\?[^>]*>)\s*)*+(?:<!doctype\s+(?P<type>[\w:]+)|<(?P<root>[\w:]+))",
    re.IGNORECASE | re.DOTALL,
)
_MBOX = re.compile(rb"From \S+ .*\d{4}\r?\n[\w-]+:")
_HEADERS = re.compile(rb"^(received|message-id|mime-version|return-path|dkim-signature|from|date):", re.I | re.M)
_JSON_LINE = re.compile(rb'\{[ \t]*"(?:[^"\\\n]|\\.)*"\s*:.*\}[ \t\r]*(?:\n|$)')
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_PDF_HEAD_BYTES = 1024
# Text of few control characters; a file with others is no text.
_CONTROLS = bytes({*range(32)} - {7, 8, 9, 10, 12, 13, 27})


def kind_of(head: bytes, name: str) -> Kind | None:
    """Tell the kind from the first bytes, and where these allow several, from the suffix of the name."""
    by_content = _by_magic(head) or _by_text(head)
    if by_content is not None:
        return by_content
    path = urlsplit(name).path if name.startswith(("http://", "https://")) else name
    by_name = SUFFIXES.get(PurePath(path).suffix.lower())
    if by_name is not None:
        return by_name
    return "text" if is_text(head) else None


def is_text(head: bytes) -> bool:
    """Tell whether bytes may be text: with a byte order mark, or without control characters that text has not."""
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
    return head.startswith(marks) or head.translate(None, _CONTROLS) == head


def _by_magic(head: bytes) -> Kind | None:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[257:262] == b"ustar":
        return "tar"
    return "pdf" if b"%PDF-" in head[:_PDF_HEAD_BYTES] and not is_text(head) else None


def _by_text(head: bytes) -> Kind | None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    else:
        text = head.removeprefix(codecs.BOM_UTF8).decode("latin-1")
    root = _ROOT.match(text)
    if root is not None:
        named = (root["type"] or root["root"]).rpartition(":")[2].lower()
        return _ROOTS.get(named)
    if _MBOX.match(head):
        return "mbox"
    if _is_mail(head):
        return "eml"
    if _JSON_LINE.match(head):
        return "jsonl"
    return None


def _is_mail(head: bytes) -> bool:
    """Mail has headers that only machines write: a memo with "From:" and "Date:" is a text."""
    headers = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if not re.match(rb"[\w-]+:", headers):
        return False
    names = {found.lower() for found in _HEADERS.findall(headers)}
    return len(names) >= 2 and bool(names - {b"from", b"date"})


def declared_type(header: str | None) -> tuple[str, str | None]:
    """Part a Content-Type header into the media type, empty where there is none, and the charset."""
    charset = _CHARSET.search(header or "")
    return (header or "").partition(";")[0].strip().lower(), None if charset is None else charset[1]
