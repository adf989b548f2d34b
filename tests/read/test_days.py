"""Dates of files and addresses become ISO 8601, or nothing where they are unclear."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.read.days import day_in_address, iso_day
from detente.records import check_date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2018-03-02T23:30:00-08:00", "2018-03-02"),
        ("2018-03-02 10:00", "2018-03-02"),
        ("2018-03", "2018-03"),
        ("2018", "2018"),
        ("20180302", "2018-03-02"),
        ("20180302103000", "2018-03-02"),
        ("Fri, 02 Mar 2018 23:30:00 -0800", "2018-03-02"),
        ("2 March 2018", "2018-03-02"),
        ("Mar. 2, 2018, 10:00 EST", "2018-03-02"),
        ("March 2018", "2018-03"),
        ("25/12/2018", "2018-12-25"),
        ("12/25/2018", "2018-12-25"),
        ("5/5/2018", "2018-05-05"),
        ("3/4/2018", None),
        ("2018-02-30", None),
        ("1519948800", None),
        ("3 days ago", None),
        ("about 2018 or so", None),
        ("0001-01-01T00:00:00Z", None),
        ("", None),
        (None, None),
    ],
)
def test_days_are_read_where_they_are_clear(value, expected):
    assert iso_day(value) == expected


@given(st.dates(date(1815, 1, 1), date(2100, 12, 31)))
def test_a_day_is_the_same_in_every_form(day):
    forms = [day.isoformat(), f"{day:%Y%m%d}", f"{day.day} {day:%B %Y}", f"{day:%B} {day.day}, {day.year}"]

    assert [iso_day(form) for form in forms] == [day.isoformat()] * 4


@given(st.text(max_size=40))
def test_any_text_gives_a_valid_day_or_none(text):
    check_date(iso_day(text), "a test")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.example/2018/03/02/talks.html", "2018-03-02"),
        ("https://x.example/2018/3/2/talks", "2018-03-02"),
        ("https://x.example/world/2018/mar/02/talks", "2018-03-02"),
        ("https://x.example/news-2018-03-02.html", "2018-03-02"),
        ("https://x.example/20180302/", "2018-03-02"),
        ("https://x.example/a?date=2018-03-02&x=1", "2018-03-02"),
        ("https://x.example/2018/03/talks", "2018-03"),
        ("https://x.example/2018/13/02/a", None),
        ("https://x.example/id-20181999", None),
        ("https://x.example/season-2018-19/a", None),
        ("https://x.example/201803/a", None),
        ("https://x.example/a/12018/03/02", None),
        ("https://x.example/", None),
        (None, None),
    ],
)
def test_days_are_read_from_addresses(url, expected):
    assert day_in_address(url) == expected
