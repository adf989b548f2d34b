"""`detente code`: formats, places to write to, failures and exit codes."""

import csv
import io
import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import make
from detente.cli.main import app
from detente.errors import ModelError, RecordError
from detente.interchange import coded_from_json
from detente.records import Document

TEXT = "Pakistan and Russia are natural allies, officials said in Moscow on Tuesday after the talks. Nothing else."


class StubCoder:
    """Finds one stance and one issue in every text, and fails where the text says so."""

    def __call__(self, document):
        if "broken" in document.text:
            raise RecordError("No record in this: a test is allowed to fail. Go on.")
        if "faulty" in document.text:
            raise ZeroDivisionError("division by zero")
        stance = make.stance("Pakistan and Russia are natural allies", of=document)
        return make.coded(document, stances=(stance,), issues=(make.issue("Nothing else", of=document),))

    def pipe(self, documents, *, batch_size=32):
        return map(self, documents)


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setattr("detente.pipeline.load", lambda model=None, **options: StubCoder())
    return lambda *args, **more: CliRunner().invoke(app, ["code", *map(str, args)], **more)


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def articles(tmp_path):
    directory = tmp_path / "texts"
    directory.mkdir()
    for name in ("a", "b"):
        (directory / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    return directory


def test_a_file_is_shown_as_a_table_by_default(run, article):
    result = run(article)

    assert result.exit_code == 0
    assert "Stances (1)" in result.stdout
    assert "*natural allies*" in result.stdout
    assert result.stderr.startswith("1 file coded: 0 events, 1 stance, 0 memberships, 0 statements in ")


def test_one_file_as_json_is_one_object_that_reads_back(run, article):
    result = run(article, "--format", "json", "--published", "2018-03", "--title", "Closer", "--author", "A. B.")

    obj = json.loads(result.stdout)
    document = Document("article", TEXT, "Closer", "A. B.", published="2018-03", language="en")
    assert coded_from_json(obj, document).document == document
    assert obj["text"] == "article.txt"
    assert (obj["published"], obj["title"], obj["author"]) == ("2018-03", "Closer", "A. B.")


def test_several_files_as_json_are_one_array(run, articles):
    found = json.loads(run(articles, "--format", "json").stdout)

    assert [one["id"] for one in found] == ["a", "b"]


def test_an_array_without_documents_is_still_json(run, tmp_path):
    result = run(tmp_path / "x.txt", tmp_path / "y.txt", "--format", "json")

    assert json.loads(result.stdout) == []
    assert result.exit_code == 1


def test_json_lines_hold_one_record_each(run, articles):
    found = [json.loads(line) for line in run(articles, "--format", "jsonl").stdout.splitlines()]

    assert [(row["document_id"], row["kind"]) for row in found] == [("a", "stance"), ("b", "stance")]


def test_csv_has_a_header_and_one_line_a_record(run, articles):
    found = list(csv.DictReader(io.StringIO(run(articles, "--format", "csv").stdout)))

    assert [row["quote"] for row in found] == ["Pakistan and Russia are natural allies"] * 2


def test_parquet_is_written_to_a_file(run, articles, tmp_path):
    import pyarrow.parquet as parquet

    result = run(articles, "--output", tmp_path / "records.parquet")

    assert result.exit_code == 0
    assert parquet.read_table(tmp_path / "records.parquet").num_rows == 2


@pytest.mark.parametrize("name", ["records.json", "records.jsonl", "records.csv", "records.txt"])
def test_the_suffix_of_the_output_tells_the_format(run, articles, tmp_path, name):
    result = run(articles, "--output", tmp_path / name)

    written = (tmp_path / name).read_text(encoding="utf-8")
    assert result.stdout == ""
    assert {"records.json": "[", "records.jsonl": "{", "records.csv": "d", "records.txt": "a"}[name] == written[0]


def test_a_directory_gets_one_file_and_the_text_for_each_document(run, articles, tmp_path):
    run(articles, "--format", "json", "--output", tmp_path / "out")

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.json", "a.txt", "b.json", "b.txt"]
    obj = json.loads((tmp_path / "out" / "a.json").read_text(encoding="utf-8"))
    text = (tmp_path / "out" / obj["text"]).read_text(encoding="utf-8")
    assert text[slice(*obj["stances"][0]["evidence"])] == obj["stances"][0]["quote"]


def test_writing_beside_the_inputs_never_changes_them(run, articles):
    original = b"\xef\xbb\xbf" + TEXT.encode()
    (articles / "a.txt").write_bytes(original)

    run(articles, "--format", "json", "--output", articles)

    assert (articles / "a.txt").read_bytes() == original
    assert json.loads((articles / "a.json").read_text(encoding="utf-8"))["text"] == "a.read.txt"
    assert (articles / "a.read.txt").read_bytes() == TEXT.encode()
    assert json.loads((articles / "b.json").read_text(encoding="utf-8"))["text"] == "b.txt"


def test_a_failed_run_leaves_the_old_output_alone(run, article, tmp_path, monkeypatch):
    output = tmp_path / "records.csv"
    output.write_text("old")
    monkeypatch.setattr("detente.cli.output.write_csv", lambda *_: 1 / 0)

    result = run(article, "--output", output)

    assert result.exit_code == 1
    assert output.read_text() == "old"
    assert list(tmp_path.glob(".*.tmp")) == []


def test_a_broken_file_is_told_and_the_rest_coded(run, articles):
    (articles / "b.txt").write_text(f"broken {TEXT}")
    (articles / "c.txt").write_text("")
    (articles / "d.txt").write_text(TEXT)

    result = run(articles, "--format", "jsonl")

    assert result.exit_code == 1
    assert [json.loads(line)["document_id"] for line in result.stdout.splitlines()] == ["a", "d"]
    assert "Error: No record in this" in result.stderr
    assert "Error: Empty text in" in result.stderr
    assert "2 files coded, 2 failed" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_fault_of_ours_costs_one_file_only(run, articles):
    (articles / "b.txt").write_text(f"faulty {TEXT}")

    result = run(articles, "--format", "jsonl")

    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "Unexpected ZeroDivisionError" in result.stderr
    assert "b.txt" in result.stderr


def test_standard_input_is_read_in_place_of_a_dash(run):
    result = run("-", "--format", "json", input=TEXT)

    assert json.loads(result.stdout)["id"] == "stdin"


def test_quiet_leaves_only_the_records(run, article):
    assert run(article, "--quiet").stderr == ""


def test_explain_lists_what_was_not_coded(run, article):
    table = run(article, "--explain")
    lines = run(article, "--explain", "--format", "jsonl")

    assert "Not coded (1)\n  no-event: no verb that we code\n      “Nothing else”" in table.stdout
    assert "not coded: Nothing else (no verb that we code)" in lines.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--format", "parquet"], "No --output for format 'parquet'"),
        (["--format", "csv", "--output", "."], "is written to one file"),
        (["--output", "no/such/place.csv"], "No directory"),
        (["--published", "3/2018"], "Malformed date '3/2018' in --published"),
        (["--format", "xml"], "xml"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_coded(run, article, options, message):
    result = run(article, *options)

    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_one_title_for_several_files_is_refused(run, articles):
    result = run(articles, "--title", "Closer")

    assert (result.exit_code, "One --title for 2 files" in result.stderr) == (2, True)


def test_an_empty_directory_is_wrong_usage(run, tmp_path):
    assert run(tmp_path).exit_code == 2


def test_a_model_that_is_missing_is_told(run, article, monkeypatch):
    def refuse(*_, **__):
        raise ModelError("No model 'x': one of these is allowed. Install one.")

    monkeypatch.setattr("detente.pipeline.load", refuse)

    result = run(article, "--model", "x")

    assert (result.exit_code, result.stderr) == (2, "Error: No model 'x': one of these is allowed. Install one.\n")


def test_foreign_texts_are_refused_unless_wanted(run, article):
    german = (
        "Bundeskanzlerin Merkel hat den russischen Präsidenten Putin am Freitag in Sotschi getroffen. Bei dem "
        "Gespräch ging es um die Lage in Syrien und um die Ukraine. Beide Seiten wollen den Dialog fortsetzen. "
    )
    article.write_text(german + TEXT, encoding="utf-8")

    assert "--any-language" in run(article).stderr
    assert run(article, "--any-language").exit_code == 0


def test_help_does_not_load_what_it_does_not_need():
    heavy = "spacy", "trafilatura", "pyarrow", "py3langid", "charset_normalizer"
    code = f"import sys, detente.cli.main; print([name for name in {heavy!r} if name in sys.modules])"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout == "[]\n"


def test_an_unwritable_output_is_told(run, article, tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("detente.cli.output.write_csv", refuse)

    result = run(article, "--output", tmp_path / "records.csv")

    assert (result.exit_code, "Permission denied" in result.stderr) == (2, True)
