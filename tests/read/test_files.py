"""Files, directories and standard input become documents, or errors that say what to do."""

import io
import sys
import types

import pytest

from detente.errors import ReadError
from detente.read import Origin, find_files, read_file, read_files
from detente.read.origin import check_published
from detente.read.text import MAX_CHARS

ENGLISH = "Pakistan and Russia agreed on Tuesday to hold joint exercises in the autumn, officials said.\n"


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(ENGLISH, encoding="utf-8")
    return path


def test_a_text_file_becomes_a_document_of_its_name(article):
    document = read_file(article, published="2018-03", title="Closer", author="A. Bhatti", publisher="The Wire")

    assert (document.id, document.text, document.language) == ("article", ENGLISH, "en")
    assert (document.published, document.title, document.author) == ("2018-03", "Closer", "A. Bhatti")
    assert document.publisher == "The Wire"


def test_line_ends_are_kept_so_that_offsets_fit_the_file(article):
    article.write_bytes(b"Pakistan met Russia.\r\nThey agreed to meet again.\r")

    assert read_file(article).text == "Pakistan met Russia.\r\nThey agreed to meet again.\r"


def test_standard_input_is_read_in_place_of_a_dash(monkeypatch):
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=io.BytesIO(ENGLISH.encode())))

    document = read_file("-")

    assert (document.id, document.text) == ("stdin", ENGLISH)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Empty text"),
        (b" \r\n\t ", "Empty text"),
        (b"\xef\xbb\xbf", "Empty text"),
        (b"...\n***", "Empty text"),
        (b"PK\x03\x04\x00\x00", "Binary data"),
        (b"%PDF-1.7 stream", "Binary data"),
        (b"x" * (MAX_CHARS + 1), "1,000,001 characters"),
    ],
    ids=["empty", "blank", "mark only", "no words", "archive", "pdf", "too long"],
)
def test_what_is_no_text_is_refused(article, data, message):
    article.write_bytes(data)

    with pytest.raises(ReadError, match=message):
        read_file(article, any_language=True)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ReadError, match=r"No file at .*missing\.txt"):
        read_file(tmp_path / "missing.txt")


def test_a_directory_in_place_of_a_file_is_refused(tmp_path):
    with pytest.raises(ReadError, match="A directory in place of a file"):
        read_file(tmp_path)


def test_an_unknown_file_type_is_refused(tmp_path):
    with pytest.raises(ReadError, match=r"Unknown file type '\.docx'"):
        read_file(tmp_path / "article.docx")


def test_an_unreadable_file_is_refused(article, monkeypatch):
    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)

    with pytest.raises(ReadError, match="Permission denied"):
        read_file(article)


@pytest.mark.parametrize("value", [None, "2018", "2018-03", "2018-02-28", "2016-02-29"])
def test_publication_dates_of_any_precision_are_allowed(value):
    check_published(value)


@pytest.mark.parametrize("value", ["", "3/2018", "2018-02-30", "2018/..", "2018-03-02/2018-03-04", "March 2018"])
def test_malformed_publication_dates_are_refused(value):
    with pytest.raises(ReadError, match="--published"):
        check_published(value)


def test_clearly_foreign_text_is_refused_unless_wanted(article):
    article.write_text("Der Präsident traf am Montag den russischen Außenminister in Moskau.", encoding="utf-8")

    with pytest.raises(ReadError, match=r"'de'.*--any-language"):
        read_file(article)
    assert read_file(article, any_language=True).language == "de"


def test_texts_too_short_to_judge_are_read(article):
    article.write_text("Putin in Peking", encoding="utf-8")

    assert read_file(article).language is None


def test_directories_are_walked_in_the_order_of_names(tmp_path):
    for name in ("b.txt", "a.html", "notes.md", ".hidden.txt", "deep/c.TXT", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(ENGLISH)

    assert find_files([tmp_path]) == [str(tmp_path / name) for name in ("a.html", "b.txt", "deep/c.TXT")]


def test_a_directory_without_texts_is_refused(tmp_path):
    with pytest.raises(ReadError, match="No texts in directory"):
        find_files([tmp_path])


def test_a_path_given_twice_is_read_once(article):
    assert find_files([article, article.parent, "-"]) == [str(article), "-"]


def test_a_broken_file_does_not_stop_the_others(article, tmp_path):
    found = list(read_files([tmp_path / "missing.txt", article]))

    assert isinstance(found[0][1], ReadError)
    assert found[1][1].id == "article"


def test_documents_of_one_name_get_ids_of_their_own(tmp_path):
    paths = [tmp_path / name / "article.txt" for name in "abc"]
    for path in paths:
        path.parent.mkdir()
        path.write_text(ENGLISH)

    ids = [document.id for _, document in read_files(paths, Origin(published="2018"))]

    assert ids[0] == "article"
    assert ids[1].startswith("article-")
    assert len(set(ids)) == 3
