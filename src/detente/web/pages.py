"""The pages: overview, documents, reader, search, single records, pairs, and how the numbers are made."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from detente.codebook.codebook import load_codebook
from detente.queries import (
    DocumentFilter,
    RecordFilter,
    count_by,
    count_documents,
    count_records,
    document,
    documents,
    each_document,
    each_record,
    listed,
    overview,
    record,
    records,
)
from detente.queries.filters import REVIEWS
from detente.records import STATUSES
from detente.web.asking import KINDS, Asked, id_of, name_of, read_question
from detente.web.dyads import dyad_view
from detente.web.errors import WebError
from detente.web.reader import around, pieces_of
from detente.web.rendering import rendered
from detente.web.wording import card_of, cards_of, opening_of

if TYPE_CHECKING:
    from detente.web.app import Site

ROUTES = APIRouter(include_in_schema=False)
_FACETS = 8
_UNCODED = 8
_LATEST = 8


@ROUTES.get("/")
def show_overview(request: Request) -> Response:
    """What is in the project."""
    site: Site = request.app.state.site
    project = site.project
    found = overview(project)
    left = DocumentFilter(states=("foreign", "failed"))
    return rendered(
        request,
        "overview.html",
        found=found,
        years=_years(count_by(project, "year", None)),
        publishers=list(count_by(project, "publisher", None).items())[:_FACETS],
        latest=[card_of(one) for one in records(project, None, limit=8, newest_first=True).results],
        uncoded=list(islice(each_document(project, left, newest_first=True), _UNCODED)),
        uncoded_number=count_documents(project, left),
        pairs=_busiest(site),
        statuses=count_by(project, "status", "event"),
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
    project = request.app.state.site.project
    asked = read_question(request.query_params)
    wanted = asked.wanted()
    page = records(project, asked.kind, wanted, after=asked.after, limit=asked.limit, newest_first=asked.newest_first)
    following = f"{asked.address()}&after={quote(page.following)}" if page.following else None
    return rendered(
        request,
        "search.html",
        asked=asked,
        cards=[card_of(one) for one in page.results],
        number=count_records(project, asked.kind, wanted),
        following=following,
        facets=_facets(project, asked, wanted),
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
    view = dyad_view(
        site.relations.measured(), first, second, since=given.get("since") or None, until=given.get("until") or None
    )
    done = RecordFilter(pair=(first, second), statuses=("actual", "historical"))
    latest = records(site.project, "event", done, limit=_LATEST, newest_first=True)
    stances = records(site.project, "stance", RecordFilter(pair=(first, second)), limit=_LATEST, newest_first=True)
    open_ones = RecordFilter(pair=(first, second), statuses=("proposed", "future", "hypothetical", "negated"))
    return rendered(
        request,
        "dyad.html",
        view=view,
        latest=[card_of(one) for one in latest.results],
        stances=[card_of(one) for one in stances.results],
        not_done=[
            card_of(one) for one in records(site.project, "event", open_ones, limit=_LATEST, newest_first=True).results
        ],
        a=first,
        b=second,
        a_name=name_of(first),
        b_name=name_of(second),
    )


@ROUTES.get("/about")
def show_about(request: Request) -> Response:
    """How the numbers are made, and what the codes mean."""
    return rendered(request, "about.html", codebook=load_codebook())


def _years(counted: Mapping[str | None, int]) -> list[tuple[str, int, float]]:
    """Year, number and height in per cent of the highest, the last forty years that have records."""
    known = sorted((year, number) for year, number in counted.items() if year is not None)[-40:]
    highest = max((number for _, number in known), default=1)
    return [(year, number, 100 * number / highest) for year, number in known]


def _busiest(site: Site) -> list[dict[str, Any]]:
    known = site.relations.measured()
    if known.survey is None:
        return []
    counted = [(-len(ids), pair) for pair, ids in known.by_pair.items()]
    return [
        {"a": pair[0], "b": pair[1], "records": -number, "names": (name_of(pair[0]), name_of(pair[1]))}
        for number, pair in sorted(counted)[:_FACETS]
    ]


def _facets(project: Any, asked: Asked, wanted: RecordFilter) -> list[tuple[str, str, list[tuple[str, str, int]]]]:
    """Title, parameter, and value, label and count of each facet that splits the results further."""
    groups = [("Actor", "actor", "actor"), ("Recipient", "recipient", "recipient"), ("Publisher", "publisher", "")]
    if asked.kind == "event":
        groups = [("Type", "type", ""), ("Status", "status", ""), *groups]
    out = []
    for title, name, sides in groups:
        if name in asked.values:
            continue
        counted = count_by(project, name, asked.kind, wanted)
        rows = [
            (value, name_of(value) if sides else value, number)
            for value, number in islice(counted.items(), _FACETS)
            if value is not None
        ]
        out.append((title, name, rows))
    return [one for one in out if one[2]]
