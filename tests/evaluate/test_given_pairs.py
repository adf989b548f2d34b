"""The encoder's choice where both sides are given."""

import numpy as np
import pytest

from detente.evaluate.given_pairs import marked_sentence, score_given
from detente.evaluate.items import Span
from detente.evaluate.marked_pairs import MarkedPair, MarkedRow, roots


def row(root, quad):
    return MarkedRow("1", "Peru sued Chile.", (MarkedPair((Span(0, 4),), (Span(10, 15),)),), root, quad)


def scored(*rows_and_chances):
    rows, chances = zip(*rows_and_chances, strict=True)
    return score_given(rows, [np.array([one.get(name, 0.0) for name in roots()]) for one in chances])


def test_the_quad_is_summed_over_roots_and_also_that_of_the_best_root():
    scores = scored((row("AID", 2), {"YIELD": 0.3, "AID": 0.29, "ASSAULT": 0.41}))

    assert scores.chosen == ("ASSAULT",)
    assert scores.figures["quad accuracy"].value == 1
    assert scores.figures["quad of the best root accuracy"].value == 0
    assert scores.figures["binary accuracy"].value == 1


def test_macro_f1_is_the_mean_over_the_classes_that_occur():
    aid, accuse = {"AID": 1}, {"ACCUSE": 1}
    scores = scored((row("AID", 2), aid), (row("AID", 2), accuse), (row("ACCUSE", 3), accuse))

    assert scores.figures["root macro-F1"].value == pytest.approx(2 / 3)
    assert scores.roots["AID"].recall == 0.5
    assert scores.roots["AID"].mistaken_for == {"ACCUSE": 1}
    assert scores.roots["CONSULT"].f1 is None


def test_of_several_marks_the_first_is_asked_about_and_a_missing_one_stays_missing():
    pair = MarkedPair((Span(0, 4), Span(10, 15)), ())

    asked = marked_sentence(MarkedRow("1", "Peru sued Chile.", (pair,), "ACCUSE", 3))

    assert (asked.source, asked.target) == ((0, 4), None)
