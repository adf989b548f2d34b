"""One writer at a time, with a name; the lock of a killed writer binds nobody."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from detente.store.errors import StoreError
from detente.store.lock import NOTE, writer_lock

NOW = "2026-01-01T00:00:00Z"
HOLDS_AND_DIES = """
import os, sys, signal
from pathlib import Path
from detente.store.lock import writer_lock
with writer_lock(Path(sys.argv[1]), doing="add", since="2026-01-01T00:00:00Z"):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_second_writer_is_told_who_writes(tmp_path):
    with (
        writer_lock(tmp_path, doing="add", since=NOW),
        pytest.raises(StoreError) as caught,
        writer_lock(tmp_path, doing="add", since=NOW),
    ):
        pass

    assert f"process {os.getpid()} on" in str(caught.value)
    assert f"(add, since {NOW})" in str(caught.value)


def test_the_lock_is_free_again_after_an_error(tmp_path):
    with pytest.raises(RuntimeError), writer_lock(tmp_path, doing="add", since=NOW):
        raise RuntimeError

    with writer_lock(tmp_path, doing="add", since=NOW) as interrupted:
        assert interrupted is None
    assert not (tmp_path / NOTE).exists()


def test_the_lock_of_a_killed_writer_is_taken_over_and_told(tmp_path):
    killed = subprocess.run([sys.executable, "-c", HOLDS_AND_DIES, str(tmp_path)], check=False)

    assert killed.returncode == -9
    with writer_lock(tmp_path, doing="add", since=NOW) as interrupted:
        assert interrupted is not None
        assert (interrupted.doing, interrupted.since) == ("add", NOW)


def test_a_place_without_a_folder_is_named(tmp_path):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")

    with (
        pytest.raises(StoreError, match="a folder that can be written to"),
        writer_lock(tmp_path / "file", doing="add", since=NOW),
    ):
        pass
