"""Marked pairs against what was coded: what joins a pair, what counts as found, why a pair was missed."""

import pytest

import make
from detente.evaluate.items import Span
from detente.evaluate.joined_pairs import CodedRow, code_rows, place_spans_of, score_rows
from detente.evaluate.marked_pairs import MarkedPair, MarkedRow

TEXT = "Peru sued Chile, and Chile expelled envoys in Lima."


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def row(source="Peru", target="Chile", root="ACCUSE", quad=3, **fields):
    pair = MarkedPair(*((span(words),) if words else () for words in (source, target)), **fields)
    return MarkedRow("1", TEXT, (pair,), root, quad)


class StubCoder:
    """Gives each document the same mentions and events."""

    def __init__(self, *events, mentions=(("Peru", "PER"), ("Chile", "CHL"))):
        self.events, self.mentions = events, mentions

    def pipe(self, documents):
        for document in documents:
            events = (make.event(TEXT, "sued", of=document, **{"status": "actual", **one}) for one in self.events)
            mentions = (make.mention(words, of=document, entity_id=one) for words, one in self.mentions)
            yield make.coded(document, events=tuple(events), mentions=tuple(mentions))


def coded(one_row, *events, places=(), **stub) -> CodedRow:
    return next(code_rows(StubCoder(*events, **stub), [one_row], lambda _: places))


def event(type_="ACCUSE", actors=("PER",), recipients=("CHL",), **fields):
    return {"type": type_, "actors": actors, "recipients": recipients, **fields}


def found(*coded_rows):
    scores = score_rows(coded_rows)
    return {level: figure.value for level, figure in scores.recall.items()}


@pytest.mark.parametrize(
    ("act", "levels"),
    [
        (event(), (1, 1, 1, 1)),
        (event("REJECT"), (0, 1, 1, 1)),
        (event("AID"), (0, 0, 1, 1)),
        (event(actors=("CHL",), recipients=("PER",)), (0, 0, 0, 1)),
        (event("CONSULT", actors=("CHL", "PER"), recipients=()), (0, 0, 1, 1)),
        (event(recipients=("CHL:GOV",)), (0, 0, 0, 0)),
        (event(status="negated"), (0, 0, 0, 0)),
        (event(recipients=("PER",)), (0, 0, 0, 0)),
    ],
    ids=["right", "root wrong", "quad wrong", "reversed", "mutual", "other side", "negated", "one side twice"],
)
def test_a_pair_is_found_as_far_as_sides_and_type_agree(act, levels):
    assert tuple(found(coded(row(), act)).values()) == levels


def test_either_type_of_yield_will_do():
    assert found(coded(row(root="YIELD", quad=2), event("CONCEDE")))["root"] == 1


def test_a_side_may_stand_where_a_place_of_its_country_does():
    where = row(target="Lima")
    act = event(recipients=("XPL",))

    assert found(coded(where, act))["root"] == 0
    assert found(coded(where, act, places=[("XPL", span("Lima"))]))["root"] == 1


def test_any_of_several_marks_for_one_side_will_do():
    twice = MarkedPair((span("envoys"), span("Peru")), (span("Chile"),))

    assert found(coded(MarkedRow("1", TEXT, (twice,), "ACCUSE", 3), event()))["root"] == 1


def test_a_mutual_pair_is_found_in_either_order_and_within_one_mark():
    backwards = event("CONSULT", actors=("CHL",), recipients=("PER",))
    one_mark = MarkedPair((span("Peru sued Chile"),), (span("Peru sued Chile"),), is_mutual=True)

    assert found(coded(row(root=None, quad=1, is_mutual=True), backwards))["quad"] == 1
    assert found(coded(MarkedRow("1", TEXT, (one_mark,), None, 1), backwards))["quad"] == 1


def test_precision_is_of_the_events_that_join_touch_or_are_there():
    acts = [event(), event("AID"), event("AID", recipients=("UNK",)), event("AID", actors=("UNK",), recipients=())]
    scores = score_rows([coded(row(), *acts)])

    assert {scope: figure.value for scope, figure in scores.precision["root"].items()} == {
        "join": 1 / 2,
        "touch": 1 / 3,
        "all": 1 / 4,
    }
    assert scores.f1["root"]["join"].value == pytest.approx(2 / 3)


def test_an_event_on_a_neutral_pair_is_false_unless_cameo_has_it_there():
    neutral = row(root=None, quad=0)
    scores = score_rows([coded(neutral, event("SUPPORT")), coded(neutral, event("REQUEST"))])

    assert scores.counts["pairs asked for"] == 0
    assert scores.recall["class"].value is None
    assert scores.precision["quad"]["join"].value == 0
    assert scores.precision["class"]["join"].value == 0.5


def test_a_pair_with_an_unmarked_side_is_counted_and_left_out():
    scores = score_rows([coded(row(target=None), event())])

    assert scores.counts["pairs with an unmarked side, left out"] == 1
    assert (scores.counts["pairs asked for"], scores.misses) == (0, ())


@pytest.mark.parametrize(
    ("one_row", "acts", "reason"),
    [
        (row(source="envoys"), [], "no mention of the source"),
        (row(target="envoys"), [], "no mention of the target"),
        (row(source="Lima", target="envoys"), [], "no mention of either"),
        (row(), [], "both mentioned, no event"),
        (row(), [event(recipients=("UNK",))], "both mentioned, events between others"),
        (row(), [event("REJECT")], "joined, another root or quad"),
        (row(), [event(actors=("CHL",), recipients=("PER",))], "joined, the other way round"),
    ],
)
def test_a_miss_has_a_reason(one_row, acts, reason):
    scores = score_rows([coded(one_row, *acts)])

    assert [miss.reason for miss in scores.misses] == [reason]
    assert scores.reasons[reason] == 1


def test_no_rows_give_no_figures():
    assert score_rows([]).recall["quad"].value is None


@pytest.mark.model
def test_a_raw_sentence_is_coded_and_its_pair_found(coder):
    text = "Brazil condemned Angola on Tuesday."
    pair = MarkedPair((Span(0, 6),), (Span(17, 23),))
    rows = [MarkedRow("1", text, (pair,), "ACCUSE", 3)]

    assert found(*code_rows(coder, rows, place_spans_of(coder)))["root"] == 1


@pytest.mark.model
def test_places_are_found_with_their_country(coder):
    text = "Kenyan troops fought near Mogadishu."

    assert ("SOM", Span(26, 35)) in place_spans_of(coder)(make.document(text))
