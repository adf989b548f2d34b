"""The same answers as data: the addresses of the pages with `.json`, `.csv` or `.parquet`, and the same parameters.

Lists come page by page; `following` is the address of the next page, null on the last one. Errors have one shape,
`{"error": {"status": …, "message": …}}`. Files of all results are streamed and have no pages.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, StreamingResponse

from detente.interchange import Row, coded_to_json, rows, write_csv, write_parquet
from detente.queries import (
    DocumentFilter,
    count_by,
    count_documents,
    count_records,
    document,
    documents,
    each_record,
    found_alone,
    found_to_json,
    listed,
    listed_to_json,
    overview,
    record,
    records,
)
from detente.web.actors import relations_of
from detente.web.asking import Asked, id_of, read_question
from detente.web.charts import dyad_chart
from detente.web.dyads import DyadView, dyad_view
from detente.web.errors import WRONG

if TYPE_CHECKING:
    from detente.web.app import Site


ROUTES = APIRouter(responses=WRONG)

Text = Annotated[str | None, Query(description='Words of the evidence: `"gas pipeline" sign*`.')]
Actor = Annotated[str | None, Query(description="Id or name of who acts, holds, speaks or belongs.", examples=["PAK"])]
Recipient = Annotated[str | None, Query(description="Id or name of who is acted on or regarded.", examples=["RUS"])]
Involving = Annotated[str | None, Query(description="Id or name on either side.")]
PairOf = Annotated[str | None, Query(description="Two ids with a comma.", examples=["PAK,RUS"])]
Since = Annotated[str | None, Query(description="First day, month or year.", examples=["2015-03"])]
Until = Annotated[str | None, Query(description="Last day, month or year.")]
Types = Annotated[list[str] | None, Query(description="Event type; may be given again.", examples=[["CONSULT"]])]
Statuses = Annotated[list[str] | None, Query(description="Status; may be given again.", examples=[["actual"]])]
Kind = Annotated[str | None, Query(description="`event`, `stance`, `statement` or `membership`.")]
After = Annotated[str | None, Query(description="Cursor of a page, from `following`.")]
Limit = Annotated[int, Query(ge=1, le=1000, description="Results on a page.")]


@ROUTES.get("/overview.json", summary="What the project holds")
def overview_json(request: Request) -> JSONResponse:
    """Numbers of documents and records, the period, and records by year and publisher."""
    project = request.app.state.site.project
    by = {name: _counted(count_by(project, name, None)) for name in ("year", "publisher")}
    return JSONResponse({**asdict(overview(project)), **by})


@ROUTES.get("/documents.json", summary="Documents")
def documents_json(
    request: Request,
    text: Text = None,
    publisher: str | None = None,
    since: Since = None,
    until: Until = None,
    state: Annotated[list[str] | None, Query(description="`coded`, `foreign` or `failed`.")] = None,
    after: After = None,
    limit: Limit = 50,
) -> JSONResponse:
    """A page of documents without their texts, newest first."""
    project = request.app.state.site.project
    wanted = DocumentFilter(text=text, publisher=publisher, since=since, until=until, states=tuple(state or ()))
    page = documents(project, wanted, after=after, limit=limit, newest_first=True)
    return _page(request, [listed_to_json(one) for one in page.results], count_documents(project, wanted), page)


@ROUTES.get("/documents/{document_id}.json", summary="One document with its text and records")
def document_json(request: Request, document_id: str) -> JSONResponse:
    """In the form of `detente schema`, with what is known of the document."""
    project = request.app.state.site.project
    known = listed(project, document_id)
    coded = coded_to_json(document(project, document_id)) if known.state == "coded" else None
    return JSONResponse({"document": listed_to_json(known), "coded": coded})


@ROUTES.get("/records/{record_id}.json", summary="One record with its proof")
def record_json(request: Request, record_id: str) -> JSONResponse:
    """The record, its entities, its document and what made it."""
    return JSONResponse(found_to_json(record(request.app.state.site.project, record_id)))


@ROUTES.get("/search.json", summary="Records")
def search_json(
    request: Request,
    kind: Kind = None,
    text: Text = None,
    actor: Actor = None,
    recipient: Recipient = None,
    involving: Involving = None,
    pair: PairOf = None,
    since: Since = None,
    until: Until = None,
    type: Types = None,
    status: Statuses = None,
    according_to: Annotated[str | None, Query(description="Id of who vouches for it.")] = None,
    publisher: Annotated[str | None, Query(description="Of the document, exactly.")] = None,
    review: Annotated[list[str] | None, Query(description="State of review; may be given again.")] = None,
    after: After = None,
    limit: Limit = 50,
) -> JSONResponse:
    """A page of records with their proof, newest first unless `oldest_first=1`."""
    project, asked = request.app.state.site.project, read_question(request.query_params)
    wanted = asked.wanted()
    page = records(project, asked.kind, wanted, after=asked.after, limit=asked.limit, newest_first=asked.newest_first)
    found = [found_to_json(one) for one in page.results]
    return _page(request, found, count_records(project, asked.kind, wanted), page)


@ROUTES.get("/search.csv", summary="Records as a table")
def search_csv(request: Request) -> StreamingResponse:
    """All results, one flat row a record; parameters are those of `/search.json`."""
    found = _rows(request.app.state.site, read_question(request.query_params))
    return _file(_csv_lines(found), "text/csv; charset=utf-8", "records.csv")


@ROUTES.get("/search.parquet", summary="Records as Parquet")
def search_parquet(request: Request) -> FileResponse:
    """The same rows with their types."""
    with tempfile.NamedTemporaryFile(suffix=".parquet", delete=False) as made:
        path = Path(made.name)
    write_parquet(_rows(request.app.state.site, read_question(request.query_params)), path)
    return FileResponse(path, filename="records.parquet", background=BackgroundTask(path.unlink))


@ROUTES.get("/dyads/{a}/{b}.json", summary="How the relation of two moved")
def dyad_json(request: Request, a: str, b: str, since: Since = None, until: Until = None) -> JSONResponse:
    """Warmth by month with its interval, what moved it, what did not happen, and the rules behind all figures."""
    return JSONResponse(dyad_form(_view(request, a, b, since, until)))


@ROUTES.get("/dyads/{a}/{b}.csv", summary="The months of a pair as a table")
def dyad_csv(request: Request, a: str, b: str, since: Since = None, until: Until = None) -> StreamingResponse:
    """One row a month."""
    view = _view(request, a, b, since, until)
    stream = io.StringIO()
    months = view.months()
    writer = csv.DictWriter(stream, fieldnames=list(months[0]) if months else ["month"])
    writer.writeheader()
    writer.writerows(months)
    return _file([stream.getvalue()], "text/csv; charset=utf-8", f"{view.a}-{view.b}.csv")


@ROUTES.get("/dyads/{a}/{b}/chart.json", summary="The chart of a pair")
def dyad_chart_json(request: Request, a: str, b: str, since: Since = None, until: Until = None) -> JSONResponse:
    """A Vega-Lite specification with its data."""
    return JSONResponse(dyad_chart(_view(request, a, b, since, until)))


@ROUTES.get("/actors/{actor}.json", summary="The relations of an actor")
def actor_json(
    request: Request,
    actor: str,
    at: Annotated[str | None, Query(description="Month [default: the last one].", examples=["2015-03"])] = None,
) -> JSONResponse:
    """Every pair in which it stands, warmest first; no figures where too little is told."""
    site: Site = request.app.state.site
    known, lines = id_of(actor), site.lines.now()
    return JSONResponse({"actor": known, "relations": relations_of(lines, known, lines.month(at))})


def dyad_form(view: DyadView) -> dict[str, Any]:
    """A pair as plain values."""
    index = view.index
    known: dict[str, Any] = {"pair": [view.a, view.b], "verdict": view.verdict, "months": view.months()}
    if index is not None:
        known |= {"method": index.method, "rules": list(index.rules), "records": list(index.records)}
        known["coverage"] = {
            "reports_a_month": index.coverage.reports_a_month,
            "months_told": index.coverage.months_told,
            "pairs_in_world": index.pairs_in_world,
        }
    parts = {"turning_points": view.turns, "move": view.move, "gaps": view.gaps, "not_done": view.not_done}
    return {**known, **parts}


def _view(request: Request, a: str, b: str, since: str | None, until: str | None) -> DyadView:
    site: Site = request.app.state.site
    first, second = sorted((id_of(a), id_of(b)))
    return dyad_view(site.relations.measured(), first, second, since=since or None, until=until or None)


def _page(request: Request, results: list[Any], number: int, page: Any) -> JSONResponse:
    following = None
    if page.following is not None:
        following = str(request.url.include_query_params(after=page.following))
    return JSONResponse({"results": results, "number": number, "following": following})


def _counted(found: dict[str | None, int]) -> dict[str, int]:
    return {name or "unknown": number for name, number in found.items()}


def _rows(site: Site, asked: Asked) -> Iterator[Row]:
    """Flat rows of all results; the filter is checked before the first one is sent."""
    wanted = asked.wanted()
    count_records(site.project, asked.kind, wanted)

    def each() -> Iterator[Row]:
        for found in each_record(site.project, asked.kind, wanted, newest_first=asked.newest_first):
            yield from ({**row, "id": found.id} for row in rows(found_alone(found)))

    return each()


def _csv_lines(found: Iterator[Row], *, at_once: int = 200) -> Iterator[str]:
    """Text of a CSV file, some rows at a time, its head once."""
    is_first = True
    while True:
        chunk = [row for _, row in zip(range(at_once), found, strict=False)]
        if not chunk and not is_first:
            return
        stream = io.StringIO()
        write_csv(chunk, stream)
        text = stream.getvalue()
        yield text if is_first else text.partition("\r\n")[2]
        is_first = False


def _file(lines: Any, media_type: str, name: str) -> StreamingResponse:
    headers = {"Content-Disposition": f'attachment; filename="{quote(name)}"'}
    return StreamingResponse(lines, media_type=media_type, headers=headers)
