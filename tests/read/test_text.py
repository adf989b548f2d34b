"""Bytes become exactly the characters they encode, or a refusal."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import ReadError
from detente.read.text import decode

TEXT = (
    "The minister said: “We won’t – ever – go to the café in São Paulo,” Mr. Gül added. "
    "Turkey and Syria agreed to meet again next week in Geneva, officials said."
)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
        TEXT.encode("mac_roman"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big endian", "utf-32", "windows-1252", "mac roman"],
)
def test_text_is_decoded_and_the_mark_dropped(data):
    assert decode(data, "a test") == TEXT


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_utf_8_is_decoded_without_any_change(text):
    if not text.startswith("%PDF-"):
        assert decode(text.encode(), "a test") == text


@pytest.mark.parametrize(
    "data",
    [
        "Министр иностранных дел России Сергей Лавров встретился в Москве.".encode("cp1251"),
        "外交部发言人表示,中方坚决反对美国对台军售。".encode("gb18030"),
        bytes(range(128, 256)) * 4,
        "Café.".encode("mac_roman"),
    ],
    ids=["cyrillic", "chinese", "noise", "two readings"],
)
def test_unclear_encodings_are_refused(data):
    with pytest.raises(ReadError, match="Save the file as UTF-8"):
        decode(data, "a test")


def test_a_broken_utf_16_text_is_refused():
    with pytest.raises(ReadError, match="not UTF-16"):
        decode(codecs.BOM_UTF16_LE + b"\x00\xd8a", "a test")
