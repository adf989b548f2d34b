"""What is known of the world: states, organisations, groups, institutions, roles and who held which office.

What enters: the data files beside this module. What leaves: one frozen `Knowledge`, built once and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from detente.resolve.entries import (
    Actor,
    Role,
    actors_in,
    institution_names,
    offices_in,
    other_names,
    place_names,
    roles_in,
    state_names,
)
from detente.resolve.names import Lexicon, Sense, slug, split
from detente.resolve.tables import read_rows, read_table


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
    role_table = dict(roles_in(roles))
    actors = {actor.id: actor for actor in actors_in(states, organisations, groups, institutions)}
    names = [
        *((name, Sense("ignore", name)) for name in institutions["not_actors"]),
        *state_names(states),
        *other_names(organisations, "organisation"),
        *other_names(groups, "group"),
        *institution_names(institutions),
        *((name, Sense("role", name)) for name in role_table),
        *((name, Sense("person", key)) for key, person_names in people[1].items() for name in person_names),
        *((name, Sense("place", name)) for name in cities),
    ]
    return Knowledge(
        lexicon=Lexicon(names),
        actors=actors,
        persons=people[0],
        roles=role_table,
        offices=offices_in(roles["offices"]),
        holders=_holders(people[0]),
        weak=frozenset(roles["weak"]),
        honorifics=roles["honorifics"],
        ship_prefixes=institutions["ship_prefixes"],
        cities=cities,
        place_lexicon=Lexicon(place_names(states, cities, actors)),
        by_ends=_by_ends(people[1]),
    )


def _first(day: str) -> str:
    return day.split("/")[0].replace("..", "").ljust(4, "0") + "-01-01"[len(day.split("/")[0]) - 4 :] if day else ""


def _last(day: str) -> str:
    text = day.split("/")[-1]
    return (text + "-12-31"[len(text) - 4 :]) if text and text != ".." else "9999"


def _people() -> tuple[dict[str, Person], dict[str, list[str]]]:
    terms: dict[str, list[Term]] = {}
    names: dict[str, list[str]] = {}
    by_hand: set[str] = set()
    for table in ("notables.csv", "officeholders.csv"):
        for row in read_rows(table):
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
    return {row["name"]: row["country"] or None for row in read_rows("places.csv")}
