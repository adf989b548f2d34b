"""Records → rows of the tidy tables.

What enters: a `Finding` or `DocumentNote`. What leaves: pairs of a table's name and a row with its columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Protocol

from detente.codebook.codebook import QUAD_CLASSES
from detente.exports.dates import days_of, precision_of
from detente.exports.findings import DocumentNote, Finding, Group, country_of, name_of, sector_of
from detente.interchange.forms import told_of
from detente.records import Event, Evidence, Membership, Place, Stance, Statement

Row = dict[str, Any]


class Codes(Protocol):
    """The codes of a state on a day."""

    @property
    def iso3(self) -> str | None: ...
    @property
    def cow_number(self) -> int | None: ...
    @property
    def gw_number(self) -> int | None: ...


CodesOn = Callable[[str, date], Codes | None]


def document_row(note: DocumentNote) -> Row:
    """A row of `documents`."""
    document = note.document
    return {
        "document_id": document.id,
        "title": document.title,
        "author": document.author,
        "publisher": document.publisher,
        "url": document.url,
        "published": document.published,
        **_dates(document.published),
        "language": document.language,
        "n_chars": len(document.text),
        "sha256": document.sha256,
        "copy_of": note.copy_of,
        "is_coded": note.is_coded,
        "coder": note.coder,
    }


def record_rows(finding: Finding, *, codes_on: CodesOn, groups: Mapping[str, Group]) -> Iterator[tuple[str, Row]]:
    """The rows of a record: its own, those of its sides, those of its evidence."""
    match finding.record:
        case Event() as event:
            sides = list(_sides(finding, event, codes_on))
            yield "events", _event_row(finding, event, sides, groups.get(finding.id, Group(finding.id)))
            yield from (("event_sides", side) for side in sides)
            parts = {"evidence": (event.evidence,), "trigger": (event.trigger,), "also": event.also}
            yield from _evidence_rows(finding, "event", parts)
        case Stance() as stance:
            yield "stances", _stance_row(finding, stance)
            parts = {"evidence": (stance.evidence,), "trigger": (stance.trigger,), "also": stance.also}
            yield from _evidence_rows(finding, "stance", parts)
        case Statement() as statement:
            yield "statements", _statement_row(finding, statement)
            yield from _evidence_rows(finding, "statement", {"content": (statement.content,), "cue": (statement.cue,)})
        case Membership() as membership:
            yield "memberships", _membership_row(finding, membership)
            parts = {"evidence": (membership.evidence,), "also": membership.also}
            yield from _evidence_rows(finding, "membership", parts)


def named_in(finding: Finding) -> Iterator[str]:
    """Ids of the entities on the sides of a record, each once."""
    match finding.record:
        case Event() as event:
            yield from dict.fromkeys((*event.actors, *event.recipients))
        case Stance() as stance:
            yield from dict.fromkeys((stance.holder, stance.object))
        case Statement() as statement:
            yield statement.speaker
        case Membership() as membership:
            yield from dict.fromkeys((membership.member, membership.organisation))


def _event_row(finding: Finding, event: Event, sides: list[Row], group: Group) -> Row:
    told = told_of(event)
    mutual = not event.recipients and len(event.actors) > 1
    actors = [side for side in sides if side["side"] == "actor"]
    others = actors[1:] if mutual else [side for side in sides if side["side"] == "recipient"]
    return {
        "event_id": finding.id,
        "event_group": group.id,
        "n_reports": group.n_reports,
        "is_first": group.is_first,
        **_party("actor", actors, finding),
        **_party("recipient", others, finding),
        "actors": _joined(event.actors),
        "recipients": _joined(event.recipients),
        "mutual": mutual,
        "event_type": event.type,
        "modes": _joined(event.modes),
        "contexts": _joined(event.contexts),
        "quad_class": None if told["quad"] is None else QUAD_CLASSES.index(told["quad"]) + 1,
        "score": told["score"],
        "cameo": told["cameo"],
        "status": event.status,
        **_dates(event.date),
        "date_basis": event.date_basis,
        "due": event.due,
        **_place(event.place),
        "probability": event.probability,
        "trigger": event.trigger.quote,
        **_told(finding, event.evidence),
    }


def _sides(finding: Finding, event: Event, codes_on: CodesOn) -> Iterator[Row]:
    day = next(filter(None, (*days_of(event.date), *days_of(finding.document.published))), None)
    for side, ids in (("actor", event.actors), ("recipient", event.recipients)):
        for position, entity_id in enumerate(ids, 1):
            country = country_of(entity_id, finding.entities)
            codes = None if country is None or day is None else codes_on(country, day)
            yield {
                "event_id": finding.id,
                "side": side,
                "position": position,
                "entity_id": entity_id,
                "country": country,
                "sector": sector_of(entity_id, finding.entities),
                "iso3": codes and codes.iso3,
                "cow": codes and codes.cow_number,
                "gw": codes and codes.gw_number,
                "inferred": f"{side}s" in event.inferred,
            }


def _party(name: str, sides: list[Row], finding: Finding) -> Row:
    """The first of a side with its codes."""
    if not sides:
        return {}
    side = sides[0]
    return {
        f"{name}_id": side["entity_id"],
        f"{name}_name": name_of(side["entity_id"], finding.entities),
        f"{name}_country": side["country"],
        **{f"{name}_{code}": side[code] for code in ("sector", "iso3", "cow", "gw")},
    }


def _place(place: Place | None) -> Row:
    if place is None:
        return {}
    return {
        "place": place.name,
        "place_country": place.country,
        "admin1": place.admin1,
        "geonameid": place.geonameid,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "where_prec": _where(place),
    }


def _where(place: Place) -> int | None:
    """UCDP's `where_prec`: a place of GeoNames is exact, a region has its middle, else only the state is known."""
    if place.geonameid is not None:
        return 1
    if place.latitude is not None:
        return 5
    return 6 if place.country is not None else None


def _stance_row(finding: Finding, stance: Stance) -> Row:
    return {
        "stance_id": finding.id,
        "holder_id": stance.holder,
        "holder_country": country_of(stance.holder, finding.entities),
        "object_id": stance.object,
        "object_country": country_of(stance.object, finding.entities),
        "mutual": stance.mutual,
        "valence": float(stance.valence),
        "trend": stance.trend,
        **_dates(stance.date),
        "trigger": stance.trigger.quote,
        **_told(finding, stance.evidence),
    }


def _statement_row(finding: Finding, statement: Statement) -> Row:
    return {
        "statement_id": finding.id,
        "speaker_id": statement.speaker,
        "speaker_name": name_of(statement.speaker, finding.entities),
        "speaker_country": country_of(statement.speaker, finding.entities),
        "role": statement.role,
        "affiliation": statement.affiliation,
        "venue": statement.venue,
        "direct": statement.direct,
        "denied": statement.denied,
        "cue": statement.cue.quote,
        **_told(finding, statement.content),
    }


def _membership_row(finding: Finding, membership: Membership) -> Row:
    return {
        "membership_id": finding.id,
        "member_id": membership.member,
        "organisation_id": membership.organisation,
        "status": membership.status,
        "since": membership.since,
        "until": membership.until,
        **_told(finding, membership.evidence),
    }


def _evidence_rows(finding: Finding, kind: str, parts: Mapping[str, tuple[Evidence, ...]]) -> Iterator[tuple[str, Row]]:
    for part, spans in parts.items():
        for position, evidence in enumerate(spans, 1):
            yield (
                "evidence",
                {
                    "record_id": finding.id,
                    "kind": kind,
                    "part": part,
                    "position": position,
                    "document_id": finding.document.id,
                    "start": evidence.start,
                    "end": evidence.end,
                    "quote": evidence.quote,
                },
            )


def _told(finding: Finding, evidence: Evidence) -> Row:
    return {
        "attribution": _joined(finding.record.attribution.sources),
        "review": finding.review,
        "document_id": finding.document.id,
        "published": finding.document.published,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "coded_by": finding.record.coded_by or None,
    }


def _dates(value: str | None) -> Row:
    days = days_of(value)
    return {"date_start": days[0], "date_end": days[1], "date_prec": precision_of(days)}


def _joined(values: Iterable[str]) -> str | None:
    return ";".join(values) or None
