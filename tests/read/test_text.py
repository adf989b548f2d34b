"""Bytes become exactly the characters they encode, or a refusal."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import ReadError
from detente.read.text import decode, decode_as, tidy

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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\r\n\r\nTwo.\rThree.\n", "One.\n\nTwo.\nThree."),
        ("\n\n One. \t\n \n\n\n Two.\u2028Three.\f", "One.\n\n Two.\nThree."),
        ("co\u00adope\u200brate\0\ufeff", "cooperate"),
        ("\ud83d\ude00 \ud83d", "\U0001f600 \ufffd"),
        ("", ""),
    ],
)
def test_texts_of_all_formats_have_one_form(text, expected):
    assert tidy(text) == expected


@given(st.text())
def test_the_one_form_stays_as_it_is_and_can_be_written_down(text):
    form = tidy(text)

    assert tidy(form) == form
    assert form.encode().decode() == form


def test_a_long_line_of_spaces_is_tidied_at_once():
    assert tidy(" " * 900_000 + "x" + " " * 900_000) == "x"


def test_a_guessed_encoding_is_named():
    assert decode_as(TEXT.encode("cp1252"), "a test")[1] == "cp1252"
    assert decode_as(codecs.BOM_UTF8 + TEXT.encode(), "a test")[1] == "utf-8"
