"""The review queue: one record at a time, in its paragraph, with what is uncertain and weighs much first.

What enters: the questions of search, and decisions. What leaves: pages, and decisions in the log. The reviewer's name
stands in a cookie; it says who decided, and protects nothing.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, unquote

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from detente.codebook.codebook import load_codebook
from detente.errors import DetenteError
from detente.ingest.happenings import decide_events
from detente.queries import (
    Found,
    RecordFilter,
    agreement,
    decisions,
    progress,
    queued,
    record,
    records,
    reviewers,
)
from detente.queries.filters import REVIEWS
from detente.queries.reviewing import as_coded
from detente.records import STATUSES
from detente.store.corrections import undo
from detente.store.judging import Judgement, Overtaken, judge, last_decision
from detente.store.log import Author
from detente.web.amending import changed_values, fields_for
from detente.web.asking import KINDS, Asked, name_of, read_question
from detente.web.errors import WebError
from detente.web.reader import around
from detente.web.rendering import rendered
from detente.web.tokens import own_form
from detente.web.wording import Card, card_of

if TYPE_CHECKING:
    from detente.web.app import Site

ROUTES = APIRouter(include_in_schema=False)
REVIEWER = "detente_reviewer"
_YEAR_IN_SECONDS = 365 * 24 * 3600
_NEAR_DAYS = 3
_OTHERS = 6
_LINES = 100
_OWN = ("past", "second", "told")
_DONE = {"accept": "Accepted", "reject": "Rejected", "correct": "Corrected", "same": "Noted as one happening"}

OwnForm = Annotated[FormData, Depends(own_form)]


@ROUTES.get("/review")
def show_next(request: Request) -> Response:
    """The record that is next."""
    site: Site = request.app.state.site
    asked, given = _asked(request), request.query_params
    second_to = _who(request) if given.get("second") else None
    found, is_round = site.desk.following(
        asked.kind, asked.wanted(), past=given.get("past"), second_to=second_to if given.get("second") else None
    )
    if found is None:
        return _page(request, "review_done.html", asked)
    return _show(request, found, asked, is_round=is_round)


@ROUTES.get("/review/log")
def show_log(request: Request, who: str = "", before: int | None = None) -> Response:
    """Who decided what, the latest first."""
    project = request.app.state.site.project
    found = decisions(project, who=who or None, before=before, most=_LINES + 1)
    following = found[_LINES - 1].made.number if len(found) > _LINES else None
    return rendered(
        request,
        "review_log.html",
        lines=found[:_LINES],
        following=following,
        people=reviewers(project),
        who=who,
        reviewer=_who(request),
    )


@ROUTES.get("/review/agreement")
def show_agreement(request: Request, a: str = "", b: str = "") -> Response:
    """How far two reviewers agree."""
    project = request.app.state.site.project
    found = agreement(project, a, b) if a and b else []
    return rendered(request, "review_agreement.html", a=a, b=b, found=found, people=reviewers(project))


@ROUTES.get("/review/labels.csv")
def labels_csv(request: Request) -> StreamingResponse:
    """Judged events as labelled sentences for `detente train`."""
    from detente.queries.labels import labels, write_labels

    stream = io.StringIO()
    write_labels(labels(request.app.state.site.project), stream)
    headers = {"Content-Disposition": 'attachment; filename="labels.csv"'}
    return StreamingResponse(iter([stream.getvalue()]), media_type="text/csv; charset=utf-8", headers=headers)


@ROUTES.post("/review/name")
def keep_name(request: Request, form: OwnForm) -> Response:
    """Keep the reviewer's name, and go back."""
    _check_writable(request.app.state.site)
    name = " ".join(str(form.get("who", "")).split())[:80]
    if not name:
        raise WebError("No name: every decision says who made it. Write yours.")
    response = RedirectResponse(f"/review?{_asked(request).address()}{_second(request)}", status_code=303)
    response.set_cookie(REVIEWER, quote(name), max_age=_YEAR_IN_SECONDS, httponly=True, samesite="lax")
    return response


@ROUTES.post("/review/undo")
def take_back(request: Request, form: OwnForm) -> Response:
    """Take a decision back, and show its record."""
    site: Site = request.app.state.site
    number = str(form.get("number", ""))
    if not number.isdecimal():
        raise WebError(f"{number!r} in number: the number of a decision is needed. The log lists them.")
    with site.project.writing() as connection:
        made = undo(connection, int(number), _author(request))
    target = next(one.made.target for one in decisions(site.project, most=1) if one.made.number == made)
    back = f"/review/{quote(target)}?{_asked(request).address()}{_second(request)}"
    is_record = target.partition("-")[0] in ("ev", "st", "sa", "me")
    return RedirectResponse(back if is_record else "/review/log", status_code=303)


@ROUTES.get("/review/{record_id}")
def show_one(request: Request, record_id: str) -> Response:
    """One record, waiting or not."""
    return _show(request, record_id, _asked(request))


@ROUTES.post("/review/{record_id}")
def decide(request: Request, record_id: str, form: OwnForm) -> Response:
    """Take a decision and go on; what is wrong with it is told beside what was sent."""
    asked = _asked(request)
    told = ""
    try:
        if form.get("decision") != "skip":
            number, action = _decide(request, record_id, form)
            told = f"&told={number}"
    except DetenteError as error:
        status = 409 if isinstance(error, Overtaken) else error.status if isinstance(error, WebError) else 400
        return _show(request, record_id, asked, message=str(error), sent=form, status=status)
    if told and action == "same":
        return RedirectResponse(f"/review/{quote(record_id)}?{asked.address()}{told}{_second(request)}", 303)
    return RedirectResponse(f"/review?{asked.address()}&past={quote(record_id)}{told}{_second(request)}", 303)


def _decide(request: Request, record_id: str, form: FormData) -> tuple[int, str]:
    """Write what the form decides; its number and action are returned."""
    site: Site = request.app.state.site
    by = _author(request, note=str(form.get("note", "")).strip() or None)
    seen, is_blind = str(form.get("seen", "")), "second" in request.query_params
    decision = str(form.get("decision", ""))
    if decision == "merge":
        return _merge(site, record_id, form, by)
    if decision not in ("accept", "reject", "correct"):
        raise WebError(f"Unknown decision {decision!r}: accept, reject, correct, merge and skip are known.")
    found = _seen(site, record_id, is_blind=is_blind)
    values = changed_values(found, form, _several(form)) if decision == "correct" else {}
    if decision == "correct" and not values:
        raise WebError("Nothing is changed in the form: the record has these values. Change some, or accept it.")
    judgement = Judgement(record_id, decision, values, int(seen) if seen.isdecimal() else None, as_coded=is_blind)  # type: ignore[arg-type]
    with site.project.writing() as connection:
        return judge(connection, judgement, by), decision


def _merge(site: Site, record_id: str, form: FormData, by: Author) -> tuple[int, str]:
    """Say that a record tells what another does: of one document it is dropped, of two they are one happening."""
    other = str(form.get("other", "")).strip()
    if not other:
        raise WebError("No other record: one that tells the same is needed. Choose it, or write its id.")
    found, twin = record(site.project, record_id), record(site.project, other)
    if found.document.id == twin.document.id and found.id != twin.id:
        note = f"tells the same as {twin.id}" + (f"; {by.note}" if by.note else "")
        with site.project.writing() as connection:
            return judge(connection, Judgement(record_id, "reject"), replace(by, note=note)), "reject"
    with site.project.writing() as connection:
        return decide_events(connection, record_id, other, by, same=True), "same"


def _show(
    request: Request,
    record_id: str,
    asked: Asked,
    *,
    is_round: bool = False,
    message: str = "",
    sent: FormData | None = None,
    status: int = 200,
) -> Response:
    site: Site = request.app.state.site
    found = _seen(site, record_id, is_blind=bool(request.query_params.get("second")))
    card = card_of(found)
    before, after = around(found.document.text, card.start, card.end)
    with site.project.reading() as connection:
        seen = last_decision(connection, record_id)
    fields = fields_for(found)
    if sent is not None:
        fields = [_as_sent(one, sent) for one in fields]
    return _page(
        request,
        "review.html",
        asked,
        status_code=status,
        card=card,
        before=before,
        after=after,
        paragraph_start=card.start - len(before.removeprefix("… ")),
        fields=fields,
        entities=[(one.id, one.name) for one in found.entities],
        why=queued(site.project, record_id),
        others=_others(site, found, card),
        history=decisions(site.project, target=record_id, most=20),
        seen=seen,
        message=message,
        is_round=is_round,
        is_editing=sent is not None and sent.get("decision") == "correct",
    )


def _page(request: Request, template: str, asked: Asked, *, status_code: int = 200, **values: Any) -> Response:
    site: Site = request.app.state.site
    who = _who(request)
    is_second = bool(request.query_params.get("second"))
    return rendered(
        request,
        template,
        status_code=status_code,
        asked=asked,
        address_of_queue=f"{asked.address()}{_second(request)}",
        reviewer=who,
        progress=progress(site.project, asked.kind, asked.wanted(), who=who, today=site.now()[:10]),
        last=_last(site, who),
        told=request.query_params.get("told", ""),
        done_words=_DONE,
        is_second=is_second,
        kinds=KINDS,
        types=tuple(load_codebook().types),
        modes_of={one.name: tuple(one.modes) for one in load_codebook().types.values() if one.modes},
        statuses=STATUSES,
        reviews=REVIEWS,
        name_of=name_of,
        **values,
    )


def _seen(site: Site, record_id: str, *, is_blind: bool) -> Found[Any]:
    """The record as a reviewer sees it: a second one sees what the coder wrote."""
    found = record(site.project, record_id)
    return as_coded(site.project, found) if is_blind else found


def _as_sent(field: Any, sent: FormData) -> Any:
    if field.control == "check":
        return replace(field, value=field.name in sent)
    if field.control == "modes":
        return replace(field, value=[str(one).partition("/")[2] for one in sent.getlist(field.name)])
    if field.name not in sent:
        return field
    given = str(sent[field.name])
    return replace(field, value=[given] if field.control == "ids" else given)


def _others(site: Site, found: Found[Any], card: Card) -> list[Card]:
    """Events that may tell the same: of the same pair, or of the first actor, within a few days."""
    if found.kind != "event":
        return []
    near = RecordFilter(**_days_around(found.record.date or found.document.published))
    near = replace(near, pair=card.pair) if card.pair else replace(near, involving=found.record.actors[0])
    page = records(site.project, "event", near, limit=_OTHERS + 1)
    return [card_of(one) for one in page.results if one.id != found.id][:_OTHERS]


def _days_around(day: str | None) -> dict[str, Any]:
    try:
        at = date.fromisoformat((day or "").partition("/")[0])
    except ValueError:
        return {} if not day or "/" in day else {"since": day, "until": day}
    reach = timedelta(days=_NEAR_DAYS)
    return {"since": (at - reach).isoformat(), "until": (at + reach).isoformat()}


def _last(site: Site, who: str) -> Any:
    """The reviewer's last decision that holds, to be taken back."""
    own = decisions(site.project, who=who, most=200) if who else []
    return next((one.made for one in own if one.holds and one.made.action != "undo"), None)


def _asked(request: Request) -> Asked:
    """The question of the address, which the queue has in common with search."""
    given = [(name, value) for name, value in request.query_params.multi_items() if name not in _OWN]
    return read_question(QueryParams(given))


def _second(request: Request) -> str:
    return "&second=1" if request.query_params.get("second") else ""


def _several(form: FormData) -> Any:
    return lambda name: [str(one) for one in form.getlist(name)]


def _who(request: Request) -> str:
    return unquote(request.cookies.get(REVIEWER, ""))


def _author(request: Request, *, note: str | None = None) -> Author:
    site: Site = request.app.state.site
    _check_writable(site)
    who = _who(request)
    if not who:
        raise WebError("No name of who decides: every decision has one. Write yours above.")
    return Author(who, site.now(), note)


def _check_writable(site: Site) -> None:
    if not site.can_write:
        raise WebError(
            "Nothing can be decided: the site was opened for reading only. Start it without --read-only.", 403
        )
