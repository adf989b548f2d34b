"""Alerts, forecasts, visits and baselines."""

import numpy as np
import pytest

from detente.measure.alerts import Alert, alerts_of, controlled
from detente.measure.baselines import goldstein_mean, goldstein_rolling, log_ratio
from detente.measure.build import reports_of_rows
from detente.measure.forecast import fading_mix, forecast, skill_of
from detente.measure.index import survey
from detente.measure.reports import event_types, month_number
from detente.measure.rules import Rules
from detente.measure.salience import salience_of
from detente.measure.stories import count_stories
from detente.measure.synthetic import Flaws, make_world
from detente.measure.visits import VisitEffect, VisitMonth, visit_effect, visit_months, without_talks
from detente.measure.world import usual_mix
from measure.make import reports, row

WORLD, TRUTH = make_world("main", 5, pairs=16, months=120)
KNOWN = survey(WORLD, first=0, last=119)


def months(a, b, kinds):
    return [(a, b, month, kind) for month, told in enumerate(kinds) for kind in told]


def test_a_sudden_wave_of_hostility_raises_an_alert_and_calm_does_not():
    calm = [["CONSULT", "SUPPORT", "SUPPORT", "ACCUSE"]] * 36
    wave = [*calm[:-1], ["ACCUSE"] * 4 + ["ASSAULT"] * 4]
    loud = survey(reports(*months("A", "B", wave), *months("C", "D", calm)))
    found = [one for one in alerts_of(loud) if one.channel == "warmth"]

    assert [(one.pair, one.z < 0) for one in found] == [(("A", "B"), True)]
    assert alerts_of(survey(reports(*months("A", "B", calm), *months("C", "D", calm)))) == []


def test_few_alerts_are_raised_where_nothing_moves():
    table, _ = make_world("main", 11, pairs=20, months=120, flaws=Flaws(source_shift=0.0))
    known = survey(table, first=0, last=119)
    tests = 20 * 2 * 60

    assert len([one for one in alerts_of(known, since=60) if one.channel == "warmth"]) < 0.01 * tests


def test_the_rate_of_false_alerts_is_held_down_as_published():
    ps = [0.001, 0.02, 0.03, 0.2, 0.9]
    tests = [Alert(("A", "B"), number, "warmth", 1.0, p) for number, p in enumerate(ps)]

    assert [one.p for one in controlled(tests, 0.1)] == [0.001, 0.02, 0.03]
    assert controlled(tests, 0.001) == []
    assert controlled([], 0.1) == []


def test_forecasts_fade_the_past_and_lean_on_the_world_without_one():
    world = np.tile(usual_mix(), (30, 1))
    silent = fading_mix(np.zeros((30, 16)), world)
    told = np.zeros((30, 16))
    told[:, event_types().index("ACCUSE")] = 50
    loud = fading_mix(told, world)

    assert np.allclose(silent.sum(axis=1), 1)
    assert np.abs(silent - world).max() < 0.1
    assert loud[-1, event_types().index("ACCUSE")] > 0.9


def test_forecasts_come_with_their_score_and_beat_persistence():
    pairs = range(len(KNOWN.stories.pairs))
    skills = skill_of(KNOWN.stories, KNOWN.world, pairs, horizons=(1, 6, 12))
    found = forecast(KNOWN.stories, KNOWN.world, 0, skills)

    assert [one.horizon for one in found] == [1, 6, 12]
    assert all(one.low <= one.mean <= one.high for one in found)
    assert all(one.skill.ours < one.skill.persistence for one in found)
    again = forecast(KNOWN.stories, KNOWN.world, 0, skills)
    assert [(one.low, one.high) for one in found] == [(one.low, one.high) for one in again]


def planted(jump, seed=0):
    """Twenty-four pairs with one visit each, after which acts are friendlier by `jump`."""
    chance = np.random.default_rng(seed)
    kinds = np.array(["SUPPORT", "ACCUSE"])
    names = [f"S{number:02}" for number in range(48)]
    rows, visits = [], []
    for pair in range(24):
        a, b, at = names[2 * pair], names[2 * pair + 1], int(chance.integers(16, 44))
        visits.append((a, b, at))
        for month in range(60):
            friendly = 0.6 + (jump if month >= at else 0)
            rows += [(a, b, month, str(kind)) for kind in chance.choice(kinds, 6, p=[friendly, 1 - friendly])]
    return reports(*rows, names=names), visits


def test_a_planted_effect_of_visits_is_found_and_worded_as_association():
    table, visits = planted(0.3)
    effect = visit_effect(survey(table), visits)

    assert effect.effect > 0.2
    assert effect.p < 0.05
    assert "association" in effect.wording


def test_without_an_effect_few_studies_find_one():
    found = [
        visit_effect(survey(table), visits, seed=seed) for seed in range(4) for table, visits in [planted(0, seed)]
    ]

    assert sum(one.p <= 0.05 for one in found) <= 1


def test_relations_that_moved_before_are_not_ascribed_to_the_visit():
    assert "moving before" in VisitEffect(1.0, 0.01, 0.8, 0.02, 5, 400).wording


def test_the_stories_of_visits_and_talks_are_left_out():
    assert len(without_talks(reports(("A", "B", 1, "CONSULT"), ("A", "B", 1, "AID")))) == 1


def test_only_actual_visits_between_two_countries_are_visits():
    built = reports_of_rows(
        [
            row("a", modes="visit", actor_codes="RUS", recipient_codes="PAK"),
            row("b", modes="visit"),
            row("c", modes="phone"),
            row("d", modes="visit", status="proposed", date="2018-03"),
        ]
    )

    assert visit_months(built) == [VisitMonth("PAK", "RUS", month_number("2018-02"), ("a", "b"))]


def test_no_visit_with_months_around_it_is_no_effect():
    table, visits = planted(0.3)
    effect = visit_effect(survey(table), [(*visits[0][:2], 1)])

    assert effect.visits == 0
    assert effect.wording.startswith("No visit")


def test_the_mean_score_of_a_month_is_that_of_its_stories():
    told = count_stories(reports(("A", "B", 0, "AID"), ("A", "B", 0, "ASSAULT"), ("A", "B", 2, "AID")), Rules())

    assert goldstein_mean(told, 0).tolist() == pytest.approx([0.5, np.nan, 10.0], nan_ok=True)
    assert goldstein_rolling(told, 0).tolist() == pytest.approx([11 / 3] * 3)
    assert log_ratio(told, 0)[0] > 0


def test_more_of_the_news_is_more_salience():
    table = reports(
        *months("A", "B", [["CONSULT"]] * 20 + [["CONSULT"] * 12] * 20), *months("C", "D", [["AID"] * 6] * 40)
    )
    line = salience_of(count_stories(table, Rules()), 0)

    assert line.share[35] > line.share[5] + 0.8
    assert [abs(int(cut) - 20) <= 2 for cut in line.cuts] == [True]
