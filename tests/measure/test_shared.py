"""What two states belong to together, as far as the dates tell."""

from datetime import date

import numpy as np
import pytest

from detente.errors import DataError
from detente.measure.shared import Belonging, changes_of, portfolios, shared_on, shared_spells

TABLE = (
    Belonging("RUS", "SCO", "founder", "2001-06-15", None, "line 1"),
    Belonging("PAK", "SCO", "observer", "2005-07-05", "2017-06-09", "line 2"),
    Belonging("PAK", "SCO", "member", "2017-06-09", None, "line 3"),
    Belonging("PAK", "UN", "member", "1947-09-30", None, "line 4"),
    Belonging("RUS", "UN", "founder", None, None, "line 5"),
    Belonging("PAK", "CW", "member", "1947", "1972-01-30", "line 6"),
    Belonging("RUS", "G8", "member", "1997-06", "2014-03-24", "line 7"),
    Belonging("IND", "SCO", "member", "2017-06-09", None, "line 8"),
)


def test_two_members_share_an_organisation_from_the_later_accession():
    (un, sco) = shared_spells(TABLE, "PAK", "RUS")

    assert (un.organisation, un.begins[0]) == ("UN", date(1947, 9, 30))
    assert (sco.organisation, sco.begins[0], sco.ends[0]) == ("SCO", date(2017, 6, 9), date.max)
    assert sco.records == ("line 1", "line 3")


def test_the_sides_can_be_turned():
    assert shared_spells(TABLE, "PAK", "RUS") == shared_spells(reversed(TABLE), "RUS", "PAK")


def test_other_statuses_count_where_asked_for_and_join_into_one_spell():
    found = shared_spells(TABLE, "PAK", "RUS", statuses=("member", "founder", "observer"))
    sco = next(spell for spell in found if spell.organisation == "SCO")

    assert sco.begins[0] == date(2005, 7, 5)
    assert sco.records == ("line 1", "line 2", "line 3")


def test_the_day_of_accession_is_shared_and_the_day_of_leaving_is_not():
    held = [
        Belonging("A", "X", "member", "2000-01-01", "2010-05-05"),
        Belonging("B", "X", "member", "2003-02-03", None),
    ]
    (spell,) = shared_spells(held, "A", "B")

    assert [spell.holds(on) for on in (date(2003, 2, 2), date(2003, 2, 3))] == [False, True]
    assert [spell.holds(on) for on in (date(2010, 5, 4), date(2010, 5, 5))] == [True, False]


def test_a_year_alone_leaves_its_days_unsure():
    held = [Belonging("A", "X", "member", "2003", "2005-06"), Belonging("B", "X", "member", "1999", None)]
    spells = shared_spells(held, "A", "B")

    days = [date(2002, 12, 31), date(2003, 6, 1), date(2003, 12, 31), date(2005, 5, 31), date(2005, 6, 15)]
    assert [spells[0].holds(day) for day in days] == [False, None, True, True, None]
    assert shared_on(spells, date(2003, 6, 1)) == ((), ("X",))
    assert shared_on(spells, date(2004, 1, 1)) == (("X",), ())


def test_who_left_before_the_other_came_shares_nothing():
    held = [
        Belonging("A", "X", "member", "1990-01-01", "2000-01-01"),
        Belonging("B", "X", "member", "2000-01-01", None),
    ]

    assert shared_spells(held, "A", "B") == ()


def test_a_state_that_left_and_came_back_has_two_spells():
    held = [
        Belonging("A", "X", "member", "1990-01-01", "2000-01-01"),
        Belonging("A", "X", "member", "2005-01-01", None),
        Belonging("B", "X", "member", "1980-01-01", None),
    ]

    changes = list(changes_of(shared_spells(held, "A", "B")))
    assert [(one.day.year, one.gained, one.lost, one.count) for one in changes] == [
        (1990, ("X",), (), 1),
        (2000, (), ("X",), 0),
        (2005, ("X",), (), 1),
    ]


def test_changes_run_in_order_with_what_is_shared_after_each():
    changes = list(changes_of(shared_spells(TABLE, "PAK", "RUS")))

    assert [(str(one.day), one.gained, one.count, one.is_exact) for one in changes] == [
        ("1947-09-30", ("UN",), 1, True),
        ("2017-06-09", ("SCO",), 2, True),
    ]


def test_a_coarse_date_is_told_as_such():
    held = [Belonging("A", "X", "member", "2003", None), Belonging("B", "X", "member", "1999", None)]
    (change,) = changes_of(shared_spells(held, "A", "B"))

    assert (change.day, change.is_exact) == (date(2003, 1, 1), False)


def test_a_portfolio_has_every_state_and_organisation_of_a_day():
    states, organisations, table = portfolios(TABLE, date(1947, 3, 1))

    assert states == ("IND", "PAK", "RUS")
    assert organisations == ("CW", "G8", "SCO", "UN")
    assert np.array_equal(table, [[0, 0, 0, 0], [np.nan, 0, 0, 0], [0, 0, 0, 1]], equal_nan=True)


@pytest.mark.parametrize("text", ["2003-13", "soon", "2003-02-30", "2003-01-01-01", ""])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(DataError, match="YYYY-MM-DD is needed"):
        shared_spells([Belonging("A", "X", "member", text, None), Belonging("B", "X", "member", None, None)], "A", "B")
