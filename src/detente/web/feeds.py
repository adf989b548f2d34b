"""A search as a feed: the newest records that fit, for a feed reader to ask again.

What enters: the parameters of `/search`. What leaves: Atom (RFC 4287). An entry's title says first how the text vouches
for the record, so that no reader's list presents as done what is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from detente.queries import Found, records
from detente.web.asking import Asked, read_question
from detente.web.wording import Card, card_of

if TYPE_CHECKING:
    from detente.web.app import Site

ROUTES = APIRouter(include_in_schema=False)
ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_MOST = 50
# What a year, a month and a day lack to be a day.
_REST = {4: "-01-01", 7: "-01", 10: ""}


@ROUTES.get("/search.atom")
def search_atom(request: Request) -> Response:
    """The newest records of a search."""
    site: Site = request.app.state.site
    asked = read_question(request.query_params)
    page = records(site.project, asked.kind, asked.wanted(), limit=min(asked.limit, _MOST), newest_first=True)
    text = ElementTree.tostring(_feed(site, asked, str(request.base_url).rstrip("/"), page.results), "unicode")
    return Response(f'<?xml version="1.0" encoding="utf-8"?>\n{text}', media_type=MEDIA_TYPE)


def _feed(site: Site, asked: Asked, here: str, found: tuple[Found[Any], ...]) -> ElementTree.Element:
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    conditions = "; ".join(f"{name} {value}" for name, value in asked.conditions())
    what = f"{asked.kind or 'record'}s{f' with {conditions}' if conditions else ''}"
    cards = [card_of(one) for one in found]
    _put(feed, "title", f"{site.project.root.resolve().name}: {what}")
    _put(feed, "id", f"{here}/search?{asked.address()}")
    _put(feed, "link", rel="self", href=f"{here}/search.atom?{asked.address()}", type="application/atom+xml")
    _put(feed, "link", rel="alternate", href=f"{here}/search?{asked.address()}", type="text/html")
    # The same answer has the same text: entries change with their documents, and the feed with its entries.
    _put(feed, "updated", max((_moment(card) for card in cards), default="1970-01-01T00:00:00Z"))
    _put(_put(feed, "author"), "name", "detente")
    for card in cards:
        _entry(feed, card, here)
    return feed


def _entry(feed: ElementTree.Element, card: Card, here: str) -> None:
    entry = _put(feed, "entry")
    actors, recipients = (", ".join(side.name for side in sides) for sides in (card.actors, card.recipients))
    sides = f"{actors} {card.joint} {recipients}" if recipients else actors
    _put(entry, "title", f"[{card.mark}] {card.what}: {sides}")
    _put(entry, "id", f"{here}{card.href}")
    _put(entry, "link", rel="alternate", href=f"{here}{card.href}", type="text/html")
    _put(entry, "updated", _moment(card))
    _put(entry, "category", term=card.kind)
    _put(entry, "category", term=card.standing, label=card.mark)
    chain = f" According to {', as told by '.join(side.name for side in card.chain)}." if card.chain else ""
    source = ", ".join(one for one in (card.document_title, card.publisher, card.published) if one)
    _put(entry, "summary", f"{card.standing_note}{chain} “{card.before}{card.trigger}{card.after}” ({source})")


def _moment(card: Card) -> str:
    """When the document was published, as a moment; feeds need one where there is none."""
    day = (card.published or card.date or "").partition("/")[0]
    return f"{day}{_REST[len(day)]}T00:00:00Z" if len(day) in _REST else "1970-01-01T00:00:00Z"


def _put(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if text:
        made.text = "".join(one for one in text if one in "\t\n" or " " <= one < "\ufffe" or one > "\uffff")
    return made
