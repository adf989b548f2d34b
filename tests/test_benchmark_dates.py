"""The date test set reads without fault, and its judge tells right from wrong."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.dates.gold import GoldDate, days_of, is_right, read_gold

from detente.errors import DataError

FOLDER = Path(__file__).parents[1] / "benchmarks" / "dates"
ROW = {
    "id": "weekday-01",
    "text": "Talks ended on Tuesday.",
    "published": "2018-03-01",
    "expression": "Tuesday",
    "gold": "2018-02-27",
    "stratum": "weekday",
}


def gold(*values: str | None) -> GoldDate:
    return GoldDate("x", "It was then.", None, "then", values, "narrative")


def test_the_halves_share_no_text_and_hold_as_many_of_each_stratum():
    tune, report = (read_gold(FOLDER / f"{half}.jsonl") for half in ("tune", "report"))
    assert not {one.text for one in tune} & {one.text for one in report}
    assert not {one.id for one in tune} & {one.id for one in report}
    assert Counter(one.stratum for one in tune) == Counter(one.stratum for one in report)
    assert len(tune) + len(report) >= 280


@pytest.mark.parametrize(
    ("values", "answers", "right"),
    [
        (("2001",), [("2001-01-01/2001-12-31", "on")], True),
        (("2001",), [("2001-01", "on")], False),
        (("2001/..",), [("2001", "since")], True),
        (("2001/..",), [("2001", "on")], False),
        (("../2008",), [("2008", "until")], True),
        (("1998/2001",), [("1998", "on"), ("2001", "on")], False),
        (("1998/2001",), [], False),
        ((None,), [], True),
        ((None,), [("1973", "on")], False),
        ((None, "1968/.."), [("1968", "since")], True),
    ],
)
def test_an_answer_is_right_when_it_covers_the_days_of_an_accepted_value(values, answers, right):
    assert is_right(gold(*values), answers) is right


@pytest.mark.parametrize("value", ["2001-02-30", "2001-13", "soon", "../..", "2003/2001", "2001/", "20240328"])
def test_a_value_of_another_form_is_refused(value):
    with pytest.raises(ValueError, match=r"day|month|is no"):
        days_of(value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"gold": "2018-02-28"}, "no Tuesday"),
        ({"expression": "Monday"}, "exactly once"),
        ({"gold": ["2018-02-27", "2018-02-27"]}, "differ"),
        ({"published": "1 March"}, "1 March"),
        ({"extra": 1}, "fields"),
    ],
)
def test_a_faulty_line_is_named(tmp_path, change, message):
    path = tmp_path / "tune.jsonl"
    path.write_text(json.dumps(ROW) + "\n" + json.dumps({**ROW, "id": "two", **change}) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=message) as caught:
        read_gold(path)
    assert f"{path}:2" in str(caught.value)
