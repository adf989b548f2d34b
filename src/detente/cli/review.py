"""`detente review`: what users decide about records, and the log of it."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.project import ProjectOption, now, opened_project
from detente.errors import RecordError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from detente.store.log import Author, Correction

WhoOption = Annotated[str | None, typer.Option("--who", help="Who decides [default: your user name].")]
NoteOption = Annotated[str | None, typer.Option("--note", help="Why, in your words.")]
RecordsArgument = Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of records, as `detente find` shows.")]

review = typer.Typer(
    help="Accept, correct, reject or add records; merge and split entities. Nothing is lost, all can be undone.",
    epilog="Example: detente review accept ev-8c1d0c9bb1b0c3f5",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@review.command(epilog="Example: detente review accept ev-8c1d0c9bb1b0c3f5")
def accept(
    records: RecordsArgument, project: ProjectOption = None, who: WhoOption = None, note: NoteOption = None
) -> None:
    """Say that records are right as they are."""
    from detente.store import corrections

    _decide(project, who, note, records, corrections.accept)


@review.command(epilog="Example: detente review reject ev-8c1d0c9bb1b0c3f5 --note 'the visit was called off'")
def reject(
    records: RecordsArgument, project: ProjectOption = None, who: WhoOption = None, note: NoteOption = None
) -> None:
    """Say that records are wrong: they stay in the project, and questions leave them out."""
    from detente.store import corrections

    _decide(project, who, note, records, corrections.reject)


@review.command(epilog="Example: detente review correct ev-8c1d0c9bb1b0c3f5 type=ACCUSE actor=PAK,IND date=2018-02")
def correct(
    record: Annotated[str, typer.Argument(metavar="ID", help="Id of a record.")],
    values: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help="Fields of `detente schema`.")],
    project: ProjectOption = None,
    who: WhoOption = None,
    note: NoteOption = None,
) -> None:
    """Give fields of a record other values. What the coder wrote is kept beside them."""
    from detente.store import corrections

    def change(connection: Connection, record_id: str, by: Author) -> int:
        return corrections.correct(connection, record_id, _values(values), by)

    _decide(project, who, note, [record], change)


@review.command(epilog="Example: detente review add doc-1f… event actor=PAK type=CONSULT status=actual evidence=[0,40]")
def add(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Id of the document that proves it.")],
    kind: Annotated[str, typer.Argument(metavar="KIND", help="event, stance, statement or membership.")],
    values: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help="Fields of `detente schema`.")],
    project: ProjectOption = None,
    who: WhoOption = None,
    note: NoteOption = None,
) -> None:
    """Add a record that was missed, with the span of the words that prove it."""
    from detente.store import corrections

    with opened_project(project) as opened, opened.writing() as connection:
        by = _author(who, note)
        typer.echo(corrections.add_record(connection, document, kind, _values(values), by))


@review.command(epilog="Example: detente review merge v-kozin vladimir-kozin")
def merge(
    entity: Annotated[str, typer.Argument(metavar="ID", help="Id that means the same as another.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="Id that both count as from now on.")],
    project: ProjectOption = None,
    who: WhoOption = None,
    note: NoteOption = None,
) -> None:
    """Say that two entities are one, in every document, now and later."""
    from detente.store.renaming import merge_entities

    with opened_project(project) as opened, opened.writing() as connection:
        _tell(merge_entities(connection, entity, into, _author(who, note)))


@review.command(epilog="Example: detente review split john-smith john-smith-mp doc-1f2e3d4c5b6a7988")
def split(
    entity: Annotated[str, typer.Argument(metavar="ID", help="Id that means somebody else in some documents.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="Whom it means there.")],
    documents: Annotated[list[str], typer.Argument(metavar="DOCUMENT...", help="Ids of the documents.")],
    project: ProjectOption = None,
    who: WhoOption = None,
    note: NoteOption = None,
) -> None:
    """Say that in some documents an entity is another one."""
    from detente.store.renaming import split_entity

    with opened_project(project) as opened, opened.writing() as connection:
        _tell(split_entity(connection, entity, into, documents, _author(who, note)))


EventArgument = Annotated[str, typer.Argument(metavar="EVENT", help="Id of an event.")]


@review.command(epilog="Example: detente review same ev-8c1d0c9bb1b0c3f5 ev-2f6e3c0a7d1b9e44")
def same(
    first: EventArgument,
    second: EventArgument,
    project: ProjectOption = None,
    who: WhoOption = None,
    note: NoteOption = None,
) -> None:
    """Say that two events are reports of one happening; `detente happenings` acts on it."""
    from detente.ingest.happenings import decide_events

    with opened_project(project) as opened, opened.writing() as connection:
        _tell(decide_events(connection, first, second, _author(who, note), same=True))


@review.command(epilog="Example: detente review different ev-8c1d0c9bb1b0c3f5 ev-91aa03d2c4b7f610")
def different(
    first: EventArgument,
    second: EventArgument,
    project: ProjectOption = None,
    who: WhoOption = None,
    note: NoteOption = None,
) -> None:
    """Say that two events are not one happening; `detente happenings` acts on it."""
    from detente.ingest.happenings import decide_events

    with opened_project(project) as opened, opened.writing() as connection:
        _tell(decide_events(connection, first, second, _author(who, note), same=False))


@review.command(epilog="Example: detente review undo 17")
def undo(
    numbers: Annotated[list[int], typer.Argument(metavar="NUMBER...", help="Numbers of decisions, as the log shows.")],
    project: ProjectOption = None,
    who: WhoOption = None,
    note: NoteOption = None,
) -> None:
    """Take decisions back, the last one first; undoing an undo brings the decision back."""
    from detente.store import corrections

    _decide(project, who, note, sorted(numbers, reverse=True), corrections.undo)


@review.command(epilog="Example: detente review log ev-8c1d0c9bb1b0c3f5")
def log(
    target: Annotated[str | None, typer.Argument(metavar="ID", help="Only of this record or entity.")] = None,
    project: ProjectOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List what was decided, by whom and when; what is undone too."""
    from dataclasses import asdict

    from detente.store.log import read_log, undone

    with opened_project(project) as opened, opened.reading() as connection:
        decisions = read_log(connection, target=target)
    gone = undone(decisions)
    for one in decisions:
        if as_json:
            typer.echo(json.dumps({**asdict(one), "holds": one.number not in gone}, ensure_ascii=False))
        else:
            typer.echo(_line(one, holds=one.number not in gone))


def _line(one: Correction, *, holds: bool) -> str:
    changes = one.details.get("changes", {})
    told = [
        f"{name}: {json.dumps(old, ensure_ascii=False)} → {json.dumps(new, ensure_ascii=False)}"
        for name, (old, new) in changes.items()
    ]
    told += [f"{name} {one.details[name]}" for name in ("into", "other") if name in one.details]
    told += [f"of {one.undoes}"] if one.undoes is not None else ["(undone)"] if not holds else []
    told += [f"“{one.note}”"] if one.note else []
    return f"{one.number:>5}  {one.at}  {one.who}  {one.action} {one.target}  {'; '.join(told)}".rstrip()


def _decide(
    project: Path | None,
    who: str | None,
    note: str | None,
    targets: Iterable[Any],
    action: Callable[[Connection, Any, Author], int],
) -> None:
    """Decide on all targets or, where one is wrong, on none."""
    by = _author(who, note)
    with opened_project(project) as opened, opened.writing() as connection:
        numbers = [action(connection, target, by) for target in targets]
    for number in numbers:
        _tell(number)


def _author(who: str | None, note: str | None) -> Author:
    from detente.store.log import Author

    return Author(who if who is not None else getpass.getuser(), now(), note)


def _tell(number: int) -> None:
    typer.echo(f"Noted as {number}. To take it back: detente review undo {number}", err=True)


_LISTS = frozenset({"actor", "recipient", "mode", "context", "attribution", "inferred"})
_NUMBERS = frozenset({"valence", "probability", "place_latitude", "place_longitude", "place_geonameid"})


def _values(given: Iterable[str]) -> dict[str, Any]:
    """`field=value` pairs: lists as `PAK,IND` or JSON, spans as `[0,40]`, `null` for nothing, else text."""
    found: dict[str, Any] = {}
    for told in given:
        field, equals, value = told.partition("=")
        if not field or not equals:
            raise RecordError(f"Unclear {told!r}: FIELD=VALUE is read. Write for example type=ACCUSE.")
        is_json = value.startswith(("[", '"')) or value in ("null", "true", "false") or field in _NUMBERS
        try:
            found[field] = json.loads(value) if is_json else value.split(",") if field in _LISTS else value
        except ValueError as error:
            raise RecordError(f"Unclear value {value!r} of {field!r} ({error}): text or JSON is read.") from error
    return found
