"""What reviewers decided: the log, what each left of a record, and how far two agree.

What enters: a project. What leaves: decisions, newest first; the values that a record had behind each reviewer's last
judgement; Krippendorff's alpha over the records that two have judged.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from detente.queries.reviewing import JUDGING
from detente.store.log import Correction, holding, read_log, undone
from detente.store.project import Project
from detente.store.schema import CORRECTIONS, RECORDS

REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log; `holds` is False where it was taken back."""

    made: Correction
    holds: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two reviewers agree on one property.

    Attributes:
        on: what is compared.
        records: how many records both have judged and that have this property.
        same: the share on which they agree; None without records.
        alpha: Krippendorff's alpha for nominal data; None where it has no value, see `krippendorff_alpha`.
        differing: ids of the records on which they differ, with what each left.
    """

    on: str
    records: int
    same: float | None
    alpha: float | None
    differing: tuple[tuple[str, str, str], ...]


def decisions(
    project: Project, *, who: str | None = None, target: str | None = None, before: int | None = None, most: int = 100
) -> list[Decision]:
    """Decisions, the latest first.

    Args:
        who: only theirs.
        target: only on this record or entity.
        before: only those with a lower number, for the next page.
    """
    with project.reading() as connection:
        log = read_log(connection, target=target)
    gone = undone(log)
    wanted = (
        one for one in reversed(log) if (who is None or one.who == who) and (before is None or one.number < before)
    )
    return [Decision(one, one.number not in gone) for _, one in zip(range(most), wanted, strict=False)]


def reviewers(project: Project) -> dict[str, int]:
    """Who has decided anything, with the number of decisions, the busiest first."""
    number = func.count()
    query = select(CORRECTIONS.c.who, number).group_by(CORRECTIONS.c.who).order_by(number.desc(), CORRECTIONS.c.who)
    with project.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}


def judgements(project: Project) -> dict[str, dict[str, Mapping[str, Any] | None]]:
    """By record and reviewer, the record's values behind the last judgement that holds; None where it is rejected.

    Records that a person added are left out: nobody else was asked.
    """
    with project.reading() as connection:
        log = holding(read_log(connection, actions=(*JUDGING, "undo")))
        listed = func.json_each(json.dumps(sorted({one.target for one in log}))).table_valued("value")
        coded = func.coalesce(RECORDS.c.original, RECORDS.c.record)
        here = RECORDS.c.id.in_(select(listed.c.value)), RECORDS.c.coder_key.is_not(None)
        now = {row[0]: json.loads(row[1]) for row in connection.execute(select(RECORDS.c.id, coded).where(*here))}
    found: dict[str, dict[str, Mapping[str, Any] | None]] = {}
    for one in log:
        if one.target not in now:
            continue
        changes = {name: new for name, (_, new) in one.details.get("changes", {}).items()}
        now[one.target] = {**now[one.target], **changes}
        found.setdefault(one.target, {})[one.who] = None if one.action == "reject" else now[one.target]
    return found


def agreement(project: Project, first: str, second: str) -> list[Agreement]:
    """How far two reviewers agree: on whether a record holds at all, and on the type, sides and status of events."""
    judged = {
        target: (by[first], by[second]) for target, by in judgements(project).items() if first in by and second in by
    }
    return [_agreement(on, judged) for on in ("holds", "type", "sides", "status")]


def krippendorff_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for nominal data: 1 is full agreement, 0 what chance gives, below 0 worse than chance.

    Args:
        units: of each unit the values that its coders gave, any number; units with fewer than two count for nothing.

    Returns:
        None where nothing can be compared, or where all values are the same, so that nothing could differ.

    Source: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: 1 − D_o / D_e of the matrix of
    coincidences, in which each ordered pair of values of a unit with m of them counts 1 / (m − 1).
    """
    together: Counter[tuple[Hashable, Hashable]] = Counter()
    for values in units:
        counted = Counter(values)
        for a, number in counted.items():
            for b, other in counted.items():
                pairs = number * (other - (a == b))
                if pairs:
                    together[a, b] += pairs / (len(values) - 1)  # type: ignore[assignment]
    totals: Counter[Hashable] = Counter()
    for (a, _), weight in together.items():
        totals[a] += weight
    n = sum(totals.values())
    expected = n * n - sum(total * total for total in totals.values())
    if expected <= 0:
        return None
    observed = n - sum(together[a, a] for a in totals)
    return 1 - (n - 1) * observed / expected


def _agreement(on: str, judged: Mapping[str, tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]) -> Agreement:
    told = {target: tuple(_value(on, one) for one in both) for target, both in judged.items() if _has(on, target)}
    differing = tuple((target, a, b) for target, (a, b) in sorted(told.items()) if a != b)
    return Agreement(
        on=on,
        records=len(told),
        same=1 - len(differing) / len(told) if told else None,
        alpha=krippendorff_alpha(told.values()),
        differing=differing,
    )


def _has(on: str, target: str) -> bool:
    return on == "holds" or target.startswith("ev-")


def _value(on: str, record: Mapping[str, Any] | None) -> str:
    if record is None:
        return REJECTED
    if on == "holds":
        return "holds"
    if on == "sides":
        return f"{', '.join(record['actor'])} → {', '.join(record['recipient'])}"
    return str(record[on])
