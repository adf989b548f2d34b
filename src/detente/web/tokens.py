"""Tokens in forms, so that only pages of this site can write with a visitor's cookies.

A visit has a random name in a cookie, and every form carries that name's code under a key that this process alone
knows (signed double submit). Another site can make a browser send the cookie, but can neither read nor make the code.
Programs that send JSON carry no code: a browser sends JSON to another site only after asking, and we answer no.

Source: OWASP, Cross-Site Request Forgery Prevention Cheat Sheet, "Signed Double-Submit Cookie".
"""

from __future__ import annotations

import hmac
from secrets import token_urlsafe

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from detente.web.errors import WebError

VISIT = "detente_visit"
FIELD = "form_token"


def visit_of(request: Request) -> str:
    """The name of a visit: that of its cookie, else a new one, the same for all of this request."""
    known = request.cookies.get(VISIT)
    if known:
        return known
    if not hasattr(request.state, "visit"):
        request.state.visit = token_urlsafe(16)
    return str(request.state.visit)


def token_of(request: Request) -> str:
    """What a form of this visit has to carry."""
    key: bytes = request.app.state.site.secret
    return hmac.new(key, visit_of(request).encode(), "sha256").hexdigest()


def keep_visit(request: Request, response: Response) -> None:
    """Give the browser the name of its visit, where it has none."""
    if VISIT not in request.cookies:
        response.set_cookie(VISIT, visit_of(request), httponly=True, samesite="lax")


async def own_form(request: Request) -> FormData:
    """The fields of a form that a page of ours sent.

    Raises:
        WebError: the token is missing or of another visit.
    """
    form = await request.form()
    given = form.get(FIELD)
    if (
        VISIT not in request.cookies
        or not isinstance(given, str)
        or not hmac.compare_digest(given.encode(), token_of(request).encode())
    ):
        raise WebError(
            "Form without the token of this visit: only pages of this site may write, and the site was perhaps started "
            "anew. Open the page again and send the form once more.",
            403,
        )
    return form


async def own_json(request: Request) -> object:
    """The JSON that a program sent; other media types are refused, since forms of other sites could send them.

    Raises:
        WebError: it is no JSON.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise WebError("Body that is not JSON: application/json is read here. Send that Content-Type.", 415)
    try:
        body: object = await request.json()
    except ValueError as error:
        raise WebError(f"Unreadable JSON ({error}): an object is needed. Correct it.") from error
    return body
