"""Bootstrap intervals."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detente.evaluate.intervals import f1, figure, ratio, resampled_sums

COUNTS = st.lists(st.integers(0, 5).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))), max_size=8)


@given(COUNTS)
def test_a_share_lies_within_zero_and_one_and_its_interval_in_order(rows):
    sums = resampled_sums(np.array(rows, dtype=np.float64).reshape(-1, 2), resamples=30, seed=3)
    found = figure(ratio(sums[:, 0], sums[:, 1]))

    if sum(whole for _, whole in rows) == 0:
        assert found.value is None
    else:
        assert 0 <= found.value <= 1
        assert found.low is None or 0 <= found.low <= found.high <= 1


def test_the_same_seed_draws_the_same_samples():
    counts = np.arange(10.0).reshape(5, 2)

    assert (resampled_sums(counts, seed=4) == resampled_sums(counts, seed=4)).all()
    assert (resampled_sums(counts)[0] == counts.sum(axis=0)).all()


def test_f1_is_zero_where_nothing_is_right_and_unknown_where_nothing_was_asked():
    values = f1(np.array([0.0, 1.0, np.nan]), np.array([0.0, 0.5, 1.0]))

    assert (values[0], values[1]) == (0.0, 2 / 3)
    assert np.isnan(values[2])
