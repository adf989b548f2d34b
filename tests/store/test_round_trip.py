"""What is stored comes back the same: every kind of record, every character, every date, every length."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

import make
from detente.errors import RecordError
from detente.records import CodedDocument, Document
from detente.store.check import check
from detente.store.entities import Renamings
from detente.store.project import Project, create_project
from detente.store.reader import read_coded
from detente.store.runs import start_run
from detente.store.writer import add_document, write_coding
from store.records_of_all_kinds import coded_documents

NOW = "2026-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    with create_project(tmp_path_factory.mktemp("project") / "p", created_at=NOW) as made:
        yield made


def store(project: Project, coded: CodedDocument) -> None:
    with project.writing() as connection:
        run = start_run(connection, "add", {}, started_at=NOW)
        key = add_document(connection, coded.document, run_key=run, date_source=None, state="coded", reason=None)
        write_coding(connection, key, coded, Renamings())


def read(project: Project, document: Document) -> CodedDocument:
    with project.reading() as connection:
        return read_coded(connection, document.id, Renamings())


_number = itertools.count()


@given(coded_documents())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_record_comes_back_as_it_was(project, coded):
    number = next(_number)
    document = replace(coded.document, id=f"{coded.document.id}{number}", text=f"{coded.document.text}\x00{number}")
    coded = moved(coded, document)
    store(project, coded)

    assert read(project, document) == coded


def test_all_of_it_passes_the_check(project):
    store(project, make.full())

    assert check(project, since=NOW) == []


def moved(coded: CodedDocument, document: Document) -> CodedDocument:
    """The same records on a document with another id and a longer text."""
    from detente.interchange import coded_from_json, coded_to_json

    written = {**coded_to_json(coded), "id": document.id, "sha256": document.sha256}
    return coded_from_json(written, document)


def test_ten_megabytes_come_back_with_the_record_at_their_end(project):
    text = "The weather was fine. " * 480_000 + make.TEXT
    document = Document(id="long", text=text)
    coded = make.coded(document, events=(make.event(of=document),))
    store(project, coded)

    assert len(text) > 10_000_000
    assert read(project, document) == coded


def test_half_of_a_surrogate_pair_is_refused_by_name_and_nothing_is_stored(project):
    document = Document(id="broken", text="Pakistan \ud83d Russia")

    with pytest.raises(RecordError, match="surrogate pair at character 9 in text of document 'broken'"):
        store(project, make.coded(document))
    with pytest.raises(RecordError, match="is not in the project"):
        read(project, document)


def test_two_records_that_claim_the_same_are_both_kept(project):
    document = make.document(make.TEXT + " twice", id="twice")
    twice = (make.event(of=document), make.event(of=document, date="2003"))
    store(project, make.coded(document, events=twice))

    assert read(project, document).events == twice
