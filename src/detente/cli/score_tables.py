"""The figures of `detente score` as tables for people and as objects for machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.evaluate.given_pairs import GivenScores
    from detente.evaluate.gold_records import Gold, RecordScores
    from detente.evaluate.intervals import Figure
    from detente.evaluate.joined_pairs import PairScores
    from detente.evaluate.marked_pairs import MarkedPair, MarkedRow


def with_marks(row: MarkedRow, pair: MarkedPair) -> str:
    """The sentence with its marks, as the tables have them."""
    cuts = [
        (place, mark)
        for name, spans in (("s", pair.sources), ("t", pair.targets))
        for span in spans
        for place, mark in ((span.start, f"<{name}>"), (span.end, f"</{name}>"))
    ]
    text = row.text
    for place, mark in sorted(cuts, reverse=True):
        text = text[:place] + mark + text[place:]
    return " ".join(text.split())


def pairs_report(scores: PairScores) -> Iterator[str]:
    for name, count in scores.counts.items():
        yield f"{count:>7} {name}"
    yield ""
    yield f"{'share of marked pairs found, with':36}{'recall  95% interval':>25}"
    names = {
        "root": "right root",
        "quad": "right quad",
        "class": "right class in CAMEO's terms",
        "any type": "any type",
        "either way": "any type, either way round",
    }
    for level, figure in scores.recall.items():
        yield f"{names[level]:36}{_shown(figure):>25}"
    scopes = {
        "join": "events that join a marked pair",
        "touch": "events with a side in a mark",
        "all": "all events",
    }
    for level in [one for one in ("root", "quad", "class") if one in scores.recall]:
        yield ""
        yield f"{names[level] + ', of':36}{'precision  95% interval':>25}{'F1  95% interval':>25}"
        for scope, what in scopes.items():
            shown = f"{_shown(scores.precision[level][scope]):>25}{_shown(scores.f1[level][scope]):>25}"
            yield f"{what:36}{shown}"
    yield ""
    yield "The sentences hold other acts that nobody marked, so that events which join no marked pair may be right."
    yield ""
    yield f"pairs missed by {'root' if 'root' in scores.recall else 'quad'}, and why"
    for reason, count in scores.reasons.items():
        yield f"{count:>7} {reason}"


def pairs_json(scores: PairScores) -> dict[str, Any]:
    levels = {
        level: {
            "recall": recall.to_json(),
            "precision": _json(scores.precision[level]),
            "f1": _json(scores.f1[level]),
        }
        for level, recall in scores.recall.items()
    }
    return {"counts": scores.counts, "levels": levels, "misses": scores.reasons}


def figure_line(name: str, figure: Figure) -> str:
    """A figure with its interval, as all reports have it."""
    return f"{name:36}{_shown(figure):>25}"


def given_report(scores: GivenScores) -> Iterator[str]:
    yield f"{scores.rows} sentences, source and target given"
    yield ""
    yield f"{'':36}{'value  95% interval':>25}"
    for name, figure in scores.figures.items():
        yield f"{name:36}{_shown(figure):>25}"
    yield ""
    yield "quad: the quad whose types have the largest sum of probabilities; binary: likewise of the quads"
    for title, table in (("root", scores.roots), ("quad", scores.quads)):
        yield ""
        yield f"{title:12}{'precision':>10}{'recall':>8}{'F1':>8}{'rows':>7}  mistaken for"
        for name, one in table.items():
            mistaken = sorted(one.mistaken_for.items(), key=lambda pair: (-pair[1], pair[0]))
            listed = ", ".join(f"{other} {count}" for other, count in mistaken[:4])
            numbers = f"{_number(one.precision):>10}{_number(one.recall):>8}{_number(one.f1):>8}{one.rows:>7}"
            yield f"{name:12}{numbers}  {listed}".rstrip()


def given_json(scores: GivenScores) -> dict[str, Any]:
    return {
        "rows": scores.rows,
        "figures": _json(scores.figures),
        "roots": {name: asdict(one) for name, one in scores.roots.items()},
        "quads": {name: asdict(one) for name, one in scores.quads.items()},
    }


def records_report(scores: RecordScores, gold: Gold) -> Iterator[str]:
    yield f"{gold.records:>7} records"
    for name, count in scores.counts.items():
        yield f"{count:>7} {name}"
    for name, count in gold.unknown_types.items():
        yield f"{count:>7} of the type {name!r}, which we do not know; they count as missed"
    for title, table in _record_tables(scores):
        yield ""
        yield f"{title:24}{'precision  95% interval':>25}{'recall  95% interval':>25}{'F1  95% interval':>25}"
        for level, figures in table.items():
            yield f"{level:24}" + "".join(f"{_shown(one):>25}" for one in figures.values())
    yield ""
    yield f"{'right type, given a right pair':36}{_shown(scores.type_given_pair):>25}"


def records_json(scores: RecordScores, gold: Gold) -> dict[str, Any]:
    figures = {name: {level: _json(by) for level, by in table.items()} for name, table in _record_tables(scores)}
    counts = {"records": gold.records, **scores.counts, "unknown types": gold.unknown_types}
    return {"counts": counts, "type given the pair": scores.type_given_pair.to_json(), **figures}


def _record_tables(scores: RecordScores) -> list[tuple[str, dict[str, dict[str, Figure]]]]:
    return [("all texts", scores.figures), ("interstate texts", scores.interstate_texts)]


def _json(figures: dict[str, Figure]) -> dict[str, list[float | None]]:
    return {name: one.to_json() for name, one in figures.items()}


def _shown(figure: Figure) -> str:
    return f"{_number(figure.value)}  {_number(figure.low)}–{_number(figure.high)}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
