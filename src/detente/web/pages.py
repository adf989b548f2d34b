"""The pages: overview, documents, reader, search, single records, pairs, and how the numbers are made."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from detente.codebook.codebook import load_codebook
from detente.queries import (
    DocumentFilter,
    RecordFilter,
    count_documents,
    document,
    documents,
    each_record,
    listed,
    overview,
    record,
    records,
)
from detente.queries.coverage import not_coded
from detente.queries.filters import REVIEWS
from detente.records import STATUSES
from detente.web.asking import KINDS, id_of, name_of, read_question
from detente.web.dyads import DONE, MOST_MARKS, NOT_DONE, dyad_view
from detente.web.errors import WebError
from detente.web.overview import standing_of_project
from detente.web.reader import around, pieces_of
from detente.web.rendering import rendered
from detente.web.searching import found_by
from detente.web.wording import card_of, cards_of, opening_of

if TYPE_CHECKING:
    from detente.web.app import Site

ROUTES = APIRouter(include_in_schema=False)
_LATEST = 8
_UNCODED = 6


@ROUTES.get("/")
def show_overview(request: Request) -> Response:
    """What is in the project, what moved, and what could not be read."""
    site: Site = request.app.state.site
    project = site.project
    left = DocumentFilter(states=("foreign", "failed"))
    return rendered(
        request,
        "overview.html",
        found=overview(project),
        standing=standing_of_project(site),
        latest=[card_of(one) for one in records(project, None, limit=_LATEST, newest_first=True).results],
        reasons=not_coded(project),
        uncoded=documents(project, left, limit=_UNCODED, newest_first=True).results,
        name_of=name_of,
    )


@ROUTES.get("/documents")
def show_documents(request: Request) -> Response:
    """The list of documents."""
    given = request.query_params
    states = (given["state"],) if given.get("state") else ()
    wanted = DocumentFilter(
        text=given.get("text") or None,
        publisher=given.get("publisher") or None,
        since=given.get("since") or None,
        until=given.get("until") or None,
        states=states,
    )
    project = request.app.state.site.project
    page = documents(project, wanted, after=given.get("after") or None, limit=50, newest_first=True)
    return rendered(
        request, "documents.html", page=page, wanted=wanted, number=count_documents(project, wanted), given=given
    )


@ROUTES.get("/documents/{document_id}")
def show_document(request: Request, document_id: str) -> Response:
    """The reader."""
    project = request.app.state.site.project
    known = listed(project, document_id)
    if known.state != "coded":
        return rendered(request, "uncoded.html", known=known)
    coded = document(project, document_id)
    found = {one.id: one.review for one in each_record(project, None, RecordFilter(document=document_id))}
    cards = cards_of(coded, found)
    groups = {kind: [card for card in cards if card.kind == kind] for kind in KINDS}
    return rendered(
        request,
        "document.html",
        known=known,
        coded=coded,
        opening=opening_of(coded.document.text),
        cards=cards,
        groups=groups,
        pieces=pieces_of(coded.document.text, cards, coded.issues),
    )


@ROUTES.get("/records/{record_id}")
def show_record(request: Request, record_id: str) -> Response:
    """One record with its paragraph; with `panel` only the part that other pages take in."""
    found = record(request.app.state.site.project, record_id)
    card = card_of(found)
    before, after = around(found.document.text, card.start, card.end)
    template = "record_panel.html" if request.query_params.get("panel") else "record.html"
    return rendered(request, template, card=card, found=found, before=before, after=after)


@ROUTES.get("/search")
def show_search(request: Request) -> Response:
    """Full text and facets."""
    site: Site = request.app.state.site
    asked = read_question(request.query_params)
    answer = found_by(site, asked)
    following = f"{asked.address()}&after={quote(answer.following)}" if answer.following else None
    return rendered(
        request,
        "search.html",
        asked=asked,
        answer=answer,
        cards=[card_of(one) for one in answer.results],
        following=following,
        kinds=KINDS,
        types=tuple(load_codebook().types),
        statuses=STATUSES,
        reviews=REVIEWS,
        name_of=name_of,
    )


@ROUTES.get("/dyads")
def find_dyad(request: Request, a: str = "", b: str = "") -> Response:
    """Lead from two names to the page of the pair."""
    if not a.strip() or not b.strip():
        raise WebError("No pair: two actors are needed. Name both.")
    return RedirectResponse(f"/dyads/{quote(id_of(a.strip()))}/{quote(id_of(b.strip()))}", status_code=303)


@ROUTES.get("/dyads/{a}/{b}")
def show_dyad(request: Request, a: str, b: str) -> Response:
    """How the relation of two moved, and why."""
    site: Site = request.app.state.site
    first, second = sorted((id_of(a), id_of(b)))
    if (first, second) != (a, b):
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/dyads/{quote(first)}/{quote(second)}{query}", status_code=303)
    given = request.query_params
    known = site.relations.measured()
    view = dyad_view(known, first, second, since=given.get("since") or None, until=given.get("until") or None)
    latest, not_done, stances = (
        [card_of(one) for one in records(site.project, kind, wanted, limit=_LATEST, newest_first=True).results]
        for kind, wanted in (
            ("event", RecordFilter(pair=(first, second), statuses=DONE)),
            ("event", RecordFilter(pair=(first, second), statuses=NOT_DONE)),
            ("stance", RecordFilter(pair=(first, second))),
        )
    )
    return rendered(
        request,
        "dyad.html",
        view=view,
        most_marks=MOST_MARKS,
        measured_at=known.at,
        is_behind=site.relations.is_behind,
        latest=latest,
        stances=stances,
        not_done=not_done,
        a=first,
        b=second,
        a_name=name_of(first),
        b_name=name_of(second),
    )


@ROUTES.get("/about")
def show_about(request: Request) -> Response:
    """How the numbers are made, and what the codes mean."""
    return rendered(request, "about.html", codebook=load_codebook())
