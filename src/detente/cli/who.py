"""`detente who`: whom a name means at a date, and what that rests on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.code import ActorsOption
from detente.errors import DetenteError

if TYPE_CHECKING:
    from detente.resolve.state_codes import StateCodes
    from detente.resolve.who import Answer, Belonging, Candidate, Office

_SHOWN = 8


class AnswerFormat(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"


def who(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, or an office such as 'president of France'.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Day asked for [default: today].")] = None,
    actors: ActorsOption = None,
    format: Annotated[AnswerFormat, typer.Option(help="How the answer is written.")] = AnswerFormat.TEXT,
    everything: Annotated[bool, typer.Option("--all", help="List every office, membership and alias.")] = False,
) -> None:
    """Explain whom or what a name means on a day: offices held, memberships, and where each is known from.

    Exit code: 0 resolved, 1 unresolved, 2 wrong usage.
    """
    from detente.resolve.knowledge import load_knowledge
    from detente.resolve.own_actors import with_actors
    from detente.resolve.who import who_is

    try:
        answer = who_is(name, _day(on), knowledge=with_actors(load_knowledge(), actors or ()))
    except DetenteError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(2) from error
    if format is AnswerFormat.JSON:
        typer.echo(json.dumps(_as_json(answer), ensure_ascii=False, indent=1, default=str))  # str: dates
    else:
        typer.echo("\n".join(_lines(answer, shown=None if everything else _SHOWN)))
    if not answer.candidates:
        raise typer.Exit(1)


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"Error: Unknown date {text!r} in --on: a day such as 2018-02-20. Write year, month and day."
        typer.echo(message, err=True)
        raise typer.Exit(2) from error


def _as_json(answer: Answer) -> dict[str, object]:
    return {
        "name": answer.name,
        "on": answer.on.isoformat(),
        "resolved": bool(answer.candidates),
        "candidates": [asdict(candidate) for candidate in answer.candidates],
        "nearest": [asdict(nearest) for nearest in answer.nearest],
    }


def _lines(answer: Answer, *, shown: int | None) -> Iterator[str]:
    if not answer.candidates:
        yield f"{answer.name!r} on {answer.on}: unresolved"
        if answer.nearest:
            yield "  nearest names we know:"
            yield from (f"    {near.name}  ({near.id}, {near.kind})" for near in answer.nearest)
        else:
            yield "  no name is like it; an office needs its country, as in 'foreign minister of Pakistan'"
        return
    count = len(answer.candidates)
    yield f"{answer.name!r} on {answer.on}: {count} candidate{'s' if count > 1 else ''}"
    for candidate in answer.candidates[:shown]:
        yield ""
        yield from _candidate(candidate, shown)
    if left := count - len(answer.candidates[:shown]):
        yield f"\n… and {left} less likely candidates (--all lists them)"


def _candidate(candidate: Candidate, shown: int | None) -> Iterator[str]:
    yield f"{candidate.id}  {candidate.name}  [{candidate.kind}]  {candidate.score:.2f}: {candidate.reason}"
    if candidate.until is not None:
        successor = f", then coded as {candidate.country}" if candidate.country else ""
        yield f"  former state, until {candidate.until}{successor}"
        if candidate.successors:
            yield f"  succeeded by {', '.join(candidate.successors)}"
    elif candidate.country is not None:
        yield f"  country {candidate.country}{f', sector {candidate.sector}' if candidate.sector else ''}"
    elif candidate.sector is not None:
        yield f"  sector {candidate.sector}"
    if candidate.claimed_by is not None:
        yield f"  claimed by {candidate.claimed_by}"
    if candidate.codes is not None:
        yield from _codes(candidate.codes)
    if candidate.latitude is not None:
        people = f", {candidate.population:,} inhabitants" if candidate.population else ""
        yield f"  at {candidate.latitude:.2f}, {candidate.longitude:.2f}{people}"
    yield from _offices(candidate.offices, shown)
    yield from _belongings("belongs to", candidate.memberships, "organisation", shown)
    yield from _belongings("its members", candidate.members, "member", shown)
    if candidate.aliases:
        aliases = candidate.aliases[:shown]
        more = f", … ({len(candidate.aliases)} in all)" if len(aliases) < len(candidate.aliases) else ""
        yield f"  also called: {', '.join(aliases)}{more}"


def _codes(codes: StateCodes) -> Iterator[str]:
    iso = " ".join(filter(None, (codes.iso3, codes.iso2)))
    lists = [f"ISO {iso}"] if iso else []
    lists += [f"COW {codes.cow_number} {codes.cow_letters}"] if codes.cow_number is not None else []
    lists += [f"Gleditsch-Ward {codes.gw_number} {codes.gw_letters}"] if codes.gw_number is not None else []
    span = f"{codes.start or 'of old'} to {codes.end or 'today'}"
    yield f"  codes: {', '.join(lists) or 'none'}; as {codes.name}, {span}"


def _offices(offices: tuple[Office, ...], shown: int | None) -> Iterator[str]:
    held = [office for office in offices if office.held]
    if held:
        yield "  in office on that day:"
        yield from _cut([_office(office) for office in held], shown)
    others = [office for office in offices if not office.held]
    if others:
        yield "  at other times:" if held else "  in no office that we know on that day; at other times:"
        yield from _cut([_office(office) for office in others], shown)


def _office(office: Office) -> str:
    return f"{office.role} ({office.country}), {_dates(office.start, office.end, 'no end recorded')}; {office.source}"


def _belongings(title: str, found: tuple[Belonging, ...], key: str, shown: int | None) -> Iterator[str]:
    if not found:
        return
    yield f"  {title} ({len(found)}):"
    lines = []
    for one in found:
        other = getattr(one, key)
        sure = "" if one.is_sure else " (dates too coarse to be sure)"
        name = "" if one.name == other else f" {one.name}"
        lines.append(f"{other}{name}: {one.status}{sure}, {_dates(one.start, one.end, 'no end')}; {one.source}")
    yield from _cut(lines, shown)


def _dates(start: str | None, end: str | None, still: str) -> str:
    return f"{start or 'unknown'} to {end}" if end is not None else f"from {start or 'unknown'}, {still}"


def _cut(lines: Iterable[str], shown: int | None) -> Iterator[str]:
    every = list(lines)
    yield from (f"    {line}" for line in every[:shown])
    if left := len(every) - len(every[:shown]):
        yield f"    … and {left} more (--all lists them)"
