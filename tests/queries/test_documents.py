"""Documents are listed with their sources and counts, searched by their words, and counted."""

from __future__ import annotations

import pytest

from detente.errors import RecordError
from detente.queries import (
    DocumentFilter,
    QueryError,
    RecordFilter,
    count_by,
    count_documents,
    document,
    documents,
    listed,
    overview,
)


def ids(project, **wanted):
    return [found.id for found in documents(project, DocumentFilter(**wanted)).results]


def test_a_document_is_listed_with_its_source_and_the_number_of_its_records(project):
    found = listed(project, "pipeline")

    assert (found.publisher, found.date_source, found.state) == ("Dawn", "flag", "coded")
    assert found.records == {"event": 1, "membership": 1, "stance": 1, "statement": 1}
    assert [source.path for source in found.sources] == ["pipeline.txt"]
    assert listed(project, "reprint").copy_of == "talks"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["pipeline", "talks", "reprint"]),
        ({"copies": False}, ["pipeline", "talks"]),
        ({"text": "gas contract"}, ["pipeline"]),
        ({"text": '"contract gas"'}, []),
        ({"publisher": "Dawn"}, ["pipeline", "reprint"]),
        ({"since": "2016"}, ["talks", "reprint"]),
        ({"until": "2015-10-01"}, ["pipeline"]),
        ({"states": ("foreign",)}, []),
    ],
    ids=str,
)
def test_a_filter_finds_these_documents(project, wanted, expected):
    assert ids(project, **wanted) == expected
    assert count_documents(project, DocumentFilter(**wanted)) == len(expected)


def test_pages_of_documents_join_to_the_whole(project):
    first = documents(project, limit=2, newest_first=True)
    second = documents(project, limit=2, newest_first=True, after=first.following)

    assert [found.id for found in (*first.results, *second.results)] == ["reprint", "talks", "pipeline"]
    assert second.following is None


def test_a_document_comes_with_all_its_records(project):
    found = document(project, "talks")

    assert [event.trigger.quote for event in found.events] == ["visited", "praised", "met", "accused"]
    with pytest.raises(RecordError, match="'zebra' is not in the project"):
        document(project, "zebra")
    with pytest.raises(QueryError, match="No document 'zebra'"):
        listed(project, "zebra")


def test_the_overview_counts_what_is_there(project):
    found = overview(project)

    assert found.documents == {"coded": 3}
    assert found.records == {"event": 9, "stance": 1, "membership": 1, "statement": 1}
    assert (found.copies, found.reviewed, found.failures) == (1, 0, 0)
    assert (found.first, found.last) == ("2015-10-01", "2018-02-20")


@pytest.mark.parametrize(
    ("group", "kind", "expected"),
    [
        ("type", "event", {"CONSULT": 2, "ACCUSE": 1, "AGREE": 1, "SUPPORT": 1}),
        ("status", "event", {"actual": 4, "proposed": 1}),
        ("status", "membership", {"member": 1}),
        ("actor", "event", {"RUS": 2, "PAK": 2, "USA": 1, "khawaja-asif": 1}),
        ("year", None, {"2018": 3, "2017": 2, "2015": 2, "2014": 1}),
        ("publisher", "event", {"TASS": 4, "Dawn": 1}),
    ],
)
def test_records_are_counted_by_a_property(project, group, kind, expected):
    assert count_by(project, group, kind, RecordFilter(copies=False)) == expected


def test_counting_by_what_a_kind_does_not_have_is_told(project):
    with pytest.raises(QueryError, match="No 'type' in records of kind 'stance'"):
        count_by(project, "type", "stance")
    with pytest.raises(QueryError, match="Unknown group 'colour'"):
        count_by(project, "colour", "event")
