"""Counting in SQL gives what counting in memory gives."""

import duckdb
import numpy as np
import pyarrow
import pytest

from detente.errors import DataError
from detente.measure.monthly import monthly_counts
from detente.measure.reports import event_types
from detente.measure.rules import Rules
from detente.measure.stories import count_stories
from measure.make import reports

TABLE = reports(
    ("A", "B", 1, "CONSULT", {"mutual": True, "story": 1, "share": 0.5}),
    ("B", "A", 1, "CONSULT", {"mutual": True, "story": 1, "share": 0.5}),
    ("B", "A", 1, "CONSULT", {"probability": 0.5}),
    ("A", "A", 1, "ASSAULT"),
    ("A", "C", 2, "ASSAULT", {"status": "proposed"}),
    ("C", "A", 2, "AID", {"probability": 0.25}),
)


@pytest.mark.parametrize(
    "rules",
    [
        Rules(by_story=False),
        Rules(by_story=False, directed=True),
        Rules(by_story=False, internal=True, by_probability=False, statuses=("actual", "proposed")),
    ],
    ids=["pooled", "directed", "all"],
)
def test_the_query_counts_as_memory_does(rules):
    columns = ("actor", "recipient", "month", "type", "status", "share", "probability", "mutual")
    told = pyarrow.table({name: getattr(TABLE, name) for name in columns})
    known = duckdb.connect()
    known.register("told", told)
    found = {tuple(row[:4]): row[4] for row in known.execute(monthly_counts("told", rules)).fetchall()}

    counted = count_stories(TABLE, rules, first=1, last=2)
    expected = {}
    for number, (a, b) in enumerate(counted.pairs):
        grid = counted.counts_of(number)
        for month, kind in zip(*np.nonzero(grid), strict=True):
            sides = TABLE.names.index(a), TABLE.names.index(b)
            expected[(*sides, int(month) + 1, int(kind))] = grid[month, kind]
    assert found == pytest.approx(expected)
    assert any(key[3] == event_types().index("AID") for key in found)


def test_what_a_query_by_row_cannot_tell_is_refused():
    with pytest.raises(DataError, match="by story"):
        monthly_counts("told", Rules())
