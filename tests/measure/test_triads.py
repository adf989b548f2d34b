"""Triads and how balanced a network is."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.measure.ties import draw_ties
from detente.measure.triads import balance_of, triads_of


def triad(*theta, sd=1e-6, draws=400):
    return next(
        triads_of(draw_ties([("A", "B"), ("A", "C"), ("B", "C")], np.array(theta), np.full(3, sd), draws=draws))
    )


@pytest.mark.parametrize(
    ("theta", "balanced", "weakly"),
    [((1, 1, 1), 1, 1), ((1, -1, -1), 1, 1), ((1, 1, -1), 0, 0), ((-1, -1, -1), 0, 1)],
    ids=["three friends", "a common enemy", "friends at odds", "three enemies"],
)
def test_a_sure_triad_is_balanced_by_the_product_of_its_signs(theta, balanced, weakly):
    found = triad(*theta)

    assert found.balanced == balanced
    assert found.weakly_balanced == weakly


@given(st.tuples(*[st.floats(-1, 1)] * 3), st.floats(0.1, 2))
@settings(max_examples=40, deadline=None)
def test_the_probability_is_that_of_ties_drawn_apart(theta, sd):
    from scipy.stats import norm

    expected = (1 + np.prod(2 * norm.cdf(np.array(theta) / sd) - 1)) / 2

    assert triad(*theta, sd=sd, draws=2000).balanced == pytest.approx(expected, abs=0.06)


def test_a_tie_near_zero_makes_a_coin_of_its_triads():
    assert triad(1, 1, 0, sd=0.2).balanced == pytest.approx(0.5, abs=0.1)


def test_three_states_without_all_ties_are_no_triad():
    ties = draw_ties([("A", "B"), ("A", "C"), ("B", "D")], np.ones(3), np.ones(3))

    assert list(triads_of(ties)) == []
    assert balance_of(ties) is None


def test_a_triad_names_the_records_of_its_three_ties():
    records = {("A", "B"): ("ev-2",), ("A", "C"): ("ev-1", "ev-2"), ("B", "C"): (), ("C", "D"): ("ev-9",)}
    pairs = [("A", "B"), ("A", "C"), ("B", "C"), ("C", "D")]
    found = next(triads_of(draw_ties(pairs, np.ones(4), np.ones(4), records=records)))

    assert found.states == ("A", "B", "C")
    assert found.records == ("ev-1", "ev-2")


def network(camp, noise, seed):
    random = np.random.default_rng(seed)
    pairs = [(f"S{a:02}", f"S{b:02}") for a, b in combinations(range(len(camp)), 2)]
    told = [0.5 if camp[a] == camp[b] else -0.5 for a, b in combinations(range(len(camp)), 2)]
    return draw_ties(
        pairs, np.array(told) + noise * random.standard_normal(len(told)), np.full(len(told), 0.1), draws=100
    )


def test_the_share_of_a_network_is_the_mean_over_its_triads():
    ties = network([0, 0, 1, 1, 1, 0], 0.6, 2)

    assert balance_of(ties).share == pytest.approx(np.mean([one.balanced for one in triads_of(ties)]))
    assert balance_of(ties).triads == 20


def test_two_camps_are_balanced_beyond_chance_and_noise_is_not():
    camps, noise = balance_of(network([0, 1] * 8, 0.1, 0)), balance_of(network([0] * 16, 3.0, 1))

    assert camps.share > 0.95
    assert camps.p_value < 0.02
    assert noise.p_value > 0.05


def test_one_state_hostile_to_all_is_no_balance_beyond_chance():
    camp = [0] * 15 + [1]
    found = balance_of(network(camp, 0.05, 4))

    assert found.share > 0.95
    assert found.p_value > 0.05
