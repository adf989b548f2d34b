"""What is known of the world: states, organisations, groups, institutions, roles and who held which office.

What enters: the data files beside this module. What leaves: one frozen `Knowledge`, built once and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from detente.resolve.entries import (
    Actor,
    Role,
    actors_in,
    institution_names,
    names_in_capitals,
    offices_in,
    other_names,
    place_names,
    roles_in,
    state_names,
)
from detente.resolve.names import Lexicon, Sense, slug, split
from detente.resolve.tables import read_rows, read_table

_ALIKE = 0.5  # of SequenceMatcher: "shah-mehmood-qureshi" and "makhdoom-shah-mahmood-hussain-qureshi" are at 0.7


@dataclass(frozen=True, slots=True)
class Term:
    """One term of office. Dates are ISO of any precision, empty where unknown or still running.

    `source` is the table that it stands in.
    """

    country: str
    sector: str
    role: str
    office: str
    start: str
    end: str
    source: str = ""

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

    def in_office(self, noun: str, country: str, day: str) -> Person | None:
        """The person that "foreign minister" or another noun for an office means in a country at a date."""
        for office in self.offices.get(noun, ()):
            person = self.holder(country, office, day)
            if person is not None and self.has_office(noun, office, country):
                return person
        return None

    def has_office(self, noun: str, office: str, country: str) -> bool:
        """ "Leader" is the head of state where that office rules; organisations have heads, states have not."""
        is_organisation = country in self.actors and self.actors[country].kind == "organisation"
        if office == "organisation-head":
            return is_organisation
        if noun == "secretary of state" and country not in ("USA", "VAT"):
            return False
        return not is_organisation or office == "foreign"

    def country_of(self, actor_id: str) -> str:
        """The state or organisation that an actor acts for in the end, itself included."""
        seen = set()
        while actor_id not in seen:
            seen.add(actor_id)
            actor = self.actors.get(actor_id)
            if actor is None or actor.country is None:
                break
            actor_id = actor.country
        return actor_id


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
        lexicon=Lexicon(names, in_capitals=names_in_capitals(organisations, groups)),
        actors=actors,
        persons=people[0],
        roles=role_table,
        offices=offices_in(roles["offices"]),
        holders=holders_of(people[0]),
        weak=frozenset(roles["weak"]),
        honorifics=roles["honorifics"],
        ship_prefixes=institutions["ship_prefixes"],
        cities=cities,
        place_lexicon=Lexicon(place_names(states, cities, actors)),
        by_ends=ends_of(people[1]),
    )


def _first(day: str) -> str:
    return day.split("/")[0].replace("..", "").ljust(4, "0") + "-01-01"[len(day.split("/")[0]) - 4 :] if day else ""


def _last(day: str) -> str:
    text = day.split("/")[-1]
    return (text + "-12-31"[len(text) - 4 :]) if text and text != ".." else "9999"


def _people() -> tuple[dict[str, Person], dict[str, list[str]]]:
    """Persons and their names by id. What was written by hand wins over what was collected by machine."""
    terms: dict[str, list[Term]] = {}
    names: dict[str, list[str]] = {}
    spellings: dict[str, str] = {}
    for row in read_rows("notables.csv"):
        key = slug(row["name"])
        terms.setdefault(key, []).append(_term(row, "notables.csv"))
        known = names.setdefault(key, [row["name"]])
        for name in filter(None, row["known_as"].split("|")):
            if name not in known:
                known.append(name)
            if " " in name:
                spellings.setdefault(slug(name), key)
    by_hand = frozenset(terms)
    collected = [(row["name"], _term(row, "officeholders.csv")) for row in read_rows("officeholders.csv")]
    for name, key in _respelt(collected, terms):
        if spellings.setdefault(slug(name), key) == key and name not in names[key]:
            names[key].append(name)
    for name, term in collected:
        key = slug(name)
        if key in by_hand:
            continue
        key = spellings.get(key, key)
        if key not in by_hand or (term.office and not any(_same_term(term, held) for held in terms[key])):
            terms.setdefault(key, []).append(term)
            names.setdefault(key, [name])
    persons = {
        key: Person(key, names[key][0], tuple(sorted(held, key=lambda t: t.start)), key in by_hand)
        for key, held in terms.items()
    }
    return persons, names


def _term(row: Mapping[str, str], source: str) -> Term:
    return Term(row["country"], row["sector"], row["role"], row["office"], row["start"], row["end"], source)


def _respelt(collected: Iterable[tuple[str, Term]], by_hand: Mapping[str, list[Term]]) -> Iterator[tuple[str, str]]:
    """Names that are another spelling of a person written by hand: as like, and in an office since the same day."""
    begun: dict[tuple[str, str, str], list[str]] = {}
    for key, terms in by_hand.items():
        for term in terms:
            if term.office and len(term.start) == len("2018-03-02"):
                begun.setdefault((term.country, term.office, term.start), []).append(key)
    for name, term in collected:
        spelt = slug(name)
        for key in begun.get((term.country, term.office, term.start), ()):
            if spelt not in by_hand and SequenceMatcher(None, spelt, key, autojunk=False).ratio() >= _ALIKE:
                yield name, key


def _same_term(term: Term, other: Term) -> bool:
    """Whether two terms are one, or rival tellings of the same years in an office."""
    if (term.country, term.office) != (other.country, other.office):
        return False
    begins = _first(term.start) < _last(other.end) if other.end else True
    return begins and (not term.end or _first(other.start) < _last(term.end))


def holders_of(persons: Mapping[str, Person]) -> dict[tuple[str, str], tuple[tuple[Term, str], ...]]:
    out: dict[tuple[str, str], list[tuple[Term, str]]] = {}
    for person in persons.values():
        for term in person.terms:
            if term.office and term.start:
                out.setdefault((term.country, term.office), []).append((term, person.id))
    return {key: tuple(sorted(held, key=lambda pair: (pair[0].start, pair[1]))) for key, held in out.items()}


def ends_of(names: Mapping[str, list[str]]) -> dict[tuple[str, str], str]:
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
