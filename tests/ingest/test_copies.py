"""Reprints are found when they are added, whatever the batch; what shares a subject is no copy."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from detente.ingest.add import add
from detente.ingest.options import AddOptions
from detente.read import Origin, ReadOptions
from detente.store.schema import BUCKETS, COPIES, DOCUMENTS
from ingest.samples import article
from ingest.stub_coder import StubCoder
from store.projects import NOW, new_project


@pytest.fixture
def project(tmp_path):
    with new_project(tmp_path / "project") as made:
        yield made


def put(project, tmp_path, text, published=None):
    path = tmp_path / "one.txt"
    path.write_text(text, encoding="utf-8")
    options = AddOptions(read=ReadOptions(origin=Origin(published=published)))
    return add(project, [path], StubCoder(), now=lambda: NOW, options=options)


def copies(project):
    with project.reading() as connection:
        rows = connection.execute(select(COPIES).order_by(COPIES.c.document_key))
        return [(row.document_key, row.original_key) for row in rows]


def test_a_reprint_with_another_end_is_linked_to_the_document_stored_first(project, tmp_path):
    text = article(1, words=200)
    put(project, tmp_path, text, "2018-03-06")
    put(project, tmp_path, article(2, words=200), "2018-03-05")
    counts = put(project, tmp_path, f"(TASS) {text} Our reporter adds a line of his own.", "2018-03-05")

    assert counts.copies == 1
    assert copies(project) == [(3, 1)]


def test_copies_do_not_chain(project, tmp_path):
    words = article(1, words=900).split()
    for start in range(0, 600, 60):
        put(project, tmp_path, " ".join(words[start : start + 300]))

    found = copies(project)
    assert found
    assert not {copy for copy, _ in found} & {original for _, original in found}


def test_the_same_words_a_month_later_are_no_copy(project, tmp_path):
    text = article(1, words=200)
    put(project, tmp_path, text, "2018-03-06")
    put(project, tmp_path, f"Again: {text}", "2018-04-20")
    undated = put(project, tmp_path, f"Anew: {text}")

    assert undated.copies == 1
    assert copies(project) == [(3, 1)]


def test_short_texts_are_not_compared(project, tmp_path):
    put(project, tmp_path, "Pakistan met Russia in the spring.")
    put(project, tmp_path, "Pakistan met Russia in the spring!")

    with project.reading() as connection:
        assert connection.execute(select(BUCKETS)).all() == []
    assert copies(project) == []


def test_copies_within_one_batch_are_found_too(project, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(4):
        text = article(number // 2, words=200) + f" Edition {number}."
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    counts = add(project, [folder], StubCoder(), now=lambda: NOW)

    assert counts.copies == 2
    assert copies(project) == [(2, 1), (4, 3)]
    with project.reading() as connection:
        assert len(connection.execute(select(DOCUMENTS)).all()) == 4
