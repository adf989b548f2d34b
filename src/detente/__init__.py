"""detente: an auditable record of the relations between states, read from news and official statements.

import detente

coder = detente.load()
coded = coder("Russia's president visited Pakistan on 3 May 2021.", published="2021-05-04")
for event in coded.events:
    print(event.actors, event.type, event.recipients, event.evidence.quote)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.errors import DataError, DetenteError, ModelError, ReadError, RecordError
from detente.records import (
    Attribution,
    CodedDocument,
    Document,
    Entity,
    Event,
    Evidence,
    Issue,
    Membership,
    Mention,
    Place,
    Provenance,
    Stance,
    Statement,
)

if TYPE_CHECKING:
    from detente.pipeline import Coder, load

__all__ = [
    "Attribution",
    "CodedDocument",
    "Coder",
    "DataError",
    "DetenteError",
    "Document",
    "Entity",
    "Event",
    "Evidence",
    "Issue",
    "Membership",
    "Mention",
    "ModelError",
    "Place",
    "Provenance",
    "ReadError",
    "RecordError",
    "Stance",
    "Statement",
    "load",
]


def __getattr__(name: str) -> Any:
    """Import the pipeline on first use, so that `import detente` stays quick."""
    if name in ("Coder", "load"):
        from detente import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'detente' has no attribute {name!r}")
