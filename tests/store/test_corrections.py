"""Corrections win, originals stay, everything can be undone, and the log only grows."""

from __future__ import annotations

import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import make
from detente.errors import RecordError
from detente.queries import RecordFilter, each_record, events, record
from detente.records import Attribution, CodedDocument, Document, Entity
from detente.store.check import check
from detente.store.corrections import accept, add_record, correct, reject, undo
from detente.store.entities import Renamings
from detente.store.log import Author, holding, read_log
from detente.store.project import open_project
from detente.store.reader import read_coded
from detente.store.renaming import merge_entities, split_entity
from detente.store.runs import start_run
from detente.store.schema import RECORDS
from detente.store.writer import add_document, write_coding
from store.projects import NOW, new_project

BY = Author("maria", NOW)
TEXT = "Kozin visited Moscow. Mr Kozin praised Pakistan. V. Kozin said that Russia met Pakistan."


def coded(name: str) -> CodedDocument:
    document = Document(name, f"{TEXT} ({name})", published="2018-03-02", language="en")
    people = [Entity(key, "Vladimir Kozin", "person", country="RUS") for key in ("kozin", "v-kozin", "vladimir-kozin")]
    return make.coded(
        document,
        entities=(make.entity(), make.entity("RUS", name="Russia"), *people),
        events=(
            make.event("Kozin visited Moscow", "visited", document, actors=("kozin",), modes=("visit",)),
            make.event("Mr Kozin praised Pakistan", "praised", document, actors=("v-kozin",), recipients=("PAK",)),
            make.event(
                "Russia met Pakistan",
                "met",
                document,
                attribution=Attribution(("vladimir-kozin",)),
                date="2017",
            ),
        ),
        statements=(make.statement("Russia met Pakistan", "said", document, speaker="vladimir-kozin"),),
    )


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    root = tmp_path_factory.mktemp("template") / "project"
    with new_project(root) as made:
        for name in ("a", "b"):
            put(made, coded(name))
    return root


@pytest.fixture
def project(tmp_path, template):
    shutil.copytree(template, tmp_path / "project")
    with open_project(tmp_path / "project") as made:
        yield made


def put(project, one):
    with project.writing() as connection:
        run = start_run(connection, "add", {}, started_at=NOW)
        key = add_document(connection, one.document, run_key=run, date_source=None, state="coded", reason=None)
        write_coding(connection, key, one, Renamings())


def do(project, action, *args, by=BY):
    with project.writing() as connection:
        return action(connection, *args, by)


def visit(project):
    return next(found for found in each_record(project, "event") if found.record.trigger.quote == "visited")


def state(project):
    """All that queries can see of the project's records."""
    return sorted(
        (found.id, found.review, found.record) for found in each_record(project, None, RecordFilter(reviews=ALL))
    )


ALL = ("unreviewed", "accepted", "corrected", "added", "rejected")


def test_a_corrected_value_wins_in_every_query_and_the_original_is_kept(project):
    before = visit(project)
    do(project, correct, before.id, {"type": "ACCUSE", "recipient": ["PAK"], "date": "2016-05"})

    after = record(project, before.id)
    assert (after.record.type, after.record.recipients, after.record.date) == ("ACCUSE", ("PAK",), "2016-05")
    assert after.record.modes == ()
    assert after.review == "corrected"
    assert [found.id for found in events(project, RecordFilter(types=("ACCUSE",))).results] == [before.id]
    assert [found.id for found in events(project, RecordFilter(until="2016")).results] == [before.id]
    assert before.id in [found.id for found in events(project, RecordFilter(pair=("PAK", "RUS"))).results]
    with project.reading() as connection:
        original = json.loads(connection.scalar(select(RECORDS.c.original).where(RECORDS.c.id == before.id)))
    assert (original["type"], original["mode"], original["recipient"]) == ("CONSULT", ["visit"], ["RUS"])
    assert check(project, since=NOW) == []


def test_other_evidence_takes_its_quote_from_the_document(project):
    before = visit(project)
    start = before.document.text.index("Russia met")
    do(project, correct, before.id, {"evidence": [start, start + 19], "trigger": [start + 7, start + 10]})

    after = record(project, before.id).record
    assert (after.evidence.quote, after.trigger.quote) == ("Russia met Pakistan", "met")
    assert before.id in [found.id for found in events(project, RecordFilter(text="met")).results]
    assert check(project, since=NOW) == []


def test_another_place_loses_the_coordinates_of_the_old_one(project):
    found = visit(project)
    do(project, correct, found.id, {"place": "Moscow", "place_country": "RUS", "place_latitude": 55.8})
    do(project, correct, found.id, {"place": "Kabul"})

    place = record(project, found.id).record.place
    assert (place.name, place.country, place.latitude) == ("Kabul", None, None)
    do(project, correct, found.id, {"place_country": "AFG"})
    assert str(record(project, found.id).record.place) == "Kabul, AFG"


def test_a_rejected_record_is_found_only_when_asked_for(project):
    found = visit(project)
    do(project, reject, found.id)

    assert found.id not in [one.id for one in events(project).results]
    assert [one.id for one in events(project, RecordFilter(reviews=("rejected",))).results] == [found.id]
    with project.reading() as connection:
        assert len(read_coded(connection, found.document.id, Renamings()).events) == 2


def test_an_accepted_record_says_so(project):
    found = visit(project)
    do(project, accept, found.id)

    assert record(project, found.id).review == "accepted"


def test_the_last_judgement_counts(project):
    found = visit(project)
    do(project, reject, found.id)
    do(project, accept, found.id)

    assert record(project, found.id).review == "accepted"


def test_undoing_brings_back_what_was_and_redoing_what_was_decided(project):
    before = state(project)
    found = visit(project)
    number = do(project, correct, found.id, {"type": "ACCUSE"})
    corrected = state(project)
    undone = do(project, undo, number)
    assert state(project) == before

    do(project, undo, undone)
    assert state(project) == corrected
    with project.reading() as connection:
        log = read_log(connection, target=found.id)
    assert [(one.action, one.undoes) for one in log] == [("correct", None), ("undo", number), ("undo", undone)]
    assert [one.number for one in holding(log)] == [number]


def test_two_corrections_add_up_and_the_first_can_be_undone_alone(project):
    found = visit(project)
    first = do(project, correct, found.id, {"date": "2016"})
    do(project, correct, found.id, {"status": "proposed"})
    do(project, undo, first)

    after = record(project, found.id).record
    assert (after.date, after.status) == (found.record.date, "proposed")


def test_what_is_undone_twice_is_refused(project):
    number = do(project, reject, visit(project).id)
    do(project, undo, number)

    with pytest.raises(RecordError, match="is undone already"):
        do(project, undo, number)
    with pytest.raises(RecordError, match="No correction 99"):
        do(project, undo, 99)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"type": "VISIT"}, "Unknown event type 'VISIT'"),
        ({"mode": ["sanction"]}, "Mode 'sanction' in an event CONSULT"),
        ({"colour": "red"}, "No field 'colour' in a record of kind 'event'"),
        ({"status": "done"}, "Unknown status 'done'"),
        ({"date": "2018-13"}, "Malformed date '2018-13'"),
        ({"actor": []}, "No actor"),
        ({"actor": "PAK"}, r"'PAK' for 'actor': a list is needed"),
        ({"evidence": [0, 10_000]}, "a quote must be the document's text"),
        ({"evidence": 3}, "Span 3 of the evidence"),
        ({"type": "CONSULT"}, "Nothing changes"),
        ({}, "Nothing changes"),
    ],
    ids=str,
)
def test_a_correction_that_makes_no_sense_changes_nothing(project, values, message):
    before = state(project)

    with pytest.raises(RecordError, match=message):
        do(project, correct, visit(project).id, values)
    assert state(project) == before
    with project.reading() as connection:
        assert read_log(connection) == []


def test_a_correction_has_an_author(project):
    with pytest.raises(RecordError, match="No name of who decides"):
        do(project, accept, visit(project).id, by=Author(" ", NOW))


def test_a_missed_record_is_added_with_its_proof(project):
    found = visit(project)
    start = found.document.text.index("Mr Kozin praised Pakistan")
    values = {"actor": ["RUS"], "recipient": ["PAK"], "type": "SUPPORT", "status": "actual", "date": "2018"}
    added = do(project, add_record, found.document.id, "event", {**values, "evidence": [start, start + 25]})

    after = record(project, added)
    assert after.record.evidence.quote == "Mr Kozin praised Pakistan"
    assert (after.review, after.provenance, after.record.coded_by) == ("added", None, "by hand: maria")
    assert check(project, since=NOW) == []
    with pytest.raises(RecordError, match="is there already"):
        do(project, add_record, found.document.id, "event", {**values, "evidence": [start, start + 25]})


def test_an_added_record_can_be_corrected_and_taken_back(project):
    found = visit(project)
    values = {"holder": "RUS", "object": "PAK", "mutual": False, "valence": 0.5, "evidence": [0, 20]}
    added = do(project, add_record, found.document.id, "stance", values)
    do(project, correct, added, {"valence": -0.5})
    assert record(project, added).record.valence == -0.5

    with project.reading() as connection:
        number = read_log(connection, target=added)[0].number
    do(project, undo, number)
    assert record(project, added).review == "rejected"


@pytest.mark.parametrize(
    ("document", "kind", "values", "message"),
    [
        ("zebra", "event", {}, "No document 'zebra'"),
        ("a", "rumour", {}, "No kind 'rumour'"),
        ("a", "event", {"actor": ["PAK"]}, "No 'type' in the new event"),
        ("a", "stance", {"holder": "A", "object": "B", "mutual": True, "valence": 3, "evidence": [0, 5]}, "Valence 3"),
    ],
)
def test_a_record_that_cannot_be_is_not_added(project, document, kind, values, message):
    with pytest.raises(RecordError, match=message):
        do(project, add_record, document, kind, values)


def test_merged_entities_are_found_as_one_and_their_records_name_the_one(project):
    do(project, merge_entities, "kozin", "vladimir-kozin")
    do(project, merge_entities, "v-kozin", "kozin")

    found = events(project, RecordFilter(actor="vladimir-kozin", document="a")).results
    assert sorted(one.record.trigger.quote for one in found) == ["praised", "visited"]
    assert {one.record.actors for one in found} == {("vladimir-kozin",)}
    assert events(project, RecordFilter(actor="kozin")).results == ()
    assert check(project, since=NOW) == []


def test_merging_reaches_documents_that_are_added_later(project):
    do(project, merge_entities, "kozin", "vladimir-kozin")
    one = coded("later")
    with project.writing() as connection:
        from detente.store.entities import load_renamings

        run = start_run(connection, "add", {}, started_at=NOW)
        key = add_document(connection, one.document, run_key=run, date_source=None, state="coded", reason=None)
        write_coding(connection, key, one, load_renamings(connection))

    assert len(events(project, RecordFilter(actor="vladimir-kozin", document="later")).results) == 1


def test_a_split_reaches_the_named_documents_only(project):
    do(project, split_entity, "kozin", "another-kozin", ["b"])

    found = events(project, RecordFilter(actor="another-kozin")).results
    assert [one.document.id for one in found] == ["b"]
    assert len(events(project, RecordFilter(actor="kozin")).results) == 1


def test_undoing_a_merge_brings_both_back(project):
    before = state(project)
    first = do(project, merge_entities, "v-kozin", "kozin")
    second = do(project, merge_entities, "kozin", "vladimir-kozin")
    do(project, undo, first)
    assert len(events(project, RecordFilter(actor="v-kozin")).results) == 2
    assert len(events(project, RecordFilter(actor="kozin")).results) == 0

    do(project, undo, second)
    assert state(project) == before
    assert len(events(project, RecordFilter(actor="kozin")).results) == 2


def test_merging_what_is_one_and_splitting_nowhere_are_refused(project):
    do(project, merge_entities, "kozin", "vladimir-kozin")

    with pytest.raises(RecordError, match="count as one already"):
        do(project, merge_entities, "vladimir-kozin", "kozin")
    with pytest.raises(RecordError, match="No document 'zebra'"):
        do(project, split_entity, "kozin", "x", ["zebra"])
    with pytest.raises(RecordError, match="No document at all"):
        do(project, split_entity, "kozin", "x", [])


decisions = st.lists(
    st.one_of(
        st.tuples(st.just("accept"), st.integers(0, 7)),
        st.tuples(st.just("reject"), st.integers(0, 7)),
        st.tuples(st.just("correct"), st.integers(0, 7), st.sampled_from(["2014", "2015-02", None])),
        st.tuples(st.just("merge"), st.sampled_from(["kozin", "v-kozin", "PAK"]), st.sampled_from(["RUS", "kozin"])),
    ),
    max_size=6,
)


@given(decisions)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_everything_in_reverse_brings_everything_back(project, made):
    before = state(project)
    numbers = []
    for action, target, *rest in made:
        found = state(project)[target][0] if isinstance(target, int) else target
        try:
            if action == "merge":
                numbers.append(do(project, merge_entities, found, *rest))
            elif action == "correct":
                field = "date" if found.startswith("ev") else "venue"
                numbers.append(do(project, correct, found, {field: rest[0]}))
            else:
                numbers.append(do(project, accept if action == "accept" else reject, found))
        except RecordError:
            continue
    for number in reversed(numbers):
        do(project, undo, number)

    assert state(project) == before
