"""The application: pages and REST over one project, with the guards that stand before both.

What enters: an open project. What leaves: an ASGI application that reads nothing but the project and its own files.
Nothing on a page comes from elsewhere: the content security policy allows no other origin and no inline script.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from importlib.metadata import version
from secrets import token_bytes
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from detente.errors import DetenteError, ReadError, RecordError
from detente.queries import QueryError
from detente.web import actors, adding, feeds, images, maps, network, pages, rest, review
from detente.web.desk import Desk
from detente.web.errors import WebError
from detente.web.lines import KeptLines
from detente.web.measured import Relations
from detente.web.rendering import STATIC, error_page, rendered
from detente.web.tokens import VISIT

if TYPE_CHECKING:
    from detente.ingest.coding import Coder
    from detente.store.project import Project

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
LOOPBACK = ("localhost", "127.0.0.1", "::1")
COOKIE = "detente_token"
_JSON = (".json", ".csv", ".parquet")


@dataclass(frozen=True)
class Site:
    """What the pages share.

    Attributes:
        load_coder: gives the coder for texts that are added here, the same one each time; None where nothing can be
            added.
        now: gives the moment in UTC, ISO 8601.
        token: what a visitor has to know; None on loopback.
        hosts: names that a request may call us by; None for any. Keeps other sites from reaching loopback by a name
            of theirs.
        secret: key of the tokens in forms, another one in each process.
        world: shapes of states for the maps, as `maps.read_world` gives them; None for those of the package.
    """

    project: Project
    now: Callable[[], str]
    load_coder: Callable[[], Coder] | None = None
    token: str | None = None
    hosts: tuple[str, ...] | None = LOOPBACK
    world: str | None = None
    relations: Relations = field(init=False)
    lines: KeptLines = field(init=False)
    desk: Desk = field(init=False)
    secret: bytes = field(default_factory=lambda: token_bytes(32), repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "relations", Relations(self.project, self.now))
        object.__setattr__(self, "lines", KeptLines(self.relations))
        object.__setattr__(self, "desk", Desk(self.project))

    @property
    def can_write(self) -> bool:
        """Whether texts can be added and records judged; both go together."""
        return self.load_coder is not None


def create_app(site: Site) -> FastAPI:
    """The application over a site."""
    app = FastAPI(
        title="detente",
        version=version("detente"),
        summary="Records of what states do and say to one another, each with the words that prove it.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    app.state.site = site
    shown = (pages.ROUTES, actors.ROUTES, maps.ROUTES, network.PAGES, adding.ROUTES, review.ROUTES)
    for router in (rest.ROUTES, network.ROUTES, *shown, feeds.ROUTES, images.ROUTES):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_api_route("/login", _login, methods=["GET"], include_in_schema=False)
    for kind in (DetenteError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _refused)
    app.add_middleware(BaseHTTPMiddleware, dispatch=_guarded)
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)
    return app


def _login(request: Request) -> Response:
    """Take the token from the address that `detente serve` printed, and keep it in a cookie."""
    response = RedirectResponse("/", status_code=303)
    if "token" in request.query_params:
        response.set_cookie(COOKIE, request.query_params["token"], httponly=True, samesite="strict")
    return response


async def _guarded(request: Request, answer: RequestResponseEndpoint) -> Response:
    """Ask who is asking, answer what has not changed with 304, and set the headers."""
    site: Site = request.app.state.site
    refused = _refusal(request, site)
    if refused is not None:
        response = _error(request, refused.status, str(refused))
    else:
        tag = _tag(request, site)
        if tag is not None and tag in request.headers.get("if-none-match", ""):
            response = Response(status_code=304, headers={"ETag": tag})
        else:
            response = await answer(request)
            if tag is not None and response.status_code == 200 and "set-cookie" not in response.headers:
                response.headers["ETag"] = tag
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-cache")
    return response


def _refusal(request: Request, site: Site) -> WebError | None:
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname
    if site.hosts is not None and host not in site.hosts:
        return WebError(f"Unknown host {host!r}: {', '.join(site.hosts)} are served. Use one of these.", 421)
    if request.method not in ("GET", "HEAD"):
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
            return WebError(f"Request from {origin!r}: only pages of this site may write. Use the form here.", 403)
    if site.token is None or request.url.path == "/login" or request.url.path.startswith("/static/"):
        return None
    given = request.headers.get("authorization", "").removeprefix("Bearer ") or request.cookies.get(COOKIE, "")
    if compare_digest(given.encode(), site.token.encode()):
        return None
    return WebError(
        "No token: this site is open to those who know it. Open the address that `detente serve` printed, or send "
        "`Authorization: Bearer TOKEN`.",
        401,
    )


def _tag(request: Request, site: Site) -> str | None:
    """What tells one state of an answer from another; scripts and styles have their own."""
    if request.method != "GET" or request.url.path.startswith(("/static/", "/add/")):
        return None
    parts = [request.app.version, site.relations.state(), str(request.url.path), str(request.url.query)]
    if not request.url.path.endswith(_JSON):  # forms on pages are of one visit and one process
        parts += [sha256(site.secret).hexdigest(), *(request.cookies.get(one, "") for one in (VISIT, review.REVIEWER))]
    return f'"{sha256("|".join(parts).encode()).hexdigest()[:20]}"'


async def _refused(request: Request, error: Exception) -> Response:
    """Say what is wrong in one shape."""
    if isinstance(error, HTTPException):
        found = f"Nothing at {request.url.path!r}: the pages are listed at '/', the answers in '/openapi.json'."
        return _error(request, error.status_code, found if error.status_code == 404 else str(error.detail))
    if isinstance(error, RequestValidationError):
        return _error(request, 400, "; ".join(f"{one['msg']} in {one['loc'][-1]!r}." for one in error.errors()))
    return _error(request, _status(error), str(error))


def _status(error: Exception) -> int:
    if isinstance(error, WebError):
        return error.status
    message = str(error)
    if isinstance(error, QueryError | RecordError) and message.startswith(("No record", "No document", "Document")):
        return 404
    return 400 if isinstance(error, QueryError | ReadError) else 500


def _error(request: Request, status: int, message: str) -> Response:
    path = request.url.path
    if path.endswith(_JSON) or "application/json" in request.headers.get("accept", ""):
        return JSONResponse(error_form(status, message), status_code=status)
    return rendered(request, error_page(status), status_code=status, message=message)


def error_form(status: int, message: str) -> dict[str, Any]:
    """The one shape of errors."""
    return {"error": {"status": status, "message": message}}
