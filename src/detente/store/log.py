"""The log of what users decided: who, when, what, and what was taken back. It only grows.

What enters: decisions. What leaves: those that hold. An `undo` is a decision like any other: it can be undone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, select

from detente.errors import RecordError
from detente.store.rows import insert_row
from detente.store.schema import CORRECTIONS

Action = Literal["accept", "correct", "reject", "add", "merge", "split", "same", "different", "undo"]


@dataclass(frozen=True, slots=True)
class Author:
    """Who decides, when (UTC, ISO 8601), and what they note."""

    who: str
    at: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision. `target` is the id of a record, or of an entity for `merge` and `split`.

    `details` tells what changed: `changes` as field to [old, new]; `into` and `documents` of a merge or split;
    `other`, the other event of `same` and `different`; the whole `record` of an `add`.
    """

    number: int
    at: str
    who: str
    action: Action
    target: str
    details: Mapping[str, Any]
    note: str | None
    undoes: int | None


def write_correction(
    connection: Connection,
    action: Action,
    target: str,
    details: Mapping[str, Any],
    by: Author,
    *,
    undoes: int | None = None,
) -> int:
    """Add a decision to the log.

    Returns:
        Its number.

    Raises:
        RecordError: nobody is named.
    """
    if not by.who.strip():
        raise RecordError("No name of who decides: every correction has one. Give yours.")
    row = {
        "at": by.at,
        "who": by.who,
        "action": action,
        "target": target,
        "details": json.dumps(details, ensure_ascii=False),
        "note": by.note,
        "undoes": undoes,
    }
    return insert_row(connection, CORRECTIONS, row)


def read_log(
    connection: Connection, *, target: str | None = None, actions: Iterable[Action] | None = None
) -> list[Correction]:
    """Decisions, the earliest first: all, those on one target, or those of some kinds."""
    query = select(CORRECTIONS).order_by(CORRECTIONS.c.key)
    if target is not None:
        query = query.where(CORRECTIONS.c.target == target)
    if actions is not None:
        query = query.where(CORRECTIONS.c.action.in_(list(actions)))
    return [
        Correction(row.key, row.at, row.who, row.action, row.target, json.loads(row.details), row.note, row.undoes)
        for row in connection.execute(query)
    ]


def undone(log: Iterable[Correction]) -> set[int]:
    """Numbers of the decisions that do not hold; `log` has to contain the undos of what it contains."""
    found: set[int] = set()
    for one in reversed(list(log)):
        if one.undoes is not None and one.number not in found:
            found.add(one.undoes)
    return found


def holding(log: Iterable[Correction]) -> list[Correction]:
    """The decisions that hold, undos left out."""
    decisions = list(log)
    gone = undone(decisions)
    return [one for one in decisions if one.undoes is None and one.number not in gone]
