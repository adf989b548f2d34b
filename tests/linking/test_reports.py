"""Dates, words and sides of a report."""

from datetime import date

import pytest

import make
from detente.errors import RecordError
from detente.linking.reports import day_range, report_of_row, reports_of
from detente.linking.words import stems


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2018-03-05", (2018, 3, 5), (2018, 3, 5)),
        ("2016-02", (2016, 2, 1), (2016, 2, 29)),
        ("2018-12", (2018, 12, 1), (2018, 12, 31)),
        ("2018", (2018, 1, 1), (2018, 12, 31)),
        ("2018-03-05/2018-04", (2018, 3, 5), (2018, 4, 30)),
    ],
)
def test_a_date_covers_its_days(value, first, last):
    assert day_range(value) == (date(*first).toordinal(), date(*last).toordinal())


@pytest.mark.parametrize("value", [None, "2005/..", "../2005"])
def test_an_open_date_covers_no_known_days(value):
    assert day_range(value) is None


def test_a_day_that_is_not_in_the_calendar_is_refused():
    with pytest.raises(RecordError, match="Impossible date '2018-02-30'"):
        day_range("2018-02-30")


def test_an_undated_event_has_the_days_of_its_publication():
    report = reports_of(make.full())[0]
    undated = reports_of(make.coded(events=(make.event(),)))[0]

    assert (report.dated, undated.dated) == (True, False)
    assert undated.days == day_range("2018-03")


def test_names_of_the_sides_and_the_trigger_are_no_content():
    report = reports_of(make.coded(events=(make.event("Musharraf visited Moscow in February 2003"),)))[0]

    assert report.words == ("2003", "februa", "moscow", "mushar")


@pytest.mark.parametrize(
    ("words", "other"), [("visited", "visits"), ("planned", "planning"), ("diplomacy", "diplomat"), ("force", "forces")]
)
def test_forms_of_a_word_share_a_stem(words, other):
    assert stems(words) == stems(other)


def test_a_row_without_a_column_is_named():
    with pytest.raises(RecordError, match="Malformed event 'ev-1' of document 'a'"):
        report_of_row({"id": "ev-1", "document_id": "a"})
