"""Records cannot be built inconsistent, and their ids depend on their content alone."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make
from detente.errors import RecordError
from detente.records import CodedDocument, Document, Evidence, Place, check_date, content_id


def test_evidence_refuses_a_quote_that_the_text_does_not_hold():
    with pytest.raises(RecordError, match="must be the document's text"):
        Evidence(make.document("Russia met Pakistan."), 0, 6, "China")


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, 99)])
def test_evidence_refuses_a_span_outside_the_text(start, end):
    with pytest.raises(RecordError):
        Evidence.of(make.document("Russia"), start, end)


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])), st.data())
def test_evidence_always_quotes_the_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    found = Evidence.of(make.document(text), start, end)

    assert found.quote == text[found.start : found.end]
    assert found.document_id == "article"


def test_records_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        make.event().type = "AID"


def test_equal_events_have_equal_ids():
    assert make.event().id == make.event().id


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "AID"},
        {"actors": ("IND",)},
        {"recipients": ()},
        {"trigger": "Moscow"},
        {"words": "Musharraf visited Moscow in"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_event_ids_depend_on_what_identifies_the_event(fields):
    assert make.event(**fields).id != make.event().id


def test_event_ids_do_not_depend_on_how_the_event_was_coded():
    assert make.event(coded_by="another rule", probability=0.5).id == make.event().id


def test_ids_of_different_kinds_differ_in_their_beginning():
    records = [make.event(), make.stance(), make.membership(), make.statement(), make.issue()]

    assert [record.id.partition("-")[0] for record in records] == ["ev", "st", "me", "sa", "is"]


@given(st.lists(st.text(max_size=3), max_size=3), st.lists(st.text(max_size=3), max_size=3))
def test_content_ids_keep_fields_apart(left, right):
    assert (content_id("x", *left) == content_id("x", *right)) == (left == right)


@pytest.mark.parametrize(
    "date", [None, "2003", "2005-10", "2005-10-26", "2005/..", "../2005-10", "2016-04-05/2016-04-06"]
)
def test_iso_dates_of_any_precision_are_allowed(date):
    check_date(date, "a test")


@pytest.mark.parametrize("date", ["", "26 October 2005", "2005-13", "2005-10-32", "05", "2005/", "2005-10-26T10:00"])
def test_other_dates_are_refused(date):
    with pytest.raises(RecordError, match="Malformed date"):
        check_date(date, "a test")


@pytest.mark.parametrize("field", ["date", "due"])
def test_events_refuse_malformed_dates(field):
    with pytest.raises(RecordError, match="Malformed date"):
        make.event(**{field: "yesterday"})


def test_documents_refuse_a_malformed_publication_date():
    with pytest.raises(RecordError, match="published of document"):
        Document(id="article", text="Russia", published="March 2018")


def test_events_need_an_actor():
    with pytest.raises(RecordError, match="'UNK'"):
        make.event(actors=())


def test_events_refuse_an_unknown_status():
    with pytest.raises(RecordError, match="hypothetical"):
        make.event(status="denied")


@pytest.mark.parametrize("valence", [-1.1, 2, float("nan")])
def test_stances_refuse_a_valence_outside_the_scale(valence):
    with pytest.raises(RecordError, match="from -1 to"):
        make.stance(valence=valence)


@pytest.mark.parametrize("fields", [{"since": "long ago"}, {"until": "2005-99"}, {"status": "friend"}])
def test_memberships_refuse_malformed_fields(fields):
    with pytest.raises(RecordError):
        make.membership(**fields)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"id": "PAK", "kind": "state"}, "PAK"),
        ({"id": "x", "kind": "person", "country": "RUS", "sector": "GOV"}, "RUS:GOV"),
        ({"id": "x", "kind": "person", "country": "RUS"}, "RUS"),
        ({"id": "SCO", "kind": "organisation"}, "SCO"),
    ],
)
def test_entity_codes_name_country_and_sector_where_known(fields, code):
    assert make.entity(**fields).code == code


def test_places_name_the_country_where_known():
    assert (str(Place("Moscow", "RUS")), str(Place("Atlantis"))) == ("Moscow, RUS", "Atlantis")


def test_the_smallest_coded_document_has_no_records():
    coded = CodedDocument(make.document(), make.provenance())

    assert not any((coded.entities, coded.events, coded.stances, coded.memberships, coded.statements, coded.issues))
