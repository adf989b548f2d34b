"""Flat rows for spreadsheets and data frames: one row a record, the same columns for every kind.

What enters: coded documents. What leaves: dictionaries with the keys of `COLUMNS`, or a file of them.
A stance's holder and object, a membership's member and organisation and a statement's speaker stand
under `actors` and `recipients`, so that one filter finds a pair in every kind.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from detente.interchange.codec import LOCATION
from detente.interchange.forms import told_of
from detente.records import (
    Attribution,
    CodedDocument,
    Entity,
    Event,
    Evidence,
    Membership,
    Stance,
    Statement,
)

Row = dict[str, Any]

# Column, and its type in Parquet. Several values in a cell are joined by ";".
COLUMNS: dict[str, str] = {
    "document_id": "string",
    "published": "string",
    "kind": "string",
    "id": "string",
    "actors": "string",
    "actor_codes": "string",
    "actor_names": "string",
    "recipients": "string",
    "recipient_codes": "string",
    "recipient_names": "string",
    "type": "string",
    "modes": "string",
    "contexts": "string",
    "quad": "string",
    "score": "double",
    "cameo": "string",
    "status": "string",
    "date": "string",
    "date_basis": "string",
    "until": "string",
    "due": "string",
    "place": "string",
    "place_country": "string",
    "place_geonameid": "int64",
    "place_admin1": "string",
    "place_latitude": "double",
    "place_longitude": "double",
    "mutual": "bool",
    "valence": "double",
    "trend": "string",
    "direct": "bool",
    "denied": "bool",
    "role": "string",
    "affiliation": "string",
    "venue": "string",
    "attribution": "string",
    "endorsed": "bool",
    "start": "int64",
    "end": "int64",
    "trigger": "string",
    "quote": "string",
    "inferred": "string",
    "disagrees_with": "string",
    "coded_by": "string",
    "probability": "double",
}

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def rows(coded: CodedDocument) -> Iterator[Row]:
    """Yield one row a record: events, stances, memberships, then statements."""
    entities = {entity.id: entity for entity in coded.entities}
    kinds: list[tuple[str, Iterable[Row]]] = [
        ("event", map(_event, coded.events)),
        ("stance", map(_stance, coded.stances)),
        ("membership", map(_membership, coded.memberships)),
        ("statement", map(_statement, coded.statements)),
    ]
    for kind, found in kinds:
        for fields in found:
            named = {
                **_named("actor", fields["actors"], entities),
                **_named("recipient", fields["recipients"], entities),
            }
            known = {"document_id": coded.document.id, "published": coded.document.published, "kind": kind}
            yield {**dict.fromkeys(COLUMNS), **known, **fields, **named}


def write_jsonl(found: Iterable[Row], stream: TextIO) -> None:
    """Write one JSON object a line."""
    for row in found:
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_csv(found: Iterable[Row], stream: TextIO) -> None:
    """Write comma-separated values with a header line, as RFC 4180 has them.

    Lines end in CRLF: Python before 3.13 quotes a lone carriage return in a text only then. Texts that a
    spreadsheet would run as a formula get a leading apostrophe; absent values are empty.
    """
    writer = csv.DictWriter(stream, fieldnames=list(COLUMNS))
    writer.writeheader()
    for row in found:
        writer.writerow({name: _guarded(value) for name, value in row.items()})


def write_parquet(found: Iterable[Row], path: Path, *, rows_per_group: int = 10_000) -> None:
    """Write a Parquet file with the columns and types of `COLUMNS`."""
    import pyarrow
    import pyarrow.parquet

    schema = pyarrow.schema([(name, getattr(pyarrow, _ARROW.get(kind, kind))()) for name, kind in COLUMNS.items()])
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        for group in _groups(found, rows_per_group):
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))


_ARROW = {"bool": "bool_", "double": "float64"}


def _groups(found: Iterable[Row], size: int) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in found:
        group.append(row)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


def _guarded(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _named(side: str, ids: tuple[str, ...], entities: dict[str, Entity]) -> Row:
    known = [entities.get(one, Entity(one, one, "unknown")) for one in ids]
    return {
        f"{side}s": _joined(ids),
        f"{side}_codes": _joined(entity.code for entity in known),
        f"{side}_names": _joined(entity.name for entity in known),
    }


def _joined(values: Iterable[str]) -> str | None:
    return ";".join(values) or None


def _event(event: Event) -> Row:
    return {
        "id": event.id,
        "actors": event.actors,
        "recipients": event.recipients,
        "type": event.type,
        "modes": _joined(event.modes),
        "contexts": _joined(event.contexts),
        **told_of(event),
        "status": event.status,
        "date": event.date,
        "date_basis": event.date_basis,
        "due": event.due,
        "place": event.place and event.place.name,
        "place_country": event.place and event.place.country,
        **{f"place_{part}": event.place and getattr(event.place, part) for part in LOCATION},
        "inferred": _joined(event.inferred),
        "probability": event.probability,
        **_proof(event.attribution, event.evidence, event.trigger, event.coded_by),
    }


def _stance(stance: Stance) -> Row:
    return {
        "id": stance.id,
        "actors": (stance.holder,),
        "recipients": (stance.object,),
        "date": stance.date,
        "mutual": stance.mutual,
        "valence": float(stance.valence),
        "trend": stance.trend,
        **_proof(stance.attribution, stance.evidence, stance.trigger, stance.coded_by),
    }


def _membership(membership: Membership) -> Row:
    return {
        "id": membership.id,
        "actors": (membership.member,),
        "recipients": (membership.organisation,),
        "status": membership.status,
        "date": membership.since,
        "until": membership.until,
        "disagrees_with": membership.disagrees_with,
        **_proof(membership.attribution, membership.evidence, None, membership.coded_by),
    }


def _statement(statement: Statement) -> Row:
    return {
        "id": statement.id,
        "actors": (statement.speaker,),
        "recipients": (),
        "direct": statement.direct,
        "denied": statement.denied,
        "role": statement.role,
        "affiliation": statement.affiliation,
        "venue": statement.venue,
        **_proof(statement.attribution, statement.content, statement.cue, statement.coded_by),
    }


def _proof(attribution: Attribution, evidence: Evidence, trigger: Evidence | None, coded_by: str) -> Row:
    return {
        "attribution": _joined(attribution.sources),
        "endorsed": attribution.endorsed,
        "start": evidence.start,
        "end": evidence.end,
        "trigger": trigger and trigger.quote,
        "quote": evidence.quote,
        "coded_by": coded_by or None,
    }
