"""Dates of any precision have a first and a last day."""

from __future__ import annotations

import pytest

from detente.store.days import day_range


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2005-10-26", "2005-10-26", "2005-10-26"),
        ("2004-02", "2004-02-01", "2004-02-29"),
        ("1815", "1815-01-01", "1815-12-31"),
        ("2005/..", "2005-01-01", None),
        ("../2005-10", None, "2005-10-31"),
        ("2016-04-05/2016-04-06", "2016-04-05", "2016-04-06"),
        ("2015-12/2016", "2015-12-01", "2016-12-31"),
        (None, None, None),
    ],
)
def test_a_date_is_a_range_of_days(value, first, last):
    assert day_range(value) == (first, last)


@pytest.mark.parametrize("value", ["2003-02-30", "2003-02-30/..", "0000"])
def test_a_day_that_no_calendar_has_is_unknown(value):
    assert day_range(value) == (None, None)
