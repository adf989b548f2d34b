"""Blocs: the search beside every split of small networks, and what is said over draws."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import DataError
from detente.measure.blocs import blocs_of, communities, gains, modularity
from detente.measure.partitions import best_partition, by_first_member
from detente.measure.ties import draw_ties


def splits(size):
    """Every split of some members, as labels."""
    if not size:
        yield []
        return
    for split in splits(size - 1):
        for label in range(max(split, default=-1) + 2):
            yield [*split, label]


EVERY = np.array(list(splits(8)))
TOGETHER = (EVERY[:, :, None] == EVERY[:, None, :]).reshape(len(EVERY), -1)


def network(size, density, seed):
    random = np.random.default_rng(seed)
    upper = np.triu(random.standard_normal((size, size)) * (random.random((size, size)) < density), 1)
    return upper + upper.T


@pytest.mark.parametrize("density", [0.3, 0.6, 1.0])
def test_the_search_finds_the_best_of_all_splits_of_eight_states(density):
    for seed in range(60):
        ties = network(8, density, seed)

        assert modularity(ties, communities(ties, starts=40)) == pytest.approx((TOGETHER @ gains(ties).ravel()).max())


def test_modularity_is_that_of_the_definition():
    ties = network(6, 1, 4)
    labels = np.array([0, 0, 1, 1, 2, 0])
    good, bad = np.maximum(ties, 0), np.maximum(-ties, 0)
    total = sum(
        ties[i, j] - good[i].sum() * good[j].sum() / good.sum() + bad[i].sum() * bad[j].sum() / bad.sum()
        for i in range(6)
        for j in range(6)
        if labels[i] == labels[j]
    )

    assert modularity(ties, labels) == pytest.approx(total / (good.sum() + bad.sum()))


def test_friendly_ties_alone_give_newmans_modularity():
    ties = np.zeros((6, 6))
    for a, b in [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)]:
        ties[a, b] = ties[b, a] = 1

    assert communities(ties).tolist() == [0, 0, 0, 1, 1, 1]
    assert modularity(ties, communities(ties)) == pytest.approx(5 / 14)


def test_enemies_of_one_enemy_without_a_tie_stand_together():
    ties = np.zeros((3, 3))
    ties[0, 2] = ties[2, 0] = ties[1, 2] = ties[2, 1] = -1

    assert communities(ties).tolist() == [0, 0, 1]


def test_a_network_without_ties_has_no_groups():
    assert communities(np.zeros((3, 3))).tolist() == [0, 1, 2]
    assert modularity(np.zeros((3, 3)), np.zeros(3, dtype=int)) == 0


@given(st.permutations(range(8)), st.integers(0, 99))
@settings(max_examples=15, deadline=None)
def test_the_order_of_the_states_changes_no_group(order, seed):
    ties = network(8, 0.8, seed)
    labels, turned = communities(ties), communities(ties[np.ix_(order, order)])

    assert by_first_member(labels[list(order)]).tolist() == turned.tolist()


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_few_states_are_split_as_any(size):
    ties = np.ones((size, size)) - np.eye(size)

    assert communities(ties, starts=40).tolist() == [0] * size


def test_groups_are_numbered_by_their_first_members():
    assert by_first_member(np.array([7, 2, 7, 0, 2])).tolist() == [0, 1, 0, 2, 1]


def test_gains_that_are_none_are_refused():
    with pytest.raises(DataError, match="symmetric and finite"):
        best_partition(np.array([[0, 1.0], [0, 0]]))


def planted(camp, sd, *, seed=0, draws=100, **about):
    pairs = list(combinations(range(len(camp)), 2))
    told = np.array([0.5 if camp[a] == camp[b] else -0.4 for a, b in pairs])
    told += sd * np.random.default_rng(seed).standard_normal(len(told))
    names = [(f"S{a:02}", f"S{b:02}") for a, b in pairs]
    return draw_ties(names, told, np.full(len(told), sd), draws=draws, **about)


def test_planted_blocs_are_found_with_their_probability():
    camp = np.repeat([0, 1, 2], [8, 7, 5])
    found = blocs_of(planted(camp, 0.3))

    assert found.labels.tolist() == camp.tolist()
    assert [len(bloc) for bloc in found.members()] == [8, 7, 5]
    assert found.belonging("S00") > 0.9
    assert found.together[0, 1] > 0.9 > 0.1 > found.together[0, 19]
    assert found.modularity > found.chance
    assert found.p_value < 0.02


def test_doubt_lowers_the_probability_of_standing_together():
    camp = np.repeat([0, 1], 6)
    sure, unsure = (blocs_of(planted(camp, sd), shuffles=0) for sd in (0.05, 1.5))

    assert sure.belonging("S00") == 1
    assert unsure.belonging(unsure.members()[0][0]) < 0.9
    assert np.isnan(sure.chance)


def test_what_is_said_is_the_same_twice_and_names_its_records():
    about = {"records": {("S00", "S01"): ("ev-2", "ev-1")}, "rules": ("Status actual only.",), "month": 24037}
    one, two = (blocs_of(planted([0, 0, 1, 1, 1], 0.5, **about)) for _ in range(2))

    assert np.array_equal(one.together, two.together)
    assert one.p_value == two.p_value
    assert one.records == ("ev-1", "ev-2")
    assert (one.month, one.rules, one.method) == ("2003-02", ("Status actual only.",), "detente.blocs/1")
    assert sum(one.number.values()) == pytest.approx(1)
