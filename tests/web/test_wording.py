"""What is no fact says so, whatever else is told of it."""

from __future__ import annotations

import pytest

import make
from detente.records import Attribution
from detente.web.wording import STANDINGS, cards_of, standing_of


@pytest.mark.parametrize("status", ["future", "hypothetical", "proposed", "negated"])
@pytest.mark.parametrize("sources", [(), ("tass",)])
def test_what_is_not_done_is_no_fact_whoever_tells_it(status, sources):
    event = make.event(status=status, attribution=Attribution(sources))

    assert standing_of(event) == status


def test_an_act_that_only_a_source_tells_is_claimed():
    assert standing_of(make.event(status="actual", attribution=Attribution(("tass",)))) == "claimed"


def test_a_claim_that_the_author_adopts_is_told_by_the_text():
    adopted = Attribution(("tass",), endorsed=True)

    assert standing_of(make.event(status="actual", attribution=adopted)) == "fact"


def test_what_a_speaker_denies_is_denied():
    assert standing_of(make.statement(denied=True)) == "negated"


def test_the_words_of_a_speaker_are_said_and_no_fact():
    (card,) = cards_of(make.coded(statements=(make.statement(),)))

    assert card.standing == "said"
    assert not card.is_fact


def test_a_card_keeps_the_evidence_whole():
    (card,) = cards_of(make.coded(events=(make.event(),)))

    assert (card.before, card.trigger, card.after) == ("Musharraf ", "visited", " Moscow")


def test_a_card_names_who_vouches_nearest_first():
    event = make.event(attribution=Attribution(("vladimir-kozin", "tass")))
    (card,) = cards_of(make.coded(entities=(make.kozin(),), events=(event,)))

    assert [side.id for side in card.chain] == ["vladimir-kozin", "tass"]


def test_every_standing_but_two_says_that_it_is_no_fact():
    assert {key for key in STANDINGS if key not in ("fact", "historical")} == {
        "claimed",
        "future",
        "proposed",
        "hypothetical",
        "negated",
        "said",
    }
