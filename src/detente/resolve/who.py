"""Who a name means at a date, with what makes it so: offices, memberships, successors, places, and their sources.

What enters: a name and a day. What leaves: one frozen `Answer` with its candidates, the likeliest first, or with
the nearest names that we do know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from detente.records import Entity
from detente.resolve.gazetteer import PlaceRecord
from detente.resolve.knowledge import Knowledge, Term, load_knowledge
from detente.resolve.lookup import Match, look_up
from detente.resolve.memberships import (
    KNOWN_STATUSES,
    Moment,
    Spell,
    listings_of,
    members_of,
    memberships_of,
)
from detente.resolve.names import split
from detente.resolve.state_codes import StateCodes, codes_of, codes_on

_NEAREST = 5
_CUTOFF = 0.7  # of difflib; below it the names are nobody's misspelling
_SOURCES = {
    "notables.csv": "detente's table of office holders",
    "general knowledge": "detente's table of office holders",
    "wikidata": "Wikidata (CC0)",
    "wikidata; end assumed": "Wikidata (CC0), end assumed",
    "factbook": "CIA World Factbook",
    "phoenix": "Phoenix actor dictionaries (MIT)",
}


@dataclass(frozen=True, slots=True)
class Office:
    """One term of office, ISO dates as precisely as known; `end` None: none recorded. `held` is on the day asked."""

    role: str
    country: str
    sector: str
    start: str | None
    end: str | None
    held: bool
    source: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """A status on the day asked: of the candidate in `organisation`, or of `member` in the candidate.

    `is_sure` is False where the dates are too coarse to tell whether it held on that very day.
    """

    organisation: str
    member: str
    name: str
    status: str
    start: str | None
    end: str | None
    is_sure: bool
    source: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a name may mean. `score` in 0..1 orders the candidates of one name; it is no probability.

    `kind` is that of the entity, or `place`. A former state was no more from the day `until` on, is coded as
    `country` and has `successors`; `codes` are a state's on the day asked, else those of its last span.
    `memberships` are a state's own, `members` an organisation's. `latitude` and `longitude` are a place's.
    """

    id: str
    name: str
    kind: str
    score: float
    reason: str
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    until: str | None = None
    successors: tuple[str, ...] = ()
    claimed_by: str | None = None
    codes: StateCodes | None = None
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    memberships: tuple[Belonging, ...] = ()
    members: tuple[Belonging, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """A name that we know, like the one asked for."""

    name: str
    id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name means on a day. Without candidates it is unresolved, and `nearest` has names like it."""

    name: str
    on: date
    candidates: tuple[Candidate, ...]
    nearest: tuple[Nearest, ...] = ()


def who_is(name: str, on: date, *, knowledge: Knowledge | None = None) -> Answer:
    """Tell whom or what a name means on a day.

    Args:
        name: of a state, organisation, group, person or place, or an office with its country.
        on: the day that offices and memberships are told for.
        knowledge: the tables to look in; None takes those of detente.

    Raises:
        DataError: a table does not validate.
    """
    known = load_knowledge() if knowledge is None else knowledge
    found = look_up(name, on.isoformat(), known)
    if not found:
        return Answer(name, on, (), nearest_names(name, known))
    return Answer(name, on, tuple(_candidate(match, on, known) for match in found))


def nearest_names(name: str, knowledge: Knowledge) -> tuple[Nearest, ...]:
    """The names most like one that is unknown; empty where none is."""
    key = " ".join(split(name)).lower()
    length = len(key)
    names = {
        known: sense
        for _, known, sense in knowledge.lexicon.names()
        if abs(len(known) - length) <= length / 2 and (sense.id in knowledge.actors or sense.id in knowledge.persons)
    }
    out: dict[str, Nearest] = {}
    for known in get_close_matches(key, names, n=2 * _NEAREST, cutoff=_CUTOFF):
        sense = names[known]
        actor = knowledge.actors.get(sense.id)
        near = (
            Nearest(actor.name, actor.id, actor.kind)
            if actor is not None
            else Nearest(knowledge.persons[sense.id].name, sense.id, "person")
        )
        out.setdefault(sense.id, near)
    return tuple(out.values())[:_NEAREST]


def _candidate(match: Match, on: date, knowledge: Knowledge) -> Candidate:
    meant = match.meant
    if isinstance(meant, PlaceRecord):
        return _place(match, meant)
    actor, person = knowledge.actors.get(meant.id), knowledge.persons.get(meant.id)
    is_state, is_organisation = meant.kind == "state", meant.kind == "organisation"
    return Candidate(
        id=meant.id,
        name=meant.name,
        kind=meant.kind,
        score=match.score,
        reason=match.reason,
        country=meant.country,
        sector=meant.sector,
        role=meant.role,
        until=None if actor is None else actor.until,
        successors=() if actor is None else actor.successors,
        claimed_by=None if actor is None else actor.claimed_by,
        codes=_codes(meant.id, on) if is_state else None,
        aliases=_aliases(meant, knowledge),
        offices=() if person is None else tuple(_office(term, on) for term in person.terms),
        memberships=_memberships(meant.id, on, knowledge) if is_state or is_organisation else (),
        members=_members(meant.id, on, knowledge) if is_organisation else (),
    )


def _codes(state: str, on: date) -> StateCodes | None:
    found = codes_on(state, on)
    return found if found is not None else next(reversed(codes_of(state)), None)


def _place(match: Match, place: PlaceRecord) -> Candidate:
    return Candidate(
        id=match.id,
        name=f"{place.name}, {place.admin1}" if place.admin1 not in (None, place.name) else place.name,
        kind="place",
        score=match.score,
        reason=match.reason,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        population=place.population or None,
    )


def _aliases(entity: Entity, knowledge: Knowledge) -> tuple[str, ...]:
    """Other ids, then other names."""
    lexicon = knowledge.lexicon.names()
    names = {name for name, _, sense in lexicon if sense.id == entity.id and sense.kind not in _NO_ALIAS}
    return (*entity.aliases, *sorted(names - {entity.name, *entity.aliases}))


_NO_ALIAS = frozenset({"capital", "seat", "place", "role", "ignore"})


def _office(term: Term, on: date) -> Office:
    return Office(
        role=term.role,
        country=term.country,
        sector=term.sector,
        start=term.start or None,
        end=term.end or None,
        held=term.covers(on.isoformat()),
        source=_SOURCES.get(term.source, term.source),
    )


def _memberships(key: str, on: date, knowledge: Knowledge) -> tuple[Belonging, ...]:
    spells = memberships_of(key, on, include_unsure=True)
    return tuple(_belonging(spell, spell.organisation, on, knowledge) for spell in (*spells, *listings_of(key, on)))


def _members(key: str, on: date, knowledge: Knowledge) -> tuple[Belonging, ...]:
    spells = members_of(key, on, statuses=KNOWN_STATUSES, include_unsure=True)
    return tuple(_belonging(spell, spell.state, on, knowledge) for spell in spells)


def _belonging(spell: Spell, other: str, on: date, knowledge: Knowledge) -> Belonging:
    actor = knowledge.actors.get(other)
    return Belonging(
        organisation=spell.organisation,
        member=spell.state,
        name=other if actor is None else actor.name,
        status=spell.status,
        start=_written(spell.start),
        end=_written(spell.end),
        is_sure=spell.holds(on) is True,
        source=spell.source,
    )


def _written(moment: Moment | None) -> str | None:
    """A moment in ISO form, of the precision that it has."""
    if moment is None:
        return None
    text = moment.first.isoformat()
    days = (moment.last - moment.first).days
    return text if days == 0 else text[:7] if days < 31 else text[:4]
