"""Happenings of a project are linked as `detente link` links them, and users' decisions win."""

from __future__ import annotations

import pytest
from sqlalchemy import select

import make
from detente.errors import RecordError
from detente.ingest.happenings import decide_events, link_project
from detente.queries import each_record
from detente.records import Document
from detente.store.check import check
from detente.store.corrections import correct, reject, undo
from detente.store.entities import Renamings
from detente.store.log import Author
from detente.store.runs import start_run
from detente.store.schema import HAPPENINGS, REPORTS
from detente.store.writer import add_document, write_coding
from store.projects import NOW, new_project

BY = Author("maria", NOW)
SENTENCE = (
    "On Monday Pakistan's prime minister visited Moscow to sign a gas pipeline contract worth two billion dollars"
)


@pytest.fixture
def project(tmp_path):
    with new_project(tmp_path / "project") as made:
        fill(made)
        yield made


def fill(project):
    with project.writing() as connection:
        run = start_run(connection, "add", {}, started_at=NOW)
        for name in ("a", "b", "c"):
            of = Document(name, f"{SENTENCE}. Story {name}.", published="2018-03-06", language="en")
            event = make.event(SENTENCE, "visited", of, status="actual", date="2018-03-05", date_basis="text")
            states = (make.entity(), make.entity("RUS", name="Russia"))
            key = add_document(connection, of, run_key=run, date_source=None, state="coded", reason=None)
            write_coding(connection, key, make.coded(of, entities=states, events=(event,)), Renamings())


def sizes(project):
    link_project(project, now=lambda: NOW)
    with project.reading() as connection:
        assert len(connection.execute(select(REPORTS)).all()) == len(list(each_record(project, "event")))
        return sorted(connection.scalars(select(HAPPENINGS.c.reports)))


def ids(project):
    return [found.id for found in each_record(project, "event")]


def do(project, action, *args, **named):
    with project.writing() as connection:
        return action(connection, *args, BY, **named)


def test_reports_of_one_event_are_one_happening(project):
    assert sizes(project) == [3]
    assert check(project, since=NOW) == []


def test_linking_again_replaces_what_was_linked(project):
    sizes(project)

    assert sizes(project) == [3]


def test_events_that_a_user_holds_apart_stay_apart_until_undone(project):
    a, b, c = ids(project)
    first = do(project, decide_events, a, b, same=False)
    second = do(project, decide_events, c, b, same=False)
    assert sizes(project) == [1, 2]

    do(project, undo, first)
    do(project, undo, second)
    assert sizes(project) == [3]


def test_events_that_a_user_joins_are_one_whatever_they_say(project):
    a, b, _ = ids(project)
    do(project, correct, b, {"type": "ASSAULT", "mode": [], "date": "2011"})
    assert sizes(project) == [1, 2]

    do(project, decide_events, b, a, same=True)
    assert sizes(project) == [3]


def test_rejected_events_take_no_part(project):
    do(project, reject, ids(project)[0])

    assert sizes(project) == [2]


def test_only_events_of_the_project_can_be_joined(project):
    with pytest.raises(RecordError, match="two different ones of the project"):
        do(project, decide_events, ids(project)[0], "ev-0", same=True)
