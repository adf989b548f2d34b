"""Ties of many pairs: what is drawn, what is left out, and where every tie leads back to."""

import numpy as np
import pytest

from detente.errors import DataError
from detente.measure.index import survey
from detente.measure.rules import Rules
from detente.measure.ties import Ties, by_chance, draw_ties, ties_at
from measure.make import reports

ROWS = [
    (a, b, month, kind)
    for month in range(12)
    for a, b, kind in (("A", "B", "AID"), ("B", "A", "CONSULT"), ("A", "C", "ACCUSE"), ("C", "A", "THREATEN"))
] + [("B", "C", 3, "CONSULT")]


def test_a_tie_is_drawn_from_its_posterior():
    ties = draw_ties([("B", "A"), ("A", "C")], np.array([0.5, -1.0]), np.array([0.1, 0.2]), draws=4000)

    assert ties.states == ("A", "B", "C")
    assert ties.mean[0, 1] == pytest.approx(0.5, abs=0.01)
    assert ties.draws[:, 0, 2].std() == pytest.approx(0.2, abs=0.01)
    assert ties.positive[0, 2] == 0
    assert np.isnan(ties.positive[1, 2])


def test_the_order_of_pairs_and_sides_leaves_no_trace():
    one = draw_ties([("A", "B"), ("A", "C")], np.array([0.5, -1.0]), np.array([0.1, 0.2]), seed=3)
    other = draw_ties([("C", "A"), ("B", "A")], np.array([-1.0, 0.5]), np.array([0.2, 0.1]), seed=3)

    assert one.states == other.states
    assert np.array_equal(one.draws, other.draws)


def test_ties_come_from_the_smoothed_lines_of_pairs_with_enough_reports():
    known = survey(reports(*ROWS))
    ties = ties_at(known, 6, least=1.0)

    assert ties.pairs() == (("A", "B"), ("A", "C"))
    assert ties.left_out == (("B", "C"),)
    assert ties.mean[0, 1] == pytest.approx(known.fit("A", "B").history[6], abs=0.1)
    assert ties.mean[0, 1] > 0 > ties.mean[0, 2]


def test_a_tie_names_the_records_behind_it():
    ties = ties_at(survey(reports(*ROWS)), 6, least=1.0)

    assert len(ties.records[("A", "B")]) == 24
    assert ties.records[("A", "C")][:2] == ("ev-0002", "ev-0003")
    assert not set(ties.records[("A", "B")]) & set(ties.records[("A", "C")])


def test_sides_that_are_not_asked_for_have_no_part():
    ties = ties_at(survey(reports(*ROWS)), 6, least=1.0, among=("A", "B"))

    assert ties.states == ("A", "B")
    assert ties.left_out == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"month": 40}, "Nothing told in 0003-05: records from 0000-01 to 0000-12"),
        ({"least": 99.0}, "No pair with 99 reports a month or more: 3 pairs are told of, the fullest by 2.0"),
        ({"among": ("X", "Y")}, "0 pairs are told of"),
    ],
    ids=["another time", "too thin", "strangers"],
)
def test_what_has_no_tie_is_refused(change, message):
    with pytest.raises(DataError, match=message):
        ties_at(survey(reports(*ROWS)), **{"month": 6, **change})


def test_directed_rules_are_refused():
    with pytest.raises(DataError, match="a tie has no direction"):
        ties_at(survey(reports(*ROWS), Rules(directed=True)), 6)


def test_draws_that_contradict_themselves_are_refused():
    known = np.array([[False, True], [True, False]])

    with pytest.raises(DataError, match="symmetric"):
        Ties(("A", "B"), np.array([[[0.0, 1.0], [2.0, 0.0]]]), known)
    with pytest.raises(DataError, match="0 where no tie is known"):
        Ties(("A", "B"), np.array([[[0.0, 1.0], [1.0, 0.0]]]), np.zeros((2, 2), dtype=bool))
    with pytest.raises(DataError, match="Draws of shape"):
        Ties(("A", "B", "C"), np.zeros((1, 2, 2)), known)


def test_one_pair_cannot_be_drawn_twice():
    with pytest.raises(DataError, match="distinct pairs"):
        draw_ties([("A", "B"), ("B", "A")], np.zeros(2), np.ones(2))


def test_chance_keeps_the_tone_of_each_state():
    names = [f"S{number}" for number in range(12)]
    pairs = [(a, b) for a in names for b in names if a < b]
    tone = {name: 0.3 * number - 1.5 for number, name in enumerate(names)}
    theta = np.array([tone[a] + tone[b] for a, b in pairs])
    ties = draw_ties(
        pairs, theta + 0.05 * np.random.default_rng(1).standard_normal(len(pairs)), np.full(len(pairs), 0.01)
    )
    null = np.array(list(by_chance(ties, 30)))

    assert np.array_equal(null, np.swapaxes(null, 1, 2))
    assert np.abs(null.mean(axis=0) - ties.mean).max() < 0.15
    assert not np.allclose(null[0], ties.draws[0])
