"""The scripts on the pages for users of Python and R do what they say."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import duckdb
import pytest

from exports.samples import write

PAGES = Path(__file__).parents[2] / "docs" / "how-to"


def block(page: str, language: str) -> str:
    found = re.findall(rf"```{language}\n(.*?)```", (PAGES / page).read_text(encoding="utf-8"), re.DOTALL)
    assert len(found) == 1
    return found[0]


@pytest.fixture
def tables(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return write(tmp_path / "tables")


@pytest.mark.usefixtures("tables")
def test_the_python_script_prints_months_and_quotes():
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block("use-from-python.md", "python"), "use-from-python.md", "exec"), {})

    assert printed.getvalue().splitlines() == [
        "2018-03    2 cooperative    0 hostile  (1 documents)",
        "2018-03-01 SUPPORT Pakistan and Russia signed a pact",
        "2018-03-02 CONSULT Pakistan's minister visited Moscow",
    ]


@pytest.mark.usefixtures("tables")
def test_the_sql_of_the_r_script_gives_dyads_and_events():
    queries = re.findall(r'dbGetQuery\(con, "(.*?)"\)', block("use-from-r.md", "r"), re.DOTALL)
    dyads, events = (duckdb.sql(query).fetchall() for query in queries)

    assert [row[:4] for row in dyads] == [(2018, 365, 770, 1), (2018, 770, 365, 2)]
    assert sorted(row[4] for row in events) == ["CONSULT", "SUPPORT"]


def test_both_scripts_are_short():
    assert len(block("use-from-r.md", "r").splitlines()) <= 15
    assert len(block("use-from-python.md", "python").splitlines()) <= 15
