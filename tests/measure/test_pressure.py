"""What follows between two states on the news of a third, beside placebos."""

import numpy as np
import pytest

from detente.errors import DataError
from detente.measure.index import survey
from detente.measure.pressure import news_of, pressure_in, pressure_of, project
from detente.measure.rules import Rules
from measure.make import reports

MONTHS = 180
NAMES = ("C", "A", "B")


def walk(random, step=0.05, months=MONTHS):
    return np.cumsum(step * random.standard_normal(months))


def thirds(random, number=24):
    return {f"P{at:02}": 0.1 * random.standard_normal(MONTHS) for at in range(number)}


def after(news, gain, months=2):
    """A line that moves by `gain` for each unit of news, some months later."""
    return np.concatenate([np.zeros(months), np.cumsum(gain * news)[:-months]])


def test_a_response_that_is_there_is_recovered_month_by_month():
    random = np.random.default_rng(1)
    news = 0.1 * random.standard_normal(2000)
    found = project(after(news, -0.6) + walk(random, 0.01, 2000), news)

    assert found.after == pytest.approx([0, -0.6, -0.6, -0.6, -0.6, -0.6], abs=0.12)
    assert found.mean == pytest.approx(found.after.mean())
    assert found.t < -5
    assert (found.errors > 0).all()


def test_a_planted_third_stands_out_from_placebos():
    random = np.random.default_rng(2)
    news = 0.1 * random.standard_normal(MONTHS)
    found = pressure_of(NAMES, after(news, -0.6) + walk(random), news, thirds(random))

    assert found.p_value == pytest.approx(1 / 25)
    assert "C turned cooler toward A, A and B were warmer" in found.sentence
    assert found.sentence.endswith("An association, no cause.")


def test_a_third_that_says_nothing_is_taken_for_pressure_once_in_twenty_times():
    wrong = 0
    for seed in range(60):
        random = np.random.default_rng(1000 + seed)
        news, others = thirds(random, 1)["P00"], thirds(random, 19)
        wrong += pressure_of(NAMES, walk(random), news, others).p_value <= 0.05

    assert 0 < wrong / 60 <= 0.1


def test_what_moves_all_in_one_month_is_no_pressure():
    random = np.random.default_rng(3)
    shared = 0.1 * random.standard_normal(MONTHS)
    found = project(np.cumsum(shared) + walk(random, 0.02), shared + 0.02 * random.standard_normal(MONTHS))

    assert abs(found.t) < 2


def test_few_placebos_allow_no_judgement():
    random = np.random.default_rng(4)
    found = pressure_of(NAMES, walk(random), thirds(random)["P00"], thirds(random, 5))

    assert found.p_value is None
    assert "5 placebo thirds are too few" in found.sentence


def test_the_three_states_and_silent_ones_are_no_placebos():
    random = np.random.default_rng(5)
    others = {**thirds(random, 3), "B": walk(random), "C": walk(random), "S": np.zeros(MONTHS)}

    assert sorted(pressure_of(NAMES, walk(random), thirds(random)["P01"], others).placebos) == ["P00", "P01", "P02"]


@pytest.mark.parametrize(
    ("line", "news", "message"),
    [
        (np.zeros(40), np.zeros(40), "36 after lags"),
        (np.zeros(90), np.zeros(80), "as many of both"),
        (np.zeros(90), np.zeros(90), "never changes"),
    ],
    ids=["too short", "lengths differ", "no news"],
)
def test_what_cannot_be_told_is_refused(line, news, message):
    with pytest.raises(DataError, match=message):
        project(line, news)


def rows():
    kinds = ("AID", "ACCUSE", "CONSULT", "THREATEN", "AGREE")
    pairs = (("C", "A"), ("A", "B"), ("B", "A"), ("D", "A"))
    random = np.random.default_rng(6)
    return [(a, b, month, kinds[random.integers(5)]) for month in range(60) for a, b in pairs]


def test_records_are_measured_in_both_ways():
    table = reports(*rows())
    pooled, directed = survey(table), survey(table, Rules(directed=True))
    found = pressure_in(pooled, directed, NAMES)

    assert found.response.mean == project(pooled.fit("A", "B").now, news_of(directed.fit("C", "A"))).mean
    assert list(found.placebos) == ["D"]
    assert len(found.records) == 180
    assert "Status actual only." in found.rules


def test_counts_of_another_direction_or_time_are_refused():
    table = reports(*rows())

    with pytest.raises(DataError, match="the line is pooled"):
        pressure_in(survey(table), survey(table), NAMES)
    with pytest.raises(DataError, match="begin and end together"):
        pressure_in(survey(table), survey(table, Rules(directed=True), last=50), NAMES)


def test_a_silent_month_is_no_news():
    table = reports(("C", "A", 0, "AID"), ("C", "A", 9, "AID"))

    assert (news_of(survey(table, Rules(directed=True)).fit("C", "A"))[1:9] == 0).all()
