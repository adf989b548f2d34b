"""Builders for the smallest valid record of each type.

Every builder takes the words that prove the record and finds them in the document; any other field may be
given by name.
"""

from __future__ import annotations

from typing import Any

from detente.records import (
    CodedDocument,
    Document,
    Entity,
    Event,
    Evidence,
    Issue,
    Membership,
    Mention,
    Provenance,
    Stance,
    Statement,
)

TEXT = (
    "President Pervez Musharraf visited Moscow in February 2003. Pakistan and Russia are natural allies. "
    "Pakistan has been an observer of the SCO since 2005. “We will never accept sanctions,” Vladimir Kozin said."
)


def document(text: str = TEXT, **fields: Any) -> Document:
    return Document(**{"id": "article", "text": text, "published": "2018-03", **fields})


def evidence(words: str, of: Document | None = None) -> Evidence:
    """Quote the first occurrence of `words`."""
    source = of or document()
    start = source.text.index(words)
    return Evidence.of(source, start, start + len(words))


def entity(id: str = "PAK", **fields: Any) -> Entity:
    return Entity(**{"id": id, "name": "Pakistan", "kind": "state", **fields})


def kozin(**fields: Any) -> Entity:
    given = {"id": "vladimir-kozin", "name": "Vladimir Kozin", "kind": "person", "country": "RUS", "sector": "EDU"}
    return Entity(**{**given, **fields})


def event(
    words: str = "Musharraf visited Moscow", trigger: str = "visited", of: Document | None = None, **fields: Any
) -> Event:
    given = {"actors": ("PAK",), "recipients": ("RUS",), "type": "CONSULT", "status": "historical"}
    return Event(evidence=evidence(words, of), trigger=evidence(trigger, of), **{**given, **fields})


def stance(
    words: str = "Pakistan and Russia are natural allies",
    trigger: str = "natural allies",
    of: Document | None = None,
    **fields: Any,
) -> Stance:
    given: dict[str, Any] = {"holder": "PAK", "object": "RUS", "mutual": True, "valence": 1.0}
    return Stance(evidence=evidence(words, of), trigger=evidence(trigger, of), **{**given, **fields})


def membership(words: str = "observer of the SCO", of: Document | None = None, **fields: Any) -> Membership:
    given = {"member": "PAK", "organisation": "SCO", "status": "observer"}
    return Membership(evidence=evidence(words, of), **{**given, **fields})


def statement(
    words: str = "We will never accept sanctions", cue: str = "said", of: Document | None = None, **fields: Any
) -> Statement:
    given = {"speaker": "vladimir-kozin", "direct": True}
    return Statement(content=evidence(words, of), cue=evidence(cue, of), **{**given, **fields})


def mention(words: str = "Pakistan", of: Document | None = None, **fields: Any) -> Mention:
    found = evidence(words, of)
    given = {"entity_id": "PAK", "root": 0, "form": "name", "reason": "name of a state"}
    return Mention(**{"start": found.start, "end": found.end, "text": words, **given, **fields})


def issue(words: str = "Pakistan and Russia", of: Document | None = None, **fields: Any) -> Issue:
    found = evidence(words, of)
    given = {"kind": "no-event", "reason": "no verb that we code", "document_id": found.document_id}
    return Issue(**{"start": found.start, "end": found.end, **given, **fields})


def provenance(**fields: Any) -> Provenance:
    return Provenance(**{"detente": "0.1.0", "codebook": "1", "model": "none", "model_sha256": "0" * 64, **fields})


def coded(of: Document | None = None, **fields: Any) -> CodedDocument:
    """A coded document without records, unless some are given."""
    return CodedDocument(document=of or document(), provenance=provenance(), **fields)


def full() -> CodedDocument:
    """A coded document with one record of each kind."""
    return coded(
        entities=(entity(), entity("RUS", name="Russia"), entity("SCO", name="SCO", kind="organisation"), kozin()),
        mentions=(mention(),),
        events=(event(modes=("visit",), date="2003-02", date_basis="text"),),
        stances=(stance(),),
        memberships=(membership(since="2005"),),
        statements=(statement(role="analyst"),),
        issues=(issue(),),
    )
