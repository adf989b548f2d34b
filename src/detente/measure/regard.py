"""What is said of a relation, and what is only proposed: two lines beside warmth, never mixed into it.

What enters: flat rows. What leaves: mean valence by month and holder, and counts of what did not happen by status.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from detente.interchange import Row
from detente.measure.reports import Reports, month_number
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


def regards(rows: Iterable[Row], a: str, b: str) -> list[Regard]:
    """Stances of a pair by month and holder, in order. The month is the stance's, else the publication's."""
    found: dict[tuple[int, str], list[tuple[float, str]]] = defaultdict(list)
    for row in rows:
        if row.get("kind") != "stance" or row.get("valence") is None:
            continue
        holder, regarded = (str(row[side] or "").partition(":")[0] for side in ("actor_codes", "recipient_codes"))
        month = _month(row)
        if {holder, regarded} == {a, b} and a != b and month is not None:
            name = "–".join(sorted((a, b))) if row["mutual"] else holder
            found[month, name].append((float(row["valence"]), str(row["id"])))
    return [
        Regard(month, name, sum(value for value, _ in told) / len(told), tuple(sorted(id for _, id in told)))
        for (month, name), told in sorted(found.items())
    ]


def not_happened(reports: Reports, a: str, b: str) -> dict[tuple[int, str], int]:
    """Acts between two sides that are proposed, planned, possible or denied, by month and status; each record once."""
    counted: Counter[tuple[int, str]] = Counter()
    seen = set()
    for row in range(len(reports)):
        sides = {reports.names[reports.actor[row]], reports.names[reports.recipient[row]]}
        status, record = STATUSES[reports.status[row]], reports.record[row]
        if sides == {a, b} and status not in ("actual", "historical") and record not in seen:
            seen.add(record)
            counted[int(reports.month[row]), status] += 1
    return dict(sorted(counted.items()))


def _month(row: Row) -> int | None:
    for text in (row.get("date"), row.get("published")):
        start = (text or "").partition("/")[0]
        if len(start) >= 7:
            return month_number(start)
    return None
