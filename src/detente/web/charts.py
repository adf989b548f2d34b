"""The charts, as Vega-Lite specifications: one definition for page, image and notebook.

What enters: a `DyadView`. What leaves: plain dictionaries. Colours are names of roles that `charts.js` puts into the
page's light or dark ones. What did not happen has a strip of its own and never stands among the events.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

from detente.measure.rules import METHOD_VERSION
from detente.queries.coverage import Coverage
from detente.web.asking import name_of
from detente.web.dyads import MOST_MARKS, DyadView

_MONTH = {"field": "month", "type": "temporal", "timeUnit": "utcyearmonth"}
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_STATUS_WORDS = {"proposed": "proposed", "future": "planned", "hypothetical": "hypothetical", "negated": "denied"}
_POINTS = {"type": "quantitative", "format": "+.2f"}
# What the page zooms in on.
_SHOWN = [{"expr": "since"}, {"expr": "until"}]
_SIDES = ["cooperation", "conflict"]
_PUBLISHERS = ["$coop", "$conf", "$member", "$stance", "$warn", "$muted", "$axis"]


def dyad_chart(view: DyadView) -> dict[str, Any]:
    """Warmth with its interval, single events, what did not happen, salience and volume, one below the other.

    `since` and `until` are the window that all panels but the last show; the page moves them. Where there are too many
    events to draw each, their numbers by month and score are drawn, and the page asks for the events of a window that
    has fewer.
    """
    months, marks, not_done = view.months(), view.marks, view.not_done
    first, last = _window(view)
    panels = [_warmth(faint=view.verdict == "too thin to say"), _events()]
    if not_done:
        panels.append(_not_done())
    panels += [_salience(), _volume(first, last)]
    return {
        "$schema": _SCHEMA,
        "spacing": 14,
        "params": [{"name": "since", "value": first}, {"name": "until", "value": last}],
        "usermeta": {"window": [first, last], "most": MOST_MARKS, "events": len(view.done)},
        "datasets": {
            "months": [{**row, "month": f"{row['month']}-01", "percent": _percent(row)} for row in months],
            "turns": [
                {"month": f"{turn['month']}-01", "move": turn["after"] - turn["before"]}
                for turn in view.turns or ()
                if turn["channel"] == "warmth"
            ],
            "marks": [{**mark, "how": _how(mark)} for mark in marks],
            "bins": view.bins(),
            "open": [{**mark, "status": _STATUS_WORDS[mark["status"]]} for mark in not_done],
            "window": [{}],
        },
        "vconcat": panels,
        "resolve": {"scale": {"x": "independent", "color": "independent", "shape": "independent"}},
    }


def gaps_chart(view: DyadView) -> dict[str, Any]:
    """Words less deeds and one direction less the other, by month, each with its interval."""
    panels, datasets = [], {}
    for number, (title, rows) in enumerate(view.gap_lines()):
        datasets[f"gap{number}"] = [{**row, "month": f"{row['month']}-01"} for row in rows]
        panels.append(_gap(title, f"gap{number}"))
    return {
        "$schema": _SCHEMA,
        "spacing": 14,
        "datasets": datasets,
        "vconcat": panels,
        "resolve": {"scale": {"x": "shared"}},
    }


def coverage_chart(found: Coverage, *, most: int = 6) -> dict[str, Any]:
    """Records by year, parted by the busiest publishers."""
    rows = [
        {"publisher": (name or "unknown") if place < most else "others", "year": f"{year}-01-01", "records": number}
        for place, (name, numbers) in enumerate(found.publishers)
        for year, number in zip(found.years, numbers, strict=True)
        if number
    ]
    named = [name or "unknown" for name, _ in found.publishers[:most]]
    order = [*named, *(["others"] if len(found.publishers) > most else [])]
    tooltip = [
        {"field": "year", "type": "temporal", "timeUnit": "utcyear", "title": "Year"},
        {"field": "publisher", "title": "Publisher"},
        {"field": "records", "aggregate": "sum", "title": "Records", "type": "quantitative"},
    ]
    colour = {"field": "publisher", "type": "nominal", "scale": {"domain": order, "range": _PUBLISHERS}, "title": None}
    return {
        "$schema": _SCHEMA,
        "title": "Records by year of what they tell, by publisher",
        "datasets": {"years": rows},
        "data": {"name": "years"},
        "width": 640,
        "height": 300,
        "mark": "bar",
        "encoding": {
            "x": {"field": "year", "type": "temporal", "timeUnit": "utcyear", "title": None},
            "y": {"field": "records", "aggregate": "sum", "type": "quantitative", "title": "records"},
            "color": {**colour, "sort": order},
            "tooltip": tooltip,
        },
    }


def titled(spec: dict[str, Any], view: DyadView) -> dict[str, Any]:
    """The chart of a pair with a title of its own, for where no page stands around it."""
    months = view.months()
    subtitle = f"{months[0]['month']} to {months[-1]['month']}, {view.verdict}. detente, {METHOD_VERSION}"
    title = {"text": f"{name_of(view.a)} – {name_of(view.b)}", "subtitle": subtitle, "fontSize": 16, "color": "$ink"}
    return {**spec, "title": title}


def _window(view: DyadView) -> tuple[int, int]:
    """The first and the last moment of the shown months, in milliseconds."""
    months = view.months()
    if not months:
        return 0, 0
    year, month = map(int, str(months[-1]["month"]).split("-"))
    start = datetime.fromisoformat(f"{months[0]['month']}-01").replace(tzinfo=UTC)
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    return int(start.timestamp() * 1000), int(end.timestamp() * 1000)


def _percent(row: dict[str, Any]) -> float:
    return 100 * math.exp(row["log_share"])


def _how(mark: dict[str, Any]) -> str:
    said = "claimed by a source" if mark["claimed"] else "told by the document"
    return f"{said}, background" if mark["status"] == "historical" else said


def _x(field: str = "month", *, axis: bool = True) -> dict[str, Any]:
    shown = {"title": None, "grid": True, "labels": axis, "ticks": axis, "tickCount": 8}
    return {"field": field, "type": "temporal", "scale": {"domain": _SHOWN, "type": "utc"}, "axis": shown}


def _warmth(*, faint: bool) -> dict[str, Any]:
    """The line and what qualifies it; faint where too little is told to trust it."""
    tooltip = [
        {**_MONTH, "title": "Month", "format": "%b %Y"},
        {"field": "history", "title": "Warmth", **_POINTS},
        {"field": "history_low", "title": "90% from", **_POINTS},
        {"field": "history_high", "title": "90% to", **_POINTS},
        {"field": "plain", "title": "Plain mean score", **_POINTS},
        {"field": "stories", "title": "Stories", "type": "quantitative", "format": ".1f"},
    ]
    zero = {"condition": {"test": "datum.value === 0", "value": "$quiet"}, "value": "$line"}
    y = {"type": "quantitative", "title": "cooler ←  points  → warmer", "axis": {"gridColor": zero, "tickCount": 6}}
    line = {"type": "line", "clip": True}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "area", "clip": True, "color": "$band", "opacity": 1},
            "encoding": {"y": {"field": "history_low", **y}, "y2": {"field": "history_high"}},
        },
        {
            "mark": {**line, "color": "$muted", "strokeDash": [4, 3], "strokeWidth": 1.2},
            "encoding": {"y": {"field": "plain", **y}},
        },
        {
            "mark": {**line, "color": "$ink", "strokeWidth": 2.4, "opacity": 0.35 if faint else 1},
            "encoding": {"y": {"field": "history", **y}},
        },
        {
            "data": {"name": "turns"},
            "mark": {"type": "rule", "clip": True, "color": "$accent", "strokeDash": [2, 2], "strokeWidth": 1.4},
            "encoding": {"tooltip": [{**_MONTH, "title": "Turning point", "format": "%b %Y"}]},
        },
        {
            "mark": {"type": "rule", "clip": True, "strokeWidth": 9, "opacity": 0},
            "encoding": {"tooltip": tooltip},
        },
    ]
    return {
        "title": "Warmth, with its 90% interval",
        "data": {"name": "months"},
        "height": 210,
        "width": 640,
        "encoding": {"x": _x(axis=False)},
        "layer": layers,
    }


def _events() -> dict[str, Any]:
    """Single events, or their numbers where they are too many; one of the two has no data."""
    y = {
        "field": "score",
        "type": "quantitative",
        "scale": {"domain": [-11, 11], "nice": False},
        "title": "PLOVER score",
        "axis": {"values": [-10, -5, 0, 5, 10]},
    }
    scale = {"domain": _SIDES, "range": ["$coop", "$conf"]}
    legend = {"title": None, "orient": "top", "symbolFillColor": "transparent"}
    colour = {"field": "side", "scale": scale, "legend": legend}
    shape = {"field": "side", "scale": {"domain": _SIDES, "range": ["circle", "triangle-up"]}, "legend": legend}
    filled = {"fill": {"field": "side", "scale": scale, "legend": None}}
    event = {
        "mark": {"type": "point", "clip": True, "size": 55, "cursor": "pointer", "strokeWidth": 1.4},
        "data": {"name": "marks"},
        "encoding": {
            "x": _x("date", axis=False), "y": y, "color": colour, "shape": shape, **filled,
            "fillOpacity": {"condition": {"test": "datum.act === 'deed'", "value": 0.8}, "value": 0.06},
            "opacity": {"condition": {"test": "datum.claimed", "value": 0.45}, "value": 1},
            "tooltip": _event_tooltip("how", "Standing"),
        },
    }  # fmt: skip
    size = {"field": "events", "type": "quantitative", "scale": {"rangeMin": 6, "rangeMax": 220}, "legend": None}
    tooltip = [
        {**_MONTH, "title": "Month", "format": "%b %Y"},
        {"field": "score", "title": "PLOVER score, about", "type": "quantitative"},
        {"field": "events", "title": "Events", "type": "quantitative"},
    ]
    number = {
        "mark": {"type": "point", "clip": True, "filled": True, "opacity": 0.7},
        "data": {"name": "bins"},
        "encoding": {
            "x": _x("month", axis=False), "y": y, "color": colour, "shape": shape, "size": size, "tooltip": tooltip,
        },
    }  # fmt: skip
    return {
        "title": "Events told as done: open marks are words, filled ones deeds, faint ones claimed by a source",
        "height": 150,
        "width": 640,
        "layer": [number, event],
    }


def _not_done() -> dict[str, Any]:
    return {
        "title": "Not done: proposed, planned, hypothetical or denied",
        "data": {"name": "open"},
        "height": {"step": 17},
        "width": 640,
        "mark": {
            "type": "point",
            "shape": "square",
            "clip": True,
            "size": 46,
            "filled": False,
            "color": "$open",
            "cursor": "pointer",
        },
        "encoding": {
            "x": _x("date", axis=False),
            "y": {"field": "status", "type": "nominal", "title": None, "axis": {"grid": True}},
            "tooltip": _event_tooltip("status", "Standing"),
        },
    }


def _salience() -> dict[str, Any]:
    tooltip = [
        {**_MONTH, "title": "Month", "format": "%b %Y"},
        {"field": "percent", "title": "Per cent of all stories", "type": "quantitative", "format": ".2f"},
    ]
    return {
        "title": "Salience: per cent of all stories that are of the two, smoothed",
        "data": {"name": "months"},
        "height": 46,
        "width": 640,
        "mark": {"type": "area", "clip": True, "line": {"color": "$stance", "strokeWidth": 1.6}, "color": "$said-soft"},
        "encoding": {
            "x": _x(axis=False),
            "y": {"field": "percent", "type": "quantitative", "title": None, "axis": {"tickCount": 2}},
            "tooltip": tooltip,
        },
    }


def _volume(first: int, last: int) -> dict[str, Any]:
    """The number of stories over all months; it has the handles of the window that the other panels show."""
    x = {**_x(), "scale": {"type": "utc", "domain": [first, last]}}
    edge = {"type": "temporal", "scale": {"type": "utc", "domain": [first, last]}}
    since, until = ({"datum": {"expr": name}, **edge} for name in ("since", "until"))
    bars = {
        "data": {"name": "months"},
        # Drawn, but not seen: the shaded window stands for it.
        "params": [
            {
                "name": "zoom",
                "select": {
                    "type": "interval",
                    "encodings": ["x"],
                    "mark": {"fillOpacity": 0.08, "strokeOpacity": 0, "cursor": "col-resize"},
                },
            }
        ],
        "mark": {"type": "bar", "color": "$muted", "opacity": 0.75},
        "encoding": {
            "x": {**x, "timeUnit": "utcyearmonth"},
            "y": {"field": "stories", "type": "quantitative", "title": None, "axis": {"tickCount": 3}},
            "tooltip": [
                {**_MONTH, "title": "Month", "format": "%b %Y"},
                {"field": "stories", "title": "Stories", "type": "quantitative", "format": ".1f"},
            ],
        },
    }
    window = {
        "data": {"name": "window"},
        "mark": {"type": "rect", "color": "$accent", "opacity": 0.1},
        "encoding": {"x": since, "x2": {"datum": {"expr": "until"}}},
    }
    handles = [
        {
            "data": {"name": "window"},
            "mark": {"type": "rule", "color": "$accent", "strokeWidth": 5, "strokeCap": "round"},
            "encoding": {"x": one},
        }
        for one in (since, until)
    ]
    return {
        "title": "Stories a month. Drag here, or move the handles below, to zoom; double-click to see all",
        "height": 62,
        "width": 640,
        "layer": [window, bars, *handles],
    }


def _gap(title: str, data: str) -> dict[str, Any]:
    x = {"field": "month", "type": "temporal", "scale": {"type": "utc"}, "axis": {"title": None, "tickCount": 8}}
    y = {"type": "quantitative", "title": "points", "axis": {"tickCount": 4}}
    tooltip = [
        {**_MONTH, "title": "Month", "format": "%b %Y"},
        *({"field": name, "title": said, **_POINTS} for name, said in _GAP_WORDS),
    ]
    return {
        "title": title,
        "data": {"name": data},
        "height": 90,
        "width": 640,
        "encoding": {"x": x},
        "layer": [
            {
                "mark": {"type": "area", "color": "$band"},
                "encoding": {"y": {"field": "low", **y}, "y2": {"field": "high"}},
            },
            {"mark": {"type": "rule", "color": "$quiet"}, "encoding": {"y": {"datum": 0}, "x": None}},
            {"mark": {"type": "line", "color": "$ink", "strokeWidth": 2}, "encoding": {"y": {"field": "value", **y}}},
            {"mark": {"type": "rule", "strokeWidth": 9, "opacity": 0}, "encoding": {"tooltip": tooltip}},
        ],
    }


_GAP_WORDS = (("value", "Difference"), ("low", "90% from"), ("high", "90% to"))


def _event_tooltip(field: str, title: str) -> list[dict[str, Any]]:
    return [
        {"field": "date", "type": "temporal", "title": "Date", "format": "%d %b %Y", "timeUnit": "utcyearmonthdate"},
        {"field": "who", "title": "Sides"},
        {"field": "what", "title": "Type"},
        {"field": field, "title": title},
        {"field": "quote", "title": "Words"},
    ]
