"""Who is who across a project: merged and split entities, and the country that each belongs to.

What enters: entity ids as coded. What leaves: the ids that count, by the users' decisions. The records keep what was
coded; only `sides`, `attributions` and `pairs` hold what counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from detente.records import Entity
from detente.store.log import holding, read_log
from detente.store.schema import DOCUMENT_ENTITIES

# A state, or a sector of one: `PAK`, `PAK:GOV`.
_STATE = re.compile(r"^([A-Z]{3})(:[A-Z]+)?$")


@dataclass(frozen=True, slots=True)
class Renamings:
    """What users decided: `everywhere` an id counts as another, `within` a document (its id, the entity's id) too."""

    everywhere: Mapping[str, str] = field(default_factory=dict)
    within: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.everywhere or self.within)

    def resolve(self, entity: str, document_id: str) -> str:
        """The id that counts for an entity in a document; merges chain, a split comes first."""
        found = self.within.get((document_id, entity), entity)
        seen = {found}
        while (following := self.everywhere.get(found, found)) not in seen:
            seen.add(following)
            found = following
        return found


def load_renamings(connection: Connection) -> Renamings:
    """Read the merges and splits that hold, the latest of each entity."""
    everywhere: dict[str, str] = {}
    within: dict[tuple[str, str], str] = {}
    for one in holding(read_log(connection, actions=("merge", "split", "undo"))):
        if one.action == "merge":
            everywhere[one.target] = one.details["into"]
        else:
            within.update({(document, one.target): one.details["into"] for document in one.details["documents"]})
    return Renamings(everywhere, within)


def country_of(connection: Connection, entity_id: str, known: Mapping[str, Entity]) -> str | None:
    """The state or organisation that an entity acts for: of these their own id; None where it is unknown.

    Args:
        known: entities of the document, which are asked first; then those of other documents.
    """
    entity = known.get(entity_id) or entity_of(connection, entity_id)
    return _state(entity_id) if entity is None else _country(entity.id, entity.kind, entity.country)


def entity_of(connection: Connection, entity_id: str) -> Entity | None:
    """An entity as most documents have it; None where none has it."""
    table = DOCUMENT_ENTITIES.c
    form = table.name, table.kind, table.country, table.sector
    most = (
        select(func.min(table.document_key))
        .where(table.entity == entity_id)
        .group_by(*form)
        .order_by(func.count().desc(), *form)
        .limit(1)
    )
    here = table.entity == entity_id
    row = connection.execute(
        select(DOCUMENT_ENTITIES).where(here, table.document_key == most.scalar_subquery())
    ).first()
    return None if row is None else read_entity(row)


def read_entity(row: Any) -> Entity:
    """An entity from a row of `document_entities`."""
    names = ("name", "kind", "country", "sector", "role", "affiliation")
    aliases = tuple(json.loads(row.aliases))
    return Entity(id=row.entity, aliases=aliases, **{name: getattr(row, name) for name in names})


def _country(entity_id: str, kind: str, country: str | None) -> str | None:
    if kind == "state" or country is None:
        own = entity_id if kind in ("state", "organisation") and ":" not in entity_id else None
        return own or _state(entity_id)
    return country


def _state(entity_id: str) -> str | None:
    state = _STATE.match(entity_id)
    return state[1] if state and state[1] != "UNK" else None
