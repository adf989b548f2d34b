"""The encoder's choice where both sides are given."""

import numpy as np
import pytest

from detente.encoder.encoder import NONE
from detente.evaluate.given_pairs import marked_sentence, score_given
from detente.evaluate.items import Span
from detente.evaluate.marked_pairs import MarkedPair, MarkedRow

TYPES = (NONE, "CONCEDE", "RETREAT", "AID", "ACCUSE", "ASSAULT")


def row(root, quad):
    return MarkedRow("1", "Peru sued Chile.", (MarkedPair((Span(0, 4),), (Span(10, 15),)),), root, quad)


def scored(*rows_and_chances):
    rows, chances = zip(*rows_and_chances, strict=True)
    return score_given(rows, TYPES, [np.array(one) for one in chances])


def test_that_there_is_no_act_is_no_choice_and_yield_is_the_sum_of_its_types():
    scores = scored((row("YIELD", 2), [0.4, 0.15, 0.15, 0.2, 0.1, 0.0]))

    assert scores.chosen == ("YIELD",)
    assert scores.figures["root accuracy"].value == 1


def test_the_quad_is_summed_over_types_and_also_that_of_the_best_root():
    scores = scored((row("AID", 2), [0.0, 0.2, 0.1, 0.29, 0.0, 0.41]))

    assert scores.chosen == ("ASSAULT",)
    assert scores.figures["quad accuracy"].value == 1
    assert scores.figures["quad of the best root accuracy"].value == 0
    assert scores.figures["binary accuracy"].value == 1


def test_macro_f1_is_the_mean_over_the_classes_that_occur():
    aid, accuse = [0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 1, 0]
    scores = scored((row("AID", 2), aid), (row("AID", 2), accuse), (row("ACCUSE", 3), accuse))

    assert scores.figures["root macro-F1"].value == pytest.approx(2 / 3)
    assert scores.roots["AID"].recall == 0.5
    assert scores.roots["AID"].mistaken_for == {"ACCUSE": 1}
    assert scores.roots["CONSULT"].f1 is None


def test_of_several_marks_the_first_is_asked_about_and_a_missing_one_stays_missing():
    pair = MarkedPair((Span(0, 4), Span(10, 15)), ())

    asked = marked_sentence(MarkedRow("1", "Peru sued Chile.", (pair,), "ACCUSE", 3))

    assert (asked.source, asked.target) == ((0, 4), None)
