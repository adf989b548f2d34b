"""`detente blocs`: who stands with whom in a month, how sure that is, and which three states are at odds."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.measured import Read, RecordsArgument, Shape, as_json, month_option, read_records, refuse, teller
from detente.errors import DataError

if TYPE_CHECKING:
    from detente.measure.balance import FrustrationDraws
    from detente.measure.blocs import Blocs
    from detente.measure.ties import Ties
    from detente.measure.triads import Balance, Triad

MEANING = (
    "A tie is how far a pair's reported acts are friendlier or more hostile than the world's, seen from all months.\n"
    "Blocs are groups whose ties are friendlier inside than all ties of their states let one expect; the figure\n"
    "beside a state is the probability of standing together with the others of its bloc."
)
_SHOWN = 8
_MOST_STATES = 40


def blocs(
    files: RecordsArgument,
    at: Annotated[
        str | None, typer.Option(metavar="MONTH", help="Month to look at [default: the last one told].")
    ] = None,
    among: Annotated[
        str | None,
        typer.Option(
            metavar="IDS", help="Sides to look at, such as PAK,RUS,EU [default: all states, no organisations]."
        ),
    ] = None,
    least: Annotated[float, typer.Option(min=0.01, help="Reports a month that a pair needs to have a tie.")] = 3.0,
    draws: Annotated[int, typer.Option(min=20, max=5000, help="How many networks to draw from what is told.")] = 400,
    seed: Annotated[int, typer.Option(min=0, help="Of the draws; the same seed gives the same figures.")] = 0,
    shape: Annotated[
        Shape, typer.Option("--format", help="table to read, json for everything, csv of pairs.")
    ] = Shape.TABLE,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Show the blocs of a month, the triads that are at odds, and how many ties would have to turn for peace.

    Exit code: 0 measured, 1 some lines were unreadable and the rest is measured, 2 wrong usage or nothing to measure.
    """
    month, tell = month_option(at, "at"), teller(wanted=not quiet)
    try:
        read = read_records(files)
        sides = None if among is None else _sides(among)
        report = measure(read, month, sides, least=least, draws=draws, seed=seed, tell=tell)
        tell("")
    except DataError as error:
        refuse(str(error))
    if shape is Shape.JSON:
        typer.echo(as_json(report))
    elif shape is Shape.CSV:
        writer = csv.DictWriter(
            sys.stdout, fieldnames=["a", "b", "together", "same_bloc", "tie", "friendly", "records"]
        )
        writer.writeheader()
        writer.writerows({**row, "records": " ".join(row["records"])} for row in report["pairs"])
    else:
        typer.echo("\n".join(_shown(report)))
    if read.failed:
        raise typer.Exit(1)


def measure(
    read: Read,
    month: int | None,
    among: list[str] | None,
    *,
    least: float,
    draws: int,
    seed: int,
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """All figures as plain values, ready for JSON."""
    from detente.measure.balance import frustration_over
    from detente.measure.blocs import blocs_of
    from detente.measure.index import survey
    from detente.measure.ties import ties_at
    from detente.measure.triads import balance_of, triads_of

    known = survey(read.built.reports)
    last = known.stories.first + known.stories.months - 1
    at, sides = last if month is None else month, among or _states()
    ties = ties_at(known, at, among=sides, least=least, draws=draws, seed=seed, tell=tell)
    found, balance = blocs_of(ties, tell=tell), balance_of(ties)
    frustration = frustration_over(ties) if len(ties.states) <= _MOST_STATES else None
    return {
        **_split(found),
        "pairs": list(_pairs(ties, found)),
        "triads": [_triad(one) for one in triads_of(ties)],
        "balance": None if balance is None else _balance(balance),
        "frustration": None if frustration is None else _frustration(frustration),
        "left_out": {"too thin": ["–".join(pair) for pair in ties.left_out], **read.built.left_out},
        "draws": len(ties.draws),
        "seed": seed,
        "calibration": known.calibration.source,
        "rules": list(found.rules),
        "records": list(found.records),
    }


def _sides(text: str) -> list[str]:
    found = [one.strip() for one in text.split(",") if one.strip()]
    if len(found) < 2:
        refuse(f"{text!r} in --among: two ids or more, with commas between, are needed. Write for example PAK,RUS,IND.")
    return found


def _states() -> list[str]:
    from detente.resolve.tables import read_table

    return list(read_table("states.yaml"))


def _split(found: Blocs) -> dict[str, Any]:
    return {
        "month": found.month,
        "method": found.method,
        "blocs": [
            [{"state": one, "together": _number(found.belonging(one))} for one in bloc] for bloc in found.members()
        ],
        "modularity": {
            "median": found.modularity,
            "low": found.low,
            "high": found.high,
            "chance": found.chance,
            "p": found.p_value,
        },
        "number_of_blocs": {str(number): share for number, share in found.number.items()},
    }


def _pairs(ties: Ties, found: Blocs) -> Iterator[dict[str, Any]]:
    """Every pair of states, also those without a tie of their own."""
    mean, positive = ties.mean, ties.positive
    for a, b in combinations(range(len(ties.states)), 2):
        pair = ties.states[a], ties.states[b]
        yield {
            "a": pair[0],
            "b": pair[1],
            "together": float(found.together[a, b]),
            "same_bloc": bool(found.labels[a] == found.labels[b]),
            "tie": float(mean[a, b]) if ties.known[a, b] else None,
            "friendly": _number(float(positive[a, b])),
            "records": list(ties.records.get(pair, ())),
        }


def _triad(one: Triad) -> dict[str, Any]:
    return {
        "states": list(one.states),
        "balanced": one.balanced,
        "weakly_balanced": one.weakly_balanced,
        "ties": list(one.ties),
        "records": list(one.records),
    }


def _balance(one: Balance) -> dict[str, Any]:
    return {
        "triads": one.triads,
        "share": one.share,
        "low": one.low,
        "high": one.high,
        "chance": one.chance,
        "p": one.p_value,
        "method": one.method,
    }


def _frustration(one: FrustrationDraws) -> dict[str, Any]:
    return {
        "ties": one.ties,
        "median": one.median,
        "low": one.low,
        "high": one.high,
        "exact": one.exact,
        "draws": one.draws,
        "method": one.method,
    }


def _number(value: float) -> float | None:
    return None if value != value else value


def _shown(report: dict[str, Any]) -> Iterator[str]:
    ties = [row for row in report["pairs"] if row["tie"] is not None]
    states = sum(map(len, report["blocs"]))
    yield f"Blocs in {report['month']}: {states} states, {len(ties)} ties"
    yield MEANING
    yield ""
    for number, bloc in enumerate(report["blocs"], 1):
        yield f"{number}  " + "  ".join(_member(one) for one in bloc)
    yield ""
    yield from _beside_chance(report)
    yield from _triads(report["triads"])
    yield ""
    thin = len(report["left_out"]["too thin"])
    if thin:
        yield f"{thin} pairs are too thin to have a tie."
    yield f"{len(report['records'])} records, {report['draws']} draws. {report['method']}. {' '.join(report['rules'])}"


def _member(one: dict[str, Any]) -> str:
    return one["state"] if one["together"] is None else f"{one['state']} {one['together']:.2f}"


def _beside_chance(report: dict[str, Any]) -> Iterator[str]:
    found, balance, frustration = report["modularity"], report["balance"], report["frustration"]
    yield (
        f"Modularity {found['median']:.3f}, 90% [{found['low']:.3f}, {found['high']:.3f}]; "
        f"by chance {found['chance']:.3f} (p {found['p']:.2f})"
    )
    if found["p"] > 0.05:
        yield "No more than chance: do not read these groups as blocs."
    if balance is not None:
        yield (
            f"Balanced triads {balance['share']:.2f} of {balance['triads']}, 90% [{balance['low']:.2f}, "
            f"{balance['high']:.2f}]; by chance {balance['chance']:.2f} (p {balance['p']:.2f})"
        )
    if frustration is not None:
        exact = "" if frustration["exact"] else ", at most: the search was cut short"
        yield (
            f"Ties that would have to turn for two camps at peace: {frustration['median']:.0f} of "
            f"{frustration['ties']}, 90% [{frustration['low']:.0f}, {frustration['high']:.0f}]{exact}"
        )


def _triads(found: list[dict[str, Any]]) -> Iterator[str]:
    if not found:
        return
    odd = sorted(found, key=lambda one: (one["balanced"], one["states"]))[:_SHOWN]
    yield ""
    yield "Triads at odds, with the probability that they are balanced"
    for one in odd:
        a, b, c = one["states"]
        named = zip((f"{a}–{b}", f"{a}–{c}", f"{b}–{c}"), one["ties"], strict=True)
        signs = ", ".join(f"{name} {tie:+.2f}".replace("-", "−") for name, tie in named)
        yield f"{one['balanced']:.2f}  {signs}  ({len(one['records'])} records)"
