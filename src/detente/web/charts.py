"""The charts, as Vega-Lite specifications: one definition for page, image and notebook.

What enters: a `DyadView`. What leaves: plain dictionaries. Colours are names of roles that `charts.js` puts into the
page's light or dark ones. What did not happen has a strip of its own and never stands among the events.
"""

from __future__ import annotations

from typing import Any

from detente.web.dyads import DyadView

_MONTH = {"field": "month", "type": "temporal", "timeUnit": "utcyearmonth"}
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_STATUS_WORDS = {"proposed": "proposed", "future": "planned", "hypothetical": "hypothetical", "negated": "denied"}
_POINTS = {"type": "quantitative", "format": "+.2f"}


def dyad_chart(view: DyadView) -> dict[str, Any]:
    """Warmth with its interval, single events, what did not happen, and the volume, one below the other."""
    months = view.months()
    panels = [_warmth(faint=view.verdict == "too thin to say"), _events()]
    if view.not_done:
        panels.append(_not_done())
    panels.append(_volume())
    return {
        "$schema": _SCHEMA,
        "spacing": 14,
        "datasets": {
            "months": [{**row, "month": f"{row['month']}-01"} for row in months],
            "turns": [
                {"month": f"{turn['month']}-01", "move": turn["after"] - turn["before"]}
                for turn in view.turns or ()
                if turn["channel"] == "warmth"
            ],
            "marks": [{**mark, "how": _how(mark)} for mark in view.marks],
            "open": [{**mark, "status": _STATUS_WORDS[mark["status"]]} for mark in view.not_done],
        },
        "vconcat": panels,
        "resolve": {"scale": {"x": "shared", "color": "independent", "shape": "independent"}},
    }


def _how(mark: dict[str, Any]) -> str:
    said = "claimed by a source" if mark["claimed"] else "told by the document"
    return f"{said}, background" if mark["status"] == "historical" else said


def _x(field: str = "month", *, axis: bool = True) -> dict[str, Any]:
    shown = {"title": None, "grid": True, "labels": axis, "ticks": axis, "tickCount": 8}
    return {"field": field, "type": "temporal", "scale": {"domain": {"param": "zoom"}, "type": "utc"}, "axis": shown}


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
            "mark": {
                "type": "line",
                "clip": True,
                "color": "$ink",
                "strokeWidth": 2.4,
                "opacity": 0.35 if faint else 1,
            },
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
    sides = ["cooperation", "conflict"]
    return {
        "title": "Events told as done: open marks are words, filled ones deeds, faint ones claimed by a source",
        "data": {"name": "marks"},
        "height": 150,
        "width": 640,
        "mark": {"type": "point", "clip": True, "size": 55, "cursor": "pointer", "strokeWidth": 1.4},
        "encoding": {
            "x": _x("date", axis=False),
            "y": {
                "field": "score",
                "type": "quantitative",
                "scale": {"domain": [-11, 11], "nice": False},
                "title": "PLOVER score",
                "axis": {"values": [-10, -5, 0, 5, 10]},
            },
            "color": {
                "field": "side",
                "scale": {"domain": sides, "range": ["$coop", "$conf"]},
                "legend": {"title": None, "orient": "top", "symbolFillColor": "transparent"},
            },
            "fill": {
                "field": "side",
                "scale": {"domain": sides, "range": ["$coop", "$conf"]},
                "legend": None,
            },
            "shape": {
                "field": "side",
                "scale": {"domain": sides, "range": ["circle", "triangle-up"]},
                "legend": {"title": None, "orient": "top", "symbolFillColor": "transparent"},
            },
            "fillOpacity": {"condition": {"test": "datum.act === 'deed'", "value": 0.8}, "value": 0.06},
            "opacity": {"condition": {"test": "datum.claimed", "value": 0.45}, "value": 1},
            "tooltip": _event_tooltip("how", "Standing"),
        },
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


def _volume() -> dict[str, Any]:
    x = {**_x(), "scale": {"type": "utc"}}
    return {
        "title": "Stories a month. Drag here to zoom, double-click to see all",
        "data": {"name": "months"},
        "height": 62,
        "width": 640,
        "params": [{"name": "zoom", "select": {"type": "interval", "encodings": ["x"]}}],
        "mark": {"type": "bar", "color": "$muted", "opacity": 0.75},
        "encoding": {
            "x": {**x, "timeUnit": "utcyearmonth"},
            "y": {"field": "stories", "type": "quantitative", "title": None, "axis": {"tickCount": 3}},
            "tooltip": [
                {**_MONTH, "title": "Month", "format": "%b %Y"},
                {"field": "stories", "title": "Stories", "type": "quantitative", "format": ".1f"},
                {"field": "log_share", "title": "Log share of all news", "type": "quantitative", "format": ".2f"},
            ],
        },
    }


def _event_tooltip(field: str, title: str) -> list[dict[str, Any]]:
    return [
        {"field": "date", "type": "temporal", "title": "Date", "format": "%d %b %Y", "timeUnit": "utcyearmonthdate"},
        {"field": "who", "title": "Sides"},
        {"field": "what", "title": "Type"},
        {"field": field, "title": title},
        {"field": "quote", "title": "Words"},
    ]
