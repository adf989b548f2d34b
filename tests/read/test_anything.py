"""One article is one text in every format; sources tell where it came from; a directory is read file by file."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from detente.errors import ReadError
from detente.parse.dateline import written_on
from detente.read import Failure, Origin, Read, ReadOptions, read_any
from detente.read.anything import READERS
from read.formats import SAMPLES, html_page, in_all_formats, jsonl, read_bytes, sample, zipped

ENGLISH = "Pakistan and Russia agreed on Tuesday to hold joint exercises in the autumn, officials said."
GERMAN = "Der Präsident traf am Montag den russischen Außenminister in Moskau, teilte sein Sprecher mit."
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_article_is_the_same_text_in_every_format(tmp_path, name):
    text = sample(name)

    for file, data in in_all_formats(text).items():
        found = read_bytes(tmp_path, file, data)

        assert [getattr(one, "message", None) for one in found] == [None], file
        assert found[0].document.text == text, file
        assert found[0].document.language == "en", file


@pytest.mark.model
def test_the_same_article_gives_the_same_records_in_every_format(tmp_path, coder):
    rules = replace(coder, encoder=None)
    options = ReadOptions(origin=Origin(title="Talks", author="Staff", publisher="Wire"), written_on=written_on)
    for file, data in in_all_formats(sample()).items():
        # The day of a mail, an entry or an address is not that of the dateline, and wins over it.
        if not any(mark in file for mark in ("eml", "mbox", "rss", "atom", "warc")):
            (tmp_path / file).write_bytes(data)

    documents = [read.document for read in read_any(tmp_path, options)]
    coded = [rules(document) for document in documents]

    assert len(coded) == 19
    assert len(coded[0].events) > 5
    assert {(c.events, c.stances, c.memberships, c.statements) for c in coded} == {
        (coded[0].events, coded[0].stances, coded[0].memberships, coded[0].statements)
    }


def test_the_id_is_made_from_the_text(tmp_path):
    one, other = (read_bytes(tmp_path, name, ENGLISH.encode())[0] for name in ("a.txt", "b.md"))

    assert one.document.id == other.document.id
    assert one.document.id.startswith("doc-")


def test_a_source_tells_where_the_bytes_came_from(tmp_path):
    row = jsonl({"text": ENGLISH})
    options = ReadOptions(retrieved_at="2026-07-01T00:00:00Z")

    (read,) = read_bytes(tmp_path, "week.zip", zipped({"deep/day.jsonl": row}), options)

    assert read.source.path == str(tmp_path / "week.zip")
    assert read.source.member == ("deep/day.jsonl", "line 1")
    assert read.source.name.endswith("week.zip > deep/day.jsonl > line 1")
    assert read.source.sha256 == hashlib.sha256(read.original).hexdigest()
    assert read.original == row.strip()
    assert (read.source.media_type, read.source.retrieved_at) == ("application/json", "2026-07-01T00:00:00Z")


META = '<meta property="article:published_time" content="2018-03-02T10:00:00Z">'
LINK = '<link rel="canonical" href="https://x.example/2019/04/05/talks">'


@pytest.mark.parametrize(
    ("head", "told", "expected"),
    [
        (META + LINK, "2017-01", ("2017-01", "flag")),
        (META + LINK, None, ("2018-03-02", "metadata")),
        (LINK, None, ("2019-04-05", "url")),
        ("", None, ("2023-03-11", "text")),
    ],
    ids=["flag", "metadata", "url", "text"],
)
def test_the_publication_date_has_a_source_and_the_better_one_wins(tmp_path, head, told, expected):
    options = ReadOptions(origin=Origin(published=told), written_on=written_on)

    (read,) = read_bytes(tmp_path, "a.html", html_page(sample(), head), options)

    assert (read.document.published, read.source.date_source) == expected


def test_without_a_date_there_is_no_source_of_one(tmp_path):
    (read,) = read_bytes(tmp_path, "a.txt", ENGLISH.encode())

    assert (read.document.published, read.source.date_source) == (None, None)


def test_an_unclear_date_is_not_used_but_told(tmp_path):
    (read,) = read_bytes(tmp_path, "a.jsonl", jsonl({"text": ENGLISH, "date": "3/4/2018"}))

    assert read.document.published is None
    assert read.source.notes == ("date '3/4/2018' is unclear and not used",)


def test_what_is_not_english_is_read_with_its_language(tmp_path):
    (read,) = read_bytes(tmp_path, "a.txt", GERMAN.encode())

    assert read.document.language == "de"


def test_a_guessed_encoding_is_told(tmp_path):
    text = "The minister said: “We won’t go to the café in São Paulo,” Mr. Gül added on Tuesday in Geneva."

    (read,) = read_bytes(tmp_path, "a.txt", text.encode("cp1252"))

    assert read.document.text == text
    assert read.source.notes == ("decoded as cp1252",)


def test_halves_of_surrogate_pairs_become_replacement_characters(tmp_path):
    row = rb'{"text": "Russia \ud83d and \ud83d\ude00 Pakistan", "title": "\udc00 Talks", "url": "http://x/\udfff"}'

    (read,) = read_bytes(tmp_path, "a.jsonl", row)

    assert read.document.text == "Russia \ufffd and \U0001f600 Pakistan"
    assert (read.document.title, read.document.url) == ("\ufffd Talks", "http://x/\ufffd")


def test_a_directory_is_read_in_the_order_of_names_and_pictures_are_passed_over(tmp_path):
    names = ("b.txt", "a.txt", "deep/c.txt", ".hidden.txt", ".git/d.txt", "e.png", "empty.txt")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(PICTURE if name.endswith("png") else f"{ENGLISH} {name}".encode())
    (tmp_path / "empty.txt").write_bytes(b"")

    found = list(read_any(tmp_path))

    read = [one.source.path for one in found if isinstance(one, Read)]
    assert read == [str(tmp_path / name) for name in ("a.txt", "b.txt", "deep/c.txt")]
    failed = {one.path: one.passed_over for one in found if isinstance(one, Failure)}
    assert failed == {str(tmp_path / "e.png"): True, str(tmp_path / "empty.txt"): False}


def test_a_picture_is_told_from_a_broken_text(tmp_path):
    (picture,) = read_bytes(tmp_path, "e.png", PICTURE)
    (broken,) = read_bytes(tmp_path, "e.pdf", b"%PDF-")

    assert "No text in" in picture.message
    assert (picture.passed_over, broken.passed_over) == (True, False)


def test_reading_is_lazy(tmp_path):
    (tmp_path / "a.txt").write_text(ENGLISH)
    (tmp_path / "b.txt").write_text(ENGLISH)

    found = read_any(tmp_path)
    next(found)
    (tmp_path / "b.txt").unlink()

    assert isinstance(found, Iterator)
    assert "No file at" in next(found).message


def test_a_missing_file_is_a_failure(tmp_path):
    (failure,) = read_any(tmp_path / "missing.txt")

    assert failure.message.startswith("No file at")


def test_a_directory_that_cannot_be_listed_is_a_failure(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(ENGLISH)
    (tmp_path / "locked").mkdir()
    whole = type(tmp_path).iterdir

    def iterdir(path):
        if path.name == "locked":
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(type(tmp_path), "iterdir", iterdir)

    read, failure = read_any(tmp_path)

    assert isinstance(read, Read)
    assert "Permission denied" in failure.message


def test_a_fault_of_a_parser_costs_one_file_only(tmp_path, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError("a fault")

    monkeypatch.setitem(READERS, "markdown", fail)
    (tmp_path / "a.md").write_text(ENGLISH)
    (tmp_path / "b.txt").write_text(ENGLISH)

    failure, read = read_any(tmp_path)

    assert "ZeroDivisionError: a fault" in failure.message
    assert isinstance(read, Read)


def test_markdown_signs_are_left_out_and_its_head_is_read(tmp_path):
    text = (
        "---\ntitle: Talks\nauthor: A. Writer\ndate: 2018-03-02\n---\n# Closer\n\nPakistan *and* [Russia](http://x) "
        "agreed\nto hold **exercises**.<!-- draft -->\n\n- first\n- second\n\n> quoted\n\n![map](m.png)\n"
    )

    (read,) = read_bytes(tmp_path, "a.md", text.encode())

    assert read.document.text == (
        "Closer\n\nPakistan and Russia agreed\nto hold exercises.\n\nfirst\n\nsecond\n\nquoted"
    )
    assert (read.document.title, read.document.author, read.document.published) == ("Talks", "A. Writer", "2018-03-02")


def test_a_markdown_head_that_is_no_yaml_is_no_head(tmp_path):
    (read,) = read_bytes(tmp_path, "a.md", f"---\n[: {{\n---\n{ENGLISH}".encode())

    assert read.document.text == ENGLISH
    assert read.document.title is None


def test_scripts_in_a_page_are_no_text(tmp_path):
    script = "<script>var secret = 'Iran attacked Israel on Monday, officials said';</script>"

    (read,) = read_bytes(tmp_path, "a.html", html_page(sample(), script).replace(b"</h1>", b"</h1>" + script.encode()))

    assert read.document.text == sample()


def test_an_unknown_field_in_a_mapping_is_refused(tmp_path):
    (failure,) = read_bytes(tmp_path, "a.jsonl", jsonl({"text": ENGLISH}), ReadOptions(columns={"words": "text"}))

    assert "Unknown field 'words' in --map" in failure.message


def test_a_malformed_date_of_the_user_is_refused():
    with pytest.raises(ReadError, match="--published"):
        Origin(published="March 2018")
