"""Events in brief, many at a time: what a chart draws and a list of stories names.

What enters: keys of events. What leaves: `Brief`s in the order of the keys. Their words are shortened and not proved
here: who shows a record in full reads it by its id, which checks its quote against the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, select

from detente.store.project import Project
from detente.store.schema import DOCUMENT_ENTITIES, EVENTS, RECORDS, SIDES

_AT_ONCE = 500
_MOST_CHARS = 160


@dataclass(frozen=True, slots=True)
class Brief:
    """An event in a line.

    Attributes:
        quad: PLOVER quad class; empty for a type that the codebook lacks.
        actors, recipients: ids, each with the name that its document gives; None where it gives none.
        quote: the evidence on one line, cut after 160 characters.
    """

    key: int
    id: str
    type: str
    quad: str
    actors: tuple[tuple[str, str | None], ...]
    recipients: tuple[tuple[str, str | None], ...]
    quote: str


def briefs(project: Project, keys: Sequence[int]) -> list[Brief]:
    """The events with these keys, in this order; others than events are passed over."""
    with project.reading() as connection:
        found: dict[int, Brief] = {}
        for start in range(0, len(keys), _AT_ONCE):
            found.update(_some(connection, [int(key) for key in keys[start : start + _AT_ONCE]]))
    return [found[key] for key in map(int, keys) if key in found]


def _some(connection: Connection, keys: list[int]) -> Iterator[tuple[int, Brief]]:
    sides: dict[tuple[int, str], list[tuple[str, str | None]]] = defaultdict(list)
    named = and_(
        DOCUMENT_ENTITIES.c.document_key == RECORDS.c.document_key, DOCUMENT_ENTITIES.c.entity == SIDES.c.entity
    )
    standing = (
        select(SIDES.c.record_key, SIDES.c.role, SIDES.c.entity, DOCUMENT_ENTITIES.c.name)
        .join(RECORDS, RECORDS.c.key == SIDES.c.record_key)
        .outerjoin(DOCUMENT_ENTITIES, named)
        .where(SIDES.c.record_key.in_(keys))
        .order_by(SIDES.c.record_key, SIDES.c.role, SIDES.c.position)
    )
    for key, role, entity, name in connection.execute(standing):
        if (entity, name) not in sides[key, role]:
            sides[key, role].append((entity, name))
    told = select(RECORDS.c.key, RECORDS.c.id, EVENTS.c.type, EVENTS.c.quad, RECORDS.c.quote)
    for key, record_id, kind, quad, quote in connection.execute(
        told.join(EVENTS, EVENTS.c.record_key == RECORDS.c.key).where(RECORDS.c.key.in_(keys))
    ):
        actors, recipients = (tuple(sides[key, role]) for role in ("actor", "recipient"))
        yield key, Brief(key, record_id, kind, quad or "", actors, recipients, _shortened(quote))


def _shortened(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _MOST_CHARS else words[: _MOST_CHARS - 1].rstrip() + "…"
