"""Gold and predicted records in the form in which they are compared.

What enters: an article in the interchange form. What leaves: items whose entities are replaced by every
name they may go by, so that `vladimir-kozin`, `RUS:GOV` and `RUS` can agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from detente.errors import DataError

Json = Mapping[str, Any]
Names = frozenset[str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of the text."""

    start: int
    end: int

    def overlap(self, other: Span) -> float:
        """Shared characters as a share of the shorter span; negative when the spans are apart."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return shared / max(1, min(self.end - self.start, other.end - other.start))


@dataclass(frozen=True, slots=True)
class Item:
    """What gold and predictions of every kind carry.

    `tellings` holds the evidence and, in gold, the further passages that tell the same. `required` is
    False for debatable gold. `label` shows the record to a reader.
    """

    id: str
    tellings: tuple[Span, ...]
    required: bool
    label: str

    def overlap(self, prediction: Item) -> float:
        """The best that any of our tellings shares with the prediction's evidence."""
        return max(telling.overlap(prediction.tellings[0]) for telling in self.tellings)


@dataclass(frozen=True, slots=True)
class EventItem(Item):
    """An event; `types` are all that gold accepts, best first, and one in a prediction."""

    actors: Names
    actor_count: int
    recipients: Names
    types: tuple[str, ...]
    modes: Names
    status: str | None
    date: str | None
    place: str | None
    attribution: Names


@dataclass(frozen=True, slots=True)
class StanceItem(Item):
    holder: Names
    object: Names
    mutual: bool
    valence: float
    trend: str | None
    attribution: Names


@dataclass(frozen=True, slots=True)
class MembershipItem(Item):
    member: str
    organisation: str
    status: str
    since: str | None


@dataclass(frozen=True, slots=True)
class StatementItem(Item):
    speaker: Names
    direct: bool | None
    endorsed: bool


@dataclass(frozen=True, slots=True)
class Article:
    """The items of one article, gold or predicted."""

    id: str
    events: tuple[EventItem, ...] = ()
    stances: tuple[StanceItem, ...] = ()
    memberships: tuple[MembershipItem, ...] = ()
    statements: tuple[StatementItem, ...] = ()


def read_article(obj: Json) -> Article:
    """Read an article in the interchange form, gold or predicted.

    Raises:
        DataError: a record lacks a key that comparing needs.
    """
    entities = obj.get("entities", {})

    def read(kind: str, make: Callable[[Json, Mapping[str, Json]], T]) -> tuple[T, ...]:
        return tuple(_checked(make, record, entities, f"{kind} of {obj.get('id')!r}") for record in obj.get(kind, []))

    return Article(
        id=obj["id"],
        events=read("events", _event),
        stances=read("stances", _stance),
        memberships=read("memberships", _membership),
        statements=read("statements", _statement),
    )


def _checked(
    make: Callable[[Json, Mapping[str, Json]], T], record: Json, entities: Mapping[str, Json], where: str
) -> T:
    try:
        return make(record, entities)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DataError(
            f"Malformed record {record.get('id')!r} in {where} ({type(error).__name__}: {error}): the interchange "
            "form is needed. See docs/reference/records.md."
        ) from error


def names(ids: Iterable[str] | None, entities: Mapping[str, Json]) -> Names:
    """Collect all that the ids may go by: themselves, the country of `PAK:GOV`, aliases and own country."""
    found: set[str] = set()
    for one in ids or ():
        known = entities.get(one, {})
        found |= {one, one.partition(":")[0], *known.get("aliases", ())}
        if known.get("country"):
            found.add(known["country"])
    return frozenset(found)


def _shared(record: Json, *, key: str = "evidence") -> dict[str, Any]:
    spans = [record[key], *(record.get("also") or [])] if key == "evidence" else [record[key]]
    told = ("actor", "recipient", "type", "holder", "object", "member", "org", "speaker", "status")
    return {
        "id": record.get("id", ""),
        "tellings": tuple(Span(start, end) for start, end in spans),
        "required": record.get("required", True),
        "label": " ".join(f"{name}={record[name]}" for name in told if name in record),
    }


def _event(record: Json, entities: Mapping[str, Json]) -> EventItem:
    types = record["type"]
    return EventItem(
        **_shared(record),
        actors=names(record.get("actor"), entities),
        actor_count=len(record.get("actor") or ()),
        recipients=names(record.get("recipient"), entities),
        types=(types,) if isinstance(types, str) else tuple(types),
        modes=frozenset(record.get("mode") or ()),
        status=record.get("status"),
        date=record.get("date"),
        place=record.get("place"),
        attribution=names(record.get("attribution"), entities),
    )


def _stance(record: Json, entities: Mapping[str, Json]) -> StanceItem:
    return StanceItem(
        **_shared(record),
        holder=names([record["holder"]], entities),
        object=names([record["object"]], entities),
        mutual=bool(record.get("mutual")),
        valence=record["valence"],
        trend=record.get("trend"),
        attribution=names(record.get("attribution"), entities),
    )


def _membership(record: Json, entities: Mapping[str, Json]) -> MembershipItem:
    return MembershipItem(
        **_shared(record),
        member=record["member"],
        organisation=record["org"],
        status=record["status"],
        since=record.get("from"),
    )


def _statement(record: Json, entities: Mapping[str, Json]) -> StatementItem:
    return StatementItem(
        **_shared(record, key="content"),
        speaker=names([record["speaker"]], entities),
        direct=record.get("direct"),
        endorsed=bool(record.get("endorsed")),
    )
