"""The scorer of resolved mentions: what counts as right, false and unjudged."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DataError
from detente.evaluate.mention_figures import by_stratum, figures
from detente.evaluate.mentions import GoldText, Outcome, judge, read_gold
from detente.evaluate.offices import holds
from detente.records import CodedDocument, Document, Entity, Mention, Provenance

PROVENANCE = Provenance(detente="0", codebook="0", model="none", model_sha256="0")
RUS = Entity("RUS", "Russia", "state")
IVANOV = Entity("igor-ivanov", "Igor Ivanov", "person", country="RUS", sector="GOV", role="Foreign Minister")


def gold(tmp_path, text, *mentions):
    row = {"id": "t1", "published": "2003-01-01", "text": text, "stratum": "s", "mentions": []}
    for words, kind, fields in mentions:
        start = text.index(words)
        bare = {"id": None, "country": None, "sector": None, "office": None}
        row["mentions"].append(
            {**bare, "start": start, "end": start + len(words), "text": words, "kind": kind, **fields}
        )
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return read_gold(path)[0]


def coded(text, *found):
    mentions = []
    for words, entity, form in found:
        start = text.index(words)
        mentions.append(Mention(start, start + len(words), words, entity.id, 0, form, "made by hand"))
    entities = tuple({entity.id: entity for _, entity, _ in found}.values())
    return CodedDocument(Document("t1", text), PROVENANCE, entities=entities, mentions=tuple(mentions))


def answers(gold_text: GoldText, document: CodedDocument, question: str) -> list[bool]:
    return [one.is_right for one in judge(gold_text, document) if one.question == question]


def test_a_state_is_right_by_its_id_and_by_its_government(tmp_path):
    text = "Moscow protested."
    government = Entity("RUS:GOV", "Russian government", "group", country="RUS", sector="GOV")
    wanted = gold(tmp_path, text, ("Moscow", "state", {"id": "RUS", "country": "RUS", "metonymy": True}))

    assert answers(wanted, coded(text, ("Moscow", RUS, "capital")), "states") == [True]
    assert answers(wanted, coded(text, ("Moscow", government, "capital")), "states") == [True]
    assert answers(wanted, coded(text), "states") == [False]


def test_an_actor_made_of_a_place_is_a_false_resolution(tmp_path):
    text = "Snow fell in Moscow."
    wanted = gold(tmp_path, text, ("Moscow", "place", {"country": "RUS", "metonymy": True}))
    found = coded(text, ("Moscow", RUS, "capital"))

    assert answers(wanted, found, "seats as places") == [False]
    assert answers(wanted, found, "unresolvable left") == [False]
    assert answers(wanted, coded(text), "seats as places") == [True]


def test_a_larger_actor_around_a_place_does_not_make_the_place_one(tmp_path):
    text = "The Cuban ambassador in Luanda left."
    envoy = Entity("cuban-ambassador", "ambassador", "person", country="CUB", sector="GOV", role="ambassador")
    person = {"country": "CUB", "sector": "GOV", "office": "ambassador"}
    whole = ("The Cuban ambassador in Luanda", "person", person)
    wanted = gold(tmp_path, text, whole, ("Luanda", "place", {"country": "AGO"}))
    found = coded(text, ("The Cuban ambassador in Luanda", envoy, "title"))

    assert answers(wanted, found, "left alone") == [True]
    assert answers(wanted, found, "persons") == [True]
    assert answers(wanted, found, "roles") == [True]


@pytest.mark.parametrize(("country", "is_right"), [("JOR", False), (None, True), ("USA", True)])
def test_a_namesake_may_be_anybody_but_the_state(tmp_path, country, is_right):
    text = "Jordan sank the shot."
    wanted = gold(tmp_path, text, ("Jordan", "none", {"country": "JOR"}))
    player = Entity("jordan", "Jordan", "person", country=country)

    assert answers(wanted, coded(text, ("Jordan", player, "name")), "left alone") == [is_right]


def test_an_unannotated_name_is_false_and_a_pronoun_of_somebody_spoken_of_is_unjudged(tmp_path):
    text = "Igor Ivanov took his hat in France."
    wanted = gold(tmp_path, text, ("Igor Ivanov", "person", {"id": "igor-ivanov", "country": "RUS", "sector": "GOV"}))
    his = coded(text, ("his", IVANOV, "pronoun"))
    france = coded(text, ("France", Entity("FRA", "France", "state"), "name"))

    assert answers(wanted, his, "unresolvable left") == []
    assert answers(wanted, france, "unresolvable left") == [False]


def test_collective_descriptions_are_unjudged_only_for_countries_of_the_text(tmp_path):
    text = "Russia spoke while soldiers ate."
    wanted = gold(tmp_path, text, ("Russia", "state", {"id": "RUS", "country": "RUS"}))
    ours = Entity("RUS:MIL", "soldiers", "group", country="RUS", sector="MIL")
    others = Entity("FRA:MIL", "soldiers", "group", country="FRA", sector="MIL")

    assert answers(wanted, coded(text, ("soldiers", ours, "description")), "unresolvable left") == []
    assert answers(wanted, coded(text, ("soldiers", others, "description")), "unresolvable left") == [False]


def test_an_optional_mention_asks_nothing_and_forgives(tmp_path):
    text = "Rebels in Kenya fled."
    wanted = gold(tmp_path, text, ("Kenya", "state", {"id": "KEN", "country": "KEN", "optional": True}))

    assert judge(wanted, coded(text)) == []
    assert answers(wanted, coded(text, ("Kenya", RUS, "name")), "unresolvable left") == []


def test_both_countries_are_found_only_when_each_is(tmp_path):
    text = "Both sides agreed."
    wanted = gold(tmp_path, text, ("Both sides", "state", {"refers_to": ["IND", "PAK"]}))
    india, pakistan = (Entity(code, code, "state") for code in ("IND", "PAK"))

    assert answers(wanted, coded(text, ("Both sides", india, "description")), "pairs") == [False]
    both = coded(text, ("Both sides", india, "description"), ("Both sides", pakistan, "description"))
    assert answers(wanted, both, "pairs") == [True]


@pytest.mark.parametrize("slug", ["igor-ivanov", "i-s-ivanov", "igor-ivanoff"])
def test_a_person_is_known_again_in_another_spelling(tmp_path, slug):
    text = "Igor Ivanov left."
    fields = {"id": "igor-ivanov", "country": "RUS", "sector": "GOV", "office": "foreign"}
    wanted = gold(tmp_path, text, ("Igor Ivanov", "person", fields))
    other = Entity(slug, "Ivanov", "person", country="RUS", sector="GOV", role="Foreign Minister")

    assert answers(wanted, coded(text, ("Igor Ivanov", other, "name")), "persons") == [True]
    assert answers(wanted, coded(text, ("Igor Ivanov", other, "name")), "offices") == [True]


@pytest.mark.parametrize("slug", ["boris-yeltsin", "sergei-ivanov"])
def test_a_compatriot_is_the_wrong_person(tmp_path, slug):
    text = "Igor Ivanov left."
    wanted = gold(tmp_path, text, ("Igor Ivanov", "person", {"id": "igor-ivanov", "country": "RUS", "sector": "GOV"}))
    found = coded(text, ("Igor Ivanov", Entity(slug, slug, "person", country="RUS"), "name"))

    assert answers(wanted, found, "persons") == [False]
    assert answers(wanted, found, "resolutions") == [False]


@pytest.mark.parametrize(
    ("role", "sector", "offices", "is_held"),
    [
        ("Minister of Foreign Affairs", "GOV", ("foreign",), True),
        ("Deputy Foreign Minister", "GOV", ("foreign",), False),
        ("Vice-President", "GOV", ("head-of-state",), False),
        ("Vice-President", "GOV", ("vice",), True),
        ("former President", "ELI", ("head-of-state",), False),
        ("former President", "ELI", ("former",), True),
        (None, "GOV", ("former",), False),
        (None, "GOV", ("none",), True),
        ("leader", "GOV", ("head-of-state",), True),
        ("opposition leader", "OPP", ("head-of-state",), False),
        ("Secretary-General", "IGO", ("head-of-government", "organisation-head"), True),
    ],
)
def test_an_office_is_known_by_its_words(role, sector, offices, is_held):
    entity = Entity("x", "X", "person", country="RUS", sector=sector, role=role)

    assert holds(entity, offices) is is_held


def test_an_unknown_office_is_named():
    with pytest.raises(DataError, match="Unknown office 'emperess'"):
        holds(IVANOV, ("emperess",))


@pytest.mark.parametrize(
    ("change", "message"),
    [({"start": 1}, "must quote the text"), ({"kind": "king"}, "Unknown kind"), ({"id": ...}, "Malformed annotation")],
)
def test_a_broken_annotation_names_its_line(tmp_path, change, message):
    mention = {"start": 0, "end": 6, "text": "Russia", "kind": "state", "id": "RUS", "country": "RUS", "sector": None}
    mention = {key: value for key, value in {**mention, "office": None, **change}.items() if value is not ...}
    path = tmp_path / "gold.jsonl"
    row = {"id": "t", "published": "2001-01-01", "text": "Russia won.", "stratum": "s", "mentions": [mention]}
    path.write_text(json.dumps(row), encoding="utf-8")

    with pytest.raises(DataError, match=message) as error:
        read_gold(path)
    assert "gold.jsonl line 1" in str(error.value)


OUTCOMES = st.lists(
    st.builds(
        Outcome,
        text_id=st.sampled_from(["a", "b", "c"]),
        stratum=st.just("s"),
        question=st.sampled_from(["states", "unresolvable left", "persons"]),
        is_right=st.booleans(),
        words=st.just("w"),
        wanted=st.just("x"),
        found=st.just("y"),
    )
)


@given(OUTCOMES)
def test_shares_lie_within_zero_and_one_and_do_not_depend_on_order(outcomes):
    texts = ["a", "b", "c", "empty"]
    found = figures(outcomes, texts, resamples=20, seed=3)

    assert found == figures(list(reversed(outcomes)), texts, resamples=20, seed=3)
    assert all(one.share is None or 0 <= one.low <= one.high <= 1 for one in found)


def test_false_resolutions_are_a_share_of_errors():
    right, wrong = (Outcome("a", "s", "unresolvable left", is_right, "", "", "") for is_right in (True, False))
    found = {one.name: one for one in figures([right] * 3 + [wrong], ["a"], resamples=5, seed=1)}

    assert found["false resolutions"].share == 0.25
    assert found["false resolutions"].is_met is False


def test_strata_count_entities_and_non_actors():
    outcomes = [
        Outcome("a", "s", question, is_right, "", "", "")
        for question, is_right in [("states", True), ("left alone", False), ("found", True)]
    ]

    assert by_stratum(outcomes) == {"s": (1, 2)}


def test_both_halves_are_well_formed_and_have_the_same_strata():
    folder = Path(__file__).parents[1] / "benchmarks" / "mentions"
    tune, report = (read_gold(folder / f"{half}.jsonl") for half in ("tune", "report"))
    keys = [text.id for text in (*tune, *report)]
    offices = {office for text in (*tune, *report) for mention in text.mentions for office in mention.offices}

    assert len(keys) == len(set(keys))
    assert not {text.text for text in tune} & {text.text for text in report}
    assert Counter(text.stratum for text in tune) == Counter(text.stratum for text in report)
    assert all(holds(IVANOV, (office,)) in (True, False) for office in offices)
