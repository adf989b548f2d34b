"""A text's own head tells when it was written; its prose does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.parse.dateline import dateline_end, written_on


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A headline\n\nGENEVA, June 3, 2021 - The two sides met.", "2021-06-03"),
        ("Statement on the talks\n\n5 April 2023\n\nThe ministry welcomes them.", "2023-04-05"),
        ("A view\n\nBy a columnist, 30 October 2024\n\nWords.", "2024-10-30"),
        ("Tuesday, Sept 7, 2010\nNews.", "2010-09-07"),
        ("The treaty of 5 April 1949 was signed in a hall that nobody remembers any longer, they say.", None),
        ("Peru met Chile.", None),
        ("She left on 5 May 1999 and came back.", None),
        ("31 February 2020\n\nNews.", None),
    ],
)
def test_the_day_of_writing(text: str, expected: str | None) -> None:
    assert written_on(text) == expected


@given(st.text())
def test_any_text_gives_a_date_or_none(text: str) -> None:
    found = written_on(text)

    assert found is None or len(found) == 10


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("NAIROBI, Kenya -- Police said", "Police said"),
        ("LIMA (AP) - Officials said", "Officials said"),
        ("ADDIS ABABA, May 15 (Xinhua) -- Ministers met", "Ministers met"),
        ("Tehran, March 15, IRNA - The minister said", "The minister said"),
        ("Oslo (Reuters) – The king said", "The king said"),
        ("ST. PETERSBURG, Russia — The mayor said", "The mayor said"),
    ],
)
def test_a_report_begins_behind_its_dateline(text: str, rest: str) -> None:
    end = dateline_end(text, 0, len(text))

    assert end is not None
    assert text[end:] == rest


@pytest.mark.parametrize(
    "text",
    [
        "Kenya - the host - said no",
        "The US - Chad border",
        "President Obama - The man",
        "KENYA-Chad ties",
        "NAIROBI -- ",
    ],
)
def test_a_dash_in_a_sentence_makes_no_dateline(text: str) -> None:
    assert dateline_end(text, 0, len(text)) is None
