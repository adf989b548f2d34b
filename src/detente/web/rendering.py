"""Templates to responses, with what every page needs: its own address, links to its data, and the version."""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from detente.queries import Listed
from detente.web.tokens import keep_visit, token_of
from detente.web.wording import STANDINGS

STATIC = Path(__file__).parent / "static"


def rendered(request: Request, template: str, *, status_code: int = 200, **values: Any) -> HTMLResponse:
    """Render a template of `templates/`."""
    site = request.app.state.site
    used: list[str] = []

    def form_token() -> str:
        used.append(token_of(request))
        return used[-1]

    page = (
        _environment()
        .get_template(template)
        .render(
            request=request,
            path=request.url.path,
            query=request.url.query,
            address=str(request.url),
            can_add=site.can_write,
            form_token=form_token,
            project_name=site.project.root.resolve().name,
            version=version("detente"),
            standings=STANDINGS,
            static=static_address,
            has_charts=(STATIC / "vendor" / "vega.js").is_file(),
            has_images=has_images(),
            **values,
        )
    )
    response = HTMLResponse(page, status_code=status_code)
    if used:
        keep_visit(request, response)
    return response


def error_page(status: int) -> str:
    """Name of the template for errors; 401 needs no navigation."""
    return "refused.html" if status == 401 else "error.html"


@cache
def static_address(name: str) -> str:
    """Address of a file of ours, with a mark that changes with its content so that browsers may keep it."""
    mark = sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?{mark}"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("detente.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["signed"] = signed
    made.filters["number"] = lambda value: f"{value:,}".replace(",", " ")
    made.filters["many"] = many
    made.filters["called"] = called
    made.filters["day"] = shown_day
    made.filters["moment"] = shown_moment
    return made


def signed(value: float) -> str:
    """`+0.42`, `−0.42`."""
    return f"{value:+.2f}".replace("-", "−")


def many(number: float, what: str) -> str:
    """`1 record`, `2 records`."""
    shown = f"{number:,.0f}".replace(",", " ")
    return f"{shown} {what}" if number == 1 else f"{shown} {what.removesuffix('y')}{'ies' if what[-1] == 'y' else 's'}"


def called(listed: Listed) -> str:
    """What a document is called in a list: its title, else the name of its file, else its id."""
    if listed.title:
        return listed.title
    if listed.sources:
        source = listed.sources[0]
        return source.member or Path(source.path).name
    return listed.id


def shown_day(value: str | None) -> str:
    """An ISO date as people write it where it is a day, else as it is; never in an ambiguous order."""
    try:
        found = date.fromisoformat(value or "")
    except ValueError:
        return value or "no date"
    return f"{found.day} {found:%B %Y}" if len(value or "") == 10 else str(value)


def shown_moment(value: str) -> str:
    """`24 November 2026, 04:46 UTC` of an ISO moment."""
    day, _, time = value.partition("T")
    return f"{shown_day(day)}, {time[:5]} UTC"


@cache
def has_images() -> bool:
    """Whether charts can be drawn here as images, for which vl-convert is needed."""
    return find_spec("vl_convert") is not None
