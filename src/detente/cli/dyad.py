"""`detente dyad`: the history of one pair, with its turning points and the sentences behind them."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.measured import Read, Shape, Source, as_json, month_option, read_records, refuse
from detente.errors import DataError

if TYPE_CHECKING:
    from detente.measure.index import Index, TurningPoint

MEANING = (
    "Points tell how far the acts reported between the two score above those of all pairs in the same months and\n"
    "sources, or below. Copies add little, doubtful codings weigh less, and where little is told the line hardly moves."
)
_CLEAR_WORLD = 20


def dyad(
    a: Annotated[str, typer.Argument(metavar="A", help="Id of one side, such as PAK; see `detente who`.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Id of the other side.")],
    files: Annotated[
        list[Path],
        typer.Argument(metavar="RECORDS...", help="Rows of `detente code` (.jsonl, .parquet), happenings of `link`."),
    ],
    since: Annotated[str | None, typer.Option(metavar="MONTH", help="First month shown, such as 2003-02.")] = None,
    until: Annotated[str | None, typer.Option(metavar="MONTH", help="Last month that counts.")] = None,
    shape: Annotated[Shape, typer.Option("--format", help="table to read, json for everything, csv of months.")] = (
        Shape.TABLE
    ),
    directed: Annotated[bool, typer.Option("--directed", help="Only what A does to B.")] = False,
    sources: Annotated[
        Source, typer.Option(help="Keep sources apart by who speaks, or pool all of them.")
    ] = Source.ALL,
    drivers: Annotated[int, typer.Option(min=0, max=50, help="Stories to name at each turning point.")] = 3,
) -> None:
    """Show how the relation of two sides moved, how sure that is, and what moved it.

    Exit code: 0 measured, 1 some lines were unreadable and the rest is measured, 2 wrong usage or nothing to measure.
    """
    start, end = month_option(since, "since"), month_option(until, "until")
    try:
        read = read_records(files, source=sources)
        report = measure(read, a, b, last=end, directed=directed, drivers=drivers)
    except DataError as error:
        refuse(str(error))
    if start is not None and start > int(report["_index"].months[-1]):
        refuse(f"{since!r} in --since: the last month told is {report['months'][-1]['month']}. Choose an earlier one.")
    report["months"] = [row for row in report["months"] if since is None or row["month"] >= since[:7]]
    index = report.pop("_index")
    if shape is Shape.JSON:
        typer.echo(as_json(report))
    elif shape is Shape.CSV:
        writer = csv.DictWriter(sys.stdout, fieldnames=list(report["months"][0]))
        writer.writeheader()
        writer.writerows(report["months"])
    else:
        typer.echo("\n".join(_shown(index, report, read)))
    if read.failed:
        raise typer.Exit(1)


def measure(read: Read, a: str, b: str, *, last: int | None, directed: bool, drivers: int) -> dict[str, Any]:
    """All figures of a pair as plain values, ready for JSON but for `_index`, the record behind them."""
    from detente.measure.comparison import asymmetry, by_source, words_and_deeds
    from detente.measure.index import index_of, survey
    from detente.measure.regard import not_happened, regards
    from detente.measure.reports import month_name
    from detente.measure.rules import Rules

    reports = read.built.reports
    rules = Rules(directed=directed)
    index = index_of(survey(reports, rules, last=last), a, b, drivers=drivers)
    kept = reports if last is None else reports.where(reports.month <= last)
    classes = by_source(kept, a, b, rules) if len(reports.sources) > 1 else {}
    return {
        "pair": list(index.pair),
        "method": index.method,
        "rules": list(index.rules),
        "calibration": index.fit.calibration.source,
        "verdict": index.verdict,
        "coverage": {
            "stories": index.coverage.stories,
            "reports": index.coverage.reports,
            "reports_a_month": index.coverage.reports_a_month,
            "months_told": index.coverage.months_told,
            "gaps": [[month_name(month), length] for month, length in index.coverage.gaps],
            "pairs_in_world": index.pairs_in_world,
            "left_out": dict(read.built.left_out),
        },
        "months": list(index.rows()),
        "turning_points": None
        if index.turning_points is None
        else [_turn(point, read) for point in index.turning_points],
        "words_less_deeds": _gap(lambda: words_and_deeds(kept, a, b, rules)),
        "asymmetry": _gap(lambda: asymmetry(kept, a, b)),
        "by_source": {name: _last(index_of(known, a, b, drivers=0)) for name, known in classes.items()},
        "not_happened": [
            {"month": month_name(month), "status": status, "records": number}
            for (month, status), number in not_happened(kept, a, b).items()
        ],
        "stances": [
            {
                "month": month_name(one.month),
                "holder": one.holder,
                "valence": one.valence,
                "records": list(one.records),
            }
            for one in regards(read.rows, a, b)
            if last is None or one.month <= last
        ],
        "records": list(index.records),
        "_index": index,
    }


def _turn(point: TurningPoint, read: Read) -> dict[str, Any]:
    from detente.measure.reports import month_name

    return {
        "month": month_name(point.month),
        "channel": point.channel,
        "before": point.before,
        "after": point.after,
        "drivers": [
            {
                "points": driver.points,
                "month": month_name(driver.month),
                "records": list(driver.records),
                "document": read.built.rows[driver.records[0]].get("document_id"),
                "type": read.built.rows[driver.records[0]].get("type"),
                "quote": read.built.rows[driver.records[0]].get("quote"),
            }
            for driver in point.drivers
        ],
    }


def _gap(made: Any) -> dict[str, Any] | None:
    """The last month of a gap; None where one of its lines has nothing to stand on."""
    from detente.measure.reports import month_name

    try:
        gap = made()
    except DataError:
        return None
    line = gap.line
    return {
        "first": gap.first,
        "second": gap.second,
        "month": month_name(int(gap.months[-1])),
        "value": float(line.value[-1]),
        "low": float(line.low[-1]),
        "high": float(line.high[-1]),
        "months_clear": int(gap.clear.sum()),
    }


def _last(index: Index) -> dict[str, Any]:
    now = index.now
    return {
        "now": float(now.value[-1]),
        "low": float(now.low[-1]),
        "high": float(now.high[-1]),
        "verdict": index.verdict,
    }


def _shown(index: Index, report: dict[str, Any], read: Read) -> Iterator[str]:
    months = report["months"]
    last = months[-1]
    joint = " → " if "One direction." in index.rules else "–"
    yield f"{joint.join(index.pair)}  {months[0]['month']} to {last['month']}"
    yield f"Warmth now, {last['month']}: {_points(last['now'])} points, 90% {_interval(last, 'now')}"
    yield MEANING
    yield from _warnings(index)
    yield ""
    yield from _years(months)
    yield ""
    yield from _turns(report["turning_points"])
    for name, gap in (("Words less deeds", report["words_less_deeds"]), ("Asymmetry", report["asymmetry"])):
        if gap:
            sides = f"{gap['first']} less {gap['second']}"
            yield f"{name}, {gap['month']}: {sides} {_points(gap['value'])}, 90% {_interval(gap, '')}"
    for name, figures in report["by_source"].items():
        yield f"By {name}: {_points(figures['now'])}, 90% {_interval(figures, '')} ({figures['verdict']})"
    yield from _beside(report)
    yield f"{len(report['records'])} records. {index.method}. {' '.join(index.rules)}"
    if read.built.left_out:
        yield "Left out: " + ", ".join(f"{number} {reason}" for reason, number in read.built.left_out.items()) + "."


def _warnings(index: Index) -> Iterator[str]:
    volume = f"{index.coverage.reports_a_month:.1f} reports a month"
    if index.verdict == "too thin to say":
        yield f"Too thin to say ({volume}; 3 are needed): the line is shown, no turning point is named."
    elif index.verdict == "read with care":
        yield f"Read with care ({volume}): of true turns about a third is found under 20."
    if index.pairs_in_world < _CLEAR_WORLD:
        yield (
            f"Only {index.pairs_in_world:.0f} pairs stand for the world in these records; the comparison leans on the "
            "usual mix of ICEWS."
        )


def _years(months: list[dict[str, Any]]) -> Iterator[str]:
    yield "year     history            90%    stories"
    for year in dict.fromkeys(row["month"][:4] for row in months):
        own = [row for row in months if row["month"].startswith(year)]
        mean = {key: sum(row[key] for row in own) / len(own) for key in ("history", "history_low", "history_high")}
        told = sum(row["stories"] for row in own)
        yield f"{year}  {_points(mean['history']):>10}  {_interval(mean, 'history'):>16}  {told:>9.1f}"


def _turns(turns: list[dict[str, Any]] | None) -> Iterator[str]:
    if turns is None:
        return
    yield "Turning points" if turns else "No turning point."
    for turn in turns:
        if turn["channel"] == "salience":
            yield f"{turn['month']}  news share ×{2.718281828 ** (turn['after'] - turn['before']):.1f}"
            continue
        yield f"{turn['month']}  warmth {_points(turn['before'])} to {_points(turn['after'])}"
        for driver in turn["drivers"]:
            quote = " ".join(str(driver["quote"]).split())
            when = "no longer" if driver["month"] < turn["month"] else "new      "
            named = f"{when}  {driver['month']}  {driver['type']}  “{quote}” ({driver['document']})"
            yield f"    {_points(driver['points'])}  {named}"


def _beside(report: dict[str, Any]) -> Iterator[str]:
    counted: dict[str, int] = {}
    for row in report["not_happened"]:
        counted[row["status"]] = counted.get(row["status"], 0) + row["records"]
    if counted:
        yield "Not counted, as it did not happen: " + ", ".join(f"{n} {status}" for status, n in counted.items()) + "."
    if report["stances"]:
        last = report["stances"][-1]
        number = len(report["stances"])
        yield f"Stances: {number} months and holders; last {last['month']}, {last['holder']}: {last['valence']:+.1f}."


def _points(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _interval(row: dict[str, Any], name: str) -> str:
    prefix = f"{name}_" if name else ""
    return f"[{_points(row[prefix + 'low'])}, {_points(row[prefix + 'high'])}]"
