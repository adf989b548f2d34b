"""Names of places in a text: the country and coordinates that the gazetteer and the words around give them."""

from __future__ import annotations

import pytest
from tests.conftest import Read

from detente.syntax.reading import PlaceExpression

pytestmark = pytest.mark.model


def place(read: Read, text: str, name: str) -> PlaceExpression:
    return next(found for found in read(text).places if found.name == name)


def test_a_known_city_has_its_geonames_id_and_coordinates(read: Read) -> None:
    found = place(read, "The two ministers met in Damascus.", "Damascus").place

    assert (found.country, found.geonameid) == ("SYR", 170654)
    assert (found.latitude, found.longitude) == pytest.approx((33.5, 36.3), abs=0.1)


def test_a_city_missing_in_the_table_of_places_gets_its_country(read: Read) -> None:
    found = place(read, "Police arrested two protesters in Kırıkkale.", "Kırıkkale")

    assert found.country == "TUR"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("British officials met union leaders in Reading.", "GBR"),
        ("Observers were sent by Mexico. Later they arrived in Mérida.", "MEX"),
        ("Observers were sent by Venezuela. Later they arrived in Mérida.", "VEN"),
    ],
)
def test_the_countries_around_tell_which_place_is_meant(read: Read, text: str, country: str) -> None:
    assert [found.country for found in read(text).places if found.name in ("Reading", "Mérida")] == [country]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The ministers met in Paris, Texas.", "Paris", "USA"),
        ("The ministers met in London, Ontario.", "London", "CAN"),
        ("The ministers met in Paris, France.", "Paris", "FRA"),
        ("They travelled to Paris, Washington and London.", "Paris", "FRA"),
    ],
)
def test_a_division_after_a_comma_says_which_city(read: Read, text: str, name: str, country: str) -> None:
    assert place(read, text, name).country == country


def test_a_name_means_one_place_throughout_a_document(read: Read) -> None:
    places = read("Unions marched in Springfield. They said the rally in Springfield, Illinois, was peaceful.").places

    assert {(found.country, found.admin1) for found in places if found.name == "Springfield"} == {("USA", "Illinois")}


@pytest.mark.parametrize("name", ["Syria", "the South China Sea"])
def test_states_and_seas_have_no_coordinates(read: Read, name: str) -> None:
    (found,) = read(f"Ships were seen in {name}." if "Sea" in name else f"Fighting went on in {name}.").places

    assert (found.geonameid, found.latitude) == (None, None)
