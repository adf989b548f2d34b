"""Lines keep their numbers, whichever parts of a file are read at once."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.imports import lines
from detente.imports.staging import Staged


def staged(path, content: str) -> Staged:
    path.write_bytes(content.encode())
    return Staged(path, path.name, "0" * 64, path.stat().st_size, 0, "")


def rows(*texts):
    table = lines.line_batches(texts, ends_with="\t").read_all()
    table.validate(full=True)
    return [tuple(row.values()) for row in table.to_pylist()]


def test_lines_have_the_number_that_they_have_in_their_file(tmp_path):
    one, other = staged(tmp_path / "a", "x\ty\n\nz\n"), staged(tmp_path / "b", "ä\nlast")

    assert rows(one, other) == [(0, 1, "x\ty\t"), (0, 2, "\t"), (0, 3, "z\t"), (1, 1, "ä\t"), (1, 2, "last\t")]


def test_a_file_without_lines_gives_none(tmp_path):
    assert rows(staged(tmp_path / "a", "")) == []


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@given(st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=9), max_size=9))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_parts_of_any_size_give_the_same_lines(tmp_path, monkeypatch, size, told):
    monkeypatch.setattr(lines, "_BLOCK_BYTES", size)

    assert rows(staged(tmp_path / "a", "".join(f"{line}\n" for line in told))) == [
        (0, number, f"{line}\t") for number, line in enumerate(told, 1)
    ]
