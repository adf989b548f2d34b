"""The pages of actors: their relations in order, what they said, and what was said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from detente.queries import RecordFilter, count_by, count_records, records
from detente.web.asking import id_of, name_of
from detente.web.measured import Measured
from detente.web.rendering import rendered
from detente.web.wording import card_of

if TYPE_CHECKING:
    from detente.web.app import Site

ROUTES = APIRouter(include_in_schema=False)
_YEAR = 12


@ROUTES.get("/actors")
def show_actors(request: Request, q: str = "") -> Response:
    """All actors by number of records, or straight to the one asked for."""
    if q.strip():
        from urllib.parse import quote

        return RedirectResponse(f"/actors/{quote(id_of(q.strip()))}", status_code=303)
    project = request.app.state.site.project
    acting, acted_on = (count_by(project, side, None) for side in ("actor", "recipient"))
    total = {one: acting.get(one, 0) + acted_on.get(one, 0) for one in (*acting, *acted_on) if one is not None}
    ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))[:200]
    rows = [(one, name_of(one), acting.get(one, 0), acted_on.get(one, 0)) for one, _ in ranked]
    return rendered(request, "actors.html", rows=rows, left=len(total) - len(rows))


@ROUTES.get("/actors/{actor}")
def show_actor(request: Request, actor: str) -> Response:
    """One actor."""
    site: Site = request.app.state.site
    known = id_of(actor)
    if known != actor:
        return RedirectResponse(f"/actors/{known}", status_code=303)
    project = site.project
    involving = RecordFilter(involving=actor)
    said, held, regarded = (
        records(project, kind, wanted, limit=6, newest_first=True).results
        for kind, wanted in (
            ("statement", RecordFilter(actor=actor)),
            ("membership", involving),
            ("stance", RecordFilter(recipient=actor)),
        )
    )
    latest = records(project, "event", involving, limit=10, newest_first=True).results
    return rendered(
        request,
        "actor.html",
        actor=actor,
        name=_name(actor, [*latest, *said, *held, *regarded]),
        number=count_records(project, None, involving),
        statuses=count_by(project, "status", "event", involving),
        relations=relations_of(site.relations.measured(), actor),
        latest=[card_of(one) for one in latest],
        said=[card_of(one) for one in said],
        held=[card_of(one) for one in held],
        regarded=[card_of(one) for one in regarded],
    )


def relations_of(known: Measured, actor: str) -> list[dict[str, Any]]:
    """Every pair of an actor: how warm now and how that changed in a year, where enough is told; warmest first.

    Pairs of which too little is told follow, the most told of first; they have no figures.
    """
    out = [_relation(known, actor, pair) for pair in known.pairs_of(actor)]
    return sorted(out, key=lambda one: (one["now"] is None, -(one["now"] or 0), -one["events"], one["other"]))


def _relation(known: Measured, actor: str, pair: tuple[str, str]) -> dict[str, Any]:
    from detente.errors import DataError
    from detente.measure.index import line_of
    from detente.measure.salience import coverage_of
    from detente.measure.thin import verdict_of

    other = pair[1] if pair[0] == actor else pair[0]
    row: dict[str, Any] = {
        "other": other,
        "name": name_of(other),
        "pair": pair,
        "events": len(known.by_pair[pair]),
        "verdict": "nothing counts",
        **dict.fromkeys(("now", "low", "high", "change")),
    }
    if known.survey is None:
        return row
    try:
        place = known.survey.place(*pair)
    except DataError:
        return row
    row["verdict"] = verdict_of(coverage_of(known.survey.stories, place).reports_a_month)
    if row["verdict"] == "too thin to say":
        return row
    fit = known.survey.fit(*pair)
    line = line_of(fit.history, fit.history_sd, fit.mix, known.survey.calibration)
    before = max(0, len(line.value) - 1 - _YEAR)
    row |= {"now": float(line.value[-1]), "low": float(line.low[-1]), "high": float(line.high[-1])}
    return row | {"change": float(line.value[-1] - line.value[before])}


def _name(actor: str, found: list[Any]) -> str:
    """The name that our tables or, failing these, its own records give an actor."""
    for one in found:
        for entity in one.entities:
            if entity.id == actor:
                return name_of(actor, entity.name)
    return name_of(actor)
