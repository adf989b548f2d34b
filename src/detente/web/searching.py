"""Answers to a question in an address: a page of records, how many there are, and how they part.

What enters: a site and an `Asked`. What leaves: an `Answer`. Where the columns hold all that the project does, they
answer; where the project has changed a moment ago, the database does, and the counts of facets say from when they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.queries import Found, count_records, records
from detente.queries.facets import Facets, facets
from detente.queries.records import records_with_keys
from detente.web.asking import Asked, name_of

if TYPE_CHECKING:
    from detente.web.app import Site

_MOST_VALUES = 8
_MOST_YEARS = 12


@dataclass(frozen=True, slots=True)
class Facet:
    """One way in which the answers part: values with their label, number and address; `left` counts those not shown."""

    title: str
    name: str
    values: tuple[tuple[str, int, str], ...]
    left: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of results.

    Attributes:
        number: of all results.
        following: cursor of the next page.
        facets: those that split the results further; empty while a large project is read for the first time.
        counted_at: moment from which the numbers of facets are, where the project has changed since; else None.
        is_counting: whether facets will come in a moment.
    """

    results: tuple[Found[Any], ...]
    number: int
    following: str | None
    facets: tuple[Facet, ...]
    counted_at: str | None
    is_counting: bool


def found_by(site: Site, asked: Asked) -> Answer:
    """Answer a question.

    Raises:
        QueryError: a value, the cursor or the limit does not exist.
    """
    wanted, project, known = asked.wanted(), site.project, site.relations.glance()
    is_current = known is not None and not site.relations.is_behind
    found = None
    if known is not None:
        found = facets(project, known.columns, asked.kind, wanted, current=is_current)
    if found is not None and is_current:
        keys, following = found.keys(after=asked.after, limit=asked.limit, newest_first=asked.newest_first)
        results = records_with_keys(project, keys)
    else:
        page = records(
            project, asked.kind, wanted, after=asked.after, limit=asked.limit, newest_first=asked.newest_first
        )
        results, following = page.results, page.following
    return Answer(
        results=results,
        number=found.number if found is not None else count_records(project, asked.kind, wanted),
        following=following,
        facets=tuple(_facets(asked, found)) if found is not None else (),
        counted_at=None if is_current or known is None else known.at,
        is_counting=known is None,
    )


def _facets(asked: Asked, found: Facets) -> list[Facet]:
    """The facets of what is not yet asked for."""
    speaks = "Speaker" if asked.kind == "statement" else "Holder" if asked.kind == "stance" else "Actor"
    groups = [("Kind", "kind"), ("Type", "type"), ("Status", "status"), (speaks, "actor"), ("Recipient", "recipient")]
    groups += [("According to", "according_to"), ("Publisher", "publisher"), ("Year", "year"), ("Review", "review")]
    made = [_facet(asked, found, title, name) for title, name in groups]
    return [one for one in made if one.values]


def _facet(asked: Asked, found: Facets, title: str, name: str) -> Facet:
    is_asked = name in asked.values or (name == "kind" and asked.kind is not None)
    if is_asked or (name == "year" and {"since", "until"} & set(asked.values)):
        return Facet(title, name, (), 0)
    counted = found.count(name)
    if name == "status" and asked.kind == "membership":
        counted = []
    most = _MOST_VALUES
    if name == "year":
        counted, most = sorted(counted, reverse=True), _MOST_YEARS
    values = tuple(
        (_label(name, value), number, asked.address(**_condition(name, value))) for value, number in counted[:most]
    )
    # A single value that all have splits nothing.
    if len(counted) == 1 and counted[0][1] == found.number and name != "review":
        return Facet(title, name, (), 0)
    return Facet(title, name, values, len(counted) - len(values))


def _condition(name: str, value: str) -> dict[str, str | None]:
    return {"since": value, "until": value} if name == "year" else {name: value}


def _label(name: str, value: str) -> str:
    return name_of(value) if name in ("actor", "recipient", "according_to") else value
