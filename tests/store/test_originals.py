"""Originals are kept whole, once, under the hash of their bytes."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.errors import ReadError
from detente.store import originals
from detente.store.errors import StoreError
from detente.store.originals import drop_unfinished, keep_bytes, keep_file, path_of, sha256_of

DATA = b"Pakistan and Russia\r\n"
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.TXT"
    path.write_bytes(DATA)
    return path


def test_a_file_is_copied_byte_for_byte(tmp_path, article):
    size = keep_file(tmp_path / "originals", article, SHA)

    kept = path_of(tmp_path / "originals", SHA, "article.TXT")
    assert (kept.read_bytes(), size) == (DATA, len(DATA))
    assert kept.relative_to(tmp_path / "originals").as_posix() == f"{SHA[:2]}/{SHA}.txt"
    assert sha256_of(article) == SHA


def test_bytes_from_elsewhere_are_kept_the_same_way(tmp_path):
    keep_bytes(tmp_path, "https://example.org/a.b/c?d=.exe/..", DATA, SHA)

    assert path_of(tmp_path, SHA, "https://example.org/a.b/c?d=.exe/..").read_bytes() == DATA
    assert [path.parent for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / SHA[:2]]


def test_a_file_that_changes_meanwhile_is_not_kept(tmp_path, article):
    with pytest.raises(ReadError, match="changes while it is read"):
        keep_file(tmp_path / "originals", article, "0" * 64)

    assert [path for path in (tmp_path / "originals").rglob("*") if path.is_file()] == []


def test_a_full_disk_is_told_and_leaves_nothing_behind(tmp_path, article, monkeypatch):
    def full(_: Path) -> Iterator[bytes]:
        yield DATA[:5]
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(originals, "_chunks", full)

    with pytest.raises(StoreError, match=r"No space left in .*originals"):
        keep_file(tmp_path / "originals", article, SHA)
    assert [path for path in (tmp_path / "originals").rglob("*") if path.is_file()] == []


def test_what_a_killed_writer_left_unfinished_is_dropped(tmp_path, article):
    keep_file(tmp_path / "originals", article, SHA)
    (tmp_path / "originals" / SHA[:2] / "half.txt.part").write_bytes(b"hal")

    assert drop_unfinished(tmp_path / "originals") == 1
    assert [path.name for path in (tmp_path / "originals").rglob("*") if path.is_file()] == [f"{SHA}.txt"]


def test_a_copy_that_lost_its_end_is_made_again(tmp_path, article):
    keep_file(tmp_path / "originals", article, SHA)
    path_of(tmp_path / "originals", SHA, article.name).write_bytes(DATA[:5])
    keep_file(tmp_path / "originals", article, SHA)

    assert path_of(tmp_path / "originals", SHA, article.name).read_bytes() == DATA
