"""Who is meant, on whole sentences: names, titles, groups, capitals, pronouns, descriptions."""

from __future__ import annotations

import pytest
from tests.conftest import Read

from detente.syntax.reading import Reading

pytestmark = pytest.mark.model


def meant(reading: Reading, words: str, *, nth: int = 0) -> list[str]:
    """The entities of the mentions that have exactly these words, at their nth occurrence."""
    starts = sorted({m.start for m in reading.mentions if m.text == words})
    return [m.entity_id for m in reading.mentions if m.text == words and m.start == starts[nth]] if starts else []


@pytest.mark.parametrize(
    ("sentence", "words", "entity"),
    [
        ("Moscow welcomed the offer.", "Moscow", "RUS"),
        ("The minister told Washington to wait.", "Washington", "USA"),
        ("It held talks with Baghdad.", "Baghdad", "IRQ"),
        ("The plan is of grave concern to Tehran.", "Tehran", "IRN"),
        ("Beijing's decision angered Tokyo.", "Tokyo", "JPN"),
        ("The ball is in the Kremlin's court, Paris said.", "Paris", "FRA"),
    ],
)
def test_a_capital_that_acts_stands_for_its_state(read: Read, sentence: str, words: str, entity: str) -> None:
    assert meant(read(sentence), words) == [entity]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The president visited Moscow in May.", "Moscow"),
        ("They met in Geneva and flew to London.", "London"),
        ("A bomb exploded near Kabul.", "Kabul"),
        ("The Warsaw summit failed.", "Warsaw"),
    ],
)
def test_a_capital_that_is_a_place_is_no_actor(read: Read, sentence: str, words: str) -> None:
    assert meant(read(sentence), words) == []


@pytest.mark.parametrize(
    ("sentence", "words", "entity"),
    [
        ("Turkish troops crossed the border.", "Turkish troops", "TUR:MIL"),
        ("The Russian foreign ministry protested.", "Russian foreign ministry", "RUS:GOV"),
        ("British officials denied the report.", "British officials", "GBR:GOV"),
        ("The government of Iraq agreed.", "government", "IRQ:GOV"),
        ("The U.S. State Department objected.", "State Department", "USA:GOV"),
        ("Taliban fighters attacked a convoy.", "Taliban fighters", "taliban"),
        ("HMS Example left port, and HMS Example returned.", "HMS Example", "GBR:MIL"),
    ],
)
def test_an_institution_is_coded_by_country_and_sector(read: Read, sentence: str, words: str, entity: str) -> None:
    found = meant(read(sentence), words)

    assert entity in found or any(f.split(":")[0] == entity.split(":")[0] for f in found)


def test_both_countries_of_a_joint_group_are_meant(read: Read) -> None:
    reading = read("French and German diplomats met.")

    assert meant(reading, "French and German diplomats") == ["FRA:GOV", "DEU:GOV"]


def test_the_title_gives_country_and_role_and_not_the_dossier(read: Read) -> None:
    reading = read("Ann Example, the US special representative on Iran, resigned.")
    person = reading.entities["ann-example"]

    assert (person.country, person.sector) == ("USA", "GOV")
    assert person.role == "US special representative on Iran"
    assert meant(reading, "Ann Example") == ["ann-example"]


def test_an_office_without_a_name_is_its_holder_at_the_date(read: Read) -> None:
    text = "The British foreign secretary spoke."

    assert meant(read(text, published="2016-10"), "British foreign secretary") == ["boris-johnson"]
    assert meant(read(text, published="2019-01"), "British foreign secretary") == ["jeremy-hunt"]


def test_a_former_holder_keeps_the_country_and_loses_the_office(read: Read) -> None:
    reading = read("Barack Obama criticised the decision.", published="2019-02")
    person = reading.entities["barack-obama"]

    assert (person.country, person.sector, person.role) == ("USA", "ELI", "former President")


def test_a_surname_means_the_person_named_before(read: Read) -> None:
    reading = read("Defence Minister Jana Muster flew to Kenya. Muster met officials there.")

    assert meant(reading, "Muster") == ["jana-muster"]


def test_a_state_with_a_given_name_is_no_person(read: Read) -> None:
    reading = read("Jordan and Georgia signed a pact. Chad Smith did not.")

    assert meant(reading, "Jordan") == ["JOR"]
    assert meant(reading, "Chad Smith") == ["chad-smith"]


@pytest.mark.parametrize("words", ["Indian", "American", "Korean", "South China"])
def test_seas_airlines_and_wars_are_no_actors(read: Read, words: str) -> None:
    reading = read("American Airlines crossed the Indian Ocean and the South China Sea after the Korean War.")

    assert meant(reading, words) == []


def test_what_is_backed_does_not_belong_to_the_backer(read: Read) -> None:
    reading = read("US-backed Syrian rebels advanced.")

    assert meant(reading, "US") == ["USA"]
    assert "SYR:REB" in {m.entity_id for m in reading.mentions}


def test_it_and_its_mean_the_subject_before(read: Read) -> None:
    reading = read("Russia has pulled back its forces. It said it would wait.")

    assert meant(reading, "its") == ["RUS"]
    assert meant(reading, "It") == ["RUS"]


def test_an_empty_it_means_nobody(read: Read) -> None:
    assert meant(read("Iran objected. It is clear that talks failed."), "It") == []


def test_he_inside_a_quotation_is_not_its_speaker(read: Read) -> None:
    reading = read("Emmanuel Macron met Xi Jinping. “He knows our view,” Macron said.", published="2019-05")

    assert meant(reading, "He") == ["xi-jinping"]


def test_they_are_all_that_were_joined(read: Read) -> None:
    reading = read("Russia and Iran sent ships. In return, they won a port.")

    assert meant(reading, "they") == ["RUS", "IRN"]


def test_a_description_means_the_last_person_with_the_role(read: Read) -> None:
    reading = read("The UN envoy Jan Muster met Theresa May in London. The envoy left on Monday.", published="2018-02")

    assert meant(reading, "envoy") == ["jan-muster"]


def test_the_two_leaders_are_the_last_two_persons(read: Read) -> None:
    reading = read("Vladimir Putin met Angela Merkel. The two leaders shook hands.", published="2018-05")

    assert meant(reading, "The two leaders") == ["vladimir-putin", "angela-merkel"]


def test_both_countries_are_the_two_spoken_of(read: Read) -> None:
    reading = read("Kenya and Uganda settled the quarrel. Both countries withdrew their troops.")

    assert sorted(meant(reading, "Both countries")) == ["KEN", "UGA"]


def test_the_bloc_is_the_organisation_spoken_of(read: Read) -> None:
    reading = read("ASEAN met in Jakarta. The bloc condemned the coup.")

    assert meant(reading, "The bloc") == ["ASEAN"]


def test_the_regime_is_that_of_the_country_spoken_of(read: Read) -> None:
    reading = read("Britain accused the Syrian regime of murder. The regime and its allies denied it.")

    assert meant(reading, "regime") == ["SYR:GOV"]


def test_for_its_part_looks_ahead_to_the_subject(read: Read) -> None:
    reading = read("Kenya objected. For its part, Uganda welcomed the ruling.")

    assert meant(reading, "its") == ["UGA"]


def test_the_counterpart_holds_the_same_office(read: Read) -> None:
    reading = read("Russian Foreign Minister Sergey Lavrov called his Turkish counterpart.", published="2018-03")

    assert meant(reading, "Turkish counterpart") == ["mevlut-cavusoglu"]


def test_the_kingdom_is_a_state_that_is_one(read: Read) -> None:
    reading = read("The US criticised Saudi Arabia. The kingdom denied the charge.")

    assert meant(reading, "The kingdom") == ["SAU"]


def test_a_body_of_another_state_is_that_state(read: Read) -> None:
    reading = read("The Philippine Coast Guard protested.")

    assert meant(reading, "Coast Guard") == ["PHL:MIL"]


def test_the_release_speaks_for_its_issuer(read: Read) -> None:
    reading = read("They met, according to a State Department press release. The talks went well, the release said.")

    assert meant(reading, "the release") == ["USA:GOV"]


def test_him_is_not_the_subject_of_its_own_verb(read: Read) -> None:
    reading = read("John Kerry called Sergey Lavrov and urged him to stop.", published="2016-05")

    assert meant(reading, "him") == ["sergey-lavrov"]


def test_parts_of_longer_names_are_no_roles(read: Read) -> None:
    reading = read("The National Convention met.")

    assert {reading.entities[key].kind for key in meant(reading, "National Convention")} <= {"unknown"}


def test_every_mention_quotes_the_text_and_has_an_entity(read: Read) -> None:
    reading = read("NATO’s Jens Stoltenberg told Ukraine’s president that “they” – Russia’s troops – had left.")

    for mention in reading.mentions:
        assert reading.document.text[mention.start : mention.end] == mention.text
        assert mention.entity_id in reading.entities


def test_an_empty_document_has_no_mentions(read: Read) -> None:
    assert list(read("").mentions) == []
