"""Every question finds what it should and nothing else, with its proof."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.queries import (
    QueryError,
    RecordFilter,
    count_records,
    each_record,
    events,
    memberships,
    record,
    records,
    stances,
    statements,
)

OWN = {"copies": False}


def triggers(project, **wanted):
    return [found.record.trigger.quote for found in events(project, RecordFilter(**{**OWN, **wanted})).results]


def test_results_carry_record_document_entities_and_provenance(project):
    (found,) = events(project, RecordFilter(types=("ACCUSE",), **OWN)).results

    start, end = found.record.evidence.span
    assert found.document.text[start:end] == found.record.evidence.quote == "Washington accused Islamabad"
    assert (found.document.publisher, found.review, found.copy_of) == ("TASS", "unreviewed", None)
    assert [entity.name for entity in found.entities] == ["United States", "Pakistan"]
    assert found.provenance is not None
    assert found.provenance.codebook == "1"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"pair": ("PAK", "RUS")}, ["signed", "met", "visited", "praised"]),
        ({"pair": ("RUS", "PAK")}, ["signed", "met", "visited", "praised"]),
        ({"pair": ("PAK", "RUS"), "directed": True}, ["signed", "met", "visited"]),
        ({"pair": ("RUS", "PAK"), "directed": True}, ["met", "praised"]),
        ({"pair": ("khawaja-asif", "RUS")}, ["visited"]),
        ({"pair": ("RUS", "khawaja-asif"), "directed": True}, []),
        ({"pair": ("RUS", "ZZZ")}, []),
        ({"actor": "PAK"}, ["signed", "met", "visited"]),
        ({"actor": "khawaja-asif"}, ["visited"]),
        ({"recipient": "PAK"}, ["accused", "praised"]),
        ({"involving": "USA"}, ["accused"]),
        ({"types": ("SUPPORT", "ACCUSE")}, ["accused", "praised"]),
        ({"statuses": ("proposed",)}, ["signed"]),
        ({"since": "2018-02"}, ["visited", "praised"]),
        ({"until": "2017"}, ["signed", "accused"]),
        ({"since": "2017-07", "until": "2018-01-15"}, ["accused", "met"]),
        ({"publisher": "Dawn"}, ["signed"]),
        ({"document": "talks", "actor": "RUS"}, ["met", "praised"]),
        ({"text": "moscow"}, ["visited"]),
        ({"text": "PAKISTAN met"}, ["met"]),
        ({"text": '"and Pakistan"'}, ["met"]),
        ({"text": "pipe*"}, []),
        ({"text": "sign*"}, ["signed"]),
        ({"reviews": ("accepted",)}, []),
    ],
    ids=str,
)
def test_a_filter_finds_these_events_by_day(project, wanted, expected):
    assert triggers(project, **wanted) == expected


def test_copies_are_found_unless_left_out_and_name_their_original(project):
    with_copies = events(project, RecordFilter(types=("ACCUSE",))).results

    assert [(found.document.id, found.copy_of) for found in with_copies] == [("talks", None), ("reprint", "talks")]


def test_an_open_end_reaches_on(project):
    assert len(stances(project, RecordFilter(since="2030")).results) == 1
    assert len(memberships(project, RecordFilter(since="2020", statuses=("member",))).results) == 1
    assert memberships(project, RecordFilter(until="2017-05")).results == ()


def test_statements_are_found_by_speaker_and_by_who_reports_them(project):
    (found,) = statements(project, RecordFilter(actor="RUS", attribution="tass")).results

    assert found.record.content.quote == "Moscow would pay"
    assert statements(project, RecordFilter(attribution="dawn")).results == ()


def test_all_kinds_can_be_asked_at_once(project):
    found = records(project, None, RecordFilter(document="pipeline")).results

    assert sorted(one.kind for one in found) == ["event", "membership", "stance", "statement"]


def test_pages_join_to_the_whole_in_both_orders(project):
    whole = [found.id for found in each_record(project, None)]

    for newest_first in (False, True):
        gathered, after = [], None
        while True:
            page = records(project, None, after=after, limit=2, newest_first=newest_first)
            gathered += [found.id for found in page.results]
            after = page.following
            if after is None:
                break
        assert gathered == (whole[::-1] if newest_first else whole)
    assert len(whole) == count_records(project, None) == 12


def test_pages_of_a_pair_join_to_the_whole(project):
    wanted = RecordFilter(pair=("PAK", "RUS"))
    first = events(project, wanted, limit=4)
    rest = events(project, wanted, limit=100, after=first.following)

    whole = [found.id for found in events(project, wanted).results]
    assert [found.id for found in (*first.results, *rest.results)] == whole
    assert count_records(project, "event", wanted) == len(whole) == 7


def test_one_record_is_found_by_its_id(project):
    (wanted,) = memberships(project).results

    assert record(project, wanted.id) == wanted
    with pytest.raises(QueryError, match="No record 'ev-0'"):
        record(project, "ev-0")


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"types": ("ACCUS",)}, "Unknown event type 'ACCUS': nearest 'ACCUSE'"),
        ({"statuses": ("done",)}, "Unknown status 'done'"),
        ({"reviews": ("good",)}, "Unknown review 'good'"),
        ({"since": "2018-02-30"}, "Malformed date '2018-02-30' in since"),
        ({"until": "yesterday"}, "Malformed date 'yesterday' in until"),
    ],
    ids=str,
)
def test_a_question_that_makes_no_sense_is_told(wanted, message):
    with pytest.raises(QueryError, match=message):
        RecordFilter(**wanted)


@pytest.mark.parametrize("cursor", ["x", "", "bm8", "WzEsIDJd", "é"])
def test_a_cursor_that_is_none_is_told(project, cursor):
    with pytest.raises(QueryError, match="Unknown cursor"):
        events(project, after=cursor)


@pytest.mark.parametrize("limit", [0, 1001])
def test_a_page_has_a_length_that_is_allowed(project, limit):
    with pytest.raises(QueryError, match="1 to 1000"):
        events(project, limit=limit)


def test_searching_for_nothing_is_told(project):
    with pytest.raises(QueryError, match="Nothing to search for"):
        events(project, RecordFilter(text='"" * -'))


@given(st.text(max_size=30))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_a_user_types_is_an_operator(project, words):
    try:
        found = events(project, RecordFilter(text=words)).results
    except QueryError:
        assert not any(char.isalnum() for char in words)
        return
    assert len(found) <= 9


@pytest.mark.parametrize(
    "words", ["NOT moscow", "quote: moscow", "moscow OR zebra", "moscow NEAR visited", "^zebra", "a-b"]
)
def test_operators_are_words(project, words):
    assert triggers(project, text=words) == []
