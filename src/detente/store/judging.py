"""One judgement of a reviewer: seen what it rests on, and written only if that is still so.

What enters: what a reviewer saw and decided. What leaves: a decision in the log. Two reviewers who look at one record
at the same time do not overwrite each other unknowingly, and a second one can judge what the coder wrote, blind to
the first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from detente.errors import RecordError
from detente.store.amendments import amended, fields_of
from detente.store.corrections import accept, correct, reject
from detente.store.kinds import KINDS
from detente.store.log import Author
from detente.store.reader import read_documents
from detente.store.schema import CORRECTIONS, RECORDS

Verdict = Literal["accept", "correct", "reject"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reviewer decides about a record.

    Attributes:
        values: of `correct` the other values, by the names of `detente schema`.
        seen: number of the last decision on the record when it was looked at, 0 without one; None for any.
        as_coded: the reviewer saw what the coder wrote, not what others made of it; `values` change that.
    """

    record_id: str
    verdict: Verdict
    values: Mapping[str, Any] = field(default_factory=dict)
    seen: int | None = None
    as_coded: bool = False


class Overtaken(RecordError):
    """Somebody else decided about the record since it was looked at."""


def judge(connection: Connection, judgement: Judgement, by: Author) -> int:
    """Write a judgement.

    Returns:
        The number of the decision.

    Raises:
        Overtaken: there is a later decision than `seen`.
        RecordError: there is no such record, or it cannot have these values.
    """
    last = last_decision(connection, judgement.record_id)
    if judgement.seen is not None and judgement.seen != last:
        raise Overtaken(
            f"Record {judgement.record_id!r} was decided about meanwhile (decision {last}): what you saw holds no "
            "more. Look at it again."
        )
    if judgement.verdict == "reject":
        return reject(connection, judgement.record_id, by)
    if judgement.as_coded:
        return _left_as(connection, judgement, by)
    if judgement.verdict == "accept":
        return accept(connection, judgement.record_id, by)
    return correct(connection, judgement.record_id, judgement.values, by)


def last_decision(connection: Connection, target: str) -> int:
    """Number of the last decision on a record, 0 where there is none."""
    number = select(func.max(CORRECTIONS.c.key)).where(CORRECTIONS.c.target == target)
    return connection.scalar(number) or 0


def _left_as(connection: Connection, judgement: Judgement, by: Author) -> int:
    """Accept the record if it is what this reviewer makes of the coder's, else correct it to that."""
    row = connection.execute(select(RECORDS).where(RECORDS.c.id == judgement.record_id)).first()
    if row is None:
        raise RecordError(f"No record {judgement.record_id!r} in the project: ids begin with ev-, st-, sa- or me-.")
    kind, document = KINDS[row.kind], read_documents(connection, [row.document_key])[row.document_key]
    now, coded = json.loads(row.record), json.loads(row.original or row.record)
    wanted = amended(kind, coded, judgement.values, document) if judgement.values else coded
    values = {name: wanted[name] for name in fields_of(kind) if wanted[name] != now.get(name)}
    if not values:
        return accept(connection, judgement.record_id, by)
    return correct(connection, judgement.record_id, values, by)
