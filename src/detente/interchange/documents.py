"""A coded document as one JSON object, and back without loss.

What enters: a `CodedDocument`. What leaves: plain dictionaries, lists, strings and numbers, ready for
`json.dumps`. The object holds the text's file name and hash, not the text, so reading it back takes the
document as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from detente.errors import RecordError
from detente.interchange.codec import STRING, Form, Json, described, nullable, one_of
from detente.interchange.forms import EVENT, ISSUE, MEMBERSHIP, MENTION, STANCE, STATEMENT
from detente.records import CodedDocument, Document, Entity, EntityKind, Provenance

R = TypeVar("R")

SCHEMA_VERSION = "detente.records/1"

HEADER = ("title", "author", "publisher", "url", "published", "language")
FORMS: dict[str, Form[Any]] = {
    "events": EVENT,
    "stances": STANCE,
    "memberships": MEMBERSHIP,
    "statements": STATEMENT,
    "issues": ISSUE,
    "mentions": MENTION,
}
PROVENANCE = ("detente", "codebook", "model", "model_sha256", "encoder_sha256")
ENTITY: Json = {
    "name": described(STRING, "The name for readers."),
    "kind": described(one_of(EntityKind), "What it is."),
    "country": described(nullable(STRING), "The state or organisation that it belongs to or acts for."),
    "sector": described(nullable(STRING), "PLOVER sector such as GOV, MIL, MED."),
    "role": described(nullable(STRING), "Role or office as the text gives it."),
    "affiliation": described(nullable(STRING), "Body that it belongs to, as the text gives it."),
    "aliases": {"type": "array", "items": STRING, "description": "Other ids that count as the same."},
}


def coded_to_json(coded: CodedDocument, *, text_name: str | None = None) -> Json:
    """Write a coded document as a JSON object.

    Args:
        coded: records whose entities have distinct ids.
        text_name: file that holds the text; `<document id>.txt` when None.

    Raises:
        RecordError: two entities share an id.
    """
    document = coded.document
    return {
        "schema": SCHEMA_VERSION,
        "id": document.id,
        **{name: getattr(document, name) for name in HEADER},
        "text": f"{document.id}.txt" if text_name is None else text_name,
        "sha256": document.sha256,
        "provenance": {name: getattr(coded.provenance, name) for name in PROVENANCE},
        "entities": _write_entities(coded),
        **{name: [form.write(record) for record in getattr(coded, name)] for name, form in FORMS.items()},
    }


def coded_from_json(obj: Mapping[str, Any], document: Document) -> CodedDocument:
    """Read a coded document back, checking every quote against the text.

    Raises:
        RecordError: the object has another form, or belongs to another text.
    """
    if obj.get("schema") != SCHEMA_VERSION:
        raise RecordError(
            f"Unknown schema {obj.get('schema')!r} in records of {document.id!r}: {SCHEMA_VERSION!r} is read. "
            "Code the document again."
        )
    if obj.get("sha256") != document.sha256:
        raise RecordError(
            f"Hash {obj.get('sha256')!r} in records of {obj.get('id')!r}: the text given hashes to "
            f"{document.sha256!r}. Give the text that was coded."
        )
    return CodedDocument(
        document=document,
        provenance=_read_provenance(obj, document),
        entities=_read_entities(obj, document),
        **{name: _read_all(name, form, obj, document) for name, form in FORMS.items()},
    )


def _write_entities(coded: CodedDocument) -> Json:
    out: Json = {}
    for entity in coded.entities:
        if entity.id in out:
            raise RecordError(
                f"Two entities {entity.id!r} in document {coded.document.id!r}: ids are distinct. Merge them first."
            )
        out[entity.id] = {name: getattr(entity, name) for name in ENTITY} | {"aliases": list(entity.aliases)}
    return out


def _read_entities(obj: Mapping[str, Any], document: Document) -> tuple[Entity, ...]:
    try:
        return tuple(
            Entity(id=key, **{**value, "aliases": tuple(value["aliases"])}) for key, value in obj["entities"].items()
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise _malformed("entities", document, error) from error


def _read_provenance(obj: Mapping[str, Any], document: Document) -> Provenance:
    try:
        return Provenance(**obj["provenance"])
    except (KeyError, TypeError) as error:
        raise _malformed("provenance", document, error) from error


def _read_all(name: str, form: Form[R], obj: Mapping[str, Any], document: Document) -> tuple[R, ...]:
    try:
        return tuple(form.read(item, document) for item in obj[name])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _malformed(name, document, error) from error


def _malformed(name: str, document: Document, error: Exception) -> RecordError:
    return RecordError(
        f"Malformed {name} in records of {document.id!r} ({type(error).__name__}: {error}): the form is that of "
        "`detente schema`. Code the document again."
    )


def record_schema() -> Json:
    """Describe the JSON object as JSON Schema (draft 2020-12), from the tables that write it."""
    header = {name: nullable(STRING) for name in HEADER}
    provenance = dict.fromkeys(PROVENANCE, STRING)
    properties: Json = {
        "schema": {"const": SCHEMA_VERSION},
        "id": described(STRING, "The document's id, unique in its batch."),
        **header,
        "text": described(STRING, "File that holds the text; offsets count its characters."),
        "sha256": described(STRING, "Hash of the UTF-8 text."),
        "provenance": described(_closed(provenance), "What made the records."),
        "entities": {"type": "object", "additionalProperties": _closed(ENTITY)},
        **{name: {"type": "array", "items": {"$ref": f"#/$defs/{name}"}} for name in FORMS},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA_VERSION,
        "description": "A document and all that detente read in it.",
        **_closed(properties),
        "$defs": {name: form.schema() for name, form in FORMS.items()},
    }


def _closed(properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
