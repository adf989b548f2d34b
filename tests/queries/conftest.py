"""A project with a few records whose sides, dates and words are known."""

from __future__ import annotations

from dataclasses import replace

import pytest

import make
from detente.records import Attribution, CodedDocument, Document, Entity
from detente.store.entities import Renamings
from detente.store.project import Project, create_project
from detente.store.rows import insert_rows
from detente.store.runs import start_run
from detente.store.schema import COPIES
from detente.store.writer import Source, add_document, add_source, write_coding

NOW = "2026-01-01T00:00:00Z"
STATES = (make.entity(), make.entity("RUS", name="Russia"), make.entity("USA", name="United States"))
ASIF = Entity("khawaja-asif", "Khawaja Asif", "person", country="PAK", sector="GOV")
TALKS = "Khawaja Asif visited Moscow. Russia praised Pakistan. Russia and Pakistan met. Washington accused Islamabad."
PIPELINE = "Pakistan and Russia signed a gas pipeline contract. TASS said that Moscow would pay. SCO took in Pakistan."


def put(project: Project, coded: CodedDocument, copy_of: int | None = None) -> int:
    document = coded.document
    with project.writing() as connection:
        run = start_run(connection, "add", {}, started_at=NOW)
        key = add_document(connection, document, run_key=run, date_source="flag", state="coded", reason=None)
        add_source(connection, key, Source(original=document.sha256, path=f"{document.id}.txt"))
        write_coding(connection, key, coded, Renamings())
        if copy_of is not None:
            row = {"document_key": key, "original_key": copy_of, "similarity": 0.9}
            insert_rows(connection, COPIES, [row])
    return key


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """One project for all tests, which only read."""
    with create_project(tmp_path_factory.mktemp("queries") / "project", created_at=NOW) as made:
        talks = Document("talks", TALKS, title="Talks", publisher="TASS", published="2018-02-20", language="en")
        pipeline = Document("pipeline", PIPELINE, publisher="Dawn", published="2015-10", language="en")
        first = put(made, talks_coded(talks))
        put(made, pipeline_coded(pipeline))
        put(made, talks_coded(replace(talks, id="reprint", text=TALKS + " (reprint)", publisher="Dawn")), copy_of=first)
        yield made


def talks_coded(of: Document) -> CodedDocument:
    def event(words, trigger, actors, recipients, **fields):
        return make.event(words, trigger, of, actors=actors, recipients=recipients, status="actual", **fields)

    return make.coded(
        of,
        entities=(*STATES, ASIF),
        events=(
            event("Khawaja Asif visited Moscow", "visited", ("khawaja-asif",), ("RUS",), date="2018-02-19"),
            event("Russia praised Pakistan", "praised", ("RUS",), ("PAK",), type="SUPPORT"),
            event("Russia and Pakistan met", "met", ("RUS", "PAK"), (), date="2018-01"),
            event("Washington accused Islamabad", "accused", ("USA",), ("PAK",), type="ACCUSE", date="2017"),
        ),
    )


def pipeline_coded(of: Document) -> CodedDocument:
    return make.coded(
        of,
        entities=(*STATES, Entity("SCO", "Shanghai Cooperation Organisation", "organisation")),
        events=(make.event("Pakistan and Russia signed", "signed", of, type="AGREE", status="proposed", date=None),),
        stances=(make.stance("Pakistan and Russia", "Russia", of, date="2014/.."),),
        memberships=(make.membership("SCO took in Pakistan", of, status="member", since="2017-06"),),
        statements=(make.statement("Moscow would pay", "said", of, speaker="RUS", attribution=Attribution(("tass",))),),
    )
