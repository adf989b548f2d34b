"""The evaluator: what counts as found, and how well attributes agree."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DataError
from detente.evaluate import Score, match, read_article, score
from detente.evaluate.items import Span

EVENT = {
    "id": "e1",
    "actor": ["USA"],
    "recipient": ["PAK"],
    "type": ["COERCE", "REQUEST"],
    "mode": [],
    "status": "actual",
    "date": None,
    "place": None,
    "attribution": [],
    "endorsed": None,
    "evidence": [100, 200],
}
STANCE = {
    "id": "s1",
    "holder": "PAK",
    "object": "RUS",
    "mutual": False,
    "valence": 0.5,
    "trend": "warming",
    "attribution": [],
    "evidence": [0, 30],
}
MEMBERSHIP = {"id": "m1", "member": "PAK", "org": "SCO", "status": "observer", "from": "2005", "evidence": [0, 9]}
STATEMENT = {"id": "q1", "speaker": "kozin", "cue": [0, 9], "content": [10, 110], "direct": False, "endorsed": None}
ENTITIES = {"kozin": {"country": "RUS"}, "isil": {"aliases": ["daesh"]}}


def scored(gold, predicted, kind="events", entities=ENTITIES):
    """Score one article that holds the given records of one kind."""
    pair = [
        read_article({"id": "a", "entities": entities, kind: copy.deepcopy(records)}) for records in (gold, predicted)
    ]
    return score([tuple(pair)])


def event(**fields):
    return {**EVENT, "type": "COERCE", **fields}


def found(scores, kind="event"):
    one = scores.kinds[kind]
    return one.found, one.invented, one.missed


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, (1, 0, 0)),
        ({"type": "REQUEST"}, (1, 0, 0)),
        ({"type": "AID"}, (0, 1, 1)),
        ({"type": "NONSENSE"}, (0, 1, 1)),
        ({"actor": ["USA:GOV"]}, (1, 0, 0)),
        ({"actor": ["CHN"]}, (0, 1, 1)),
        ({"recipient": ["IND", "PAK:MIL"]}, (1, 0, 0)),
        ({"recipient": []}, (0, 1, 1)),
        ({"actor": ["PAK"], "recipient": ["USA"]}, (0, 1, 1)),
        ({"evidence": [170, 300]}, (1, 0, 0)),
        ({"evidence": [171, 300]}, (0, 1, 1)),
        ({"evidence": [400, 500]}, (0, 1, 1)),
    ],
)
def test_an_event_counts_with_its_type_both_sides_and_30_percent_of_the_evidence(fields, expected):
    assert found(scored([EVENT], [event(**fields)])) == expected


def test_an_event_may_be_found_in_a_further_telling():
    gold = {**EVENT, "also": [[500, 600]]}

    assert found(scored([gold], [event(evidence=[510, 590])])) == (1, 0, 0)


@pytest.mark.parametrize(
    ("actors", "recipients", "expected"),
    [
        (["USA", "PAK"], [], (1, 0, 0)),
        (["USA"], ["PAK"], (1, 0, 0)),
        (["PAK"], ["USA"], (1, 0, 0)),
        (["USA"], [], (1, 0, 0)),
        (["USA"], ["CHN"], (0, 1, 1)),
        (["CHN"], [], (0, 1, 1)),
    ],
)
def test_a_reciprocal_event_may_name_the_others_as_recipients(actors, recipients, expected):
    gold = {**EVENT, "actor": ["USA", "PAK"], "recipient": []}

    assert found(scored([gold], [event(actor=actors, recipient=recipients)])) == expected


def test_an_event_on_nobody_named_accepts_any_recipient():
    gold = {**EVENT, "recipient": []}

    assert found(scored([gold], [event(recipient=["CHN"])])) == (1, 0, 0)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"type": "ASSAULT"}, (1, 0, 0)),
        ({"type": "THREATEN"}, (1, 0, 0)),
        ({"type": "AID"}, (0, 1, 1)),
        ({"actor": ["CHN"]}, (1, 0, 0)),
        ({"actor": ["CHN"], "recipient": ["IND"]}, (0, 1, 1)),
    ],
)
def test_the_quad_score_asks_for_the_class_and_one_side(fields, expected):
    assert found(scored([EVENT], [event(**fields)]), "event_quad") == expected


def test_entities_agree_at_country_level_and_by_alias():
    gold = {**EVENT, "actor": ["kozin"], "recipient": ["isil"]}

    assert found(scored([gold], [event(actor=["RUS:GOV"], recipient=["daesh"])])) == (1, 0, 0)


def test_debatable_gold_is_neither_found_nor_missed():
    gold = {**EVENT, "required": False}

    assert found(scored([gold], [event()])) == (0, 0, 0)
    assert found(scored([gold], [])) == (0, 0, 0)


def test_nothing_counts_twice():
    assert found(scored([EVENT], [event(), event()])) == (1, 1, 0)
    assert found(scored([EVENT, EVENT], [event()])) == (1, 0, 1)


@pytest.mark.parametrize(
    ("gold", "predicted", "name", "expected"),
    [
        ({"status": "historical"}, {"status": "actual"}, "status", (0, 1)),
        ({"date": "2005-10"}, {"date": "2005-10-26"}, "date", (1, 1)),
        ({"date": "2005-10-26"}, {"date": "2005"}, "date", (1, 1)),
        ({"date": "2005-10-26"}, {"date": None}, "date", (0, 1)),
        ({"date": "2005-10-26"}, {"date": "20"}, "date", (0, 1)),
        ({"date": "2005/.."}, {"date": "2005-03/2006"}, "date", (1, 1)),
        ({"date": "2005-03/.."}, {"date": "2005"}, "date", (0, 1)),
        ({"date": None}, {"date": "2005"}, "date", None),
        ({"place": "Moscow, RUS"}, {"place": "central Moscow"}, "place", (1, 1)),
        ({"place": "Moscow, RUS"}, {"place": None}, "place", (0, 1)),
        ({"mode": ["visit"]}, {"mode": ["visit", "meet"]}, "mode", (1, 1)),
        ({"mode": ["visit"]}, {"mode": []}, "mode", (0, 1)),
        ({"mode": []}, {"mode": ["visit"]}, "mode", None),
        ({"attribution": ["kozin"]}, {"attribution": ["RUS"]}, "attribution", (1, 1)),
        ({"attribution": ["kozin"]}, {"attribution": []}, "attribution", (0, 1)),
        ({"attribution": []}, {"attribution": ["kozin"]}, "attribution", (0, 1)),
    ],
)
def test_attributes_are_compared_on_matched_events(gold, predicted, name, expected):
    scores = scored([{**EVENT, **gold}], [event(**predicted)])

    assert scores.kinds["event"].attributes.get(name) == expected


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ({}, {}, (1, 0, 0)),
        ({}, {"valence": 1.0}, (1, 0, 0)),
        ({}, {"valence": 0}, (0, 1, 1)),
        ({}, {"valence": -0.5}, (0, 1, 1)),
        ({}, {"holder": "RUS", "object": "PAK"}, (0, 1, 1)),
        ({"mutual": True}, {"holder": "RUS", "object": "PAK"}, (1, 0, 0)),
        ({"mutual": True}, {"holder": "RUS", "object": "RUS"}, (0, 1, 1)),
        ({}, {"evidence": [40, 50]}, (0, 1, 1)),
    ],
)
def test_a_stance_counts_with_its_sign_and_both_sides(gold, predicted, expected):
    assert found(scored([{**STANCE, **gold}], [{**STANCE, **predicted}], "stances"), "stance") == expected


@pytest.mark.parametrize(
    ("predicted", "expected"),
    [
        ({"evidence": [500, 600]}, (1, 0, 0)),
        ({"member": "PAK:GOV"}, (1, 0, 0)),
        ({"status": "member"}, (0, 1, 1)),
        ({"org": "NATO"}, (0, 1, 1)),
    ],
)
def test_a_membership_counts_wherever_it_is_told(predicted, expected):
    assert found(scored([MEMBERSHIP], [{**MEMBERSHIP, **predicted}], "memberships"), "membership") == expected


@pytest.mark.parametrize(
    ("predicted", "expected"),
    [
        ({"content": [60, 160]}, (1, 0, 0)),
        ({"content": [61, 161]}, (0, 1, 1)),
        ({"speaker": "RUS"}, (1, 0, 0)),
        ({"speaker": "USA"}, (0, 1, 1)),
    ],
)
def test_a_statement_counts_with_its_speaker_and_half_of_the_content(predicted, expected):
    assert found(scored([STATEMENT], [{**STATEMENT, **predicted}], "statements"), "statement") == expected


def test_endorsement_is_compared_only_where_gold_has_it():
    endorsed = {**STATEMENT, "endorsed": True}

    assert "endorsed" not in scored([STATEMENT], [endorsed], "statements").kinds["statement"].attributes
    assert scored([endorsed], [STATEMENT], "statements").kinds["statement"].attributes["endorsed"] == (0, 1)


def test_the_best_pair_is_matched_first():
    matching = match([1, 2], [10, 20], lambda g, p: {(1, 10): 0.5, (1, 20): 0.9, (2, 20): 0.8}.get((g, p), 0))

    assert matching.matched == ((1, 20),)
    assert (matching.missed, matching.extra) == ((2,), (10,))


@given(st.lists(st.integers(0, 5), max_size=6), st.lists(st.integers(0, 5), max_size=6))
def test_matching_loses_and_doubles_nothing(gold, predictions):
    matching = match(gold, predictions, lambda g, p: float(abs(g - p) < 2))

    assert sorted([g for g, _ in matching.matched] + list(matching.missed)) == sorted(gold)
    assert sorted([p for _, p in matching.matched] + list(matching.extra)) == sorted(predictions)


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_overlap_is_symmetric_and_at_most_one(start, length, other_start, other_length):
    one, other = Span(start, start + length), Span(other_start, other_start + other_length)

    assert one.overlap(other) == other.overlap(one) <= 1


def test_counts_are_summed_over_articles():
    one = read_article({"id": "a", "events": [EVENT]})
    nothing = read_article({"id": "a"})

    scores = score([(one, one), (one, nothing), (nothing, one)])

    assert found(scores) == (1, 1, 1)
    assert scores.to_json()["event"]["precision"] == 0.5
    assert scores.to_json()["event"]["status"] == [1.0, 1]


def test_event_types_add_up_to_all_events():
    scores = scored([EVENT, {**EVENT, "evidence": [300, 400]}], [event(type="REQUEST"), event(type="AID")])

    assert scores.event_types == {"AID": Score(invented=1), "COERCE": Score(missed=1), "REQUEST": Score(found=1)}


def test_differences_name_what_was_missed_and_invented():
    scores = scored([EVENT], [event(id="p1", type="AID")])

    assert [(one.missed, one.item.id) for one in scores.differences] == [(True, "e1"), (False, "p1")]


def test_a_score_without_records_is_zero_and_not_an_error():
    assert Score().to_json() == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "tp": 0, "fp": 0, "fn": 0}


def test_a_record_without_evidence_is_refused_by_name():
    with pytest.raises(DataError, match=r"'e1' in events of 'a'"):
        read_article({"id": "a", "events": [{"id": "e1", "type": "AID"}]})
