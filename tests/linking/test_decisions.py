"""Decisions are read from CSV; what is no decision is refused with its line."""

import pytest

from detente.errors import DataError
from detente.linking import read_decisions


def read(tmp_path, text):
    path = tmp_path / "decisions.csv"
    path.write_text(text, encoding="utf-8")
    return read_decisions(path)


def test_pairs_are_read_whatever_the_order_of_ids_and_columns(tmp_path):
    found = read(tmp_path, "verdict,b,a,note\nsame,ev-1,ev-2,two cables\ndifferent,doc-b,doc-a,\n")

    assert found.same == {("ev-1", "ev-2")}
    assert found.different == {("doc-a", "doc-b")}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\nev-1,ev-2\n", "No column 'verdict' in line 1"),
        ("a,b,verdict\nev-1,ev-2,maybe\n", "Verdict 'maybe' in line 2"),
        ("a,b,verdict\nev-1,ev-1,same\n", "in line 2 .*two different ids"),
        ("a,b,verdict\nev-1,,same\n", "in line 2 .*two different ids"),
        ("a,b,verdict\ndoc-1,doc-2,same\n", "in line 2 .*only events"),
        ("a,b,verdict\nev-1,ev-2,same\nev-2,ev-1,different\n", "in line 3 .*line 2 says 'same'"),
    ],
)
def test_a_line_that_is_no_decision_is_named(tmp_path, text, words):
    with pytest.raises(DataError, match=words):
        read(tmp_path, text)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"none\.csv"):
        read_decisions(tmp_path / "none.csv")
