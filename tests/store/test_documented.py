"""The page on projects names every table and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.store.schema import METADATA

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "project.md"


@pytest.mark.parametrize("name", sorted(METADATA.tables))
def test_every_column_is_documented(name):
    section = PAGE.read_text(encoding="utf-8").partition(f"\n### {name}\n")[2].partition("\n### ")[0]

    assert [column.name for column in METADATA.tables[name].c if f"| `{column.name}` |" not in section] == []
