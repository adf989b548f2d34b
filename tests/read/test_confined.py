"""Files of strangers are read in a process of their own, with the same documents and within limits."""

import multiprocessing
import os
from time import monotonic

import pytest

from detente.read import Failure, ReadOptions, read_any
from detente.read.confined import Bounds, _received, read_confined
from read.formats import in_all_formats, sample

FORMATS = in_all_formats(sample("statement"))


def test_the_same_documents_and_failures_come_as_without_a_process_of_its_own(tmp_path):
    for name, data in FORMATS.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing else")

    assert list(read_confined(tmp_path)) == list(read_any(tmp_path))


def test_options_reach_the_process(tmp_path):
    (tmp_path / "rows.csv").write_text("body,when\nKenya and Uganda signed a pact on water.,2019-04-02\n")
    options = ReadOptions(columns={"text": "body", "published": "when"})

    (found,) = read_confined(tmp_path / "rows.csv", options)

    assert (found.document.published, found.source.member) == ("2019-04-02", ("row 1",))


def test_a_file_that_takes_too_long_gives_one_line(tmp_path):
    (tmp_path / "slow.txt").write_text("Kenya and Uganda signed a pact.")

    (failure,) = read_confined(tmp_path / "slow.txt", bounds=Bounds(seconds=0.01))

    assert isinstance(failure, Failure)
    assert "took more than 0.01 seconds" in failure.message
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="needs a limit on address space")
def test_a_file_that_needs_too_much_memory_gives_one_line(tmp_path):
    (tmp_path / "large.txt").write_bytes(b"Kenya and Uganda signed a pact. " * 30_000)

    assert not isinstance(next(read_confined(tmp_path / "large.txt")), Failure)
    (failure,) = read_confined(tmp_path / "large.txt", bounds=Bounds(memory_bytes=500_000))

    assert isinstance(failure, Failure)
    assert "large.txt" in failure.message


@pytest.mark.parametrize(
    "sent", [b"\x80\x04K\x01.", b"[1]", b'{"document": {}}', b'{"document": {"id": "a"}, "source": {}}']
)
def test_what_is_no_answer_of_ours_is_a_failure_and_never_an_object(sent):
    ours, theirs = multiprocessing.Pipe(duplex=False)
    theirs.send_bytes(sent)
    theirs.close()

    (failure,) = _received(ours, "odd.pdf", monotonic() + 5, Bounds())

    assert isinstance(failure, Failure)
    assert "odd.pdf" in failure.message
