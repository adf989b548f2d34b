"""`detente find`: questions to a project."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from detente.cli.output import opened
from detente.cli.project import ProjectOption, opened_project, refuse

if TYPE_CHECKING:
    from detente.queries import Found, Listed
    from detente.store.project import Project

_SHOWN = 50


class What(StrEnum):
    """What is looked for."""

    EVENTS = "events"
    STANCES = "stances"
    STATEMENTS = "statements"
    MEMBERSHIPS = "memberships"
    RECORDS = "records"
    DOCUMENTS = "documents"


class FindFormat(StrEnum):
    """How results are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def find(
    what: Annotated[What, typer.Argument(metavar="WHAT", help="events, stances, …, records (all kinds) or documents.")],
    project: ProjectOption = None,
    pair: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="Two that stand in one record: --pair PAK RUS.")
    ] = None,
    directed: Annotated[bool, typer.Option("--directed", help="Of a pair, only from A to B, or mutual.")] = False,
    actor: Annotated[str | None, typer.Option(metavar="ID", help="Who acts, holds, speaks or belongs.")] = None,
    recipient: Annotated[str | None, typer.Option(metavar="ID", help="Who is acted on, regarded or joined.")] = None,
    involving: Annotated[str | None, typer.Option(metavar="ID", help="Either of these.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="First day, month or year.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Last day, month or year.")] = None,
    type: Annotated[list[str] | None, typer.Option(metavar="TYPE", help="Event type; may be given again.")] = None,
    status: Annotated[list[str] | None, typer.Option(metavar="STATUS", help="Status; may be given again.")] = None,
    according_to: Annotated[str | None, typer.Option(metavar="ID", help="Who vouches for it.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Publisher of the document, exactly.")] = None,
    document: Annotated[str | None, typer.Option(metavar="ID", help="Only this document.")] = None,
    text: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="Words of the evidence, or of a document: '\"gas pipeline\" sign*'."),
    ] = None,
    review: Annotated[list[str] | None, typer.Option(metavar="STATE", help="State of review; again for more.")] = None,
    no_copies: Annotated[bool, typer.Option("--no-copies", help="Without near copies of other documents.")] = False,
    by: Annotated[
        str | None, typer.Option(metavar="GROUP", help="Count by type, status, actor, year, publisher, …; no list.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most [default: 50 in a table, else all].")] = None,
    newest_first: Annotated[bool, typer.Option("--newest-first", help="Latest day first.")] = False,
    format: Annotated[FindFormat, typer.Option(help="How results are written.")] = FindFormat.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here.")] = None,
) -> None:
    """Find events, stances, statements, memberships or documents of a project, each with its proof.

    An ID is that of an entity or country: PAK finds Pakistan and all who act for it. Several conditions all have to
    hold. Exit code: 0 asked (also where nothing is found), 2 wrong usage.
    """
    with opened_project(project) as opened:
        if what is What.DOCUMENTS:
            _find_documents(
                opened,
                {"text": text, "publisher": publisher, "since": since, "until": until, "copies": not no_copies},
                Shown(limit, newest_first, format, output),
            )
            return
        asked = {
            "actor": actor,
            "recipient": recipient,
            "involving": involving,
            "pair": pair,
            "directed": directed,
            "since": since,
            "until": until,
            "types": tuple(one.upper() for one in type or ()),
            "statuses": tuple(status or ()),
            "attribution": according_to,
            "publisher": publisher,
            "document": document,
            "text": text,
            "reviews": tuple(review or ()),
            "copies": not no_copies,
        }
        kind = None if what is What.RECORDS else what.removesuffix("s")
        if by is not None:
            _count(opened, by, kind, asked, Shown(limit, newest_first, format, output))
        else:
            _find_records(opened, kind, asked, Shown(limit, newest_first, format, output))


@dataclass(frozen=True, slots=True)
class Shown:
    """How many results are shown, in which order and form, and where."""

    limit: int | None
    newest_first: bool
    format: FindFormat
    output: Path | None

    @property
    def at_most(self) -> int | None:
        return self.limit or (_SHOWN if self.format is FindFormat.TABLE else None)


def _find_records(project: Project, kind: str | None, asked: dict[str, Any], shown: Shown) -> None:
    from detente.interchange import rows, write_csv, write_jsonl
    from detente.queries import RecordFilter, count_records, each_record, found_alone, found_to_json

    wanted = RecordFilter(**asked)
    found = islice(each_record(project, kind, wanted, newest_first=shown.newest_first), shown.at_most)
    with _opened(shown.output) as stream:
        if shown.format is FindFormat.JSON:
            _write_json(map(found_to_json, found), stream)
        elif shown.format is FindFormat.TABLE:
            _show_records(found, stream)
            _tell_rest(count_records(project, kind, wanted), shown)
        else:
            flat = ({**row, "id": one.id} for one in found for row in rows(found_alone(one)))
            (write_csv if shown.format is FindFormat.CSV else write_jsonl)(flat, stream)


def _find_documents(project: Project, asked: dict[str, Any], shown: Shown) -> None:
    from detente.queries import DocumentFilter, count_documents, each_document, listed_to_json

    wanted = DocumentFilter(**asked)
    found = islice(each_document(project, wanted, newest_first=shown.newest_first), shown.at_most)
    with _opened(shown.output) as stream:
        if shown.format is FindFormat.TABLE:
            for one in found:
                _show_document(one, stream)
            _tell_rest(count_documents(project, wanted), shown)
        elif shown.format is FindFormat.JSON:
            _write_json(map(listed_to_json, found), stream)
        elif shown.format is FindFormat.JSONL:
            stream.writelines(json.dumps(listed_to_json(one), ensure_ascii=False) + "\n" for one in found)
        else:
            writer = csv.DictWriter(stream, _DOCUMENT_COLUMNS, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(listed_to_json(one) for one in found)


_DOCUMENT_COLUMNS = (
    *("id", "title", "author", "publisher", "url", "published", "date_source"),
    *("language", "chars", "state", "reason", "copy_of"),
)


def _count(project: Project, by: str, kind: str | None, asked: dict[str, Any], shown: Shown) -> None:
    from detente.queries import RecordFilter, count_by

    counted = count_by(project, by, kind, RecordFilter(**asked))
    named = [("" if value is None else value, number) for value, number in counted.items()][: shown.at_most]
    with _opened(shown.output) as stream:
        if shown.format is FindFormat.TABLE:
            stream.writelines(f"{number:>9,}  {value or '(none)'}\n" for value, number in named)
            _tell_rest(len(counted), shown)
        elif shown.format is FindFormat.CSV:
            writer = csv.writer(stream)
            writer.writerows([(by, "records"), *named])
        else:
            objects = ({by: value, "records": number} for value, number in counted.items())
            if shown.format is FindFormat.JSON:
                _write_json(objects, stream)
            else:
                stream.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)


def _show_records(found: Iterable[Found[Any]], stream: TextIO) -> None:
    from rich.console import Console
    from rich.text import Text

    from detente.cli.headlines import Names, headlines
    from detente.cli.table import Page, quote
    from detente.queries import found_alone

    page = Page(Console(file=stream, highlight=False, markup=False, emoji=False))
    for one in found:
        for _, lines in headlines(found_alone(one), Names(one.entities)):
            for headline in lines:
                page.line(headline.text, hanging=2)
                page.line(quote(headline, rich=page.rich), indent=2)
        page.line(Text(_told_of(one), "dim"), indent=2)


def _told_of(found: Found[Any]) -> str:
    of = found.document
    parts = [
        of.publisher,
        of.published,
        of.title,
        of.url,
        found.id,
        None if found.review == "unreviewed" else found.review,
    ]
    copied = f"copy of {found.copy_of}" if found.copy_of is not None else None
    return " · ".join(part for part in (*parts, copied) if part)


def _show_document(one: Listed, stream: TextIO) -> None:
    head = " · ".join(part for part in (one.published, one.publisher, one.title or one.url) if part)
    counted = ", ".join(f"{number} {kind if number == 1 else kind + 's'}" for kind, number in one.records.items())
    state = counted or ("no records" if one.state == "coded" else f"not coded: {one.reason}")
    copied = f", copy of {one.copy_of}" if one.copy_of is not None else ""
    where = one.sources[0].name if one.sources else ""
    stream.write(f"{one.id}  {head or where}\n  {state}{copied}\n")


def _tell_rest(total: int, shown: Shown) -> None:
    if shown.at_most is not None and total > shown.at_most:
        typer.echo(f"{shown.at_most} of {total:,} shown; --limit shows more, --format csv all.", err=True)
    elif total == 0:
        typer.echo("Nothing found. Actors are named by id: detente who 'Khawaja Asif' tells them.", err=True)


def _write_json(objects: Iterable[dict[str, Any]], stream: TextIO) -> None:
    separator = "[\n"
    for one in objects:
        stream.write(separator + json.dumps(one, ensure_ascii=False))
        separator = ",\n"
    stream.write("[]\n" if separator == "[\n" else "\n]\n")


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    try:
        with opened(output) as stream:
            yield stream
    except OSError as error:
        if output is None:
            raise
        refuse(f"Unwritable file {str(output)!r} in --output ({error}): a place to write to. Choose another.")
