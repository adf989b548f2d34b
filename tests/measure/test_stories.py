"""The input rules: what counts, once, with which weight."""

import math

import numpy as np
import pytest

from detente.errors import DataError
from detente.measure.reports import month_name, month_number
from detente.measure.rules import Rules
from detente.measure.stories import count_stories
from measure.make import reports


def total(table, rules=None, pair=0):
    return count_stories(table, rules or Rules()).counts_of(pair).sum()


def test_a_copy_adds_its_logarithm():
    table = reports(*[("A", "B", 1, "CONSULT", {"story": 7})] * 3)

    assert total(table) == pytest.approx(1 + math.log(3))
    assert total(table, Rules(by_story=False)) == pytest.approx(3)


@pytest.mark.parametrize("status", ["proposed", "hypothetical", "future", "negated", "historical"])
def test_what_did_not_happen_now_does_not_count(status):
    table = reports(("A", "B", 1, "CONSULT"), *[("A", "B", 1, "ASSAULT", {"status": status})] * 100)

    assert total(table) == 1
    assert total(table, Rules(statuses=("actual", status), by_story=False)) == 101


def test_a_doubtful_coding_weighs_less():
    table = reports(("A", "B", 1, "CONSULT", {"probability": 0.4}))

    assert total(table) == pytest.approx(0.4)
    assert total(table, Rules(by_probability=False)) == 1


def test_acts_within_one_country_are_left_out():
    table = reports(("A", "A", 1, "ASSAULT"), ("A", "B", 1, "CONSULT"))

    assert count_stories(table, Rules()).pairs == (("A", "B"),)
    assert count_stories(table, Rules(internal=True)).pairs == (("A", "A"), ("A", "B"))


def test_a_mutual_act_counts_once_in_both_directions_together_and_once_in_each():
    both = [
        ("A", "B", 1, "CONSULT", {"mutual": True, "story": 1}),
        ("B", "A", 1, "CONSULT", {"mutual": True, "story": 1}),
    ]

    assert total(reports(*both)) == 1
    assert [total(reports(*both), Rules(directed=True), pair) for pair in (0, 1)] == [1, 1]


def test_swapping_the_sides_swaps_the_directed_counts_and_leaves_the_pooled_ones():
    rows = [("A", "B", 1, "CONSULT"), ("A", "B", 2, "ACCUSE"), ("B", "A", 2, "AID")]
    swapped = reports(*[(b, a, *rest) for a, b, *rest in rows])
    told, turned = (count_stories(one, Rules(directed=True)) for one in (reports(*rows), swapped))

    assert np.array_equal(told.counts_of(told.find(("A", "B"))), turned.counts_of(turned.find(("B", "A"))))
    assert np.array_equal(
        count_stories(reports(*rows), Rules()).counts_of(0), count_stories(swapped, Rules()).counts_of(0)
    )


def test_words_and_deeds_part_the_acts():
    table = reports(("A", "B", 1, "ACCUSE"), ("A", "B", 1, "ASSAULT"), ("A", "B", 1, "AID"))

    assert total(table, Rules(channel="verbal")) == 1
    assert total(table, Rules(channel="material")) == 2


def test_classes_of_sources_are_kept_apart():
    table = reports(("A", "B", 1, "AID", {"source": "theirs"}), ("A", "B", 1, "ACCUSE"), sources=("ours", "theirs"))

    assert total(table, Rules(source="theirs")) == 1
    assert total(table) == 2
    with pytest.raises(DataError, match=r"Unknown source class 'none'.*'ours', 'theirs'"):
        count_stories(table, Rules(source="none"))


def test_a_story_counts_in_its_first_month_and_is_divided_over_its_types():
    table = reports(("A", "B", 5, "AID", {"story": 1}), ("A", "B", 4, "CONSULT", {"story": 1}))
    told = count_stories(table, Rules())

    assert set(told.month.tolist()) == {4}
    assert told.amount.tolist() == pytest.approx([(1 + math.log(2)) / 2] * 2)


def test_each_row_leads_back_to_its_records():
    told = count_stories(reports(*[("A", "B", 1, "CONSULT", {"story": 7})] * 2, ("A", "C", 1, "AID")), Rules())

    assert told.records_of(0) == ("ev-0000", "ev-0001")
    assert told.records_of(1) == ("ev-0002",)


def test_the_rules_are_told_in_words():
    assert any("proposed" in line for line in Rules(statuses=("proposed",)).described())
    assert Rules().described() != Rules(by_story=False).described()
    assert len(Rules().described()) == 7


@pytest.mark.parametrize("text", ["2003-02", "2003", "0001-12"])
def test_a_month_and_its_number_lead_to_each_other(text):
    assert month_name(month_number(text)) == (text if "-" in text else f"{text}-01")


@pytest.mark.parametrize("text", ["2003-13", "soon", ""])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(DataError, match="as a month"):
        month_number(text)


def test_a_column_out_of_range_is_refused():
    with pytest.raises(DataError, match="'probability'"):
        reports(("A", "B", 1, "AID", {"probability": 1.5}))
