"""Results as JSON objects, for files and for REST."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from detente.queries.documents import Listed
from detente.queries.records import Found
from detente.records import CodedDocument, Provenance
from detente.store.kinds import KINDS

_HEAD = ("id", "title", "author", "publisher", "url", "published", "language")
# Stands for what made a record that a user added.
BY_HAND = Provenance(detente="", codebook="", model="", model_sha256="", encoder_sha256="")


def found_to_json(found: Found[Any]) -> dict[str, Any]:
    """A record as an object: the record in the form of `detente schema`, and what proves it."""
    return {
        "id": found.id,
        "kind": found.kind,
        "review": found.review,
        "copy_of": found.copy_of,
        "record": {**KINDS[found.kind].form.write(found.record), "id": found.id},
        "entities": {entity.id: asdict(entity) for entity in found.entities},
        "document": {name: getattr(found.document, name) for name in _HEAD},
        "provenance": None if found.provenance is None else asdict(found.provenance),
    }


def listed_to_json(listed: Listed) -> dict[str, Any]:
    """A document of a list as an object."""
    return asdict(listed)


def found_alone(found: Found[Any]) -> CodedDocument:
    """A coded document with this record only, for what is made from whole documents, such as rows and headlines."""
    return CodedDocument(
        document=found.document,
        provenance=found.provenance or BY_HAND,
        entities=found.entities,
        **{KINDS[found.kind].plural: (found.record,)},
    )
