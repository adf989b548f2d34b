"""The gazetteer: which of the places of one name is meant, which names mean none, and what the table holds."""

from __future__ import annotations

import gzip
import re
from importlib.resources import files

import pytest
import yaml

from detente.errors import DataError
from detente.resolve import gazetteer
from detente.resolve.gazetteer import COLUMNS, KINDS, TABLE, candidates, load_gazetteer, locate, name_key

DATA = files("detente.resolve") / "data"


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in load_gazetteer().lines]


@pytest.mark.parametrize(
    ("name", "near", "country"),
    [
        ("Tripoli", ["LBY"], "LBY"),
        ("Tripoli", ["LBN"], "LBN"),
        ("Tripoli", ["LBN", "LBY"], "LBY"),
        ("Hyderabad", ["IND"], "IND"),
        ("Hyderabad", ["PAK"], "PAK"),
        ("Córdoba", ["ESP"], "ESP"),
        ("Cordoba", ["ARG"], "ARG"),
        ("Birmingham", ["GBR"], "GBR"),
        ("Birmingham", ["USA"], "USA"),
        ("Valencia", ["ESP"], "ESP"),
        ("Valencia", ["VEN"], "VEN"),
        ("San José", ["CRI"], "CRI"),
        ("San Jose", ["USA"], "USA"),
        ("Santiago", ["CHL"], "CHL"),
        ("Santiago", ["PER"], "CHL"),
        ("Alexandria", ["EGY"], "EGY"),
        ("Alexandria", ["USA"], "USA"),
        ("Cambridge", ["GBR"], "GBR"),
        ("Cambridge", ["USA"], "USA"),
        ("Barcelona", ["VEN"], "VEN"),
        ("Odessa", ["USA", "UKR"], "UKR"),
        ("Punjab", ["IND"], "IND"),
        ("Punjab", ["PAK"], "PAK"),
        ("Victoria", ["SYC"], "SYC"),
        ("Victoria", ["AUS"], "AUS"),
    ],
)
def test_a_country_named_nearby_tells_namesakes_apart(name: str, near: list[str], country: str) -> None:
    place = locate(name, near_countries=near)

    assert place is not None
    assert place.country == country


@pytest.mark.parametrize(
    ("name", "near", "country"),
    [
        ("Moscow", ["USA"], "RUS"),
        ("London", ["CAN"], "GBR"),
        ("Paris", ["USA"], "FRA"),
        ("Rome", ["USA"], "ITA"),
        ("Damascus", ["USA"], "SYR"),
        ("Berlin", ["USA", "POL"], "DEU"),
        ("Tbilisi", [], "GEO"),
        ("San Jose", [], "CRI"),
    ],
)
def test_a_great_city_is_meant_though_another_country_has_a_namesake(name: str, near: list[str], country: str) -> None:
    place = locate(name, near_countries=near)

    assert place is not None
    assert (place.country, place.kind) == (country, "capital")


@pytest.mark.parametrize(
    ("name", "within", "country", "admin1"),
    [
        ("Paris", "Texas", "USA", "Texas"),
        ("Paris", "USA", "USA", "Texas"),
        ("London", "Ontario", "CAN", "Ontario"),
        ("Springfield", "Illinois", "USA", "Illinois"),
        ("Newcastle", "New South Wales", "AUS", "New South Wales"),
        ("Bath", "GBR", "GBR", "England"),
        ("Georgia", "USA", "USA", None),
    ],
)
def test_what_the_phrase_itself_says_leaves_no_other_place(
    name: str, within: str, country: str, admin1: str | None
) -> None:
    place = locate(name, near_countries=[], within=within)

    assert place is not None
    assert (place.country, place.admin1) == (country, admin1)


@pytest.mark.parametrize("name", ["Of", "Man", "Bath", "Reading", "Nice", "Split", "Mobile", "Date", "Best", "March"])
def test_an_ordinary_word_is_no_place_unless_its_country_is_named(name: str) -> None:
    assert locate(name, near_countries=[]) is None
    assert locate(name, near_countries=["MNG", "NPL"]) is None


@pytest.mark.parametrize(
    ("name", "country"), [("Reading", "GBR"), ("Nice", "FRA"), ("Split", "HRV"), ("Mobile", "USA"), ("Bari", "ITA")]
)
def test_an_ordinary_word_is_a_place_where_its_country_is_named(name: str, country: str) -> None:
    place = locate(name, near_countries=["MNG", country])

    assert place is not None
    assert place.country == country


@pytest.mark.parametrize("name", ["Jackson", "Taylor", "Obama", "Castro", "Clinton", "Kennedy"])
def test_a_persons_name_alone_is_no_place(name: str) -> None:
    assert locate(name, near_countries=[]) is None


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Valencia", []),
        ("Cambridge", []),
        ("Newcastle", []),
        ("Punjab", []),
        ("Springfield", ["USA"]),
        ("Naples", ["USA"]),
    ],
)
def test_namesakes_that_are_as_likely_are_left_open(name: str, near: list[str]) -> None:
    assert len(candidates(name)) > 1
    assert locate(name, near_countries=near) is None


@pytest.mark.parametrize("name", ["Georgia", "Lebanon", "Jordan", "Peru", "Mexico"])
def test_the_name_of_a_state_is_never_a_town_of_another(name: str) -> None:
    place = locate(name, near_countries=["USA", "CAN"])

    assert place is None or place.country not in ("USA", "CAN")


@pytest.mark.parametrize(("name", "country"), [("Obama", "JPN"), ("Badger", "USA"), ("Young", "URY")])
def test_a_small_town_named_like_a_thing_or_person_needs_its_country_in_the_phrase(name: str, country: str) -> None:
    assert locate(name, near_countries=[country]) is None
    assert locate(name, near_countries=[], within=country) is not None


def test_a_small_town_needs_its_country_unless_it_is_chosen_by_hand() -> None:
    assert locate("Kitzbühel", near_countries=[]) is None
    assert locate("Davos", near_countries=[]) is not None


@pytest.mark.parametrize("name", ["Xyzzyville", "", "  ", "’", "\t", "the"])
def test_an_unknown_name_has_no_candidates(name: str) -> None:
    assert candidates(name) == ()
    assert locate(name, near_countries=["USA"]) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Kiev", "Kyiv"),
        ("Bombay", "Mumbai"),
        ("Peking", "Beijing"),
        ("Saigon", "Ho Chi Minh City"),
        ("St. Petersburg", "Saint Petersburg"),
        ("Shushi", "Shusha"),
        ("the Hague", "The Hague"),
        ("Kobane", "Kobani"),
        ("Hodeida", "al-Hudaydah"),
        ("Lvov", "Lviv"),
        ("Taizz", "Ta'iz"),
    ],
)
def test_two_spellings_of_a_name_are_one_place(old: str, new: str) -> None:
    place = locate(old, near_countries=[])

    assert place is not None
    assert place == locate(new, near_countries=[])


@pytest.mark.parametrize(
    "name",
    "Qamishli Manbij Afrin Douma Debaltseve Avdiivka Kargil Srebrenica Chibok Dayton Davos Kerch Lachin Rafah "
    "Sloviansk Fallujah Bucha".split(),
)
def test_a_town_in_the_news_has_a_geonames_id(name: str) -> None:
    place = locate(name, near_countries=[])

    assert place is not None
    assert place.geonameid


@pytest.mark.parametrize("name", ["Doklam", "Galwan Valley", "Camp David", "Guantanamo", "Kerem Shalom", "Kashmir"])
def test_sites_and_regions_have_coordinates_but_no_id(name: str) -> None:
    place = locate(name, near_countries=[])

    assert place is not None
    assert (place.geonameid, place.kind in ("site", "region")) == (None, True)


def test_the_first_of_candidates_has_most_inhabitants() -> None:
    people = [place.population for place in candidates("Alexandria")]

    assert len(people) > 2
    assert people == sorted(people, reverse=True)


def test_name_keys_ignore_accents_case_and_apostrophes() -> None:
    assert name_key("Ta‘izz") == name_key("TA'IZZ") == "taizz"
    assert name_key("St. John's") == "saint-johns"
    assert name_key("São Paulo") == "sao-paulo"


def test_lines_stand_in_the_order_of_their_keys(rows: list[dict[str, str]]) -> None:
    keys = [row["key"] for row in rows]

    assert keys == sorted(keys)
    assert len({(row["key"], row["geonameid"] or row["name"], row["country"]) for row in rows}) == len(rows)


def test_one_id_is_one_place(rows: list[dict[str, str]]) -> None:
    places: dict[str, set[tuple[str, ...]]] = {}
    for row in rows:
        facts = tuple(row[c] for c in COLUMNS if c not in ("key", "geonameid", "marks"))
        places.setdefault(row["geonameid"] or row["name"], set()).add(facts)

    assert len(places) > 30_000
    assert [key for key, found in places.items() if len(found) > 1] == []


def test_every_country_is_a_code_of_the_table_of_states(rows: list[dict[str, str]]) -> None:
    states = set(yaml.safe_load((DATA / "states.yaml").read_text("utf-8")))

    assert {row["country"] for row in rows} <= states


def test_coordinates_and_counts_are_in_range(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert -90 <= float(row["latitude"]) <= 90, row
        assert -180 <= float(row["longitude"]) <= 180, row
        assert 0 <= int(row["population"]) < 50_000_000, row
        assert row["kind"] in KINDS, row
        assert set(row["marks"]) <= set("osan"), row
        assert row["geonameid"] or row["kind"] in ("site", "region"), row


def test_each_state_has_one_capital(rows: list[dict[str, str]]) -> None:
    capitals = {(row["country"], row["geonameid"]) for row in rows if row["kind"] == "capital"}

    assert len({country for country, _ in capitals}) == len(capitals) > 190


def test_every_division_that_is_no_code_is_in_one_state(rows: list[dict[str, str]]) -> None:
    named = {(row["admin1"], row["country"]) for row in rows if re.search("[a-z]", row["admin1"])}

    assert ("Ontario", "CAN") in named
    assert len({name for name, _ in named}) == len(named)


def test_the_table_names_its_source_and_is_small() -> None:
    packed = (DATA / TABLE).read_bytes()
    head = gzip.decompress(packed).decode("utf-8").split("\nkey\t")[0]

    assert len(packed) < 2_500_000
    assert "GeoNames" in head
    assert "CC BY 4.0" in head


def test_a_damaged_table_is_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer.gzip, "decompress", lambda _: b"key\tother\n")
    load_gazetteer.cache_clear()

    with pytest.raises(DataError, match=r"gazetteer\.tsv\.gz"):
        load_gazetteer()

    load_gazetteer.cache_clear()
