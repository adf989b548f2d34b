"""`detente forecast`: what the next months of a pair may bring, with the score of such forecasts so far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.measured import (
    RecordsArgument,
    Shape,
    as_json,
    month_option,
    read_records,
    refuse,
)
from detente.errors import DataError

if TYPE_CHECKING:
    from detente.measure.forecast import Forecast
    from detente.measure.index import Survey

_SCORED_PAIRS = 200
_FIRST = (
    "horizon",
    "month",
    "mean",
    "low",
    "high",
    "shown",
    "log_loss",
    "persistence",
    "climatology",
    "covered",
    "cases",
)


def forecast(
    a: Annotated[str, typer.Argument(metavar="A", help="Id of one side, such as PAK; see `detente who`.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Id of the other side.")],
    files: RecordsArgument,
    months: Annotated[int, typer.Option(min=1, max=12, help="How many months ahead.")] = 6,
    until: Annotated[str | None, typer.Option(metavar="MONTH", help="Last month that counts.")] = None,
    directed: Annotated[bool, typer.Option("--directed", help="Only what A does to B.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Of the draws; the same seed gives the same intervals.")] = 0,
    shape: Annotated[Shape, typer.Option("--format", help="table to read, json or csv.")] = Shape.TABLE,
) -> None:
    """Forecast the mean score of a pair's acts, shown only where such forecasts did better than simple ones.

    A forecast fades the pair's past and leans on the world's mix. It is scored on the past of the pairs with three
    reports a month or more, against persistence and climatology. Exit code: 0 forecast, 1 some lines were unreadable
    and the rest counts, 2 wrong usage or too little to forecast from.
    """
    from detente.measure.index import survey
    from detente.measure.rules import Rules

    end = month_option(until, "until")
    try:
        read = read_records(files)
        known = survey(read.built.reports, Rules(directed=directed), last=end)
        report = measure(known, a, b, months=months, seed=seed)
    except DataError as error:
        refuse(str(error))
    if shape is Shape.JSON:
        typer.echo(as_json(report))
    elif shape is Shape.CSV:
        typer.echo(",".join(_FIRST))
        for row in report["months"]:
            typer.echo(",".join("" if row[name] is None else str(row[name]) for name in _FIRST))
    else:
        typer.echo("\n".join(_shown(report)))
    if read.failed:
        raise typer.Exit(1)


def measure(known: Survey, a: str, b: str, *, months: int, seed: int) -> dict[str, Any]:
    """All figures as plain values, ready for JSON.

    Raises:
        DataError: nothing is told of the pair, or no pair has a past that is long and full enough to score on.
    """
    from detente.measure.forecast import METHOD_VERSION, coverage_of_intervals, forecast, skill_of
    from detente.measure.index import records_of_pair
    from detente.measure.reports import month_name
    from detente.measure.thin import verdict_of

    stories, place = known.stories, known.place(a, b)
    horizons = range(1, months + 1)
    pairs = _scored(known)
    skills = skill_of(stories, known.world, pairs, horizons=horizons)
    covered = coverage_of_intervals(stories, known.world, pairs, horizons=horizons, seed=seed)
    last = stories.first + stories.months - 1
    found = forecast(stories, known.world, place, skills, seed=seed)
    return {
        "pair": list(stories.pairs[place]),
        "last": month_name(last),
        "verdict": verdict_of(stories.pace_of(place)),
        "months": [_plain(one, month_name(last + one.horizon), covered[one.horizon]) for one in found],
        "scored_pairs": len(pairs),
        "method": METHOD_VERSION,
        "rules": list(known.rules.described()),
        "records": list(records_of_pair(stories, place)),
    }


def _scored(known: Survey) -> list[int]:
    """The fullest pairs with three reports a month, on whose past forecasts are scored."""
    from detente.measure.thin import THIN

    stories = known.stories
    pace = {pair: stories.pace_of(pair) for pair in range(len(stories.pairs))}
    enough = sorted((pair for pair in pace if pace[pair] >= THIN), key=lambda pair: (-pace[pair], pair))[:_SCORED_PAIRS]
    if not enough or stories.months < 37:
        raise DataError(
            f"{len(enough)} pairs with three reports a month over {stories.months} months: a pair and three years are "
            "needed to score a forecast, and none is shown without its score. Add records."
        )
    return sorted(enough)


def _plain(one: Forecast, month: str, covered: float) -> dict[str, Any]:
    """A forecast that was no better than simple ones on the past has no figures."""
    shown, skill = one.skill.is_shown, one.skill
    return {
        "horizon": one.horizon,
        "month": month,
        "mean": one.mean if shown else None,
        "low": one.low if shown else None,
        "high": one.high if shown else None,
        "shown": shown,
        "log_loss": skill.ours,
        "persistence": skill.persistence,
        "climatology": skill.climatology,
        "covered": None if covered != covered else covered,
        "cases": skill.cases,
    }


def _shown(report: dict[str, Any]) -> Iterator[str]:
    yield f"{'–'.join(report['pair'])}, after {report['last']}: mean PLOVER score of the acts of a month"
    if report["verdict"] == "too thin to say":
        yield "Too little is told of this pair: what is expected of it is mostly the world's mix."
    yield "month      mean               90%   log loss: ours  persistence  climatology  90% covered so far"
    for row in report["months"]:
        figures = "not shown: simple forecasts did as well"
        if row["shown"]:
            ends = f"[{row['low']:+.2f}, {row['high']:+.2f}]"
            figures = f"{row['mean']:+6.2f}  {ends:>16}".replace("-", "−")
        covered = "–" if row["covered"] is None else f"{row['covered']:.0%}"
        losses = f"{row['log_loss']:>14.3f}  {row['persistence']:>11.3f}  {row['climatology']:>11.3f}  {covered:>18}"
        yield f"{row['month']}  {figures:<24}  {losses}"
    yield (
        f"Scored on {report['scored_pairs']} pairs, {report['months'][0]['cases']:,} pair-months one month ahead; a "
        "smaller loss is better. Not a forecast of events."
    )
    yield f"{len(report['records'])} records. {report['method']}. {' '.join(report['rules'])}"
