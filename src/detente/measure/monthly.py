"""Reports too many for memory → counts by pair, month and type, in SQL for DuckDB.

What enters: the name of a table with the columns of `Reports`. What leaves: a query. Copies are merged before, when the
table is made: a story that is told once has its weight in `probability`.
"""

from __future__ import annotations

from detente.errors import DataError
from detente.measure.rules import Rules
from detente.records import STATUSES


def monthly_counts(table: str, rules: Rules | None = None) -> str:
    """A query for `a`, `b`, `month`, `type` and `amount`, by the same rules as `count_stories`.

    Args:
        table: a table, view or function such as `read_parquet('reports.parquet')`, with the columns actor, recipient,
            month, type, status, share, probability, mutual and, where a class is asked for, source.

    Raises:
        DataError: the rules ask for stories or channels, which a query by row cannot tell.
    """
    known = rules or Rules(by_story=False)
    if known.by_story or known.channel != "all" or known.source is not None:
        raise DataError(
            "Rules by story, channel or class of sources in a query by row: statuses, internal acts, probability and "
            "direction are allowed. Choose the rows beforehand, or use count_stories."
        )
    statuses = ", ".join(str(STATUSES.index(status)) for status in known.statuses)
    wanted = [f"status IN ({statuses})"]
    if not known.internal:
        wanted.append("actor <> recipient")
    sides = ("actor", "recipient")
    if not known.directed:
        wanted.append("NOT (mutual AND actor > recipient)")
        sides = ("least(actor, recipient)", "greatest(actor, recipient)")
    amount = "sum(share * probability)" if known.by_probability else "sum(share)"
    return (
        f"SELECT {sides[0]} AS a, {sides[1]} AS b, month, type, {amount} AS amount "
        f"FROM {table} WHERE {' AND '.join(wanted)} GROUP BY ALL"
    )
