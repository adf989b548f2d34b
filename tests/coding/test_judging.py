"""How the lexicon's word and the encoder's are joined, with an encoder that answers what the test says."""

import pytest

from detente.coding.events import code_events
from detente.coding.judging import best_mode, sure_type
from detente.encoder.encoder import Judgement
from detente.encoder.marked import MarkedSentence

TYPES = ("NONE", "CONSULT", "ACCUSE", "AID", "SANCTION")


def _judgement(modes: dict[str, float] | None = None, **types: float) -> Judgement:
    rest = (1 - sum(types.values())) / (len(TYPES) - len(types))
    return Judgement({name: types.get(name, rest) for name in TYPES}, modes or {}, {})


class Oracle:
    """Answers by the words of source and target; NONE for every other pair."""

    def __init__(self, answers: dict[tuple[str, str], Judgement]) -> None:
        self.answers = answers

    def ask(self, sentences: list[MarkedSentence]) -> list[Judgement]:
        return [self.answers.get(_sides(one), _judgement(NONE=0.99)) for one in sentences]


def _sides(one: MarkedSentence) -> tuple[str, str]:
    return tuple("" if span is None else one.text[span[0] : span[1]] for span in (one.source, one.target))


def test_a_pair_without_an_entry_needs_a_sure_encoder() -> None:
    assert sure_type(_judgement(SANCTION=0.85), least=0.8) == "SANCTION"
    assert sure_type(_judgement(SANCTION=0.75), least=0.8) is None
    assert sure_type(_judgement(NONE=0.99), least=0.8) is None


def test_a_mode_is_taken_where_it_is_likely_among_all() -> None:
    modes = {"CONSULT/visit": 0.6, "CONSULT/phone": 0.15, "SANCTION/expel": 0.25}
    assert best_mode(_judgement(modes), "CONSULT") == "visit"
    assert best_mode(_judgement(modes), "SANCTION") is None
    assert best_mode(_judgement(modes), "AID") is None


@pytest.mark.model
def test_a_pair_that_no_entry_joins_becomes_an_act_of_the_encoder(read) -> None:
    reading = read("Peru has gone out of its way for Bolivia.")
    assert code_events(reading) == []
    events = code_events(reading, Oracle({("Peru", "Bolivia"): _judgement(AID=0.99)}))
    assert [(e.type, e.actors, e.recipients) for e in events] == [("AID", ("PER",), ("BOL",))]
    assert "encoder AID 0.99" in events[0].coded_by


@pytest.mark.model
def test_two_directions_of_a_meeting_are_one_event_of_both(read) -> None:
    reading = read("Peru and Bolivia spent a day in the same room.")
    answers = {pair: _judgement(CONSULT=0.99) for pair in (("Peru", "Bolivia"), ("Bolivia", "Peru"))}
    events = code_events(reading, Oracle(answers))
    assert [(set(e.actors), e.recipients) for e in events] == [({"PER", "BOL"}, ())]


@pytest.mark.model
def test_targets_of_one_actor_are_joined(read) -> None:
    reading = read("Peru has gone out of its way for Bolivia and for Chile.")
    answers = {("Peru", other): _judgement(AID=0.99) for other in ("Bolivia", "Chile")}
    events = code_events(reading, Oracle(answers))
    assert [(e.actors, set(e.recipients)) for e in events] == [(("PER",), {"BOL", "CHL"})]


@pytest.mark.model
def test_what_the_lexicon_tells_is_not_told_twice(read) -> None:
    reading = read("Peru condemned Bolivia in a speech on Chile.")
    answers = {pair: _judgement(ACCUSE=0.99) for pair in (("Peru", "Bolivia"), ("Peru", "Chile"))}
    events = code_events(reading, Oracle(answers))
    assert [(e.type, e.recipients) for e in events] == [("ACCUSE", ("BOL",))]


@pytest.mark.model
def test_the_type_that_the_lexicon_names_stays(read) -> None:
    reading = read("Peru condemned Bolivia on Monday.")
    events = code_events(reading, Oracle({("Peru", "Bolivia"): _judgement(AID=0.99)}))
    assert [e.type for e in events] == ["ACCUSE"]
