"""The index of a pair and what stands beside it: turning points, drivers, gaps, scenarios."""

import numpy as np
import pytest

from detente.errors import DataError
from detente.measure.comparison import asymmetry, between_sources, by_source, words_and_deeds
from detente.measure.drivers import explain_move
from detente.measure.index import index_of, survey
from detente.measure.reports import event_types
from detente.measure.rules import METHOD_VERSION, Rules
from detente.measure.scenario import joined, what_if, without
from detente.measure.synthetic import make_world
from measure.make import reports

WORLD, TRUTH = make_world("main", 3, pairs=16, months=120)
KNOWN = survey(WORLD, first=0, last=119)
BUSY = int(np.argmax(np.where(TRUTH.moves, TRUTH.rate, 0)))
PAIR = f"P{BUSY:05}A", f"P{BUSY:05}B"
INDEX = index_of(KNOWN, *PAIR)


def months(a, b, kinds, **given):
    return [(a, b, month, kind, given) for month, told in enumerate(kinds) for kind in told]


def test_every_figure_leads_back_to_records_rules_and_method():
    assert INDEX.method == METHOD_VERSION
    assert INDEX.rules == Rules().described()
    assert len(INDEX.records) > 100
    assert {record for point in INDEX.turning_points for one in point.drivers for record in one.records} <= set(
        INDEX.records
    )
    assert all(point.drivers for point in INDEX.turning_points if point.channel == "warmth")


def test_the_line_lies_in_its_interval():
    for line in (INDEX.history, INDEX.now):
        assert ((line.low < line.value) & (line.value < line.high)).all()


def test_contributions_add_up_to_the_move():
    pair = KNOWN.place(*PAIR)
    for start, end in ((5, 115), (40, 60), (0, 119)):
        move = explain_move(KNOWN.stories, pair, INDEX.fit, start=start, end=end)
        total = move.by_world + sum(one.points for one in move.drivers)

        assert total == pytest.approx(move.total, abs=0.01 + 0.05 * abs(move.total))
        assert move.total == pytest.approx(INDEX.history.value[end] - INDEX.history.value[start])


def test_the_story_that_came_drives_the_move():
    peace = [["CONSULT"] * 4] * 24 + [["CONSULT"] * 4 + ["ASSAULT"]] + [["CONSULT"] * 4] * 5
    table = reports(*months("A", "B", peace), *months("A", "C", [["CONSULT", "SUPPORT", "ACCUSE"]] * 30))
    known = survey(table)
    move = explain_move(known.stories, known.place("A", "B"), known.fit("A", "B"), start=12, end=24)
    first = move.top(1)[0]

    assert move.total < 0
    assert known.stories.type[first.row] == event_types().index("ASSAULT")


def test_too_little_is_too_thin_to_say():
    told = survey(reports(*months("A", "B", [["CONSULT"], ["ASSAULT"]] * 12)))
    index = index_of(told, "B", "A")

    assert index.verdict == "too thin to say"
    assert index.turning_points is None


def test_between_three_and_twenty_reports_a_month_a_warning_stands():
    assert index_of(survey(reports(*months("A", "B", [["CONSULT"] * 5] * 8))), "A", "B").verdict == "read with care"


def test_a_pair_of_which_nothing_is_told_is_refused():
    with pytest.raises(DataError, match="Nothing told of A and D"):
        survey(reports(("A", "B", 1, "AID"))).fit("A", "D")


def test_gaps_in_what_is_told_are_listed():
    told = survey(reports(("A", "B", 1, "AID"), ("A", "B", 9, "AID"), ("C", "D", 12, "AID")))

    assert index_of(told, "A", "B").coverage.gaps == ((2, 7), (10, 3))


def test_planted_asymmetry_is_recovered_and_turns_with_the_sides():
    table = reports(
        *months("A", "B", [["SUPPORT", "AID", "CONSULT"]] * 36),
        *months("B", "A", [["ACCUSE", "REJECT", "CONSULT"]] * 36),
        *months("C", "D", [["CONSULT", "ACCUSE"]] * 36),
    )
    one, other = asymmetry(table, "A", "B"), asymmetry(table, "B", "A")

    assert one.line.value.min() > 1
    assert one.clear.all()
    assert np.allclose(one.line.value, -other.line.value)


def test_words_and_deeds_of_opposite_sign_show_a_gap():
    table = reports(
        *months("A", "B", [["SUPPORT", "SUPPORT", "ASSAULT", "COERCE"]] * 36),
        *months("C", "D", [["CONSULT", "ACCUSE", "AID", "SANCTION"]] * 36),
    )

    assert words_and_deeds(table, "A", "B").line.value.min() > 0.5


def test_a_shift_of_one_class_of_sources_is_no_gap_of_the_pair():
    names = [f"S{number:02}" for number in range(40)]
    pairs = list(zip(names[::2], names[1::2], strict=True))
    told = {"x": [["CONSULT", "SUPPORT", "ACCUSE"]] * 24, "y": [["CONSULT", "ACCUSE", "ACCUSE"]] * 24}
    rows = [one for source, kinds in told.items() for pair in pairs for one in months(*pair, kinds, source=source)]
    table = reports(*rows, names=names, sources=("x", "y"))

    assert set(by_source(table, *pairs[0])) == {"x", "y"}
    assert np.abs(between_sources(table, *pairs[0], "x", "y").line.value).max() < 0.3


def test_a_scenario_is_marked_and_dropping_what_was_added_is_no_change():
    extra = reports(("A", "B", 5, "ASSAULT", {"story": 900}), names=("A", "B"))
    extra = without(joined(reports(("A", "B", 5, "ASSAULT", {"story": 901})), extra), [])
    table = reports(*months("A", "B", [["CONSULT"]] * 12), *months("C", "D", [["CONSULT", "ACCUSE"]] * 12))
    scenario = what_if(table, joined(table, extra), "A", "B", label="an attack in June")

    assert scenario.label == "scenario: an attack in June"
    assert scenario.difference[5] < 0
    assert np.allclose(what_if(table, table, "A", "B", label="none").difference, 0)


def test_a_scenario_without_a_record_that_is_not_there_is_refused():
    with pytest.raises(DataError, match="Unknown record 'ev-9'"):
        without(reports(("A", "B", 1, "AID")), ["ev-9"])


def test_a_hundred_proposals_move_nothing():
    rows = months("A", "B", [["CONSULT", "ACCUSE"]] * 24)
    more = [("A", "B", 20, "COOPERATE", {"status": "proposed"})] * 100
    told, proposed = (survey(reports(*given), first=0, last=23).fit("A", "B") for given in (rows, rows + more))

    assert np.array_equal(told.history, proposed.history)
