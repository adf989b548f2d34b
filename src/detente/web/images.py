"""Every chart as an image at its own address, drawn from the same specification as on the page.

What enters: a specification of `charts.py`. What leaves: SVG or PNG, with the colours of the style sheet. Drawing needs
`vl-convert-python`, the extra `figures`; without it the pages show no links to images.
"""

from __future__ import annotations

import re
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from detente.queries.coverage import coverage_by_year
from detente.web.asking import id_of
from detente.web.charts import coverage_chart, dyad_chart, gaps_chart, titled
from detente.web.dyads import DyadView, dyad_view
from detente.web.errors import WebError
from detente.web.rendering import STATIC, has_images

if TYPE_CHECKING:
    from detente.web.app import Site

ROUTES = APIRouter(include_in_schema=False)
MEDIA = {"svg": "image/svg+xml", "png": "image/png"}
THEMES = ("light", "dark")
VEGA_LITE = "6.4"
_WIDTH = 860
_ONE_AT_A_TIME = Lock()


@ROUTES.get("/dyads/{a}/{b}/gaps.json")
def gaps_json(request: Request, a: str, b: str) -> JSONResponse:
    """Words less deeds, and one direction less the other, as a Vega-Lite specification with its data."""
    return JSONResponse(gaps_chart(_view(request, a, b)))


@ROUTES.get("/dyads/{a}/{b}/marks.json")
def marks_json(request: Request, a: str, b: str) -> JSONResponse:
    """The events of a time for the chart; where they are too many to draw each, their numbers."""
    spec = dyad_chart(_view(request, a, b))
    return JSONResponse({name: spec["datasets"][name] for name in ("marks", "bins")})


@ROUTES.get("/dyads/{a}/{b}/{chart}.{form}")
def dyad_image(request: Request, a: str, b: str, chart: str, form: str) -> Response:
    """A chart of a pair, with the months of `since` and `until`."""
    charts = {"chart": dyad_chart, "gaps": gaps_chart}
    if chart not in charts or form not in MEDIA:
        raise WebError(f"No chart {chart!r} as {form!r}: chart and gaps as svg or png are drawn. Choose one.", 404)
    view = _view(request, a, b)
    return _image(titled(charts[chart](view), view), form, request.query_params.get("theme") or "light")


@ROUTES.get("/coverage.{form}")
def coverage_image(request: Request, form: str) -> Response:
    """Records by year and publisher."""
    if form not in MEDIA:
        raise WebError(f"No chart as {form!r}: svg and png are drawn. Choose one.", 404)
    site: Site = request.app.state.site
    known = site.relations.measured()
    found = known.once("coverage", lambda: coverage_by_year(known.columns))
    return _image(coverage_chart(found), form, request.query_params.get("theme") or "light")


def _view(request: Request, a: str, b: str) -> DyadView:
    site: Site = request.app.state.site
    given = request.query_params
    first, second = sorted((id_of(a), id_of(b)))
    since, until = given.get("since") or None, given.get("until") or None
    view = dyad_view(site.relations.measured(), first, second, since=since, until=until)
    if view.index is None:
        raise WebError(
            f"Nothing told of {first} and {second} that counts: there is no chart. Choose another pair.", 404
        )
    return view


def _image(spec: dict[str, Any], form: str, theme: str) -> Response:
    if theme not in THEMES:
        raise WebError(f"Unknown theme {theme!r}: {' and '.join(THEMES)} are drawn. Choose one.")
    if not has_images():
        raise WebError("No images here: they need vl-convert-python. Install detente with its extra `figures`.", 501)
    drawn = draw(spec, form, theme)
    return Response(drawn, media_type=MEDIA[form])


def draw(spec: dict[str, Any], form: str, theme: str = "light") -> bytes:
    """A specification as an image; nothing is loaded from elsewhere."""
    import vl_convert

    colours = palette(theme)
    whole = {**_themed(spec, colours), "config": _themed(_LOOK, colours)}
    options: dict[str, Any] = {"vl_version": VEGA_LITE, "allowed_base_urls": []}
    with _ONE_AT_A_TIME:
        if form == "svg":
            return str(vl_convert.vegalite_to_svg(whole, **options)).encode()
        return bytes(vl_convert.vegalite_to_png(whole, scale=2, **options))


@cache
def palette(theme: str) -> dict[str, str]:
    """The colours of the style sheet by name."""
    sheet = (STATIC / "app.css").read_text("utf-8")
    start = sheet.index(':root[data-theme="dark"] {') if theme == "dark" else sheet.index(":root {")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", sheet[start : sheet.index("}", start)]))


_LOOK: dict[str, Any] = {
    "background": "$card",
    "font": "DejaVu Sans, Verdana, Arial, sans-serif",
    "view": {"stroke": None},
    "padding": 14,
    "title": {
        "color": "$quiet", "fontSize": 12, "fontWeight": 500, "anchor": "start", "frame": "group", "offset": 8,
        "subtitleColor": "$quiet",
    },
    "axis": {
        "labelColor": "$quiet", "titleColor": "$quiet", "gridColor": "$line", "domainColor": "$line",
        "tickColor": "$line", "titleFontWeight": 400,
    },
    "legend": {"labelColor": "$ink", "titleColor": "$ink", "symbolSize": 60, "offset": 4, "padding": 0},
}  # fmt: skip


def _themed(value: Any, colours: dict[str, str]) -> Any:
    """As `charts.js` does it: "$ink" is the theme's colour of that name; panels get their width."""
    if isinstance(value, str):
        return colours[value[1:]] if value.startswith("$") and value[1:] in colours else value
    if isinstance(value, list):
        return [_themed(one, colours) for one in value]
    if isinstance(value, dict):
        return {
            name: one if name == "datasets" else _WIDTH if name == "width" else _themed(one, colours)
            for name, one in value.items()
        }
    return value
