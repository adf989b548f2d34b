"""The world as a map: shapes of states, and how warm each stands to one.

What enters: lines of warmth, an actor and a month; or a file of shapes. What leaves: a Vega-Lite specification, and the
shapes as TopoJSON. The borders are Natural Earth's unless another file is given, and are no position of ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from detente.errors import ReadError
from detente.resolve.tables import read_table

if TYPE_CHECKING:
    from detente.web.app import Site

ROUTES = APIRouter(include_in_schema=False)
CREDIT = "Borders: Natural Earth, 1:110m, public domain. They are Natural Earth's, not a position of ours."
OWN_CREDIT = "Borders: those of a file that this site was given."
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_LEGEND = {
    "title": "Warmth in points",
    "orient": "bottom",
    "direction": "horizontal",
    "gradientLength": 200,
    "format": "+~f",
}
_FIELDS = ("name", "value", "range", "told", "href")


@ROUTES.get("/world.json")
def show_world(request: Request) -> Response:
    """The shapes, which `map_of` points to."""
    site: Site = request.app.state.site
    return Response(bundled() if site.world is None else site.world, media_type="application/json")


@cache
def bundled() -> str:
    """The shapes that come with the package."""
    return (files("detente.web") / "data" / "world.json").read_text("utf-8")


@cache
def drawn_states() -> frozenset[str]:
    """Ids of the states that the bundled map shows."""
    return frozenset(one["id"] for part in json.loads(bundled())["objects"].values() for one in part["geometries"])


def read_world(path: Path) -> str:
    """Read shapes of a user's own: TopoJSON in degrees whose shapes have ids of states, such as `PAK`.

    Returns:
        TopoJSON with the objects `countries` and `points`.

    Raises:
        ReadError: the file cannot be read, is no TopoJSON, or names no state that we know.
    """
    wanted = "TopoJSON whose shapes have ids of states is needed, such as PAK. Give another file, or none"
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(f"Unreadable map '{path}' ({error}): {wanted}.") from error
    if not isinstance(found, dict) or found.get("type") != "Topology" or not isinstance(found.get("objects"), dict):
        raise ReadError(f"No topology in map '{path}': {wanted}.")
    shapes = [one for part in found["objects"].values() for one in _geometries(part)]
    known = read_table("states.yaml").keys() & {str(one.get("id")) for one in shapes}
    if not known:
        raise ReadError(f"No known state among {len(shapes)} shapes of map '{path}': {wanted}.")
    objects = {
        "countries": {"type": "GeometryCollection", "geometries": [one for one in shapes if not _is_point(one)]},
        "points": {"type": "GeometryCollection", "geometries": [one for one in shapes if _is_point(one)]},
    }
    return json.dumps({**found, "objects": objects}, separators=(",", ":"))


def _geometries(part: Any) -> list[dict[str, Any]]:
    found = part.get("geometries", [part]) if isinstance(part, dict) else []
    return [one for one in found if isinstance(one, dict)]


def _is_point(shape: dict[str, Any]) -> bool:
    return shape.get("type") in ("Point", "MultiPoint")


def map_of(relations: Iterable[dict[str, Any]], actor: str) -> dict[str, Any]:
    """A choropleth of warmth to an actor. States of which too little is told are told from those of which nothing is.

    Args:
        relations: rows as `relations_of` gives them.
    """
    rows = [
        {
            "id": one["other"],
            "name": one["name"],
            "value": one["now"],
            "range": _range(one),
            "told": one["verdict"],
            "href": f"/dyads/{one['pair'][0]}/{one['pair'][1]}",
        }
        for one in relations
    ]
    limit = max(1, ceil(max((abs(row["value"]) for row in rows if row["value"] is not None), default=1)))
    return {
        "$schema": _SCHEMA,
        "datasets": {"relations": [*rows, {"id": actor, "name": "itself", "told": "self"}]},
        "projection": {"type": "equalEarth", "pointRadius": 3.4},
        "layer": [_layer("countries", limit), _layer("points", limit)],
    }


def _layer(feature: str, limit: int) -> dict[str, Any]:
    lookup = {"lookup": "id", "from": {"data": {"name": "relations"}, "key": "id", "fields": list(_FIELDS)}}
    only_told = [{"filter": "datum.told"}] if feature == "points" else []
    return {
        "data": {"url": "/world.json", "format": {"type": "topojson", "feature": feature}},
        "transform": [lookup, *only_told],
        "mark": {
            "type": "geoshape",
            "stroke": "$card",
            "strokeWidth": 0.6,
            "cursor": {"expr": "datum.href ? 'pointer' : 'default'"},
            "invalid": "show",
            "aria": False,
        },
        "encoding": {
            "color": {
                "field": "value",
                "type": "quantitative",
                "scale": {"domain": [-limit, 0, limit], "range": ["$conf", "$even", "$coop"], "clamp": True},
                "legend": {**_LEGEND, "values": [-limit, -limit / 2, 0, limit / 2, limit]},
                "condition": [
                    {"test": "datum.told === 'self'", "value": "$ink"},
                    {"test": "datum.told && !isValid(datum.value)", "value": "$thinly"},
                    {"test": "!isValid(datum.value)", "value": "$untold"},
                ],
            },
            "tooltip": [
                {"field": "name", "title": "With"},
                {"field": "value", "title": "Warmth", "type": "quantitative", "format": "+.2f"},
                {"field": "range", "title": "90%"},
                {"field": "told", "title": "How much is told"},
            ],
        },
    }


def _range(one: dict[str, Any]) -> str:
    if one["now"] is None:
        return "no figure"
    return f"{one['low']:+.2f} to {one['high']:+.2f}".replace("-", "−")


def credit(site: Site) -> str:
    """Whose the borders are."""
    return CREDIT if site.world is None else OWN_CREDIT
