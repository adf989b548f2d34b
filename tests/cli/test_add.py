"""`detente add` with the language model: the bundled articles, twice, and what it prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from detente.cli.add import add
from detente.cli.find import find
from detente.cli.recode import recode
from detente.queries import document, documents
from detente.records import Document
from detente.store.project import open_project
from store.projects import new_project

SAMPLES = Path(__file__).parents[2] / "src" / "detente" / "samples"

app = typer.Typer()
for command in (add, find, recode):
    app.command()(command)


@pytest.fixture
def project(tmp_path, monkeypatch, coder):
    monkeypatch.setattr("detente.pipeline.load", lambda *_, **__: coder)
    new_project(tmp_path / "project").close()
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def run(*args, code=0):
    result = CliRunner().invoke(app, list(map(str, args)))
    assert result.exit_code == code, result.output
    return result


@pytest.mark.model
def test_the_bundled_articles_are_stored_as_they_are_coded_and_a_second_time_nothing_is(project, coder):
    texts = sorted(SAMPLES.glob("*.txt"))
    first = run("add", *texts)
    second = run("add", *texts)

    assert first.stderr.startswith("3 documents coded: ")
    assert second.stderr.startswith("0 documents coded, 3 files known: 0 events")
    with open_project(project) as opened:
        for listed in documents(opened).results:
            stored = document(opened, listed.id)
            assert stored == coder(stored.document)
            assert isinstance(stored.document, Document)
    assert "0 documents coded again; records: nothing changed" in run("recode").stderr


@pytest.mark.model
def test_failures_cost_one_line_and_exit_code_1(project, tmp_path):
    (tmp_path / "table.jsonl").write_text(
        json.dumps({"body": "Pakistan visited Russia in May."}) + "\n{oops\n", "utf-8"
    )
    result = run("add", tmp_path / "missing.txt", tmp_path / "table.jsonl", "--map", "text=body", code=1)

    errors = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 2
    assert "1 document coded, 2 failed" in result.stderr


@pytest.mark.model
def test_addresses_are_fetched_only_where_that_is_asked_for(project, monkeypatch):
    refused = run("add", "https://news.example.org/talks", code=2).stderr
    monkeypatch.setattr("detente.read.guard.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("10.0.0.1", 443))])
    failed = run("add", "--fetch", "https://news.example.org/talks", code=1).stderr

    assert refused.startswith("Error: Address 'https://news.example.org/talks' without --fetch")
    assert "Address 10.0.0.1 of host 'news.example.org' is not public" in failed


@pytest.mark.parametrize("wrong", [("--published", "yesterday"), ("--map", "text")])
def test_wrong_usage_is_one_line_and_exit_code_2(project, tmp_path, wrong):
    (tmp_path / "a.txt").write_text("Pakistan visited Russia in May.", encoding="utf-8")
    result = run("add", tmp_path / "a.txt", *wrong, code=2)

    assert result.stderr.startswith("Error: ")
