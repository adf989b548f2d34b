"""`detente alignment`: who votes, or is allied, with whom beyond chance, from tables of the user's."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.measured import Every, Shape, as_json, read_records, refuse
from detente.errors import DataError

if TYPE_CHECKING:
    from detente.measure.index import Survey
    from detente.measure.positions import ByYear

COLUMNS = ("year", "a", "b", "items", "kappa", "pi", "s", "tone", "tone_low", "tone_high", "stories")
CAVEAT = (
    "Alignment is an axis of its own: the tone of events does not predict alliances (in ICEWS it tells allies from\n"
    "others no better than a coin, AUC .45). κ of 0 is what the habits of both would make alike by chance."
)
_SHOWN = 12


def alignment(
    table: Annotated[
        Path,
        typer.Argument(metavar="TABLE", help="CSV of votes (state,item,year,position) or alliances (a,b,year,level)."),
    ],
    a: Annotated[str | None, typer.Argument(metavar="[A]", help="Id of one state, as the table has it.")] = None,
    b: Annotated[str | None, typer.Argument(metavar="[B]", help="Id of the other; all pairs without both.")] = None,
    records: Annotated[
        list[Path] | None,
        typer.Option("--records", metavar="RECORDS", help="Put the tone of their events beside it; may be repeated."),
    ] = None,
    shape: Annotated[Shape, typer.Option("--format", help="table to read, json or csv.")] = Shape.TABLE,
) -> None:
    """Show how alike states vote or choose their allies, year by year, less what chance would make alike.

    Exit code: 0 measured, 1 some lines of the records were unreadable, 2 wrong usage or an unreadable table.
    """
    from detente.measure.positions import read_positions

    if (a is None) != (b is None):
        refuse(f"{a!r} alone: two states or none are needed. Name the other one.")
    try:
        known = read_positions(table)
        read = read_records(records, step=Every.YEAR) if records else None
        rows = list(measure(known, None if a is None or b is None else (a, b), _survey(read)))
    except DataError as error:
        refuse(str(error))
    if shape is Shape.JSON:
        found = {"kind": known.kind, "pairs": rows, "method": _method(), "note": " ".join(CAVEAT.split())}
        typer.echo(as_json(found))
    elif shape is Shape.CSV:
        writer = csv.DictWriter(sys.stdout, fieldnames=COLUMNS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    else:
        typer.echo("\n".join(_shown(known, rows, single=a is not None)))
    if read is not None and read.failed:
        raise typer.Exit(1)


def _survey(read: Any) -> Survey | None:
    from detente.measure.index import survey

    return None if read is None else survey(read.built.reports)


def _method() -> str:
    from detente.measure.alignment import METHOD_VERSION

    return METHOD_VERSION


def measure(known: ByYear, pair: tuple[str, str] | None, survey: Survey | None) -> Iterator[dict[str, Any]]:
    """One row a pair and year; what cannot be told is None.

    Raises:
        DataError: a state has no position in any year.
    """
    from itertools import combinations

    if pair is not None:
        states = {state for positions in known.years.values() for state in positions.states}
        if missing := [one for one in pair if one not in states]:
            raise DataError(
                f"No positions of {missing[0]!r}: the table has {', '.join(sorted(states)[:12])}… Check the id."
            )
    tones: dict[tuple[str, str], dict[int, dict[str, Any]]] = {}
    for year in known.years:
        found = known.aligned(year)
        place = {state: at for at, state in enumerate(found.states)}
        wanted = combinations(found.states, 2) if pair is None else [pair] if {*pair} <= place.keys() else []
        for a, b in wanted:
            if (a, b) not in tones:
                tones[a, b] = {} if survey is None else tone_by_year(survey, a, b)
            at = place[a], place[b]
            figures = {name: _number(getattr(found, name)[at]) for name in ("kappa", "pi", "s")}
            tone = tones[a, b].get(year, dict.fromkeys(("tone", "tone_low", "tone_high", "stories"), None))
            yield {"year": year, "a": a, "b": b, "items": int(found.items[at]), **figures, **tone}


def tone_by_year(survey: Survey, a: str, b: str) -> dict[int, dict[str, Any]]:
    """Warmth of a pair by year, in points; nothing where nothing is told of it."""
    from detente.measure.index import line_of, records_of_pair

    try:
        fit, place = survey.fit(a, b), survey.place(a, b)
    except DataError:
        return {}
    line = line_of(fit.history, fit.history_sd, fit.mix, survey.calibration)
    records = list(records_of_pair(survey.stories, place))
    return {
        survey.stories.first + at: {
            "tone": float(line.value[at]),
            "tone_low": float(line.low[at]),
            "tone_high": float(line.high[at]),
            "stories": float(fit.volume[at]),
            "records": records,
        }
        for at in range(survey.stories.months)
    }


def _number(value: float) -> float | None:
    return None if value != value else float(value)


def _shown(known: ByYear, rows: list[dict[str, Any]], *, single: bool) -> Iterator[str]:
    yield f"Alignment by {known.kind}, {min(known.years)} to {max(known.years)}"
    yield CAVEAT
    yield ""
    yield "year  pair         items      κ      π      S   tone of events, 90%, stories"
    if not single:
        rows = [row for row in rows if row["year"] == max(known.years) and row["kappa"] is not None]
        rows.sort(key=lambda row: (-row["kappa"], row["a"], row["b"]))
        if len(rows) > 2 * _SHOWN:
            yield from map(_line, rows[:_SHOWN])
            yield f"      … {len(rows) - 2 * _SHOWN:,} pairs between; --format csv has all years"
            rows = rows[-_SHOWN:]
    yield from map(_line, rows)
    yield _method()


def _line(row: dict[str, Any]) -> str:
    kappa, pi, s = ("     –" if row[name] is None else f"{row[name]:+6.2f}" for name in ("kappa", "pi", "s"))
    tone = "nothing told"
    if row["tone"] is not None:
        tone = f"{row['tone']:+.2f} [{row['tone_low']:+.2f}, {row['tone_high']:+.2f}], {row['stories']:.0f}"
    pair = f"{row['a']}–{row['b']}"
    return f"{row['year']}  {pair:<11}  {row['items']:>5}  {kappa} {pi} {s}   {tone}".replace("-", "−")
