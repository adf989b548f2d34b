"""PDF files give paragraphs: no running heads, words whole again, what goes on overleaf joined."""

import io
import itertools
from dataclasses import replace

import pytest

from detente.read import Limits, Read, ReadOptions
from detente.read.layout import PARTED, Line, paragraphs
from read.formats import SAMPLES, pdf, pdf_of_lines, read_bytes, sample

LONG = "The two sides agreed on Tuesday to widen their cooperation in many fields and in all"


def text_of(tmp_path, data):
    (read,) = read_bytes(tmp_path, "a.pdf", data)
    assert isinstance(read, Read), read
    return read.document.text


def page(*lines, step=12.0, top=700.0, left=60.0, height=10.0):
    """Lines one beneath the other; a line that begins with spaces is indented, None leaves a gap."""
    made, bottom = [], top
    for line in lines:
        if line is None:
            bottom -= step * 0.7
            continue
        words = line.lstrip(" ")
        x = left + 5.0 * (len(line) - len(words))
        made.append(Line(words, x, x + 5.0 * len(words), bottom, height, size=height))
        bottom -= step
    return made


def test_running_heads_and_page_numbers_of_several_pages_are_dropped(tmp_path):
    text = "\n\n".join(sample(name) for name in SAMPLES)

    assert text_of(tmp_path, pdf(text, header="The Daily Example - Vol. 3")) == text


def test_words_parted_at_line_ends_are_whole_again(tmp_path):
    lines = [
        "The minister said that both sides want more coope-",
        "ration in the all-",
        "weather friendship, and Mr. Al-",
        "Aiban, who served in 2017-",
        "2018, was glad of the co-",
        "operation. He praised the co-operation.",
    ]

    assert text_of(tmp_path, pdf_of_lines(lines)) == (
        "The minister said that both sides want more cooperation in the all-weather friendship, and Mr. Al-Aiban, who "
        "served in 2017-2018, was glad of the co-operation. He praised the co-operation."
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([LONG, "of them."], [f"{LONG} of them."]),
        ([LONG, None, "Then they met."], [LONG, "Then they met."]),
        ([LONG, "They met.", LONG], [f"{LONG} They met.", LONG]),
        ([LONG, LONG + ".", "   " + LONG, LONG], [f"{LONG} {LONG}.", f"{LONG} {LONG}"]),
        ([LONG, LONG + ".", LONG], [f"{LONG} {LONG}. {LONG}"]),
        ([LONG, "a self" + PARTED, "reliance"], [f"{LONG} a self-reliance"]),
        ([LONG, "two-", "and threefold"], [f"{LONG} two- and threefold"]),
    ],
    ids=["goes on", "gap", "early end", "indent", "full line", "kept hyphen", "suspended hyphen"],
)
def test_paragraphs_begin_where_a_typesetter_begins_them(lines, expected):
    assert paragraphs([page(*lines)]) == expected


def test_a_heading_in_larger_type_is_a_paragraph_of_its_own():
    heading = page("Talks in Moscow", height=14.0)
    body = page(LONG, "of them.", top=688.0)

    assert paragraphs([[*heading, *body]]) == ["Talks in Moscow", f"{LONG} of them."]


def test_a_line_in_another_typeface_of_one_size_goes_on():
    lines = page(LONG, LONG + ".", LONG)
    lines[1] = replace(lines[1], height=13.0)

    assert len(paragraphs([lines])) == 1


def test_each_item_of_a_list_is_a_paragraph():
    assert paragraphs([page("• one;", "• two,", "and more.")]) == ["• one;", "• two, and more."]


def test_a_running_head_of_one_chapter_is_dropped_there_and_a_like_line_elsewhere_is_not():
    bodies = [f"Body {chr(97 + number)} of this page that runs on and on and on and on," for number in range(8)]
    heads = [None, "Chapter 2: Talks 3", "Chapter 2: Talks 4", None, None, None, None, "Chapter 2: Talks 9"]
    pages = [page(*([head] if head else []), None, body) for head, body in zip(heads, bodies, strict=True)]

    assert " ".join(paragraphs(pages)) == " ".join([*bodies[:7], "Chapter 2: Talks 9", bodies[7]])


def test_a_paragraph_goes_on_overleaf_unless_it_ended_early():
    other = LONG.replace("sides", "lands").replace("Tuesday", "Fridays")
    overleaf = page("in the fields of trade", other)
    joined = f"in the fields of trade {other}"

    assert paragraphs([page(LONG), overleaf]) == [f"{LONG} {joined}"]
    assert paragraphs([page(LONG + " others", "They met."), overleaf]) == [f"{LONG} others They met.", joined]
    assert paragraphs([page(LONG + " others", None, "A heading"), overleaf])[1:] == ["A heading", joined]


def test_two_columns_are_read_one_after_the_other():
    left = page("The two sides agreed on Tuesday to widen", "their cooperation. They will meet in many")
    right = page("places again, said a ministry that spoke", "of them. It gave no days for all of this", left=320.0)

    assert paragraphs([[*left, *right]]) == [" ".join(line.text for line in (*left, *right))]


@pytest.mark.parametrize("number", ["3", "- 3 -", "Page 3", "page 3 of 9", "3/9"])
def test_a_page_number_is_dropped_from_a_single_page(number):
    assert paragraphs([[*page(LONG), *page(number, top=30.0)]]) == [LONG]


def test_a_number_within_the_text_stays():
    lines = page(LONG, "2018", "was the year.", LONG, LONG, LONG)

    assert "2018" in paragraphs([lines])[0]


def test_no_lines_are_no_paragraphs():
    assert paragraphs([]) == []
    assert paragraphs([[], []]) == []


def test_the_title_is_kept_and_the_typist_told_in_a_note(tmp_path):
    (read,) = read_bytes(tmp_path, "a.pdf", pdf(sample(), title="Talks", author="jsmith"))

    assert (read.document.title, read.document.author, read.document.published) == ("Talks", None, None)
    assert "the file's properties say author jsmith" in read.source.notes
    assert any("properties say created 20" in note for note in read.source.notes)


@pytest.mark.parametrize("title", ["Microsoft Word - talks.doc", "talks.indd", "untitled"])
def test_what_programs_write_in_place_of_a_title_is_none(tmp_path, title):
    (read,) = read_bytes(tmp_path, "a.pdf", pdf(sample(), title=title))

    assert read.document.title is None


def test_pages_without_text_are_told(tmp_path):
    (read,) = read_bytes(tmp_path, "a.pdf", pdf_of_lines([LONG], []))
    (failure,) = read_bytes(tmp_path, "b.pdf", pdf_of_lines([], []))

    assert "1 of 2 pages have no text" in read.source.notes
    assert "No text on 2 pages" in failure.message
    assert "OCR" in failure.message


@pytest.mark.parametrize("cut", [slice(0, 400), slice(0, 1), slice(9, None)], ids=["cut", "a byte", "no head"])
def test_a_corrupted_pdf_is_one_clear_line(tmp_path, cut):
    (failure,) = read_bytes(tmp_path, "a.pdf", pdf(sample())[cut])

    assert "a.pdf'" in failure.message
    assert "\n" not in failure.message
    assert not failure.passed_over


def test_any_byte_of_a_pdf_may_be_broken(tmp_path):
    data = pdf(sample("statement"))

    for place in range(0, len(data), len(data) // 60):
        broken = data[:place] + b"\xff\x00" + data[place + 2 :]
        found = read_bytes(tmp_path, "a.pdf", broken)

        assert len(found) == 1, place


def test_a_locked_pdf_is_refused(tmp_path):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(sample()))))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)

    (failure,) = read_bytes(tmp_path, "a.pdf", stream.getvalue())

    assert "A locked PDF" in failure.message


def test_pages_and_time_have_limits(tmp_path, monkeypatch):
    data = pdf_of_lines([LONG], [LONG], [LONG])

    (many,) = read_bytes(tmp_path, "a.pdf", data, ReadOptions(limits=Limits(pages=2)))
    ticks = itertools.count(0, 10)
    monkeypatch.setattr("detente.read.pdf.time.monotonic", lambda: next(ticks))
    (slow,) = read_bytes(tmp_path, "b.pdf", data, ReadOptions(limits=Limits(seconds=15)))

    assert "3 pages in" in many.message
    assert "Page 2 of 3 after 15 seconds" in slow.message
