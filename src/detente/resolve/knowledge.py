"""What is known of the world: states, organisations, groups, institutions, roles and who held which office.

What enters: the data files beside this module. What leaves: one frozen `Knowledge`, built once and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from detente.resolve.capitals_in_time import earlier_capitals
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
from detente.resolve.tables import read_rows, read_table, uncollected

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
    by_surname: Mapping[tuple[str, str], tuple[tuple[Term, str], ...]]
    by_role: Mapping[tuple[str, str], tuple[tuple[Term, str], ...]]

    def holder(self, country: str, office: str, day: str | None) -> Person | None:
        """Who held an office at a date: the latest to begin, None where nobody is known."""
        found = [person for term, person in self.holders.get((country, office), ()) if term.covers(day)]
        return self.persons[found[-1]] if found else None

    def in_office(self, noun: str, country: str, day: str, *, body: str | None = None) -> Person | None:
        """The person that "foreign minister" or another noun for an office means in a country at a date.

        Args:
            noun: the role noun.
            country: the state or organisation that the office belongs to in the end.
            day: ISO date of any precision.
            body: the organ of it that the text names ("the president of the European Commission").
        """
        owners = [country] if body is None or body == country else [body, country]
        for office in self.offices.get(noun, ()):
            for owner in owners:
                if self.has_office(noun, office, owner):
                    organ = None if owner == body else self._organ(body, office)
                    found = self._holder_called(noun, owner, office, day, organ)
                    if found is not None:
                        return found
        actor = self.actors.get(country)
        if actor is not None and actor.until is not None and actor.country is not None:
            return self.in_office(noun, actor.country, day, body=body)  # the table has a successor's name for both
        return None

    def last_holder(self, noun: str, country: str, day: str) -> str | None:
        """The id of the last person whose term in an office had ended at a date; None where nobody is known."""
        ended = [
            (term.end, key)
            for office in self.offices.get(noun, ())
            if self.has_office(noun, office, country)
            for term, key in self.holders.get((country, office), ())
            if term.end and term.end <= day and may_be_called(noun, office, term.role.lower())
        ]
        return max(ended)[1] if ended else None

    def in_office_called(self, noun: str, surname: str, day: str) -> list[tuple[str, str]]:
        """Country and id of those who held an office at a date and whose name ends in a surname, lower case."""
        out, past = [], []
        for office in self.offices.get(noun, ()):
            for term, key in self.by_surname.get((office, surname), ()):
                if noun in _TITLED and noun not in term.role.lower():
                    continue
                if term.covers(day):
                    out.append((term.country, key))
                elif term.start <= day and self.persons[key].is_notable:
                    past.append((term.country, key))
        return list(dict.fromkeys(out or past))

    def of_country_called(self, country: str, surname: str, day: str) -> str | None:
        """The one person of a surname, lower case, who held a listed office of a country at a date."""
        found = {
            key
            for office in dict.fromkeys(o for offices in self.offices.values() for o in offices)
            for term, key in self.by_surname.get((office, surname), ())
            if term.country == country and term.covers(day)
        }
        return found.pop() if len(found) == 1 else None

    def with_role(self, noun: str, owner: str, day: str) -> Person | None:
        """The one person whose title at a date is just this noun, or a group's name and it ("Hamas leader")."""
        actor = self.actors.get(owner)
        if actor is not None and actor.kind == "group":
            keys = [(owner, noun), *((o, f"{actor.name} {noun}".lower()) for o in (owner, self.country_of(owner)))]
        else:
            keys = [(owner, noun)]
        found = {person for key in keys for term, person in self.by_role.get(key, ()) if term.covers(day)}
        return self.persons[found.pop()] if len(found) == 1 else None

    def _organ(self, body: str | None, office: str) -> Actor | None:
        """The organ whose head an office is; a state's ministers are nobody's but the state's."""
        actor = self.actors.get(body or "")
        return actor if actor is not None and actor.kind != "state" and office in _HEADS else None

    def _holder_called(self, noun: str, owner: str, office: str, day: str, organ: Actor | None) -> Person | None:
        """Of those in an office, the one whose title has the noun and the organ; the latest of several."""
        ranked = []
        for term, key in self.holders.get((owner, office), ()):
            role = term.role.lower()
            if not term.covers(day) or (organ is not None and not _is_head_of(organ, role)):
                continue
            if not may_be_called(noun, office, role):
                continue
            if organ is None and noun in _CHAIRS and "commission" in role:
                continue  # the chair of a union of states is one of their leaders, not the head of its office
            ranked.append((noun in role, self.persons[key].is_notable, term.start, key))
        return self.persons[max(ranked)[3]] if ranked else None

    def has_office(self, noun: str, office: str, country: str) -> bool:
        """ "Leader" is the head of state where that office rules; organisations have heads, states have not."""
        is_organisation = country in self.actors and self.actors[country].kind == "organisation"
        if office == "organisation-head":
            return country in self.actors and self.actors[country].kind != "state"
        if noun == "secretary of state" and country not in ("USA", "VAT"):
            return False
        if noun == "leader" and office == "head-of-state" and country in _GOVERNED_BY_ANOTHER:
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
    with uncollected():
        return _read_knowledge()


def _read_knowledge() -> Knowledge:
    states, organisations, groups = (read_table(f"{name}.yaml") for name in ("states", "organisations", "groups"))
    institutions, roles = read_table("institutions.yaml"), read_table("roles.yaml")
    people, cities = _people(), earlier_capitals(states) | _cities()
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
        by_surname=surnames_of(people[0]),
        by_role=roles_of(people[0]),
    )


def may_be_called(noun: str, office: str, role: str) -> bool:
    """Whether "president" or another noun fits who holds an office under a title in lower case: no king is one."""
    if noun == "president":
        return role not in _ROYAL and (office != "head-of-government" or noun in role)
    return noun not in _ROYAL or role in _ROYAL or noun in role or role in _REIGNING


_GOVERNED_BY_ANOTHER = frozenset(  # states whose head reigns or represents, and whose prime minister leads
    "ALB AND ARM AUS AUT BEL BGD BGR BHS BIH BLZ BRB BTN CAN CHE CZE DMA DNK ESP EST ETH FIN FJI GBR GEO GRC GRD HRV "
    "HUN IND IRL IRQ ISL ISR ITA JAM JPN KHM KNA LBN LCA LSO LUX LVA MDA MKD MLT MNE MUS MYS NLD NOR NPL NZL PAK PNG "
    "PRT SGP SLB SRB SVK SVN SWE THA TLS TTO TUV VCT VUT WSM XKX LTU POL ROU DEU CSK YUG".split()
)
_ROYAL = frozenset({"king", "queen", "emperor", "emir", "sultan", "monarch", "supreme leader"})
_REIGNING = frozenset({"grand duke", "prince", "amir", "shah", "head of state", "monarch", "paramount leader"})
_TITLED = frozenset({"president", "king", "queen", "emperor", "emir", "sultan", "secretary of state"})
_HEADS = frozenset({"organisation-head", "head-of-state", "head-of-government"})
_CHAIRS = frozenset({"chair", "chairman", "chairperson", "chairwoman"})


def _is_head_of(organ: Actor, role: str) -> bool:
    """Whether a title names an organ: "President of the European Commission"."""
    return organ.name.lower() in role


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
    rows = list(read_rows("officeholders.csv"))
    collected = [(row["name"], _term(row, row["source"])) for row in rows]
    for name, key in _respelt(collected, terms):
        if spellings.setdefault(slug(name), key) == key and name not in names[key]:
            names[key].append(name)
    for row, (name, term) in zip(rows, collected, strict=True):
        key = slug(name)
        key = key if key in by_hand else spellings.get(key, key)
        known = names.setdefault(key, [name])
        known += [other for other in filter(None, row["known_as"].split("|")) if other not in known]
        if key not in by_hand or _is_new(term, terms[key]):
            terms.setdefault(key, []).append(term)
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


def _is_new(term: Term, told: Iterable[Term]) -> bool:
    """Whether a term adds to those of a person that notables.csv tells: a listed office, or a title written by hand."""
    if term.office:
        return not any(_same_term(term, held) for held in told)
    roles = [held.role.lower() for held in told if not held.office]
    return term.source == "general knowledge" and term.role.lower() not in roles


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


def surnames_of(persons: Mapping[str, Person]) -> dict[tuple[str, str], tuple[tuple[Term, str], ...]]:
    """Terms in an office by the office and the last word of the holder's name."""
    out: dict[tuple[str, str], list[tuple[Term, str]]] = {}
    for person in persons.values():
        pieces = person.id.split("-")
        is_eastern = len(pieces) == 3 and len(pieces[0]) < 5  # the family's name comes first, as in Ban Ki-moon
        for surname in dict.fromkeys((pieces[-1], pieces[0]) if is_eastern else pieces[-1:]):
            for term in person.terms:
                if term.office and term.start:
                    out.setdefault((term.office, surname), []).append((term, person.id))
    return {key: tuple(held) for key, held in out.items()}


def roles_of(persons: Mapping[str, Person]) -> dict[tuple[str, str], tuple[tuple[Term, str], ...]]:
    """Terms that are of no listed office by country and title, lower case."""
    out: dict[tuple[str, str], list[tuple[Term, str]]] = {}
    for person in persons.values():
        for term in person.terms:
            if term.start and not term.office:
                out.setdefault((term.country, term.role.lower()), []).append((term, person.id))
    return {key: tuple(held) for key, held in out.items()}


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
