"""`detente shared`: the organisations that two states belong to together, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.measured import as_json, refuse
from detente.errors import DataError

if TYPE_CHECKING:
    from detente.measure.shared import Belonging, SharedSpell


def shared(
    a: Annotated[str, typer.Argument(metavar="A", help="Id of one state, such as PAK; see `detente who`.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Id of the other state.")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[RECORDS...]", help="Also count memberships read by `detente code` (.jsonl)."),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="Only what is shared on a day.")] = None,
    observers: Annotated[bool, typer.Option("--observers", help="Observers and partners count, too.")] = False,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print spells as JSON.")] = False,
) -> None:
    """Show which organisations two states share, with the dates as precisely as they are known.

    Exit code: 0 shown, 2 wrong usage.
    """
    from detente.measure.shared import FULL, shared_spells

    day = _day(on)
    statuses = {*FULL, "observer", "dialogue-partner"} if observers else set(FULL)
    try:
        held = [*_known(a, b), *_read(files or [])]
        spells = shared_spells(held, a, b, statuses=statuses)
    except DataError as error:
        refuse(str(error))
    if day is not None:
        spells = tuple(spell for spell in spells if spell.holds(day) is not False)
    if json_wanted:
        typer.echo(as_json([_plain(spell) for spell in spells]))
        return
    typer.echo("\n".join(_shown(spells, day)) or f"{a} and {b} share no organisation that is known here.")


def _known(a: str, b: str) -> Iterator[Belonging]:
    """What the table of memberships has of two states."""
    from detente.measure.shared import Belonging
    from detente.resolve.memberships import load_memberships

    table = load_memberships().by_state
    if unknown := sorted({a, b} - table.keys()):
        raise DataError(f"No memberships of {unknown[0]!r}: ids of states are needed. Find them with `detente who`.")
    for spell in (*table[a], *table[b]):
        source = f"memberships.csv line {spell.line}"
        since, until = (None if one is None else _text(one.first, one.last) for one in (spell.start, spell.end))
        yield Belonging(spell.state, spell.organisation, spell.status, since, until, source)


def _read(files: list[Path]) -> Iterator[Belonging]:
    """Memberships of records; those of which no beginning is told say nothing of time, and are passed over."""
    from detente.cli.measured import read_records
    from detente.measure.shared import Belonging

    for row in read_records(files).rows if files else ():
        since = (row.get("date") or "").partition("/")[0]
        if row.get("kind") == "membership" and row.get("recipients") and since not in ("", ".."):
            yield Belonging(row["actors"], row["recipients"], row["status"], since, row.get("until"), row["id"])


def _text(first: date, last: date) -> str:
    """The ISO date of a day, month or year by its first and last day."""
    if first == last:
        return first.isoformat()
    return f"{first:%Y-%m}" if first.month == last.month else f"{first:%Y}"


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        refuse(f"{text!r} in --on: a day is needed. Write for example 2018-02-20.")


def _plain(spell: SharedSpell) -> dict[str, Any]:
    begins, ends = (
        [None if day in (date.min, date.max) else day.isoformat() for day in moment]
        for moment in (spell.begins, spell.ends)
    )
    return {"organisation": spell.organisation, "begins": begins, "ends": ends, "sources": list(spell.records)}


def _shown(spells: tuple[SharedSpell, ...], day: date | None) -> Iterator[str]:
    for spell in spells:
        begin = "?" if spell.begins[0] == date.min else _text(*spell.begins)
        end = "" if spell.ends[0] == date.max else _text(*spell.ends)
        unsure = "  the dates do not tell" if day is not None and spell.holds(day) is None else ""
        yield f"{spell.organisation:<12} {begin:>10} – {end:<10}{unsure}  {'; '.join(spell.records)}".rstrip()
