"""A newer coder replaces what the old one said, and nothing that a user decided."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from detente.ingest.add import add
from detente.ingest.recode import recode
from detente.queries import RecordFilter, document, each_record, record
from detente.store.check import check
from detente.store.corrections import accept, add_record, correct, reject
from detente.store.log import Author
from detente.store.project import open_project
from ingest.samples import write_articles
from ingest.stub_coder import PROVENANCE, StubCoder
from store.projects import NOW, new_project

BY = Author("maria", NOW)
NEWER = replace(PROVENANCE, detente="0.2.0")
ACCUSED = RecordFilter(types=("ACCUSE",))


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    root = tmp_path_factory.mktemp("template")
    with new_project(root / "project") as made:
        add(made, [write_articles(root / "texts", 12)], StubCoder(), now=lambda: NOW)
    return root / "project"


@pytest.fixture
def project(tmp_path, template):
    shutil.copytree(template, tmp_path / "project")
    with open_project(tmp_path / "project") as made:
        yield made


def newer(**changes) -> StubCoder:
    return StubCoder(provenance=NEWER, **changes)


def run(project, coder):
    changes = []
    result = recode(project, coder, now=lambda: NOW, on_change=changes.append)
    return result, changes


def ids(project, wanted=None):
    return [found.id for found in each_record(project, "event", wanted or RecordFilter())]


def do(project, action, *args):
    with project.writing() as connection:
        return action(connection, *args, BY)


def test_a_coder_that_says_the_same_changes_the_provenance_only(project):
    before = [(found.id, found.record) for found in each_record(project, None)]
    result, changes = run(project, newer())

    found = list(each_record(project, None))
    assert (result.documents, changes) == (12, [])
    assert [(one.id, one.record) for one in found] == before
    assert {one.provenance.detente for one in found} == {"0.2.0"}
    assert check(project, since=NOW) == []


def test_documents_that_this_coder_has_read_are_left_out(project):
    run(project, newer())
    again = newer()

    assert run(project, again)[0].documents == 0
    assert again.seen == 0


def test_what_another_coder_says_replaces_what_was_said_and_is_reported(project):
    accused = ids(project, ACCUSED)
    assert accused
    result, changes = run(project, newer(accused_is="THREATEN"))

    assert result.changes == {"lost": len(accused), "found": len(accused)}
    assert sorted(one.record_id for one in changes if one.what == "lost") == sorted(accused)
    assert ids(project, ACCUSED) == []
    assert len(ids(project, RecordFilter(types=("THREATEN",)))) == len(accused)
    assert check(project, since=NOW) == []


def test_a_corrected_record_that_the_coder_finds_again_keeps_its_correction(project):
    first = ids(project)[0]
    do(project, correct, first, {"date": "2016-05"})
    result, changes = run(project, newer())

    assert (changes, result.documents) == ([], 12)
    assert (record(project, first).record.date, record(project, first).review) == ("2016-05", "corrected")


def test_decided_records_stay_when_the_coder_does_not_find_them_any_more(project):
    accepted, rejected, corrected, *others = ids(project, ACCUSED)
    do(project, accept, accepted)
    do(project, reject, rejected)
    do(project, correct, corrected, {"status": "negated"})
    result, changes = run(project, newer(accused_is="THREATEN"))

    assert {one.record_id for one in changes if one.what == "kept"} == {accepted, rejected, corrected}
    assert result.changes["lost"] == len(others)
    assert sorted(ids(project, ACCUSED)) == sorted([accepted, corrected])
    assert record(project, rejected).review == "rejected"


def test_what_a_user_corrected_to_is_not_added_again(project):
    corrected = ids(project, ACCUSED)[0]
    do(project, correct, corrected, {"type": "THREATEN"})
    of = record(project, corrected).document.id
    run(project, newer(accused_is="THREATEN"))

    threats = [one for one in document(project, of).events if one.type == "THREATEN"]
    assert len(threats) == 1
    assert record(project, corrected).review == "corrected"


def test_what_a_user_rejected_does_not_come_back(project):
    first = ids(project)[0]
    do(project, reject, first)
    run(project, newer())

    assert first not in ids(project)


def test_added_records_stay(project):
    of = next(each_record(project, "event")).document.id
    values = {"holder": "PAK", "object": "RUS", "mutual": True, "valence": 1, "evidence": [0, 20]}
    added = do(project, add_record, of, "stance", values)
    run(project, newer())

    assert record(project, added).review == "added"


def test_a_document_that_fails_stays_as_it_was(project):
    told = []
    before = ids(project)
    result = recode(
        project, newer(breaks_on="Report 3 "), now=lambda: NOW, on_failure=lambda where, _: told.append(where)
    )

    assert (result.documents, result.failed, len(told)) == (11, 1, 1)
    assert ids(project) == before
    assert run(project, newer())[0].documents == 1
