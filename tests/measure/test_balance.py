"""The line index of frustration, beside trying every split."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import DataError
from detente.measure.balance import frustrated, frustration, frustration_over
from detente.measure.ties import draw_ties


def signs(size, density, seed):
    random = np.random.default_rng(seed)
    upper = np.triu(random.choice([-1.0, 1.0], (size, size)) * (random.random((size, size)) < density), 1)
    return upper + upper.T


def least(network):
    """Of all splits, those with the first state in camp 1."""
    camps = np.array(list(product([-1, 1], repeat=len(network) - 1)))
    camps = np.column_stack([np.ones(len(camps)), camps])
    return float((np.abs(network).sum() - np.einsum("ki,ij,kj->k", camps, network, camps).max()) / 4)


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 10), st.floats(0.2, 1), st.integers(0, 999))
def test_the_index_is_that_of_the_best_of_all_splits(size, density, seed):
    network = signs(size, density, seed)
    found = frustration(network)

    assert found.is_exact
    assert found.index == least(network) == frustrated(network, found.camps)


@pytest.mark.parametrize("density", [0.4, 1.0])
def test_the_index_of_fifteen_states_is_that_of_the_best_of_all_splits(density):
    network = signs(15, density, 5)

    assert frustration(network).index == least(network)


@given(st.integers(0, 99))
@settings(max_examples=10, deadline=None)
def test_weights_count_in_full(seed):
    network = signs(7, 0.8, seed) * 0.5
    network[0, 1] *= 3
    network[1, 0] *= 3

    assert frustration(network).index == pytest.approx(least(network))


def test_turning_a_state_changes_nothing():
    network = signs(12, 0.7, 1)
    turned = network.copy()
    turned[3] *= -1
    turned[:, 3] *= -1

    assert frustration(turned).index == frustration(network).index


def test_two_camps_are_not_frustrated():
    camp = np.array([1, -1, -1, 1, 1.0])
    network = np.outer(camp, camp) - np.eye(5)
    found = frustration(network)

    assert found.index == 0
    assert found.normalised == 1
    assert found.camps.tolist() == [0, 1, 1, 0, 0]


def test_a_network_without_ties_is_not_frustrated():
    assert frustration(np.zeros((4, 4))).normalised == 1


def test_a_search_cut_short_says_what_is_proven():
    network = signs(22, 1.0, 1)
    found = frustration(network, nodes=1)

    assert not found.is_exact
    assert found.bound < found.index == frustrated(network, found.camps)


@pytest.mark.parametrize("network", [np.array([[0, 1.0], [2, 0]]), np.array([[0, np.nan], [np.nan, 0]]), np.zeros(3)])
def test_what_is_no_network_is_refused(network):
    with pytest.raises(DataError, match="symmetric and finite is needed"):
        frustration(network)


def test_doubt_over_a_tie_is_doubt_over_the_index():
    pairs = [("A", "B"), ("A", "C"), ("B", "C")]
    found = frustration_over(draw_ties(pairs, np.array([1, 1, 0.0]), np.array([0.01, 0.01, 1]), draws=60))

    assert (found.low, found.high) == (0, 1)
    assert found.ties == 3
    assert found.exact
