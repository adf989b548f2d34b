"""The weights are checked when they are read."""

import pytest

from detente.errors import DataError
from detente.linking.score import score_of
from detente.linking.settings import FEATURES, build_settings, load_settings, load_stop_words

TABLE = {
    "threshold": 0.6,
    "window_days": 3,
    "widest_days": 31,
    "copies": {"similarity": 0.5, "shingle_words": 5, "min_shingles": 20, "window_days": 7},
    "weights": {"bias": -1.0, **dict.fromkeys(FEATURES, 1.0)},
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"threshold": 2}, "2 for 'threshold'"),
        ({"threshold": None}, "None for 'threshold'"),
        ({"copies": None}, "No 'copies'"),
        ({"weights": {**TABLE["weights"], "mood": 1}}, "Unknown weight 'mood'"),
        ({"weights": {"bias": 0}}, "for 'actors'"),
    ],
)
def test_a_wrong_number_is_named(change, words):
    with pytest.raises(DataError, match=words):
        build_settings({**TABLE, **change})


def test_a_score_is_the_logistic_of_the_weighted_sum():
    settings = build_settings(TABLE)

    assert score_of(dict.fromkeys(FEATURES, 0.0) | {"actors": 1.0}, settings) == 0.5
    assert score_of(dict.fromkeys(FEATURES, 0.0), settings) == 0.269


def test_the_shipped_files_load():
    assert 0 < load_settings().threshold < 1
    assert {"the", "and", "said"} <= load_stop_words()
