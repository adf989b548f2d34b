"""The working state of one document's resolution: names found so far, mentions and entities being made.

What enters: a parsed document and the knowledge. What leaves: look-ups that the steps share. A draft lives
only inside `resolve()`; what leaves the stage is frozen.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from detente.codebook.codebook import load_codebook
from detente.records import Document, Entity, EntityKind, Mention
from detente.resolve.entries import Actor
from detente.resolve.gazetteer import locate
from detente.resolve.knowledge import Knowledge, Person, Term
from detente.resolve.names import NameMatch, slug
from detente.resolve.namesakes import settle
from detente.syntax.document import ParsedDocument

_AHEAD = {"head-of-state": 77, "head-of-government": 31}  # days between an election and the office, at most
_ELECTED = frozenset({"President", "Prime Minister", "Chancellor", "Premier"})
PAST = frozenset(
    {
        "former",
        "ex",
        "late",
        "ousted",
        "deposed",
        "toppled",
        "overthrown",
        "then",
        "retired",
        "outgoing",
        "erstwhile",
        "onetime",
    }
)

_RANKS = {"head-of-state": 4, "head-of-government": 3, "organisation-head": 2}  # which of several offices counts


class Draft:
    """Mutable while the steps run, in the order that `resolve()` calls them."""

    def __init__(self, parsed: ParsedDocument, knowledge: Knowledge) -> None:
        self.parsed = parsed
        self.knowledge = knowledge
        self.day = parsed.document.published
        self.home = home_of(parsed.document, knowledge)
        found = knowledge.lexicon.find(parsed)
        self.names = settle(parsed, found, knowledge)
        self.no_actors = {t for m in found if m.sense.kind == "ignore" for t in range(m.first, m.last + 1)}
        self.name_at: dict[int, NameMatch] = {}
        for match in self.names:
            for token in range(match.first, match.last + 1):
                self.name_at.setdefault(token, match)
        self.persons: list[PersonSpan] = []
        self.person_at: dict[int, PersonSpan] = {}
        self.ships: list[tuple[int, int, str]] = []
        self.consumed: set[int] = set()
        self.mentions: list[Mention] = []
        self.mentions_at: dict[int, list[Mention]] = {}
        self.entities: dict[str, Entity] = {}
        self.issuers: list[Mention] = []
        self._spans: set[tuple[int, int, str]] = set()

    def country_of(self, actor_id: str) -> str:
        """The state or organisation that an actor of the tables acts for; a former state in its time is its own."""
        actor = self.knowledge.actors.get(actor_id)
        while actor is not None and actor.country is not None and not self._stands(actor):
            actor_id, actor = actor.country, self.knowledge.actors.get(actor.country)
        return actor_id

    def _stands(self, actor: Actor) -> bool:
        """Whether a former state still existed at the document's date."""
        return actor.until is not None and actor.sector != "PRE" and self.day is not None and self.day < actor.until

    @cached_property
    def located(self) -> dict[int, str]:
        """The state of each place that the parser sees and no table has, by its last token, where it can be told."""
        near = tuple(dict.fromkeys(m.sense.id for m in self.names if m.sense.kind in ("state", "adjective", "capital")))
        out: dict[int, str] = {}
        for span in self.parsed.names:
            if span.label not in ("GPE", "LOC") or any(t in self.name_at for t in range(span.start, span.end)):
                continue
            first = span.start + (self.parsed.pos[span.start] == "DET")
            name = self.parsed.document.text[self.parsed.starts[first] : self.parsed.ends[span.end - 1]]
            place = locate(name, near_countries=near[:6])
            if place is not None:
                out[span.end - 1] = place.country
        return out

    def place_country(self, place: str) -> str | None:
        """The state in which a city or region of the tables lies."""
        return self.knowledge.cities.get(place)

    def head_of(self, first: int, last: int) -> int:
        """The token of [first, last] whose head lies outside: the root of the phrase."""
        parsed = self.parsed
        best = last
        for token in range(last, first - 1, -1):
            outside = not first <= parsed.heads[token] <= last or parsed.heads[token] == token
            if outside and parsed.pos[token] not in ("PUNCT", "PART", "DET", "ADP"):
                best = token
                if parsed.deps[token] not in ("compound", "amod", "nmod", "det", "punct"):
                    break
        return best

    def add_actor(self, actor_id: str) -> str:
        """Take an actor of the tables into the entities."""
        if actor_id not in self.entities:
            actor = self.knowledge.actors[actor_id]
            entity = actor_entity(actor, self.knowledge)
            home = self.country_of(actor_id)
            if entity.country is not None and home != entity.country:
                entity = replace(entity, country=home if home != actor_id else None)
            self.entities[actor_id] = entity
        return actor_id

    def add_group(self, country: str | None, sector: str | None, name: str, *, key: str | None = None) -> str:
        """Take a group such as `TUR:MIL` into the entities; `key` names it where there is no country."""
        entity_id = f"{country}:{sector}" if country and sector else (key or country or "UNK")
        if entity_id not in self.entities:
            self.entities[entity_id] = Entity(
                entity_id, group_name(country, sector, self.knowledge) or name, "group", country=country, sector=sector
            )
        return entity_id

    def add_person(
        self,
        key: str,
        name: str,
        *,
        country: str | None = None,
        sector: str | None = None,
        role: str | None = None,
        affiliation: str | None = None,
    ) -> str:
        """Take a person into the entities; what the text says of the person fills or replaces what is known."""
        entity = self.entities.get(key) or self._known_person(key) or Entity(key, name, "person")
        if country and entity.country != country and not self._is_settled(key):
            entity = replace(entity, country=country, sector=sector, role=role, affiliation=affiliation)
        if role and (entity.role is None or (entity.sector == "ELI" and sector != "ELI")):
            entity = replace(entity, role=role, sector=sector or entity.sector)
        if sector and entity.sector is None:
            entity = replace(entity, sector=sector)
        self.entities[key] = entity
        return key

    def _is_settled(self, key: str) -> bool:
        """Whether the tables know a person so well that a title in the text cannot change his country."""
        person = self.knowledge.persons.get(key)
        return person is not None and person.is_notable

    def _known_person(self, key: str) -> Entity | None:
        person = self.knowledge.persons.get(key)
        return None if person is None else person_entity(person, self.day, self.knowledge)

    def add_mention(
        self, start: int, end: int, entity_id: str, root: int, form: str, reason: str, score: float = 1.0
    ) -> None:
        """Add a mention over characters [start, end), once for each span and entity."""
        key = (start, end, entity_id)
        if key in self._spans:
            return
        self._spans.add(key)
        text = self.parsed.document.text[start:end]
        mention = Mention(start, end, text, entity_id, root, form, reason, score)  # type: ignore[arg-type]
        self.mentions.append(mention)
        self.mentions_at.setdefault(root, []).append(mention)
        if self.parsed.deps[root] in ("compound", "poss", "nmod", "amod"):
            self.issuers.append(mention)


class PersonSpan:
    """The name of a person in the text: tokens [first, last] and the entity."""

    __slots__ = ("entity_id", "first", "last", "reason", "titled")

    def __init__(self, first: int, last: int, entity_id: str, reason: str) -> None:
        self.first = first
        self.last = last
        self.entity_id = entity_id
        self.reason = reason
        self.titled = False


def home_of(document: Document, knowledge: Knowledge) -> str | None:
    """The state or organisation that issues a document; titles without a country are its own."""
    for name in (document.author, document.publisher):
        found = name and institution_named(name, document.published, knowledge)
        if found:
            return found
    return None


def institution_named(name: str, day: str | None, knowledge: Knowledge) -> str | None:
    """The state or organisation behind an issuing body or an office holder: "US Department of State" is USA."""
    person = knowledge.persons.get(slug(name))
    if person is not None:
        term = next((t for t in person.terms if t.covers(day)), None)
        return term.country if term is not None and term.sector in ("GOV", "MIL", "LEG") else None
    for sense in knowledge.lexicon.find_text(name):
        actor = knowledge.actors.get(sense.id)
        if sense.kind in ("media", "place", "person") or actor is None or actor.sector in ("EDU", "JRN", "NGO"):
            continue
        while actor.country is not None and actor.country in knowledge.actors:
            actor = knowledge.actors[actor.country]
        return actor.id
    return None


def actor_entity(actor: Actor, knowledge: Knowledge) -> Entity:
    """An actor of the tables; `country` is the state or organisation that it acts for in the end."""
    kind: EntityKind = {"state": "state", "organisation": "organisation"}.get(actor.kind, "group")  # type: ignore[assignment]
    country = None if actor.country is None else knowledge.country_of(actor.id)
    return Entity(actor.id, actor.name, kind, country=country, sector=actor.sector, aliases=actor.aliases)


def group_name(country: str | None, sector: str | None, knowledge: Knowledge) -> str | None:
    """What `TUR:MIL` is called: the country's name and what the sector means; None where either is unknown."""
    actor = knowledge.actors.get(country or "")
    known = load_codebook().sectors.get(sector or "")
    return f"{actor.name} ({known.meaning})" if actor is not None and known is not None else None


def person_entity(person: Person, day: str | None, knowledge: Knowledge) -> Entity:
    """A person as of a date: the office held then, else "former", else what comes later without a role."""
    held = [term for term in person.terms if term.covers(day)]
    sector: str | None
    coming = None if any(term.office for term in held) else _elected(person, day)
    if coming is not None:
        term, sector, role = coming, None, f"{coming.role}-elect"
    elif held:
        term = max(held, key=_weight)
        sector, role = term.sector, term.role
    else:
        past = [term for term in person.terms if day is None or (term.start and term.start <= day)]
        term = max(past, key=_weight) if past else person.terms[0]
        sector = "ELI" if past and term.sector == "GOV" else term.sector if past else None
        role = f"former {term.role}" if past else None  # type: ignore[assignment]
    country = knowledge.country_of(term.country)
    affiliation = term.country if term.country != country else None
    return Entity(person.id, person.name, "person", country=country, sector=sector, role=role, affiliation=affiliation)


def _elected(person: Person, day: str | None) -> Term | None:
    """The highest office that a person is about to take: a president's within eleven weeks, a premier's within a month.

    Who held that office before is called by it still.
    """
    if day is None or len(day) < 10:
        return None
    for term in person.terms:
        days = _AHEAD.get(term.office)
        if days is None or len(term.start) < 10 or term.role not in _ELECTED:
            continue
        if any(t.office == term.office and t.start <= day for t in person.terms):
            continue
        if day < term.start <= (date.fromisoformat(day[:10]) + timedelta(days)).isoformat():
            return term
    return None


def _weight(term: Term) -> tuple[int, str]:
    """The higher office first, then the later."""
    return _RANKS.get(term.office, 1 if term.office else 0), term.start
