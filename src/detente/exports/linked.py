"""Records as JSON-LD, in the terms of schema.org and PROV-O.

What enters: a connection with a selection. What leaves: one JSON document whose `@graph` holds documents, entities,
events, stances, statements and memberships. A record is derived from words: the text's address with its characters as
RFC 5147 writes them (`#char=17,41`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import duckdb

Node = dict[str, Any]

CONTEXT: Final = {
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "plover": "https://github.com/openeventdata/PLOVER#",
    "id": "@id",
    "type": "@type",
    "name": "schema:name",
    "agent": {"@id": "schema:agent", "@type": "@id"},
    "object": {"@id": "schema:object", "@type": "@id"},
    "derivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "attributedTo": {"@id": "prov:wasAttributedTo", "@type": "@id"},
    "quote": "prov:value",
}
_PERSONS: Final = {"state": "schema:Country", "person": "schema:Person"}


def write_jsonld(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Write the document, node by node, and return the number of nodes."""
    count = 0
    with path.open("w", encoding="utf-8") as stream:
        stream.write(f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": [')
        for table, order, node_of in _KINDS:
            for row in _rows(connection, table, order):
                node = {name: value for name, value in node_of(row).items() if value not in (None, [])}
                stream.write((",\n" if count else "\n") + json.dumps(node, ensure_ascii=False, default=str))
                count += 1
        stream.write("\n]}\n")
    return count


def _rows(connection: duckdb.DuckDBPyConnection, table: str, order: str) -> Iterator[Node]:
    found = connection.execute(f"SELECT * FROM x_{table} ORDER BY {order}")
    names = [column[0] for column in found.description or ()]
    while rows := found.fetchmany(1_000):
        yield from (dict(zip(names, row, strict=True)) for row in rows)


def _document(row: Node) -> Node:
    return {
        "id": _named("document", row["document_id"]),
        "type": ["schema:CreativeWork", "prov:Entity"],
        "name": row["title"],
        "schema:author": row["author"],
        "schema:publisher": row["publisher"],
        "schema:url": row["url"],
        "schema:datePublished": row["published"],
        "schema:inLanguage": row["language"],
        "schema:sha256": row["sha256"],
    }


def _entity(row: Node) -> Node:
    return {
        "id": _named("entity", row["entity_id"]),
        "type": _PERSONS.get(row["kind"], "schema:Organization" if row["kind"] != "unknown" else "schema:Thing"),
        "schema:identifier": row["entity_id"],
        "name": row["name"],
        "schema:affiliation": row["country"] and {"id": _named("entity", row["country"])},
    }


def _event(row: Node) -> Node:
    return {
        "id": _named("event", row["event_id"]),
        "type": ["schema:Action", f"plover:{row['event_type']}"],
        "agent": _entities(row["actors"]),
        "object": _entities(row["recipients"]),
        "schema:actionStatus": row["status"],
        "schema:startTime": row["date_start"],
        "schema:endTime": row["date_end"],
        "schema:location": row["place"],
        "schema:keywords": [one for cell in (row["modes"], row["contexts"]) if cell for one in cell.split(";")],
        "plover:score": row["score"],
        **_proof(row),
    }


def _stance(row: Node) -> Node:
    return {
        "id": _named("stance", row["stance_id"]),
        "type": "schema:Review",
        "schema:author": {"id": _named("entity", row["holder_id"])},
        "schema:itemReviewed": {"id": _named("entity", row["object_id"])},
        "schema:reviewRating": {
            "type": "schema:Rating",
            "schema:ratingValue": row["valence"],
            "schema:worstRating": -1,
            "schema:bestRating": 1,
        },
        **_proof(row),
    }


def _statement(row: Node) -> Node:
    return {
        "id": _named("statement", row["statement_id"]),
        "type": "schema:Quotation" if row["direct"] else "schema:Statement",
        "schema:creator": {"id": _named("entity", row["speaker_id"])},
        **_proof(row),
    }


def _membership(row: Node) -> Node:
    return {
        "id": _named("membership", row["membership_id"]),
        "type": "schema:OrganizationRole",
        "schema:member": {"id": _named("entity", row["member_id"])},
        "schema:memberOf": {"id": _named("entity", row["organisation_id"])},
        "schema:roleName": row["status"],
        "schema:startDate": row["since"],
        "schema:endDate": row["until"],
        **_proof(row),
    }


def _proof(row: Node) -> Node:
    return {
        "derivedFrom": f"{_named('document', row['document_id'])}#char={row['start']},{row['end']}",
        "quote": row["quote"],
        "attributedTo": _entities(row["attribution"]),
    }


def _entities(cell: str | None) -> list[str]:
    return [_named("entity", one) for one in cell.split(";")] if cell else []


def _named(kind: str, own_id: str) -> str:
    """A name of ours that is an IRI: characters that IRIs lack are written in per cent."""
    from urllib.parse import quote

    return f"urn:detente:{kind}:{quote(own_id, safe=':-._~')}"


_KINDS: Final[tuple[tuple[str, str, Callable[[Node], Node]], ...]] = (
    ("documents", "document_id", _document),
    ("entities", "entity_id", _entity),
    ("events", "event_id", _event),
    ("stances", "stance_id", _stance),
    ("statements", "statement_id", _statement),
    ("memberships", "membership_id", _membership),
)
