"""Facets count in memory what the database would count."""

from __future__ import annotations

import itertools

import pytest

from detente.queries import QueryError, RecordFilter, count_by, count_records, records
from detente.queries.columns import read_columns
from detente.queries.coverage import coverage_by_year
from detente.queries.facets import FACETS, facets
from detente.queries.records import records_with_keys

FILTERS = [
    RecordFilter(),
    RecordFilter(actor="PAK"),
    RecordFilter(actor="khawaja-asif"),
    RecordFilter(recipient="PAK"),
    RecordFilter(involving="SCO"),
    RecordFilter(involving="nobody"),
    RecordFilter(publisher="Dawn"),
    RecordFilter(publisher="nobody"),
    RecordFilter(since="2017-06"),
    RecordFilter(until="2017"),
    RecordFilter(since="2014", until="2018-01"),
    RecordFilter(copies=False),
    RecordFilter(reviews=("rejected",)),
    RecordFilter(text="Russia praised", until="2019"),
    RecordFilter(pair=("PAK", "RUS")),
    RecordFilter(attribution="tass"),
]
OF_EVENTS = [RecordFilter(types=("CONSULT", "AGREE")), RecordFilter(statuses=("proposed",), actor="RUS")]
QUESTIONS = [
    *itertools.product((None, "event", "stance", "statement", "membership"), FILTERS),
    *(("event", one) for one in OF_EVENTS),
    ("membership", RecordFilter(statuses=("member",))),
    (None, RecordFilter(types=("CONSULT",))),
]


@pytest.fixture(scope="module")
def columns(project):
    return read_columns(project)


@pytest.mark.parametrize(("kind", "wanted"), QUESTIONS, ids=str)
@pytest.mark.parametrize("current", [True, False])
def test_as_many_fit_as_the_database_finds(project, columns, kind, wanted, current):
    assert facets(project, columns, kind, wanted, current=current).number == count_records(project, kind, wanted)


@pytest.mark.parametrize(("kind", "wanted"), QUESTIONS, ids=str)
def test_pages_follow_one_another_as_those_of_the_database(project, columns, kind, wanted):
    for newest_first in (True, False):
        found = facets(project, columns, kind, wanted, current=True)
        seen, after = [], None
        while True:
            keys, after = found.keys(after=after, limit=2, newest_first=newest_first)
            seen += [one.id for one in records_with_keys(project, keys)]
            if after is None:
                break
        page = records(project, kind, wanted, limit=100, newest_first=newest_first)
        assert seen == [one.id for one in page.results]


@pytest.mark.parametrize("group", ["type", "status", "actor", "recipient", "publisher", "year", "review"])
def test_values_are_counted_as_by_the_database(project, columns, group):
    found = facets(project, columns, "event", current=True)

    counted = {value: number for value, number in count_by(project, group, "event").items() if value is not None}

    assert dict(found.count(group)) == counted


def test_the_most_frequent_value_comes_first(project, columns):
    numbers = [number for _, number in facets(project, columns, None, current=True).count("actor")]

    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) > 2


def test_sources_and_kinds_are_counted(project, columns):
    found = facets(project, columns, None, current=True)

    assert dict(found.count("according_to")) == {"tass": 1}
    assert {name for name, _ in found.count("kind")} == {"event", "stance", "statement", "membership"}
    assert sum(number for _, number in found.count("kind")) == found.number


def test_an_unknown_facet_is_refused(project, columns):
    with pytest.raises(QueryError, match="Unknown facet 'colour'"):
        facets(project, columns, None, current=True).count("colour")


def test_every_facet_has_an_answer_where_nothing_fits(project, columns):
    found = facets(project, columns, "event", RecordFilter(actor="nobody"), current=True)

    assert [found.count(group) for group in FACETS] == [[]] * len(FACETS)


def test_coverage_counts_every_record_that_holds_once(columns):
    found = coverage_by_year(columns)

    assert sum(found.whole) + found.undated == len(columns)
    assert [sum(of) for of in zip(*(row for _, row in found.publishers), strict=True)] == list(found.whole)
    assert found.years == tuple(range(found.years[0], found.years[-1] + 1))
