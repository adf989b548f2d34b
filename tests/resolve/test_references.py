"""Who is meant by members, relatives, offices without a name, and organisations that no table has."""

from __future__ import annotations

import pytest
from tests.conftest import Read

from detente.syntax.reading import Reading

pytestmark = pytest.mark.model


def found(reading: Reading) -> dict[str, list[str]]:
    """The entities by the words of their mentions."""
    out: dict[str, list[str]] = {}
    for mention in reading.mentions:
        out.setdefault(mention.text, []).append(mention.entity_id)
    return out


@pytest.mark.parametrize("words", ["NATO member Turkey", "EU candidate Serbia", "Fellow EU member Hungary"])
def test_a_member_named_beside_its_organisation_is_no_person(read: Read, words: str) -> None:
    reading = read(f"{words} rejected the plan.")

    assert {reading.entities[m.entity_id].kind for m in reading.mentions} == {"organisation", "state"}


def test_the_members_together_are_the_organisation(read: Read) -> None:
    assert found(read("GCC members condemned the raid."))["GCC members"] == ["GCC"]


def test_one_member_is_the_state_spoken_of_that_belongs_to_it(read: Read) -> None:
    reading = read("Egypt and Turkey quarrelled. The NATO member closed its port.", published="2014-05-01")

    assert found(reading)["NATO member"] == ["TUR"]


@pytest.mark.parametrize(
    ("words", "published", "person"),
    [
        ("The head of the IAEA", "2004-03-01", "mohamed-elbaradei"),
        ("The IAEA chief", "2021-03-01", "rafael-grossi"),
        ("The president of the European Commission", "2015-03-01", "jean-claude-juncker"),
        ("The head of NATO", "2016-03-01", "jens-stoltenberg"),
        ("The managing director of the IMF", "2015-03-01", "christine-lagarde"),
    ],
)
def test_a_body_has_a_head_of_its_own(read: Read, words: str, published: str, person: str) -> None:
    assert person in {m.entity_id for m in read(f"{words} warned Iran.", published=published).mentions}


def test_the_head_of_an_agency_is_not_that_of_the_union_above_it(read: Read) -> None:
    people = {m.entity_id for m in read("The chief of the WHO warned China.", published="2018-03-01").mentions}

    assert "antonio-guterres" not in people


@pytest.mark.parametrize(
    ("words", "published", "person"),
    [
        ("President Clinton", "1996-05-01", "bill-clinton"),
        ("Secretary of State Clinton", "2010-05-01", "hillary-clinton"),
        ("Prime Minister Singh", "2006-05-01", "manmohan-singh"),
    ],
)
def test_a_surname_after_a_title_is_who_held_the_office(read: Read, words: str, published: str, person: str) -> None:
    assert found(read(f"{words} left for Cairo.", published=published))[words] == [person]


def test_an_office_striven_for_is_not_its_holder(read: Read) -> None:
    reading = read("She will run for president of Kenya. He was elected as Kenyan president.", published="2015-01-10")

    assert "uhuru-kenyatta" not in {m.entity_id for m in reading.mentions}


def test_relatives_are_not_whom_they_are_related_to(read: Read) -> None:
    reading = read("The wife of President Barack Obama flew to Cairo. Mrs. Obama spoke.", published="2012-05-01")
    relative = reading.entities[found(reading)["wife"][0]]

    assert (relative.country, relative.sector) == ("USA", "ELI")
    assert found(reading)["Obama"] == ["mrs-obama"]


@pytest.mark.parametrize(
    ("words", "owners"),
    [
        ("Peru and Chile's armies", ["PER:MIL", "CHL:MIL"]),
        ("Peru's and Chile's foreign ministers", ["PER:GOV", "CHL:GOV"]),
        ("The American and Taliban negotiators", ["USA:GOV", "taliban"]),
    ],
)
def test_joint_owners_both_have_a_share(read: Read, words: str, owners: list[str]) -> None:
    assert found(read(f"{words} met."))[words.removeprefix("The ")] == owners


def test_forces_that_are_sent_are_the_senders(read: Read) -> None:
    assert "RWA:MIL" in {m.entity_id for m in read("Zambia accused Rwanda of sending soldiers.").mentions}


def test_rebels_are_not_their_backers(read: Read) -> None:
    assert "IRN:REB" not in {m.entity_id for m in read("Iranian-backed rebels seized the port.").mentions}


def test_the_former_and_the_latter_are_the_two_states_named(read: Read) -> None:
    reading = read("Ghana lent Togo a ship. The latter needs it; the former does not.")

    assert found(reading)["The latter"] == ["TGO"]
    assert found(reading)["the former"] == ["GHA"]


def test_an_organisation_in_no_table_is_recorded_as_unresolved(read: Read) -> None:
    reading = read("The Quibble Institute criticised Norway.")
    (mention,) = [m for m in reading.mentions if m.text == "Quibble Institute"]

    assert reading.entities[mention.entity_id].sector == "EDU"
    assert mention.score < 0.5


@pytest.mark.parametrize(
    ("sentence", "words", "sector"),
    [
        ("Police freed two villagers.", "two villagers", "CVL"),
        ("Workers blocked the gate.", "Workers", "LAB"),
        ("The judge warned farmers.", "farmers", "AGR"),
        ("Troops fired on students in Ghana.", "students", "EDU"),
    ],
)
def test_plain_people_have_a_sector(read: Read, sentence: str, words: str, sector: str) -> None:
    reading = read(sentence)

    assert {reading.entities[key].sector for key in found(reading)[words]} == {sector}


def test_you_are_who_is_spoken_to(read: Read) -> None:
    reading = read("“You must leave,” Norway's envoy told the Chilean ambassador.")

    assert found(reading)["You"] == ["chilean-ambassador"]
