"""What is said of a relation, and what is only proposed: two lines beside warmth, never mixed into it.

What enters: flat rows. What leaves: mean valence by month and holder, and counts of what did not happen by status.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from detente.interchange import Row
from detente.measure.build import period_of_row
from detente.measure.periods import Step
from detente.measure.reports import Reports
from detente.records import STATUSES


@dataclass(frozen=True, slots=True)
class Regard:
    """How one side is said to regard the other in a month: mean valence, −1 to +1, and the stances behind it.

    `holder` is the country of who holds it, or `A–B` where the text describes the relation of both.
    """

    month: int
    holder: str
    valence: float
    records: tuple[str, ...]


def regards(rows: Iterable[Row], a: str, b: str, *, step: Step = "month") -> list[Regard]:
    """Stances of a pair by month, or another step, and holder, in order. It is the stance's, else the publication's."""
    found: dict[tuple[int, str], list[tuple[float, str]]] = defaultdict(list)
    for row in rows:
        if row.get("kind") != "stance" or row.get("valence") is None:
            continue
        holder, regarded = (str(row[side] or "").partition(":")[0] for side in ("actor_codes", "recipient_codes"))
        month = period_of_row(row, step)
        if {holder, regarded} == {a, b} and a != b and month is not None:
            name = "–".join(sorted((a, b))) if row["mutual"] else holder
            found[month, name].append((float(row["valence"]), str(row["id"])))
    return [
        Regard(month, name, sum(value for value, _ in told) / len(told), tuple(sorted(id for _, id in told)))
        for (month, name), told in sorted(found.items())
    ]


def not_happened(reports: Reports, a: str, b: str) -> dict[tuple[int, str], int]:
    """How many acts between two sides are proposed, planned, possible or denied, by month and status."""
    return {key: len(records) for key, records in records_not_happened(reports, a, b).items()}


def records_not_happened(reports: Reports, a: str, b: str) -> dict[tuple[int, str], tuple[str, ...]]:
    """Ids of the records that tell acts between two sides which did not happen, by month and status."""
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for row in range(len(reports)):
        sides = {reports.names[reports.actor[row]], reports.names[reports.recipient[row]]}
        status = STATUSES[reports.status[row]]
        if sides == {a, b} and status not in ("actual", "historical"):
            found[int(reports.month[row]), status].add(str(reports.record[row]))
    return {key: tuple(sorted(records)) for key, records in sorted(found.items())}
