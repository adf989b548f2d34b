"""Adding a text by pasting it: stored and coded as `detente add` does, then shown in the reader."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from detente.errors import DetenteError
from detente.web.errors import WebError
from detente.web.rendering import rendered

if TYPE_CHECKING:
    from detente.web.app import Site

ROUTES = APIRouter(include_in_schema=False)
_MOST_CHARS = 2_000_000


@ROUTES.get("/add")
def show_add(request: Request) -> Response:
    """The form."""
    return rendered(request, "add.html", given={}, message="")


@ROUTES.post("/add")
def add_text(
    request: Request,
    text: Annotated[str, Form()] = "",
    title: Annotated[str, Form()] = "",
    author: Annotated[str, Form()] = "",
    publisher: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
) -> Response:
    """Store and code a text, and lead to it; what is wrong with it is told beside what was typed."""
    given = {"title": title, "author": author, "publisher": publisher, "published": published}
    given = {name: value.strip() for name, value in given.items()}
    site: Site = request.app.state.site
    try:
        document_id = _add(site, text, given)
    except DetenteError as error:
        return rendered(request, "add.html", status_code=400, given={**given, "text": text}, message=str(error))
    return RedirectResponse(f"/documents/{document_id}", status_code=303)


def _add(site: Site, text: str, given: dict[str, str]) -> str:
    from detente.ingest.add import add
    from detente.ingest.options import AddOptions, Telling
    from detente.read import Failure, Origin, ReadOptions, read_any

    if site.load_coder is None:
        raise WebError("Nothing can be added: the site was opened for reading only. Start it without --read-only.", 403)
    # Browsers send line ends as two characters.
    pasted = text.replace("\r\n", "\n").strip() + "\n"
    if not pasted.strip():
        raise WebError("No text: a text is needed. Paste one.")
    if len(pasted) > _MOST_CHARS:
        raise WebError(f"Text of {len(pasted):,} characters: up to {_MOST_CHARS:,} are taken here. Use `detente add`.")
    failures: list[str] = []
    options = AddOptions(read=ReadOptions(origin=Origin(**{name: value or None for name, value in given.items()})))
    with tempfile.TemporaryDirectory(prefix="detente-") as folder:
        path = Path(folder) / "pasted.txt"
        path.write_text(pasted, "utf-8", newline="")
        (read,) = read_any(path, options.read)
        if isinstance(read, Failure):
            raise WebError(read.message)
        telling = Telling(failure=lambda _, message: failures.append(message))
        add(site.project, [path], site.load_coder(), now=site.now, options=options, telling=telling)
    if failures:
        raise WebError(failures[0])
    return read.document.id
