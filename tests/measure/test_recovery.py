"""What the measuring recovers of made-up worlds: small ones here, the figures of docs/method.md by the command."""

import numpy as np
import pytest

from detente.errors import DataError
from detente.measure.calibration import build_calibration, load_calibration, read_calibration
from detente.measure.recovery import Turns, calibrate, match_turns, run_trials, score_trials
from detente.measure.rules import Rules
from detente.measure.synthetic import GENERATORS, make_world
from detente.measure.thin import verdict_of

TRIALS = {name: run_trials(name, [21], pairs=40) for name in GENERATORS}
FOUND = {name: score_trials(trials) for name, trials in TRIALS.items()}


def test_warmth_finds_the_truth_of_the_world_that_it_describes():
    found = FOUND["main"]

    assert found.pooled > 0.93
    assert found.within > 0.85
    assert found.change > 0.5
    assert abs(found.leak) < 0.1
    assert all(0.8 < share < 0.98 for share in found.coverage)


def test_warmth_finds_most_of_the_truth_of_the_world_that_it_does_not_describe():
    assert FOUND["two_channels"].within > 0.8


@pytest.mark.parametrize("name", GENERATORS)
def test_warmth_beats_the_lines_of_others_within_pairs(name):
    found = FOUND[name]

    assert all(found.within > within for _, within, _ in found.baselines.values())
    assert all(found.change > change for _, _, change in found.baselines.values())


def test_copies_and_doubt_matter():
    careless = score_trials(run_trials("main", [21], pairs=40, rules=Rules(by_story=False, by_probability=False)))

    assert careless.change < FOUND["main"].change
    assert careless.within < FOUND["main"].within + 0.01


def test_a_world_is_the_same_for_a_seed_and_another_for_the_next():
    one, again, other = (make_world("main", seed, pairs=10, months=48)[0] for seed in (1, 1, 2))

    assert np.array_equal(one.type, again.type)
    assert len(one) != len(other) or not np.array_equal(one.type, other.type)


def test_a_quarter_or_so_of_the_pairs_stands_still():
    truth = make_world("main", 1, pairs=200, months=60)[1]

    assert 0.15 < 1 - truth.moves.mean() < 0.35
    assert all(bool(jumps) == moves for jumps, moves in zip(truth.jumps, truth.moves, strict=True))


def test_calibrated_intervals_cover_about_nine_tenths():
    fitted = calibrate(TRIALS["main"])

    assert 0.8 <= fitted.kappa <= 2
    assert fitted.epsilon == load_calibration().epsilon


def test_turning_points_are_matched_once_within_three_months():
    assert match_turns([10, 40, 60], [12, 11, 50], moves=True) == Turns(3, 1, 3, 0, 0)
    assert match_turns([10], [], moves=False) == Turns(1, 0, 0, 1, 1)
    assert Turns(2, 1, 4, 0, 0).f1 == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("volume", "verdict"), [(2.9, "too thin to say"), (3, "read with care"), (19.9, "read with care"), (20, "clear")]
)
def test_volume_decides_what_is_said(volume, verdict):
    assert verdict_of(volume) == verdict


def test_the_constants_say_what_they_were_fitted_on():
    assert "seeds" in load_calibration().source


@pytest.mark.parametrize(
    ("change", "words"), [({"kappa": "wide"}, "'kappa'"), ({"epsilon": 1.5}, "'epsilon'"), ({"q": True}, "'q'")]
)
def test_a_calibration_that_does_not_validate_is_refused(change, words):
    from dataclasses import asdict

    with pytest.raises(DataError, match=words):
        build_calibration({**asdict(load_calibration()), **change}, "mine.yaml")


def test_a_calibration_of_the_users_own_is_read(tmp_path):
    from dataclasses import asdict

    import yaml

    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump({**asdict(load_calibration()), "kappa": 1.9}), encoding="utf-8")

    assert read_calibration(path).kappa == 1.9
    with pytest.raises(DataError, match="Unreadable calibration"):
        read_calibration(tmp_path / "none.yaml")
