"""One line a record, for people: `PAK (Pakistan) → RUS (Russia)  CONSULT/visit  historical  2003`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.text import Text

from detente.records import (
    Attribution,
    CodedDocument,
    Entity,
    Event,
    Evidence,
    Membership,
    Stance,
    Statement,
    Status,
)

# What is not told as a fact stands out at the beginning of its line.
MARKS: dict[Status, tuple[str, str]] = {
    "future": ("[planned]", "bold blue"),
    "hypothetical": ("[hypothetical]", "bold magenta"),
    "proposed": ("[proposed]", "bold yellow"),
    "negated": ("[denied]", "bold red"),
}


@dataclass(frozen=True, slots=True)
class Headline:
    """A record's line and what proves it."""

    text: Text
    evidence: Evidence
    trigger: Evidence | None


class Names:
    """Says who an id is: with the name or code on first use, shortly after that."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = {entity.id: entity for entity in entities}
        self._seen: dict[str, None] = {}

    def used(self) -> Iterator[Entity]:
        """Yield the entities named so far, in that order."""
        return (self._entities[one] for one in self._seen if one in self._entities)

    def label(self, entity_id: str) -> str:
        entity = self._entities.get(entity_id)
        first = entity_id not in self._seen
        self._seen[entity_id] = None
        if entity is None:
            return entity_id
        is_coded = entity.id != entity.id.lower()
        short, more = (entity.id, entity.name) if is_coded else (entity.name, entity.code)
        return f"{short} ({more})" if first and more not in (short, entity.id.lower()) else short

    def joined(self, ids: Iterable[str]) -> str:
        return ", ".join(self.label(one) for one in ids)


def headlines(coded: CodedDocument, names: Names) -> Iterator[tuple[str, list[Headline]]]:
    """Yield each kind's title and headlines, in the order of the page."""
    yield "Events", [Headline(_event(one, names), one.evidence, one.trigger) for one in coded.events]
    yield "Stances", [Headline(_stance(one, names), one.evidence, one.trigger) for one in coded.stances]
    yield "Memberships", [Headline(_membership(one, names), one.evidence, None) for one in coded.memberships]
    yield "Statements", [Headline(_statement(one, names), one.content, None) for one in coded.statements]


def entity_note(entity: Entity) -> str:
    """Describe an entity in the legend."""
    code = entity.code if entity.code != entity.id else None
    parts = [entity.name, entity.kind, code, entity.role, entity.affiliation]
    return ", ".join(part for part in parts if part and part != entity.id)


def _event(event: Event, names: Names) -> Text:
    mark, style = MARKS.get(event.status, ("", ""))
    line = Text().append(f"{mark} " if mark else "", style).append(_sides(event, names), "cyan")
    _field(line, "/".join((event.type, *event.modes)), "bold")
    _field(line, event.status if not mark else None, "dim")
    _field(line, event.date)
    _field(line, f"due {event.due}" if event.due is not None else None)
    _field(line, str(event.place) if event.place is not None else None)
    _field(line, f"about {', '.join(event.contexts)}" if event.contexts else None, "dim")
    return _attributed(line, event.attribution, names)


def _sides(event: Event, names: Names) -> str:
    if event.recipients:
        return f"{names.joined(event.actors)} → {names.joined(event.recipients)}"
    return " ↔ ".join(names.label(one) for one in event.actors)


def _stance(stance: Stance, names: Names) -> Text:
    arrow = "↔" if stance.mutual else "→"
    line = Text().append(f"{names.label(stance.holder)} {arrow} {names.label(stance.object)}", "cyan")
    style = "red" if stance.valence < 0 else "green" if stance.valence > 0 else ""
    _field(line, f"{stance.valence:+g} {_valence_word(stance.valence)}", style)
    _field(line, stance.trend)
    _field(line, stance.date)
    return _attributed(line, stance.attribution, names)


def _valence_word(valence: float) -> str:
    if valence == 0:
        return "neutral"
    words = ("hostile", "cool") if valence < 0 else ("allied", "warm")
    return words[0] if abs(valence) > 0.75 else words[1]


def _membership(membership: Membership, names: Names) -> Text:
    line = Text().append(names.label(membership.member), "cyan")
    if membership.status == "founded":
        _field(line, "was founded", "bold")
    else:
        _field(line, f"{membership.status.replace('-', ' ')} of", "bold")
        _field(line, names.label(membership.organisation), "cyan")
    _field(line, f"since {membership.since}" if membership.since is not None else None)
    _field(line, f"until {membership.until}" if membership.until is not None else None)
    return _attributed(line, membership.attribution, names)


def _statement(statement: Statement, names: Names) -> Text:
    line = Text().append(names.label(statement.speaker), "cyan")
    _field(line, ", ".join(one for one in (statement.role, statement.affiliation) if one) or None, "dim")
    _field(line, "denies" if statement.denied else "says", "bold red" if statement.denied else "bold")
    _field(line, "quoted" if statement.direct else "reported", "dim")
    _field(line, statement.venue)
    return _attributed(line, statement.attribution, names)


def _attributed(line: Text, attribution: Attribution, names: Names) -> Text:
    if attribution.sources:
        told = " via ".join(names.label(one) for one in attribution.sources)
        _field(line, f"according to {told}", "italic")
    if attribution.endorsed:
        _field(line, "endorsed by the author", "italic")
    return line


def _field(line: Text, value: str | None, style: str = "") -> None:
    if value is not None:
        line.append("  ").append(value, style)
