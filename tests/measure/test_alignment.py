"""Alignment beyond chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DataError
from detente.measure.alignment import Positions, align, positions_of, positions_of_alliances


def votes(*rows):
    names = tuple(f"S{number}" for number in range(len(rows)))
    return Positions(names, tuple(f"R{number}" for number in range(len(rows[0]))), np.array(rows, dtype=float))


def by_hand(a, b, low, high):
    """The three indices as sums over items."""
    both = [(x, y) for x, y in zip(a, b, strict=True) if not np.isnan(x + y)]
    x, y = (np.array(side) for side in zip(*both, strict=True))
    apart = ((x - y) ** 2).sum()
    middle = (x.mean() + y.mean()) / 2
    pi = ((x - middle) ** 2 + (y - middle) ** 2).sum()
    kappa = ((x - x.mean()) ** 2 + (y - y.mean()) ** 2 + (x.mean() - y.mean()) ** 2).sum()
    return 1 - apart / (len(x) * (high - low) ** 2 / 2), 1 - apart / pi, 1 - apart / kappa


ROW = st.lists(st.sampled_from([-1.0, 0.0, 1.0, np.nan]), min_size=12, max_size=12)


@given(ROW, ROW)
def test_the_indices_are_those_of_the_definitions(a, b):
    told = [(x, y) for x, y in zip(a, b, strict=True) if not np.isnan(x + y)]
    if not told or any(len({*side}) < 2 for side in zip(*told, strict=True)):
        return
    found = align(votes(a, b), lowest=-1, highest=1).of("S0", "S1")

    assert (found["s"], found["pi"], found["kappa"]) == pytest.approx(by_hand(a, b, -1, 1))


def test_the_same_votes_are_full_agreement_and_opposite_ones_full_disagreement():
    found = align(votes([1, -1, 1, -1], [1, -1, 1, -1], [-1, 1, -1, 1]))

    assert found.of("S0", "S1") == {"s": 1, "pi": 1, "kappa": 1}
    assert found.of("S0", "S2") == {"s": -1, "pi": -1, "kappa": -1}


def test_habit_that_looks_like_friendship_to_s_is_none_to_kappa():
    random = np.random.default_rng(0)
    yes = np.where(random.random((2, 400)) < 0.9, 1.0, -1.0)
    found = align(votes(*yes)).of("S0", "S1")

    assert found["s"] > 0.5
    assert abs(found["kappa"]) < 0.1
    assert abs(found["pi"]) < 0.1


def test_the_sides_can_be_turned():
    found = align(votes([1, 0, -1, 1], [1, 1, 0, -1], [0, 0, 1, 1]))

    for index in (found.s, found.pi, found.kappa):
        assert np.allclose(index, index.T, equal_nan=True)


def test_items_that_one_state_missed_do_not_count():
    found = align(votes([1, -1, np.nan, 1], [1, -1, 1, np.nan]))

    assert found.items.tolist() == [[3, 2], [2, 3]]
    assert found.of("S0", "S1")["kappa"] == 1


def test_what_cannot_be_told_is_no_number():
    found = align(votes([1, 1, np.nan], [1, 1, np.nan], [np.nan, np.nan, -1]))

    assert np.isnan(found.of("S0", "S1")["kappa"])
    assert all(np.isnan(value) for value in found.of("S0", "S2").values())


def test_votes_are_read_from_rows():
    found = positions_of([("PAK", "R1", 1), ("RUS", "R1", -1), ("PAK", "R2", 0)])

    assert found.states == ("PAK", "RUS")
    assert np.array_equal(found.values, [[1, 0], [-1, np.nan]], equal_nan=True)


def test_two_votes_of_one_state_on_one_item_are_refused():
    with pytest.raises(DataError, match="Two positions of 'PAK' on 'R1'"):
        positions_of([("PAK", "R1", 1), ("PAK", "R1", -1)])


def test_allies_of_the_same_states_are_aligned_beyond_chance():
    states = ("A", "B", "C", "D", "E", "F")
    rows = [("A", "B", 1.0), ("A", "C", 1.0), ("B", "C", 1.0), ("D", "E", 1.0)]
    found = align(positions_of_alliances(rows, states))

    assert found.of("A", "B")["kappa"] == 1
    assert found.of("A", "D")["kappa"] < 0
    assert np.array_equal(found.kappa, found.kappa.T)


def test_the_strongest_alliance_of_a_pair_counts():
    found = positions_of_alliances([("A", "B", 1.0), ("B", "A", 3.0)], ("A", "B"), to_itself=3)

    assert found.values.tolist() == [[3, 3], [3, 3]]


@pytest.mark.parametrize(
    ("table", "ends", "message"),
    [
        ([[np.nan]], {}, "No position at all"),
        ([[1, 1]], {}, "two positions or more"),
        ([[1, 5]], {"lowest": -1, "highest": 1}, "Positions from 1 to 5 between -1 and 1"),
    ],
    ids=["empty", "all alike", "outside"],
)
def test_positions_without_a_span_are_refused(table, ends, message):
    with pytest.raises(DataError, match=message):
        align(votes(*table), **ends)


def test_a_table_that_does_not_fit_its_names_is_refused():
    with pytest.raises(DataError, match="Positions of shape"):
        Positions(("A",), ("R1", "R2"), np.zeros((1, 1)))


def test_a_state_without_positions_is_refused():
    with pytest.raises(DataError, match="No positions of 'X'"):
        align(votes([1, -1], [1, 1])).of("S0", "X")
