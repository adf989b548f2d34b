"""The stance and membership lexicons: their files validate, and broken entries are refused with a remedy."""

from __future__ import annotations

from typing import Any

import pytest

from detente.codebook.codebook import read_data
from detente.codebook.membership_lexicon import build_membership_lexicon, load_membership_lexicon
from detente.codebook.stance_lexicon import build_stance_lexicon, load_stance_lexicon
from detente.errors import DataError


def test_words_have_their_plural_and_british_spelling() -> None:
    lexicon = load_stance_lexicon()

    assert lexicon.relation_nouns["tensions"] == lexicon.relation_nouns["tension"] < 0
    assert "criticise" in lexicon.verbs
    assert "normalise" in lexicon.turn_verbs


def test_no_relation_word_is_both_good_and_bad() -> None:
    data = read_data("stances.yaml")

    for table in ("relation_nouns", "qualities"):
        words = [word for listed in data[table].values() for word in set(listed)]
        assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("verbs", {"lemmas": ["like"], "valence": 2, "object": ["object"]}),
        ("verbs", {"lemmas": ["like"], "valence": 0.5, "target": ["object"]}),
        ("verbs", {"lemmas": [], "valence": 0.5, "object": ["object"]}),
        ("idioms", {"verbs": ["take"], "nouns": ["issue"], "valence": -0.5, "objects": ["with"]}),
        ("pair_predicates", {"verbs": ["drift"], "with": ["apart"], "valence": -0.5, "trend": "falling"}),
        ("pair_conditions", {"nouns": ["odds"], "valence": True}),
    ],
    ids=["valence", "key", "words", "idiom", "trend", "type"],
)
def test_a_broken_stance_entry_is_refused(table: str, row: dict[str, Any]) -> None:
    data = {**read_data("stances.yaml"), table: [row]}

    with pytest.raises(DataError, match=r"stances\.yaml"):
        build_stance_lexicon(data)


def test_a_missing_table_is_named() -> None:
    data = {key: value for key, value in read_data("stances.yaml").items() if key != "qualities"}

    with pytest.raises(DataError, match="qualities"):
        build_stance_lexicon(data)


@pytest.mark.parametrize(
    "row",
    [
        {"lemmas": ["join"], "status": "memeber", "organisation": ["object"]},
        {"lemmas": ["join"], "status": "member", "organization": ["object"]},
        {"lemmas": ["join"], "status": "member", "organisation": []},
    ],
    ids=["status", "key", "places"],
)
def test_a_broken_membership_entry_is_refused(row: dict[str, Any]) -> None:
    data = {**read_data("memberships.yaml"), "verbs": [row]}

    with pytest.raises(DataError, match=r"memberships\.yaml"):
        build_membership_lexicon(data)


def test_membership_verbs_carry_their_status() -> None:
    verbs = load_membership_lexicon().verbs

    assert (verbs["join"].status, verbs["leave"].status) == ("member", "withdrawn")
    assert verbs["admit"].patient
