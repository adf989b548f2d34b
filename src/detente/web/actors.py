"""The pages of actors: their relations in order and on the map, their ties, memberships, offices, and what was said."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from detente.errors import DataError
from detente.measure.reports import month_name
from detente.queries import RecordFilter, count_by, count_records, records
from detente.resolve.knowledge import load_knowledge
from detente.web.asking import id_of, name_of
from detente.web.errors import WebError
from detente.web.lines import Lines
from detente.web.maps import credit, drawn_states, map_of
from detente.web.networks import picture_of
from detente.web.profiles import Belongings, belongings_of, holders_on, terms_of
from detente.web.rendering import rendered
from detente.web.wording import card_of

if TYPE_CHECKING:
    from detente.web.app import Site

ROUTES = APIRouter(include_in_schema=False)
_MOST_TOLD = 200


@ROUTES.get("/actors")
def show_actors(request: Request, q: str = "") -> Response:
    """All actors by number of records, or straight to the one asked for."""
    if q.strip():
        return RedirectResponse(f"/actors/{quote(id_of(q.strip()))}", status_code=303)
    project = request.app.state.site.project
    acting, acted_on = (count_by(project, side, None) for side in ("actor", "recipient"))
    total = {one: acting.get(one, 0) + acted_on.get(one, 0) for one in (*acting, *acted_on) if one is not None}
    ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))[:200]
    rows = [(one, name_of(one), acting.get(one, 0), acted_on.get(one, 0)) for one, _ in ranked]
    return rendered(request, "actors.html", rows=rows, left=len(total) - len(rows))


@ROUTES.get("/actors/{actor}/map.json")
def show_map(request: Request, actor: str, at: str | None = None) -> JSONResponse:
    """The map of an actor's relations, as a Vega-Lite specification with its data."""
    site: Site = request.app.state.site
    lines = site.lines.now()
    return JSONResponse(map_of(relations_of(lines, actor, lines.month(at)), actor))


@ROUTES.get("/actors/{actor}")
def show_actor(request: Request, actor: str, at: str | None = None) -> Response:
    """One actor."""
    site: Site = request.app.state.site
    known = id_of(actor)
    if known != actor:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/actors/{quote(known)}{query}", status_code=303)
    project, lines = site.project, site.lines.now()
    on, today = _day(at), date.fromisoformat(site.now()[:10])
    month = _month_of(lines, at)
    involving = RecordFilter(involving=actor)
    said, held, regarded = (
        records(project, kind, wanted, limit=limit, newest_first=True).results
        for kind, wanted, limit in (
            ("statement", RecordFilter(actor=actor), 6),
            ("membership", involving, _MOST_TOLD),
            ("stance", RecordFilter(recipient=actor), 6),
        )
    )
    latest = records(project, "event", involving, limit=8, newest_first=True).results
    relations = relations_of(lines, actor, month)
    picture = picture_of(lines, month, actor) if month is not None and relations else None
    day = on or today
    belongings = belongings_of(actor, day, until=today, told=[(card_of(one), one.record) for one in held])
    holders = holders_on(actor, day.isoformat())
    return rendered(
        request,
        "actor.html",
        actor=actor,
        name=_name(actor, [*latest, *said, *held, *regarded]),
        number=count_records(project, None, involving),
        statuses=count_by(project, "status", "event", involving),
        relations=relations,
        has_map=any(one["now"] is not None and one["other"] in drawn_states() for one in relations),
        credit=credit(site),
        picture=picture if picture is not None and len(picture.nodes) > 2 else None,
        has_figures=any(one["now"] is not None for one in relations),
        span=_slider(lines, relations, belongings, holders, today),
        month=None if month is None else month_name(month),
        day=day,
        at=at or "",
        belongings=belongings,
        holders=holders,
        terms=terms_of(actor),
        acts_for=_acts_for(actor),
        latest=[card_of(one) for one in latest],
        said=[card_of(one) for one in said],
        held=[card_of(one) for one in held[:4]],
        regarded=[card_of(one) for one in regarded],
    )


def relations_of(lines: Lines, actor: str, month: int | None) -> list[dict[str, Any]]:
    """Every pair of an actor: how warm in a month and how that differs from a year before, warmest first.

    Pairs of which too little is told follow, the most told of first; they have no figures, nor has any pair without a
    month.
    """
    out = [_relation(lines, actor, pair, month) for pair in lines.known.pairs_of(actor)]
    return sorted(out, key=lambda one: (one["now"] is None, -(one["now"] or 0), -one["events"], one["other"]))


def _relation(lines: Lines, actor: str, pair: tuple[str, str], month: int | None) -> dict[str, Any]:
    other = pair[1] if pair[0] == actor else pair[0]
    standing = None if month is None else lines.standing(pair, month)
    figures = ("value", "low", "high", "change")
    now, low, high, change = (None if standing is None else getattr(standing, name) for name in figures)
    return {
        "other": other,
        "name": name_of(other),
        "pair": pair,
        "events": len(lines.known.by_pair[pair]),
        "verdict": lines.verdict(pair) or "nothing counts",
        "now": now,
        "low": low,
        "high": high,
        "change": change,
    }


def _day(at: str | None) -> date | None:
    """The day that is asked for; the last one of a month or year."""
    if not at:
        return None
    try:
        parts = [int(part) for part in at.split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else 12
        return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])
    except (ValueError, IndexError) as error:
        raise WebError(f"{at!r} in at: a day, month or year is needed. Write for example at=2015-03.") from error


def _month_of(lines: Lines, at: str | None) -> int | None:
    """The month of what is measured that the page shows; None where nothing is told in the one asked for."""
    try:
        return lines.month(at)
    except (WebError, DataError):
        return None


def _slider(
    lines: Lines, relations: list[Any], belongings: Belongings | None, holders: list[Any], today: date
) -> tuple[int, int] | None:
    """First and last month of the slider: of what is told, else of what our tables have; None without either."""
    if relations and lines.span is not None:
        return lines.span
    if belongings is None and not holders:
        return None
    return (2001 if belongings is None else belongings.first) * 12, today.year * 12 + today.month - 1


def _acts_for(actor: str) -> tuple[str, str] | None:
    """Id and name of the state or organisation that an actor of our tables acts for."""
    known = load_knowledge().actors.get(actor)
    if known is None or known.country in (None, actor):
        return None
    assert known.country is not None
    return known.country, name_of(known.country)


def _name(actor: str, found: list[Any]) -> str:
    """The name that our tables or, failing these, its own records give an actor."""
    for one in found:
        for entity in one.entities:
            if entity.id == actor:
                return name_of(actor, entity.name)
    return name_of(actor)
