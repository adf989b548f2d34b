"""What tables are made of: documents, and records with the document that proves them.

What enters: coded documents, or what a project holds, which has the same attributes. What leaves: one stream of
`DocumentNote`s and `Finding`s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from detente.records import CodedDocument, Document, Entity, Event, Membership, Provenance, Stance, Statement

Record = Event | Stance | Statement | Membership

# A state, or a sector of one: `PAK`, `PAK:GOV`.
_STATE = re.compile(r"^([A-Z]{3})(:[A-Z]+)?$")


@dataclass(frozen=True, slots=True)
class DocumentNote:
    """A document, whether it was coded and by what, and which one it nearly repeats."""

    document: Document
    is_coded: bool = True
    coder: str | None = None
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A record under its lasting id, with its document and the entities that it names, by id."""

    id: str
    record: Record
    document: Document
    entities: Mapping[str, Entity] = field(default_factory=dict)
    review: str = "unreviewed"


@dataclass(frozen=True, slots=True)
class Group:
    """The happening that an event reports: its id, its number of reports, and whether this is the one to count."""

    id: str
    n_reports: int = 1
    is_first: bool = True


def findings_of(coded: Iterable[CodedDocument]) -> Iterator[DocumentNote | Finding]:
    """Take coded documents apart, each before its records."""
    for one in coded:
        yield DocumentNote(one.document, coder=coder_name(one.provenance))
        entities = {entity.id: entity for entity in one.entities}
        records: tuple[Record, ...] = (*one.events, *one.stances, *one.statements, *one.memberships)
        for record in records:
            yield Finding(record.id, record, one.document, entities)


def coder_name(provenance: Provenance) -> str:
    """What made records, in one line."""
    encoder = "" if provenance.encoder_sha256 == "none" else f", encoder {provenance.encoder_sha256[:12]}"
    return f"detente {provenance.detente}, codebook {provenance.codebook}, {provenance.model}{encoder}"


def country_of(entity_id: str, entities: Mapping[str, Entity]) -> str | None:
    """The state or organisation that an entity belongs to or acts for; its own id where it is one."""
    entity = entities.get(entity_id)
    if entity is None:
        found = _STATE.match(entity_id)
        return found[1] if found else None
    if entity.kind == "state":
        return entity.id
    return entity.country or (entity.id if entity.kind == "organisation" else None)


def sector_of(entity_id: str, entities: Mapping[str, Entity]) -> str | None:
    """The PLOVER sector of an entity, if it has one."""
    entity = entities.get(entity_id)
    if entity is not None and entity.sector is not None:
        return entity.sector
    found = _STATE.match(entity_id)
    return found[2][1:] if found and found[2] else None


def name_of(entity_id: str, entities: Mapping[str, Entity]) -> str:
    """The name of an entity; its id where it is not known."""
    entity = entities.get(entity_id)
    return entity_id if entity is None else entity.name
