"""The comparison of our groups with a PETRARCH file of armed groups."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from compare_groups import compare, groups_in

from detente.resolve.knowledge import load_knowledge

FILE = """# a comment
LIBERATION_TIGERS_OF_TAMIL_EELAM_
+TAMIL_TIGERS_+_EXAMPLE_TIGERS_
\t[LKAREB]

EXAMPLE_FRONT_(EF)_ [XYZREB] # of nowhere
NO_CODE_AT_ALL_
ULSTER_VOLUNTEER_FORCE_
\t[IRLREB]
BOKO_HARAM_
\t[WAFREB]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    out = tmp_path / "groups.txt"
    out.write_text(FILE, "utf-8")
    return out


def test_aliases_run_together_are_told_apart_and_missing_codes_are_no_error(path: Path) -> None:
    assert [(group.names, group.code) for group in groups_in(path)] == [
        (("liberation tigers of tamil eelam", "tamil tigers", "example tigers"), "LKAREB"),
        (("example front",), "XYZREB"),
        (("no code at all",), ""),
        (("ulster volunteer force",), "IRLREB"),
        (("boko haram",), "WAFREB"),
    ]


def test_each_group_is_told_as_same_differing_regional_or_unknown(path: Path) -> None:
    states = {"LKA", "GBR", "IRL", "NGA"}
    rows = [compare(group, load_knowledge(), states) for group in groups_in(path)]
    assert [(row.ours, row.verdict) for row in rows] == [
        ("ltte", "same"),
        ("", "unknown"),
        ("", "unknown"),
        ("uvf", "differs"),
        ("boko-haram", "region"),
    ]
    assert rows[0].lacking == "example tigers"
