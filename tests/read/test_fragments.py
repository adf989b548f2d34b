"""Pieces of HTML give the words that a reader sees."""

import pytest

from detente.read.fragments import fragment_text, looks_like_fragment


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\nlines"),
        ("One <b>bold</b> and <a href='x'>linked</a> word", "One bold and linked word"),
        ("Tail<div>block</div>after", "Tail\n\nblock\n\nafter"),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
        ("<p>R&amp;D &lt;now&gt;</p><!-- gone -->", "R&D <now>"),
        ("<p>Text</p><script>alert('x')</script><style>p {}</style>end", "Text\n\nend"),
        ("<p>cut", "cut"),
        ("", ""),
        ("<!-- only -->", ""),
    ],
)
def test_paragraphs_are_kept_and_scripts_left_out(markup, text):
    assert fragment_text(markup) == text


def test_markup_nested_very_deep_is_read():
    assert "deep" in fragment_text("<div>" * 200 + "deep")
    assert isinstance(fragment_text("<div>" * 50_000 + "deep"), str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("<p>One", True), ("One <b>two</b>", True), ("a < b and c > d", False), ("use <p> here", False), ("", False)],
)
def test_markup_is_told_from_text(text, expected):
    assert looks_like_fragment(text) is expected
