"""The report of a pair as lines to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from detente.cli.measured import Read

MEANING = (
    "Points tell how far the acts reported between the two score above those of all pairs in the same months and\n"
    "sources, or below. Copies add little, doubtful codings weigh less, and where little is told the line hardly moves."
)
_CLEAR_WORLD = 20
_FEW = 24


def shown(report: dict[str, Any], read: Read) -> Iterator[str]:
    """The whole report of one line."""
    step, rows = report["step"], report[f"{report['step']}s"]
    last = rows[-1]
    yield f"{_joint(report)}  {rows[0][step]} to {last[step]}"
    yield f"Warmth now, {last[step]}: {points(last['now'])} points, 90% {interval(last, 'now')}"
    yield MEANING
    if report["by_source"]:
        yield f"Pooled over {len(report['by_source'])} classes of sources, as asked; each stands apart below."
    yield from _warnings(report)
    yield ""
    yield from _years(rows, step)
    yield from _sanity(report, rows)
    yield ""
    yield from _turns(report["turning_points"], step)
    for name, gap in (("Words less deeds", report["words_less_deeds"]), ("Asymmetry", report["asymmetry"])):
        if gap:
            yield _gap(name, gap, step)
    for name, figures in report["by_source"].items():
        yield f"By {name}: {points(figures['now'])}, 90% {interval(figures, '')} ({figures['verdict']})"
    yield from _beside(report, step)
    if "scenario" in report:
        yield from _scenario(report["scenario"], step)
    yield f"{len(report['records'])} records. {report['method']}. {' '.join(report['rules'])}"
    if read.built.left_out:
        yield "Left out: " + ", ".join(f"{number} {reason}" for reason, number in read.built.left_out.items()) + "."


def shown_by_class(report: dict[str, Any], read: Read) -> Iterator[str]:
    """One report after the other, and what lies between them."""
    yield f"{len(report['classes'])} classes of sources, apart; --pooled adds them up."
    for name, one in report["classes"].items():
        yield ""
        yield f"Sources: {name}"
        yield from shown(one, read)
    yield ""
    for gap in report["between_classes"]:
        step = next(step for step in ("week", "month", "quarter", "year") if step in gap)
        yield _gap("Between classes", gap, step)


def points(value: float) -> str:
    """With its sign."""
    return f"{value:+.2f}".replace("-", "−")


def interval(row: dict[str, Any], name: str) -> str:
    """The two ends of `name`."""
    prefix = f"{name}_" if name else ""
    return f"[{points(row[prefix + 'low'])}, {points(row[prefix + 'high'])}]"


def _joint(report: dict[str, Any]) -> str:
    return (" → " if "One direction." in report["rules"] else "–").join(report["pair"])


def _gap(name: str, gap: dict[str, Any], step: str) -> str:
    sides = f"{gap['first']} less {gap['second']}"
    return f"{name}, {gap[step]}: {sides} {points(gap['value'])}, 90% {interval(gap, '')}"


def _warnings(report: dict[str, Any]) -> Iterator[str]:
    coverage = report["coverage"]
    volume = f"{coverage['reports_a_month']:.1f} reports a month"
    if report["verdict"] == "too thin to say":
        yield f"Too thin to say ({volume}; 3 are needed): the line is shown, no turning point is named."
    elif report["verdict"] == "read with care":
        yield f"Read with care ({volume}): of true turns about a third is found under 20."
    if coverage["pairs_in_world"] < _CLEAR_WORLD:
        yield (
            f"Only {coverage['pairs_in_world']:.0f} pairs stand for the world in these records; the comparison leans "
            "on the usual mix of ICEWS."
        )


def _years(rows: list[dict[str, Any]], step: str) -> Iterator[str]:
    """Means by year; the values themselves where a year has one, or few are shown."""
    single = step == "year" or (len(rows) <= _FEW and step != "month")
    yield f"{step if single else 'year':<8} history               90%   mean score  log ratio  stories"
    for name in dict.fromkeys(row[step] if single else row[step][:4] for row in rows):
        own = [row for row in rows if row[step] == name or (not single and row[step].startswith(name))]
        mean = {key: sum(row[key] for row in own) / len(own) for key in ("history", "history_low", "history_high")}
        told = sum(row["stories"] for row in own)
        scored = [row["mean_score_7_months"] for row in own if row["mean_score_7_months"] is not None]
        score = points(sum(scored) / len(scored)) if scored else "–"
        ratio = points(sum(row["log_ratio"] for row in own) / len(own))
        warm = f"{points(mean['history']):>8}  {interval(mean, 'history'):>16}"
        yield f"{name:<8}{warm}  {score:>10}  {ratio:>9}  {told:>7.1f}"


def _sanity(report: dict[str, Any], rows: list[dict[str, Any]]) -> Iterator[str]:
    """Warmth beside the log ratio: where they move against each other, a reader should know."""
    import numpy as np

    yield "Mean score and log ratio are plain lines from the same stories, to check warmth against."
    lines = np.array([[row["history"], row["log_ratio"]] for row in rows])
    if report["verdict"] == "too thin to say" or len(rows) < 3 or (np.ptp(lines, axis=0) < 0.1).any():
        return
    together = float(np.corrcoef(lines.T)[0, 1])
    if together < 0:
        yield f"Warmth and the log ratio move against each other (r {together:.2f}): look at the records."


def _turns(turns: list[dict[str, Any]] | None, step: str) -> Iterator[str]:
    if turns is None:
        return
    yield "Turning points" if turns else "No turning point."
    for turn in turns:
        if turn["channel"] == "salience":
            yield f"{turn[step]}  news share ×{2.718281828 ** (turn['after'] - turn['before']):.1f}"
            continue
        yield f"{turn[step]}  warmth {points(turn['before'])} to {points(turn['after'])}"
        for driver in turn["drivers"]:
            quote = " ".join(str(driver["quote"]).split())
            when = "no longer" if driver[step] < turn[step] else "new      "
            named = f"{when}  {driver[step]}  {driver['type']}  “{quote}” ({driver['document']})"
            yield f"    {points(driver['points'])}  {named}"


def _beside(report: dict[str, Any], step: str) -> Iterator[str]:
    counted: dict[str, int] = {}
    for row in report["not_happened"]:
        counted[row["status"]] = counted.get(row["status"], 0) + len(row["records"])
    if counted:
        yield "Not counted, as it did not happen: " + ", ".join(f"{n} {status}" for status, n in counted.items()) + "."
    if report["stances"]:
        last = report["stances"][-1]
        number = len(report["stances"])
        yield (f"Stances: {number} {step}s and holders; last {last[step]}, {last['holder']}: {last['valence']:+.1f}.")


def _scenario(scenario: dict[str, Any], step: str) -> Iterator[str]:
    rows = scenario[f"{step}s"]
    yield f"SCENARIO, not stored: {scenario['label'].removeprefix('scenario: ')}"
    far = max(rows, key=lambda row: abs(row["would_be"] - row["told"]))
    for name, row in (("farthest", far), ("last", rows[-1])):
        would = f"{points(row['would_be'])} {interval(row, 'would_be')}"
        yield f"    {name}, {row[step]}: {points(row['told'])} as told, {would} in the scenario"
