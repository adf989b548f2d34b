"""Happenings of a project: which events of different documents are one, by `detente link` and by what users decided.

What enters: a project. What leaves: its tables `happenings` and `reports`, made anew in one transaction. Rejected
records take no part, corrected ones take part as corrected.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection, delete, select

from detente.errors import RecordError
from detente.linking.decisions import Decisions, ordered
from detente.linking.happenings import Corpus, Happening
from detente.linking.reports import article_of, reports_of
from detente.store.entities import load_renamings
from detente.store.log import Author, holding, read_log, write_correction
from detente.store.project import Project
from detente.store.reader import read_coded
from detente.store.rows import insert_rows
from detente.store.runs import end_run, start_run
from detente.store.schema import DOCUMENTS, HAPPENINGS, RECORDS, REPORTS


def link_project(
    project: Project, *, now: Callable[[], str], on_document: Callable[[], None] = lambda: None
) -> list[Happening]:
    """Link the events of all documents into happenings and store them in place of those from before.

    Args:
        now: gives the moment in UTC, ISO 8601, for the notes on the run.
        on_document: called for each document that was read, for progress.

    Raises:
        StoreError: another process writes, there is no space, or the database is damaged.
        DataError: the users' decisions contradict each other.
    """
    with project.lock(doing="link", since=now()):
        with project.writing() as connection:
            run_key = start_run(connection, "link", {}, started_at=now())
        with project.reading() as connection:
            corpus = _corpus(connection, on_document)
            found = corpus.link(load_decisions(connection))
        with project.writing() as connection:
            _store(connection, found)
            end_run(connection, run_key, {"events": len(corpus.reports), "happenings": len(found)}, ended_at=now())
    return found


def decide_events(connection: Connection, first: str, second: str, by: Author, *, same: bool) -> int:
    """Say that two events are reports of one happening, or that they are not; `link_project` acts on it.

    Returns:
        The number of the decision, for `undo`.

    Raises:
        RecordError: one of them is no event of the project, or both are one.
    """
    known = select(RECORDS.c.id).where(RECORDS.c.id.in_([first, second]), RECORDS.c.kind == "event")
    if len(set(connection.scalars(known))) != 2:
        raise RecordError(f"Events {first!r} and {second!r}: two different ones of the project are needed. Check them.")
    a, b = ordered(first, second)
    return write_correction(connection, "same" if same else "different", a, {"other": b}, by)


def load_decisions(connection: Connection) -> Decisions:
    """What users decided about events; of two decisions on one pair the later counts."""
    verdicts = {
        (one.target, one.details["other"]): one.action
        for one in holding(read_log(connection, actions=("same", "different", "undo")))
    }
    return Decisions(
        same=frozenset(pair for pair, verdict in verdicts.items() if verdict == "same"),
        different=frozenset(pair for pair, verdict in verdicts.items() if verdict == "different"),
    )


def _corpus(connection: Connection, on_document: Callable[[], None]) -> Corpus:
    """The events of all documents, under their ids in the project, which corrections do not change."""
    corpus, renamings = Corpus(), load_renamings(connection)
    documents = select(DOCUMENTS.c.key, DOCUMENTS.c.id).where(DOCUMENTS.c.state == "coded").order_by(DOCUMENTS.c.key)
    for key, document_id in connection.execute(documents).all():
        coded = read_coded(connection, document_id, renamings)
        here = RECORDS.c.document_key == key, RECORDS.c.kind == "event", RECORDS.c.review != "rejected"
        ids = connection.scalars(select(RECORDS.c.id).where(*here).order_by(RECORDS.c.position, RECORDS.c.key))
        for event_id, report in zip(ids, reports_of(coded), strict=True):
            corpus.reports[event_id] = replace(report, event_id=event_id)
        corpus.articles[document_id] = article_of(coded, corpus.settings)
        on_document()
    return corpus


def _store(connection: Connection, found: list[Happening]) -> None:
    connection.execute(delete(REPORTS))
    connection.execute(delete(HAPPENINGS))
    events = connection.execute(select(RECORDS.c.id, RECORDS.c.key).where(RECORDS.c.kind == "event"))
    keys = {row.id: row.key for row in events}
    happenings, reports = [], []
    for one in found:
        members = [keys[report.event_id] for report in one.members if report.event_id in keys]
        if members:
            shown = keys.get(one.representative.event_id, members[0])
            row = {"id": one.id, "reports": len(members), "independent": one.independent, "score": one.score}
            happenings.append({**row, "representative": shown})
            reports += [{"record_key": key, "happening": one.id} for key in members]
    insert_rows(connection, HAPPENINGS, happenings)
    insert_rows(connection, REPORTS, reports)
