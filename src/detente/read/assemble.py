"""What a reader found to a document with its source.

What enters: `Found`. What leaves: `Read`, with the text in the form that it has in every format, its language, and a
publication date of which the origin is told.
"""

from __future__ import annotations

from detente.read.days import day_in_address, iso_day
from detente.read.language import detect_language
from detente.read.sources import Article, DateSource, Found, Piece, Read, ReadOptions, Source
from detente.read.text import check_text, tidy
from detente.records import Document, content_id


def assemble(found: Found, piece: Piece, options: ReadOptions) -> Read:
    """Make the document of what was found in a piece.

    Raises:
        ReadError: the text has no words, or is longer than can be parsed.
    """
    where = repr(" > ".join((piece.path, *_member(found, piece))))
    check_text(found.article.text, where)
    text = tidy(found.article.text)
    notes = list(found.notes)
    url = _first(None, found.article.url or piece.url)
    published, date_source = _dated(found.article, url, text, options, notes)
    origin = options.origin
    document = Document(
        id=content_id("doc", text),
        text=text,
        title=_first(origin.title, found.article.title),
        author=_first(origin.author, found.article.author),
        publisher=_first(origin.publisher, found.article.publisher),
        url=url,
        published=published,
        language=detect_language(text),
    )
    source = Source(
        path=piece.path,
        member=_member(found, piece),
        sha256=found.sha256,
        media_type=found.media_type,
        date_source=date_source,
        retrieved_at=piece.retrieved_at or options.retrieved_at,
        notes=tuple(notes),
    )
    return Read(document, source, found.data)


def _member(found: Found, piece: Piece) -> tuple[str, ...]:
    return (*piece.members, found.member) if found.member else piece.members


def _dated(
    article: Article, url: str | None, text: str, options: ReadOptions, notes: list[str]
) -> tuple[str | None, DateSource | None]:
    """Choose the publication date: what the user says, the file declares, the address holds, the text's head names."""
    if options.origin.published is not None:
        return options.origin.published, "flag"
    declared = iso_day(article.published)
    if declared is not None:
        return declared, "metadata"
    if article.published:
        notes.append(f"date {article.published[:40]!r} is unclear and not used")
    addressed = day_in_address(url)
    if addressed is not None:
        return addressed, "url"
    named = options.written_on(text) if options.written_on is not None else None
    return (named, "text") if named is not None else (None, None)


def _first(told: str | None, declared: str | None) -> str | None:
    """What the user told, else what the file declares on one line, else nothing."""
    if told is not None:
        return told
    return " ".join(tidy(declared).split()) or None if declared is not None else None
