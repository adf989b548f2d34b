"""Tables give an article a row; a broken row is named and the next one read."""

import io
import json
import tracemalloc
from datetime import date

import pytest

from detente.errors import ReadError
from detente.read import Failure, Limits, Read, ReadOptions
from detente.read.columns import known_columns, map_columns, row_article
from detente.read.rows import read_jsonl
from detente.read.sources import Piece
from detente.read.streams import metered
from read.formats import jsonl, parquet, read_bytes

ENGLISH = "Pakistan and Russia agreed on Tuesday to hold joint exercises in the autumn, officials said."
ROW = {
    "Headline": "Talks",
    "Body": ENGLISH,
    "byline": "A. Writer",
    "source": "The Wire",
    "link": "https://x.example/a",
    "Publication Date": "2018-03-02",
}


def only(found):
    (one,) = found
    assert isinstance(one, Read), one
    return one


def check_fields(document):
    assert (document.text, document.title, document.author) == (ENGLISH, "Talks", "A. Writer")
    assert (document.publisher, document.url, document.published) == ("The Wire", "https://x.example/a", "2018-03-02")


def csv_of(rows, delimiter=","):
    import csv

    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_of_a_csv_file_are_found_by_their_names(tmp_path, delimiter):
    found = read_bytes(tmp_path, "a.csv", csv_of([ROW], delimiter).encode())

    check_fields(only(found).document)
    assert only(found).source.member == ("row 1",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_csv_files_as_spreadsheets_write_them_are_read(tmp_path, encoding):
    check_fields(only(read_bytes(tmp_path, "a.csv", csv_of([ROW]).encode(encoding))).document)


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.txt", "a"])
def test_json_lines_are_known_by_their_content(tmp_path, name):
    check_fields(only(read_bytes(tmp_path, name, jsonl(ROW))).document)


@pytest.mark.parametrize("content", [ROW, [ROW]], ids=["object", "array"])
def test_json_files_are_read(tmp_path, content):
    check_fields(only(read_bytes(tmp_path, "a.json", json.dumps(content, indent=2).encode())).document)


def test_parquet_files_are_read_with_dates_as_dates(tmp_path):
    row = ROW | {"Publication Date": date(2018, 3, 2), "unused": 1}

    check_fields(only(read_bytes(tmp_path, "a.parquet", parquet([row]))).document)


def test_the_users_mapping_wins_over_the_guess(tmp_path):
    row = {"text": "Not this one", "summary": ENGLISH, "date": "2017-01-01", "seen": "2018-03-02"}
    options = ReadOptions(columns={"text": "summary", "published": "Seen"})

    document = only(read_bytes(tmp_path, "a.jsonl", jsonl(row), options)).document

    assert (document.text, document.published) == (ENGLISH, "2018-03-02")


def test_a_column_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(ReadError, match=r"No column 'story' in 'a\.csv': its columns are 'id', 'body'"):
        map_columns(["id", "body"], {"text": "story"}, "'a.csv'")


def test_a_table_without_texts_is_refused_with_the_remedy(tmp_path):
    (failure,) = read_bytes(tmp_path, "a.csv", b"id,words\n1,Talks\n")

    assert "its columns are 'id', 'words'" in failure.message
    assert "--map text=COLUMN" in failure.message


def test_no_column_name_is_known_for_two_fields():
    names = [name for names in known_columns().values() for name in names]

    assert len(names) == len(set(names))


def test_values_that_are_objects_or_lists_give_their_names():
    row = {"text": ENGLISH, "source": {"id": 1, "name": "The Wire"}, "authors": ["A", {"name": "B"}], "title": None}

    article = row_article(row, map_columns(row, {}, "a row"), "a row")

    assert (article.publisher, article.author, article.title) == ("The Wire", "A, B", None)


def test_texts_in_html_lose_their_markup(tmp_path):
    row = {"content": f"<p>{ENGLISH}</p><script>x</script><p>More &amp; more.</p>"}

    assert only(read_bytes(tmp_path, "a.jsonl", jsonl(row))).document.text == f"{ENGLISH}\n\nMore & more."


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"text": "cut', "no JSON ("),
        (b"[1, 2]", "no JSON object"),
        (b'{"text": ""}', "column 'text' is empty there"),
        (b'{"id": 1}', "No column with texts"),
        (b'{"text": "..."}', "Empty text in"),
        (b'{"text": ' + b"[" * 100_000 + b"}", "no JSON ("),
        (b'{"text": "' + b"x" * 2_000 + b'"}', "More than 1,000 bytes in"),
    ],
    ids=["cut", "no object", "empty", "no text column", "no words", "deep", "long"],
)
def test_a_broken_line_is_named_and_the_next_one_read(tmp_path, line, message):
    data = jsonl({"text": ENGLISH}) + line + b"\n\n" + jsonl({"text": ENGLISH})
    limit = 1_000 if message.startswith("More") else 1_000_000

    found = read_bytes(tmp_path, "a.jsonl", data, ReadOptions(limits=Limits(document_bytes=limit)))

    assert [type(one) for one in found] == [Read, Failure, Read]
    assert message in found[1].message
    assert "a.jsonl > line 2'" in found[1].message
    assert (found[1].member, found[2].source.member) == (("line 2",), ("line 4",))


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_a_row_in_another_encoding_is_mended_and_told(tmp_path, name):
    rows = [{"text": f"{ENGLISH} Gül"}, {"text": f"{ENGLISH} São"}]
    whole = csv_of(rows) if name == "a.csv" else "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    data = whole.encode().replace("São".encode(), "São".encode("cp1252"))

    first, second = read_bytes(tmp_path, name, data)

    assert (first.document.text[-3:], first.source.notes) == ("Gül", ())
    assert (second.document.text[-3:], second.source.notes) == ("São", ("decoded as cp1252",))


def test_a_csv_row_with_too_many_cells_is_named_and_the_next_one_read(tmp_path):
    data = f"title,text\nTalks,a,b\nTalks,{ENGLISH.replace(',', ';')}\n"

    failure, read = read_bytes(tmp_path, "a.csv", data.encode())

    assert "3 cells in" in failure.message
    assert failure.member == ("row 1",)
    assert read.source.member == ("row 2",)


def test_quotation_marks_that_never_close_are_told(tmp_path):
    data = f'title,text\nTalks,"{ENGLISH}"\nTalks,"{ENGLISH}\n'

    read, failure = read_bytes(tmp_path, "a.csv", data.encode())

    assert isinstance(read, Read)
    assert "Broken row 2 in" in failure.message


def test_a_csv_line_beyond_the_limit_is_refused(tmp_path):
    (failure,) = read_bytes(
        tmp_path, "a.csv", b"text\n" + b"x" * 5_000, ReadOptions(limits=Limits(document_bytes=1_000))
    )

    assert "More than 1,000 bytes in a line of" in failure.message


def test_cells_longer_than_the_limit_of_the_csv_module_are_read(tmp_path):
    data = f'text\n"{"Russia met Pakistan. " * 10_000}"\n'

    assert len(only(read_bytes(tmp_path, "a.csv", data.encode())).document.text) > 200_000


@pytest.mark.parametrize("data", [b"PAR1 but no more", parquet([{"text": ENGLISH}])[:-5]])
def test_a_damaged_parquet_file_is_refused(tmp_path, data):
    (failure,) = read_bytes(tmp_path, "a.parquet", data)

    assert "Damaged data in" in failure.message


def test_an_empty_table_holds_nothing(tmp_path):
    assert read_bytes(tmp_path, "a.csv", b"title,text\n") == []


class Endless:
    """A file with a single line of so many bytes, made as they are asked for, and a row behind it."""

    def __init__(self, size):
        self.left = size
        self.tail = io.BytesIO(b"\n" + jsonl({"text": ENGLISH}))

    def read(self, count):
        taken = min(count, self.left)
        self.left -= taken
        return b"x" * taken if taken else self.tail.read(count)


def test_a_line_of_a_gigabyte_is_passed_over_in_little_memory():
    stream = metered(Endless(1_000_000_000).read, None, "a test")
    tracemalloc.start()

    found = list(read_jsonl(Piece("a.jsonl", stream), ReadOptions(limits=Limits(document_bytes=1_000_000))))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "More than 1,000,000 bytes in 'a.jsonl > line 1'" in found[0].message
    assert found[1].member == "line 2"
    assert peak < 10_000_000
