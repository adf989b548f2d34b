"""A broken line of JSON is one clear error, whoever reads it."""

from __future__ import annotations

import pytest

from detente.errors import RecordError
from detente.interchange.lines import json_object, json_value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1', r"no JSON \(Expecting ',' delimiter\). Mend it."),
        ("", r"no JSON \(Expecting value\). Mend it."),
        ('{"a": 1} 2', r"no JSON \(Extra data\). Mend it."),
        ("[" * 100_000, r"no JSON \(RecursionError\). Mend it."),
        ("[1]", "no JSON object. Mend it."),
        ("null", "no JSON object. Mend it."),
    ],
    ids=["cut", "empty", "two", "deep", "list", "null"],
)
def test_what_is_no_whole_object_is_told_with_the_remedy(text, message):
    with pytest.raises(RecordError, match=f"^{message}$"):
        json_object(text, remedy="Mend it.")


def test_an_object_and_any_other_value_are_read():
    assert json_object('{"a": [1, null]}', remedy="") == {"a": [1, None]}
    assert json_value("[1]", remedy="") == [1]
