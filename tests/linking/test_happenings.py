"""Reports of one happening are linked across documents, and nothing else is."""

import dataclasses
import random

import pytest

import make
from detente.errors import DataError, RecordError
from detente.interchange import rows
from detente.linking import Corpus, Decisions, happening_to_json, link, load_settings
from detente.records import CodedDocument, Place

FIRST = "On Monday Pakistan's prime minister visited Moscow to sign a gas pipeline contract worth two billion dollars."
SECOND = "Pakistan's leader was visiting Moscow on Monday, where a gas pipeline contract was to be signed."
OTHER = "Pakistan's president praised Russian doctors on Monday for their help after the earthquake in Kashmir."


def told(name: str, text: str, trigger: str = "visited", *, published: str = "2018-03-06", **fields) -> CodedDocument:
    """A document of one sentence with one event in it: Pakistan visits Russia on 5 March 2018."""
    document = make.document(text, id=name, published=published)
    given = {"status": "actual", "date": "2018-03-05", "date_basis": "text", "modes": ("visit",)}
    event = make.event(text.rstrip("."), trigger, document, **{**given, **fields})
    return make.coded(document, entities=(make.entity(), make.entity("RUS", name="Russia")), events=(event,))


def sizes(*coded: CodedDocument, **options) -> list[int]:
    return sorted(len(one.members) for one in link(coded, **options))


def events(*coded: CodedDocument) -> list[str]:
    return [event.id for one in coded for event in one.events]


def test_two_reports_of_one_visit_are_one_happening():
    assert sizes(told("a", FIRST), told("b", SECOND, "visiting")) == [2]


def test_another_act_of_the_same_pair_on_the_same_day_is_another_happening():
    assert sizes(told("a", FIRST), told("b", OTHER, "praised", type="SUPPORT", modes=())) == [1, 1]


@pytest.mark.parametrize("status", ["proposed", "future", "hypothetical", "negated"])
def test_what_happened_never_links_to_what_did_not(status):
    assert sizes(told("a", FIRST), told("b", FIRST, status=status)) == [1, 1]


def test_a_later_article_that_looks_back_links_to_the_report_of_the_day():
    assert sizes(told("a", FIRST), told("b", FIRST, status="historical", published="2018-06")) == [2]


@pytest.mark.parametrize(("day", "expected"), [("2018-03-08", [2]), ("2018-03-09", [1, 1])])
def test_reports_further_apart_than_the_window_are_not_linked(day, expected):
    assert sizes(told("a", FIRST), told("b", FIRST, date=day)) == expected


def test_links_do_not_chain_beyond_the_window():
    days = [f"2018-03-{day:02}" for day in range(1, 13)]

    found = link(told(day, FIRST, date=day) for day in days)

    for one in found:
        known = sorted(report.date for report in one.members)
        assert int(known[-1][-2:]) - int(known[0][-2:]) <= 3
    assert sum(len(one.members) for one in found) == len(days)


@pytest.mark.parametrize(
    "fields",
    [{"recipients": ("IND",)}, {"actors": ("IND",)}, {"type": "ASSAULT", "modes": ()}, {"date": "2018"}],
    ids=["recipient", "actor", "quad class", "whole year"],
)
def test_reports_that_differ_in_substance_are_not_linked(fields):
    assert sizes(told("a", FIRST), told("b", FIRST, **fields)) == [1, 1]


def test_a_promise_does_not_link_to_the_promise_returned():
    one = told("a", FIRST, type="AGREE", modes=())
    same = told("b", SECOND, "visiting", type="AGREE", modes=())
    returned = told("b", SECOND, "visiting", type="AGREE", modes=(), actors=("RUS",), recipients=("PAK",))

    assert sizes(one, same) == [2]
    assert sizes(one, returned) == [1, 1]


def test_a_meeting_told_the_other_way_round_or_with_all_as_actors_links():
    one = told("a", FIRST, modes=())
    turned = told("b", FIRST, modes=(), actors=("RUS",), recipients=("PAK",))
    joint = told("c", FIRST, modes=(), actors=("PAK", "RUS"), recipients=())

    assert sizes(one, turned, joint) == [3]


def test_two_events_of_one_document_stay_apart():
    coded = told("a", FIRST)
    again = dataclasses.replace(coded.events[0], type="AGREE")

    assert sizes(dataclasses.replace(coded, events=(*coded.events, again)), told("b", FIRST)) == [1, 2]


def test_another_place_lowers_the_score():
    def score(place: str) -> float:
        coded = (told("a", FIRST, place=Place("Moscow", "RUS")), told("b", FIRST, place=Place(place, "RUS")))
        return link(coded)[0].links[0].score

    assert score("Moscow") > score("Kazan")


def test_the_result_does_not_depend_on_the_order_of_the_input():
    coded = [told(f"d{number}", text, verb) for number in range(5) for text, verb in ((FIRST, "visited"),)]
    coded += [told("e", SECOND, "visiting"), told("f", OTHER, "praised"), told("g", FIRST, date="2018-03-08")]
    expected = [happening_to_json(one) for one in link(coded)]

    for seed in range(5):
        random.Random(seed).shuffle(coded)
        assert [happening_to_json(one) for one in link(coded)] == expected


def test_rows_and_documents_name_the_same_happenings():
    coded = [told("a", FIRST), told("b", SECOND, "visiting"), told("c", OTHER, "praised")]
    corpus = Corpus()
    for one in coded:
        for row in rows(one):
            corpus.add_row(row)

    assert {one.id for one in corpus.link()} == {one.id for one in link(coded)}


def test_a_document_given_twice_counts_once():
    assert sizes(told("a", FIRST), told("a", FIRST)) == [1]


def test_two_documents_of_one_id_are_refused():
    with pytest.raises(RecordError, match="Two documents 'a'"):
        link([told("a", FIRST), told("a", OTHER, "praised")])


def test_the_representative_is_the_report_that_tells_most():
    vague, clear = told("a", FIRST, date=None, date_basis=None), told("b", FIRST)

    assert link([vague, clear])[0].representative.document_id == "b"


def test_every_link_shows_what_its_score_is_made_of():
    found = happening_to_json(link([told("a", FIRST), told("b", FIRST)])[0])

    assert found["score"] == found["links"][0]["score"] >= load_settings().threshold
    assert found["links"][0]["features"]["actors"] == 1.0
    assert [member["quote"] for member in found["members"]] == [FIRST.rstrip(".")] * 2


def test_members_of_a_linked_pair_may_be_parted_by_a_decision():
    coded = told("a", FIRST), told("b", FIRST)
    first, second = sorted(events(*coded))

    assert sizes(*coded, decisions=Decisions(different=frozenset({(first, second)}))) == [1, 1]
    assert sizes(*coded, decisions=Decisions(different=frozenset({("a", "b")}))) == [1, 1]
    assert sizes(*coded) == [2]


def test_unlinked_reports_may_be_joined_by_a_decision_across_window_and_status():
    coded = told("a", FIRST), told("b", OTHER, "praised", date="2018-05-01", status="proposed")
    first, second = sorted(events(*coded))

    found = link(coded, Decisions(same=frozenset({(first, second)})))

    assert len(found) == 1
    assert (found[0].links[0].decided, found[0].links[0].score) == (True, 1.0)


def test_a_report_linked_to_one_of_a_decided_pair_joins_both():
    coded = told("a", FIRST), told("b", OTHER, "praised", date="2018-05-01"), told("c", SECOND, "visiting")
    pair = tuple(sorted(events(*coded[:2])))

    assert sizes(*coded, decisions=Decisions(same=frozenset({pair}))) == [3]


def test_decisions_that_contradict_each_other_through_others_are_refused():
    coded = told("a", FIRST), told("b", FIRST), told("c", FIRST)
    a, b, c = sorted(events(*coded))

    with pytest.raises(DataError, match="different, and"):
        link(coded, Decisions(same=frozenset({(a, b), (b, c)}), different=frozenset({(a, c)})))


def test_a_decision_on_events_that_are_not_there_changes_nothing():
    assert sizes(told("a", FIRST), told("b", FIRST), decisions=Decisions(same=frozenset({("ev-0", "ev-1")}))) == [2]


def test_nothing_gives_nothing():
    assert link([]) == []
