"""Records as FollowTheMoney entities, for Aleph, OpenAleph and others.

What enters: a connection with a selection. What leaves: one JSON object a line with `id`, `schema` and `properties`,
each property a list of texts, as the data model of FollowTheMoney has it. Schemata: PublicBody, Organization, Person,
LegalEntity, Article, Event, Membership and UnknownLink (stances).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]
Entity = tuple[str, str, dict[str, list[Any]]]

_SCHEMATA: Final = {
    "state": "PublicBody",
    "organisation": "Organization",
    "group": "Organization",
    "person": "Person",
    "unknown": "LegalEntity",
}


def write_ftm(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Write the entities and return their number."""
    count = 0
    with path.open("w", encoding="utf-8") as stream:
        for table, key, make in _KINDS:
            for row in _rows(connection, table, key):
                own_id, schema, properties = make(row)
                known = {
                    name: [str(value) for value in values if value not in (None, "")]
                    for name, values in properties.items()
                }
                packed = {name: values for name, values in known.items() if values}
                entity = {"id": own_id, "schema": schema, "properties": packed}
                stream.write(json.dumps(entity, ensure_ascii=False) + "\n")
                count += 1
    return count


def _rows(connection: duckdb.DuckDBPyConnection, table: str, key: str) -> Iterator[Row]:
    found = connection.execute(
        f"SELECT x.*, d.url AS source_url, d.publisher AS source_publisher FROM x_{table} AS x "
        f"LEFT JOIN documents AS d ON d.document_id = {'NULL' if table == 'entities' else 'x.document_id'} "
        f"ORDER BY x.{key}"
    )
    names = [column[0] for column in found.description or ()]
    while rows := found.fetchmany(1_000):
        yield from (dict(zip(names, row, strict=True)) for row in rows)


def _article(row: Row) -> Entity:
    properties = {
        "title": [row["title"]],
        "author": [row["author"]],
        "publisher": [row["publisher"]],
        "sourceUrl": [row["url"]],
        "publishedAt": [row["date_start"] and str(row["date_start"])[: _shown(row["date_prec"])]],
        "language": [row["language"]],
    }
    return _id("doc", row["document_id"]), "Article", properties


def _shown(precision: int | None) -> int:
    """How many characters of a day are known: day, month or year."""
    return {5: 4, 4: 7}.get(precision or 5, 10)


def _actor(row: Row) -> Entity:
    schema = _SCHEMATA[row["kind"]]
    return _id("actor", row["entity_id"]), schema, {"name": [row["name"]], "alias": (row["aliases"] or "").split(";")}


def _event(row: Row) -> Entity:
    who = f"{row['actors']} {row['event_type']} {row['recipients'] or ''}".strip()
    involved = [one for cell in (row["actors"], row["recipients"]) if cell for one in cell.split(";")]
    words = [row["event_type"], row["status"], *(row["modes"] or "").split(";"), *(row["contexts"] or "").split(";")]
    properties = {
        "name": [who],
        "involved": [_id("actor", one) for one in involved],
        "startDate": [row["date_start"]],
        "endDate": [row["date_end"]],
        "location": [row["place"]],
        "keywords": words,
        **_proof(row, row["event_id"]),
    }
    return row["event_id"], "Event", properties


def _membership(row: Row) -> Entity:
    properties = {
        "member": [_id("actor", row["member_id"])],
        "organization": [_id("actor", row["organisation_id"])],
        "role": [row["status"]],
        "startDate": [row["since"] if "/" not in (row["since"] or "") else None],
        "endDate": [row["until"] if "/" not in (row["until"] or "") else None],
        **_proof(row, row["membership_id"]),
    }
    return row["membership_id"], "Membership", properties


def _stance(row: Row) -> Entity:
    properties = {
        "subject": [_id("actor", row["holder_id"])],
        "object": [_id("actor", row["object_id"])],
        "role": [f"{'relation' if row['mutual'] else 'stance'}, valence {row['valence']:+g}"],
        "date": [row["date_start"]],
        **_proof(row, row["stance_id"]),
    }
    return row["stance_id"], "UnknownLink", properties


def _proof(row: Row, record_id: str) -> dict[str, list[Any]]:
    return {
        "summary": [row["quote"]],
        "proof": [_id("doc", row["document_id"])],
        "recordId": [record_id],
        "sourceUrl": [row["source_url"]],
        "publisher": [row["source_publisher"]],
    }


def _id(kind: str, own_id: str) -> str:
    return f"{kind}-{own_id}"


_KINDS: Final[tuple[tuple[str, str, Callable[[Row], Entity]], ...]] = (
    ("entities", "entity_id", _actor),
    ("documents", "document_id", _article),
    ("events", "event_id", _event),
    ("memberships", "membership_id", _membership),
    ("stances", "stance_id", _stance),
)
