"""Entries of the tables → actors, roles and the names they go by.

What enters: the content of the data files. What leaves: records for `Knowledge` and pairs of a name and its
sense for the lexicon. Plurals and peoples' names are made by rule here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from detente.errors import DataError
from detente.resolve.names import Sense, slug
from detente.resolve.tables import field_of


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, organisation, group, institution or medium as the tables give it.

    `country` is the state or organisation it acts for; `nouns` are what it may be called by ("bloc"). A former
    state has an ISO date `until`, the first day on which it was no more, and `successors`. A partly recognised one
    that keeps a code of its own has the claimant in `claimed_by`.
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
    since: str | None = None
    successors: tuple[str, ...] = ()
    claimed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A role noun: its PLOVER sector, whether it names a body or many people, and whether it is plural."""

    noun: str
    sector: str
    is_body: bool
    is_plural: bool


def actors_in(*tables: Mapping[str, Any]) -> Iterator[Actor]:
    """The actors of the tables of states, organisations, groups and institutions, in this order.

    Raises:
        DataError: two entries have the same id, or one has no name.
    """
    states, organisations, groups, institutions = tables
    _check_ids(("states", states), ("organisations", organisations), ("groups", groups))
    for kind, table in (("state", states), ("organisation", organisations), ("group", groups)):
        for key, row in table.items():
            yield Actor(
                id=key,
                name=field_of(row, "name", f"{kind} {key!r}"),
                kind=kind,
                country=row.get("country"),
                sector=row.get("sector"),
                aliases=tuple(row.get("aliases", ())),
                nouns=tuple(row.get("nouns", ())),
                adjective=next(iter(row.get("adjectives", ())), None),
                until=row.get("until"),
                since=row.get("since"),
                successors=tuple(row.get("successors", ())),
                claimed_by=row.get("claimed_by"),
            )
    for country, sectors in institutions["bodies"].items():
        for sector in sectors:
            yield Actor(f"{country}:{sector}", sectors[sector][0], "organisation", country, sector)
    for country, media in institutions["media"].items():
        for names in media:
            yield Actor(_medium(names), names[0], "organisation", country, "JRN")


def _check_ids(*tables: tuple[str, Mapping[str, Any]]) -> None:
    """An id is an actor's alone: NAM cannot be both Namibia and the Non-Aligned Movement."""
    seen: dict[str, str] = {}
    for table, rows in tables:
        for key in rows:
            if key in seen:
                raise DataError(
                    f"Id {key!r} in {seen[key]}.yaml and in {table}.yaml: an id names one actor. Rename the second."
                )
            seen[key] = table


def names_in_capitals(*tables: Mapping[str, Any]) -> frozenset[str]:
    """Names that are another name or a word unless written in capitals throughout.

    Raises:
        DataError: such a name is not a name of its entry.
    """
    out: set[str] = set()
    for table in tables:
        for key, row in table.items():
            listed = row.get("in_capitals", ())
            if unknown := set(listed).difference(row.get("names", ()), (row["name"],)):
                raise DataError(f"Unknown name {min(unknown)!r} in in_capitals of {key!r}: its names. Mend the entry.")
            out.update(listed)
    return frozenset(out)


def state_names(states: Mapping[str, Any]) -> Iterator[tuple[str, Sense]]:
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


def other_names(table: Mapping[str, Any], kind: Any) -> Iterator[tuple[str, Sense]]:
    for key, row in table.items():
        for name in (row["name"], *row.get("names", ())):
            yield name.removeprefix("the "), Sense(kind, key)
    for key, row in table.items():
        for name in row.get("adjectives", ()):
            yield name, Sense("adjective", key)
        for name in row.get("capitals", ()):
            yield name, Sense("capital", key)


def institution_names(institutions: Mapping[str, Any]) -> Iterator[tuple[str, Sense]]:
    for country, sectors in institutions["bodies"].items():
        for sector, names in sectors.items():
            for name in names:
                yield name, Sense("body", f"{country}:{sector}")
    for media in institutions["media"].values():
        for names in media:
            for name in names:
                yield name, Sense("media", _medium(names))


def _medium(names: list[str]) -> str:
    return slug(names[0].removeprefix("The "))


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


def roles_in(table: Mapping[str, Any]) -> Iterator[tuple[str, Role]]:
    seen: set[str] = set()
    for sector, nouns in field_of(table, "persons", "roles.yaml").items():
        for noun in nouns:
            for form, many in ((noun, False), (plural(noun), True)):
                if form not in seen and noun != "ministers":
                    seen.add(form)
                    yield form, Role(noun, sector, is_body=False, is_plural=many)
    for sector, nouns in field_of(table, "bodies", "roles.yaml").items():
        for noun in nouns:
            for form in (noun, plural(noun)):
                if form not in seen:
                    seen.add(form)
                    yield form, Role(noun, sector, is_body=True, is_plural=True)


def offices_in(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for office, nouns in table.items():
        for noun in nouns:
            out[noun] = (*out.get(noun, ()), office)
    return out


def place_names(
    states: Mapping[str, Any], cities: Mapping[str, str | None], actors: Mapping[str, Actor]
) -> Iterator[tuple[str, Sense]]:
    for name, country in cities.items():
        yield name, Sense("place", country or "")
    for key, row in states.items():
        country = actors[key].country or key
        for name in (row["name"], *row.get("names", ())):
            yield name.removeprefix("the "), Sense("state", country)
        for name in (*row.get("capitals", ()), *row.get("seats", ())):
            yield name.removeprefix("the "), Sense("place", country)
        for name in row.get("adjectives", ()):
            yield name, Sense("adjective", country)
