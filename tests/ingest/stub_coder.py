"""A coder that reads by three patterns, so that tests of the store need no language model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

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
    Provenance,
    Stance,
    Statement,
)

STATES = {"Pakistan": "PAK", "Russia": "RUS", "China": "CHN", "India": "IND", "Iran": "IRN"}
_NAME = "|".join(STATES)
_EVENT = re.compile(rf"({_NAME}) (visited|accused|met) ({_NAME})")
_STANCE = re.compile(rf"({_NAME}) distrusts ({_NAME})")
_MEMBERSHIP = re.compile(rf"({_NAME}) joined the SCO")
_STATEMENT = re.compile(rf"({_NAME}) (said) that ([^.]+)")
_TYPES = {"visited": "CONSULT", "accused": "ACCUSE", "met": "CONSULT"}
PROVENANCE = Provenance("0.1.0", "1", "stub 1", "0" * 64)


@dataclass
class StubCoder:
    """`breaks_on` is a word at which it fails; `seen` counts what it coded; `verb` makes newer versions differ."""

    provenance: Provenance = PROVENANCE
    breaks_on: str | None = None
    seen: int = 0
    accused_is: str = "ACCUSE"

    def pipe(self, documents: Iterable[Document], *, batch_size: int = 32) -> Iterator[CodedDocument]:
        return map(self, documents)

    def __call__(self, document: Document, /) -> CodedDocument:
        if self.breaks_on is not None and self.breaks_on in document.text:
            raise ValueError(f"cannot code {self.breaks_on}")
        self.seen += 1
        return replace(code(document, {**_TYPES, "accused": self.accused_is}), provenance=self.provenance)


def code(document: Document, types: dict[str, str] = _TYPES) -> CodedDocument:
    def words(match: re.Match[str], group: int = 0) -> Evidence:
        return Evidence.of(document, match.start(group), match.end(group))

    events = [
        Event(
            (STATES[m[1]],),
            (STATES[m[3]],),
            types[m[2]],
            "actual",
            words(m),
            words(m, 2),
            date=document.published,
            date_basis="publication" if document.published else None,
        )
        for m in _EVENT.finditer(document.text)
    ]
    stances = [
        Stance(STATES[m[1]], STATES[m[2]], False, -0.5, words(m), words(m)) for m in _STANCE.finditer(document.text)
    ]
    memberships = [
        Membership(STATES[m[1]], "SCO", "member", words(m), since="2017-06")
        for m in _MEMBERSHIP.finditer(document.text)
    ]
    statements = [
        Statement(STATES[m[1]], words(m, 2), words(m, 3), False, attribution=Attribution(("tass",)))
        for m in _STATEMENT.finditer(document.text)
    ]
    named = sorted({name for name in STATES if name in document.text})
    entities = [Entity(STATES[name], name, "state") for name in named]
    mentions = [
        Mention(m.start(), m.end(), m[0], STATES[m[0]], 0, "name", "name of a state")
        for m in re.finditer(_NAME, document.text)
    ]
    issues = [
        Issue("no-event", "not a pattern", m.start(), m.end(), document.id)
        for m in re.finditer(r"[^.]*weather[^.]*", document.text)
    ]
    return CodedDocument(
        document,
        PROVENANCE,
        (*entities, Entity("SCO", "Shanghai Cooperation Organisation", "organisation")),
        tuple(mentions),
        tuple(events),
        tuple(stances),
        tuple(memberships),
        tuple(statements),
        tuple(issues),
    )
