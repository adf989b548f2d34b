"""The network of all states at a month: its picture, blocs and triads, and the same as JSON, CSV and GraphML."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from detente.measure.reports import month_name
from detente.web.asking import name_of
from detente.web.errors import WRONG, WebError
from detente.web.networks import MOST_STATES, Picture, Structure, picture_of, structure_of
from detente.web.rendering import rendered

if TYPE_CHECKING:
    from detente.measure.triads import Triad
    from detente.web.app import Site

PAGES = APIRouter(include_in_schema=False)
ROUTES = APIRouter(responses=WRONG)
At = Annotated[str | None, Query(description="Month [default: the last one].", examples=["2015-03"])]
RULE = (
    f"The {MOST_STATES} states of which most is told, in pairs with 3 reports a month or more; fewer where there are "
    "fewer. A pair of which less is told has no tie, which is not a tie of 0."
)
_TRIADS = 12


@PAGES.get("/network")
def show_network(request: Request, at: str | None = None) -> Response:
    """The signed network at a month."""
    picture, values = _asked(request, at)
    return rendered(request, "network.html", picture=picture, **values)


@PAGES.get("/network/blocs")
def show_blocs(request: Request, at: str | None = None) -> Response:
    """Who stands with whom at a month, how sure that is, and which three are at odds."""
    picture, values = _asked(request, at)
    site: Site = request.app.state.site
    found = None if picture is None else structure_of(site.lines.now(), picture.month)
    odd, even = ([], []) if found is None else _telling(found)
    return rendered(request, "blocs.html", picture=picture, found=found, odd=odd, even=even, name_of=name_of, **values)


@PAGES.get("/network/blocs/chart.json")
def show_together(request: Request, at: str | None = None) -> JSONResponse:
    """The probability that any two stand together, as a Vega-Lite specification with its data."""
    picture, _ = _asked(request, at)
    found = None if picture is None else structure_of(request.app.state.site.lines.now(), picture.month)
    if found is None:
        raise WebError("No tie in this month: a pair with 3 reports a month is needed. Choose another month.", 404)
    return JSONResponse(together_chart(found))


@ROUTES.get("/network.json", summary="The signed network of states at a month, with blocs and triads")
def network_json(request: Request, at: At = None) -> JSONResponse:
    """Ties with their intervals, blocs with the probability of standing together, triads with that of balance."""
    return JSONResponse(network_form(request.app.state.site, at))


@ROUTES.get("/network.csv", summary="The ties of a month as a table")
def network_csv(request: Request, at: At = None) -> Response:
    """One row a pair of states with a tie."""
    form = network_form(request.app.state.site, at)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=["month", *_TIE], extrasaction="ignore")
    writer.writeheader()
    writer.writerows({"month": form["month"], **row} for row in form["ties"])
    return _file(stream.getvalue(), "text/csv; charset=utf-8", f"network-{form['month']}.csv")


@ROUTES.get("/network.graphml", summary="The network of a month for Gephi, igraph and networkx")
def network_graphml(request: Request, at: At = None) -> Response:
    """Nodes are states with their bloc, edges ties with warmth in points."""
    import networkx

    form = network_form(request.app.state.site, at)
    graph: networkx.Graph[str] = networkx.Graph(month=form["month"] or "", method=form["method"] or "")
    for bloc, members in enumerate(form["blocs"], 1):
        for one in members:
            known = {"belonging": one["together"]} if one["together"] is not None else {}
            graph.add_node(one["state"], label=one["name"], bloc=bloc, **known)
    for row in form["ties"]:
        graph.add_edge(row["a"], row["b"], **{name: row[name] for name in _TIE[2:] if name != "records"})
    stream = io.BytesIO()
    networkx.write_graphml_xml(graph, stream, encoding="utf-8")
    return _file(stream.getvalue(), "application/graphml+xml", f"network-{form['month']}.graphml")


_TIE = ("a", "b", "warmth", "low", "high", "friendly", "together", "same_bloc", "records")


def network_form(site: Site, at: str | None) -> dict[str, Any]:
    """The network of a month as plain values; `records` is where the records of a tie are found.

    Raises:
        WebError: the month is malformed, or nothing is told in it.
    """
    lines = site.lines.now()
    month = lines.month(at)
    found = None if month is None else structure_of(lines, month)
    empty: dict[str, Any] = {"month": None, "method": None, "ties": [], "blocs": [], "triads": [], "rule": RULE}
    if month is None or found is None:
        return empty
    picture = picture_of(lines, month)
    return {
        "month": month_name(month),
        "method": found.blocs.method,
        "rule": RULE,
        "rules": list(found.ties.rules),
        "left_out": picture.left,
        "ties": list(_ties(picture, found)),
        "blocs": [
            [{"state": one, "name": name_of(one), "together": _number(found.blocs.belonging(one))} for one in bloc]
            for bloc in found.blocs.members()
        ],
        "modularity": {
            "median": found.blocs.modularity,
            "low": found.blocs.low,
            "high": found.blocs.high,
            "chance": found.blocs.chance,
            "p": found.blocs.p_value,
        },
        "balance": None
        if found.balance is None
        else {
            "triads": found.balance.triads,
            "share": found.balance.share,
            "low": found.balance.low,
            "high": found.balance.high,
            "chance": found.balance.chance,
            "p": found.balance.p_value,
        },
        "triads": [triad_form(one) for one in found.triads],
    }


def triad_form(one: Triad) -> dict[str, Any]:
    """Three states with the probability that they are balanced; `ties` are theta of ab, ac and bc."""
    return {
        "states": list(one.states),
        "balanced": one.balanced,
        "weakly_balanced": one.weakly_balanced,
        "ties": list(one.ties),
    }


def together_chart(found: Structure) -> dict[str, Any]:
    """A square for every two states, as dark as they are surely of one bloc; states of one bloc stand together."""
    order = [one for bloc in found.blocs.members() for one in bloc]
    place = {one: at for at, one in enumerate(found.blocs.states)}
    pairs = [
        {"a": a, "b": b, "names": f"{name_of(a)} – {name_of(b)}", "p": float(found.blocs.together[place[a], place[b]])}
        for a in order
        for b in order
        if a != b
    ]
    axis = {"title": None, "labelFontSize": 9, "ticks": False, "domain": False}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "usermeta": {"height": 0.86},
        "datasets": {"pairs": pairs},
        "data": {"name": "pairs"},
        "mark": {"type": "rect", "aria": False},
        "encoding": {
            "x": {"field": "a", "type": "nominal", "sort": order, "axis": {**axis, "labelAngle": -90}},
            "y": {"field": "b", "type": "nominal", "sort": order, "axis": axis},
            "color": {
                "field": "p",
                "type": "quantitative",
                "scale": {"domain": [0, 1], "range": ["$untold", "$member"]},
                "legend": {"title": "Probability of one bloc", "orient": "bottom", "gradientLength": 200},
            },
            "tooltip": [
                {"field": "names", "title": "Pair"},
                {"field": "p", "type": "quantitative", "format": ".2f", "title": "Together with probability"},
            ],
        },
    }


def _asked(request: Request, at: str | None) -> tuple[Picture | None, dict[str, Any]]:
    """The picture of a month, None where nothing is told of any two; and what both pages show around it."""
    site: Site = request.app.state.site
    lines = site.lines.now()
    month = lines.month(at)
    picture = None if month is None else picture_of(lines, month)
    shown = None if month is None else month_name(month)
    return (picture if picture is not None and picture.edges else None), {
        "span": lines.span,
        "month": shown,
        "at": at or "",
        "asked": f"?at={shown}" if at else "",
        "rule": RULE,
    }


def _telling(found: Structure) -> tuple[list[Triad], list[Triad]]:
    """The triads that are most surely at odds, and most surely balanced."""
    ranked = sorted(found.triads, key=lambda one: (one.balanced, one.states))
    odd = [one for one in ranked if one.balanced < 0.5][:_TRIADS]
    return odd, [one for one in reversed(ranked) if one.balanced > 0.5][:_TRIADS]


def _ties(picture: Picture, found: Structure) -> Iterator[dict[str, Any]]:
    place = {one: at for at, one in enumerate(found.blocs.states)}
    for edge in sorted(picture.edges, key=lambda one: one.pair):
        a, b = (place[one] for one in edge.pair)
        yield {
            "a": edge.pair[0],
            "b": edge.pair[1],
            "warmth": edge.standing.value,
            "low": edge.standing.low,
            "high": edge.standing.high,
            "friendly": float(found.ties.positive[a, b]),
            "together": float(found.blocs.together[a, b]),
            "same_bloc": bool(found.blocs.labels[a] == found.blocs.labels[b]),
            "records": f"/search.json?kind=event&pair={edge.pair[0]},{edge.pair[1]}",
        }


def _number(value: float) -> float | None:
    return None if value != value else value


def _file(text: str | bytes, media_type: str, name: str) -> Response:
    return Response(text, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
