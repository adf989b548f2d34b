"""What is known of the world: states, organisations, groups, institutions, roles and who held which office.

What enters: the data files beside this module. What leaves: one frozen `Knowledge`, built once and kept.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

import yaml

from detente.errors import DataError
from detente.resolve.names import Lexicon, Sense, slug, split


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, organisation, group, institution or medium as the tables give it.

    `country` is the state or organisation it acts for; `until` the last year of a former state; `nouns` are
    what it may be called by ("bloc").
    """

    id: str
    name: str
    kind: str
    country: str | None = None
    sector: str | None = None
    aliases: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjective: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A role noun: its PLOVER sector, whether it names a body or many people, and whether it is plural."""

    noun: str
    sector: str
    is_body: bool
    is_plural: bool


@dataclass(frozen=True, slots=True)
class Term:
    """One term of office. Dates are ISO of any precision, empty where unknown or still running."""

    country: str
    sector: str
    role: str
    office: str
    start: str
    end: str

    def covers(self, day: str | None) -> bool:
        """Whether the term runs at a date of any precision; without a date, whether it has not ended."""
        if day is None:
            return not self.end
        return _first(self.start) <= _last(day) and (not self.end or _last(self.end) >= _first(day))


@dataclass(frozen=True, slots=True)
class Person:
    """A person of public record and the terms of office held, in order of start."""

    id: str
    name: str
    terms: tuple[Term, ...]
    is_notable: bool


@dataclass(frozen=True)
class Knowledge:
    """All tables, and the lexicon of every name in them."""

    lexicon: Lexicon
    actors: Mapping[str, Actor]
    persons: Mapping[str, Person]
    roles: Mapping[str, Role]
    offices: Mapping[str, tuple[str, ...]]
    holders: Mapping[tuple[str, str], tuple[tuple[Term, str], ...]]
    weak: frozenset[str]
    honorifics: Mapping[str, str | None]
    ship_prefixes: Mapping[str, str]
    cities: Mapping[str, str | None]
    place_lexicon: Lexicon
    by_ends: Mapping[tuple[str, str], str]

    def holder(self, country: str, office: str, day: str | None) -> Person | None:
        """Who held an office at a date: the latest to begin, None where nobody is known."""
        found = [person for term, person in self.holders.get((country, office), ()) if term.covers(day)]
        return self.persons[found[-1]] if found else None


@cache
def load_knowledge() -> Knowledge:
    """Read all tables; the result is kept.

    Raises:
        DataError: a table does not validate.
    """
    states, organisations, groups = (read_table(f"{name}.yaml") for name in ("states", "organisations", "groups"))
    institutions, roles = read_table("institutions.yaml"), read_table("roles.yaml")
    people, cities = _people(), _cities()
    role_table = dict(_roles(roles))
    actors = {actor.id: actor for actor in _actors(states, organisations, groups, institutions)}
    names = [
        *((name, Sense("ignore", name)) for name in institutions["not_actors"]),
        *_state_names(states),
        *_other_names(organisations, "organisation"),
        *_other_names(groups, "group"),
        *_institution_names(institutions),
        *((name, Sense("role", name)) for name in role_table),
        *((name, Sense("person", key)) for key, person_names in people[1].items() for name in person_names),
        *((name, Sense("place", name)) for name in cities),
    ]
    return Knowledge(
        lexicon=Lexicon(names),
        actors=actors,
        persons=people[0],
        roles=role_table,
        offices=_offices(roles["offices"]),
        holders=_holders(people[0]),
        weak=frozenset(roles["weak"]),
        honorifics=roles["honorifics"],
        ship_prefixes=institutions["ship_prefixes"],
        cities=cities,
        place_lexicon=Lexicon(_place_names(states, cities, actors)),
        by_ends=_by_ends(people[1]),
    )


def _first(day: str) -> str:
    return day.split("/")[0].replace("..", "").ljust(4, "0") + "-01-01"[len(day.split("/")[0]) - 4 :] if day else ""


def _last(day: str) -> str:
    text = day.split("/")[-1]
    return (text + "-12-31"[len(text) - 4 :]) if text and text != ".." else "9999"


@cache
def _loader() -> Any:
    """The safe loader, in C where it exists, that leaves `no` and `on` words."""

    class WordLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {
            first: [pair for pair in pairs if pair[0] in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")]
            for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return WordLoader


@cache
def read_table(name: str) -> dict[str, Any]:
    text = (files("detente.resolve") / "data" / name).read_text("utf-8")
    try:
        content = yaml.load(text, Loader=_loader())  # noqa: S506
    except yaml.YAMLError as error:
        raise DataError(f"Malformed YAML in resolve/data/{name}: {error}. Mend the file at that line.") from error
    if not isinstance(content, dict):
        raise DataError(f"No entries in resolve/data/{name}: a mapping is expected. Restore the file.")
    return content


def _rows(name: str) -> Iterator[dict[str, str]]:
    lines = (files("detente.resolve") / "data" / name).read_text("utf-8").splitlines()
    yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def _field(row: Mapping[str, Any], key: str, where: str) -> Any:
    if key not in row:
        raise DataError(f"No {key!r} in {where}: every entry has one. Add it.")
    return row[key]


def _actors(*tables: Mapping[str, Any]) -> Iterator[Actor]:
    states, organisations, groups, institutions = tables
    for kind, table in (("state", states), ("organisation", organisations), ("group", groups)):
        for key, row in table.items():
            yield Actor(
                id=key,
                name=_field(row, "name", f"{kind} {key!r}"),
                kind=kind,
                country=row.get("country"),
                sector=row.get("sector"),
                aliases=tuple(row.get("aliases", ())),
                nouns=tuple(row.get("nouns", ())),
                adjective=next(iter(row.get("adjectives", ())), None),
                until=row.get("until"),
            )
    for country, sectors in institutions["bodies"].items():
        for sector in sectors:
            yield Actor(f"{country}:{sector}", sectors[sector][0], "organisation", country, sector)
    for key, row in institutions["media"].items():
        yield Actor(key, row["names"][0], "organisation", row["country"], "JRN")


def _state_names(states: Mapping[str, Any]) -> Iterator[tuple[str, Sense]]:
    for key, row in states.items():
        for name in (row["name"], *row.get("names", ())):
            yield name.removeprefix("the "), Sense("state", key)
    for key, row in states.items():
        for name in row.get("adjectives", ()):
            yield name, Sense("adjective", key)
            if name[-1] in "nik" and name not in ("British",):
                yield f"{name}s", Sense("people", key)
        for name in row.get("people", ()):
            yield name, Sense("people", key)
        for name in row.get("capitals", ()):
            yield name, Sense("capital", key)
        for name in row.get("seats", ()):
            yield name.removeprefix("the "), Sense("seat", key)
        for name in row.get("short", ()):
            yield name, Sense("adjective", key)


def _other_names(table: Mapping[str, Any], kind: Any) -> Iterator[tuple[str, Sense]]:
    for key, row in table.items():
        for name in (row["name"], *row.get("names", ())):
            yield name.removeprefix("the "), Sense(kind, key)
    for key, row in table.items():
        for name in row.get("adjectives", ()):
            yield name, Sense("adjective", key)
        for name in row.get("capitals", ()):
            yield name, Sense("capital", key)


def _institution_names(institutions: Mapping[str, Any]) -> Iterator[tuple[str, Sense]]:
    for country, sectors in institutions["bodies"].items():
        for sector, names in sectors.items():
            for name in names:
                yield name, Sense("body", f"{country}:{sector}")
    for key, row in institutions["media"].items():
        for name in row["names"]:
            yield name.removeprefix("the "), Sense("media", key)


_IRREGULAR = {"woman": "women", "man": "men", "child": "children", "person": "people"}


def plural(noun: str) -> str:
    """The plural of a role noun; the head of "secretary of state" is inflected, not its end."""
    head, separator, tail = noun.partition(" of ")
    if not separator:
        head, separator, tail = noun.partition(" for ")
    first, _, last = head.rpartition(" ")
    for singular, many in _IRREGULAR.items():
        if last == singular or (last.endswith(singular) and singular != "person"):
            last = last.removesuffix(singular) + many
            break
    else:
        if last.endswith("y") and last[-2] not in "aeiou":
            last = last[:-1] + "ies"
        elif last.endswith(("s", "x", "ch", "sh")):
            last += "es"
        else:
            last += "s"
    return f"{first} {last}".strip() + separator + tail


def _roles(table: Mapping[str, Any]) -> Iterator[tuple[str, Role]]:
    seen: set[str] = set()
    for sector, nouns in _field(table, "persons", "roles.yaml").items():
        for noun in nouns:
            for form, many in ((noun, False), (plural(noun), True)):
                if form not in seen and noun != "ministers":
                    seen.add(form)
                    yield form, Role(noun, sector, is_body=False, is_plural=many)
    for sector, nouns in _field(table, "bodies", "roles.yaml").items():
        for noun in nouns:
            for form in (noun, plural(noun)):
                if form not in seen:
                    seen.add(form)
                    yield form, Role(noun, sector, is_body=True, is_plural=True)


def _offices(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for office, nouns in table.items():
        for noun in nouns:
            out[noun] = (*out.get(noun, ()), office)
    return out


def _people() -> tuple[dict[str, Person], dict[str, list[str]]]:
    terms: dict[str, list[Term]] = {}
    names: dict[str, list[str]] = {}
    by_hand: set[str] = set()
    for table in ("notables.csv", "officeholders.csv"):
        for row in _rows(table):
            key = slug(row["name"])
            if table == "notables.csv":
                by_hand.add(key)
            elif key in by_hand:
                continue  # what was written by hand is complete and checked
            term = Term(row["country"], row["sector"], row["role"], row["office"], row["start"], row["end"] or "")
            terms.setdefault(key, []).append(term)
            known = names.setdefault(key, [row["name"]])
            known.extend(name for name in (row.get("known_as") or "").split("|") if name and name not in known)
    persons = {
        key: Person(key, names[key][0], tuple(sorted(held, key=lambda t: t.start)), key in by_hand)
        for key, held in terms.items()
    }
    return persons, names


def _holders(persons: Mapping[str, Person]) -> dict[tuple[str, str], tuple[tuple[Term, str], ...]]:
    out: dict[tuple[str, str], list[tuple[Term, str]]] = {}
    for person in persons.values():
        for term in person.terms:
            if term.office and term.start:
                out.setdefault((term.country, term.office), []).append((term, person.id))
    return {key: tuple(sorted(held, key=lambda pair: (pair[0].start, pair[1]))) for key, held in out.items()}


def _place_names(
    states: Mapping[str, Any], cities: Mapping[str, str | None], actors: Mapping[str, Actor]
) -> Iterator[tuple[str, Sense]]:
    for name, country in cities.items():
        yield name, Sense("place", country or "")
    for key, row in states.items():
        country = actors[key].country or key
        for name in (row["name"], *row.get("names", ()), *row.get("capitals", ()), *row.get("seats", ())):
            yield name.removeprefix("the "), Sense("place", country)
        for name in row.get("adjectives", ()):
            yield name, Sense("place", country)
    for key, row in actors.items():
        if row.kind == "organisation" and key == "EU":
            yield "Brussels", Sense("place", "BEL")


def _by_ends(names: Mapping[str, list[str]]) -> dict[tuple[str, str], str]:
    """Persons by first and last word of a name, for spellings with other middle names."""
    out: dict[tuple[str, str], str] = {}
    for key, spellings in names.items():
        for name in spellings:
            pieces = [piece.lower() for piece in split(name) if piece[0].isalnum()]
            if len(pieces) > 1:
                out.setdefault((pieces[0], pieces[-1]), key)
    return out


def _cities() -> dict[str, str | None]:
    return {row["name"]: row["country"] or None for row in _rows("places.csv")}
