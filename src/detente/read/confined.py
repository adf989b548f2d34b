"""Reading a file in a process of its own, with limits on time and memory, for files that strangers send.

What enters: a path and options, as for `read_any`. What leaves: the same documents and failures. A file on which a
parser hangs, swells or crashes costs that process alone and gives one failure. What comes back is JSON and bytes, never
objects, so that a parser that a file took over cannot make this process run anything.
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Any

from detente.read.anything import read_any
from detente.read.sources import Failure, Read, ReadOptions, Source
from detente.records import Document

_MB = 1_000_000
_DONE = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What reading one file may cost.

    Attributes:
        seconds: from the start of the process to the last document, by the clock.
        memory_bytes: address space beyond what the process has when it starts to read. Only where the system knows
            such a limit (not on macOS and Windows).
    """

    seconds: float = 120.0
    memory_bytes: int = 1_500 * _MB


def read_confined(
    path: str | Path, options: ReadOptions | None = None, bounds: Bounds | None = None
) -> Iterator[Read | Failure]:
    """Read a file as `read_any` does, in a process of its own.

    Yields:
        A `Read` or a `Failure` for each document; a failure at the end where the process was ended or died.
    """
    bounds, options = bounds or Bounds(), options or ReadOptions()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_read, args=(str(path), options, bounds, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield from _received(ours, str(path), monotonic() + bounds.seconds, bounds)
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def _received(pipe: Connection, path: str, deadline: float, bounds: Bounds) -> Iterator[Read | Failure]:
    while True:
        if not pipe.poll(max(0.0, deadline - monotonic())):
            message = f"Reading {path!r} took more than {bounds.seconds:g} seconds: it was ended. Split the file."
            yield Failure(path, (), message)
            return
        try:
            head = pipe.recv_bytes()
            if head == _DONE:
                return
            yield _built(json.loads(head), pipe)
        except (EOFError, OSError, ValueError, KeyError, TypeError):
            message = (
                f"Reading {path!r} broke its process: a whole file of its kind, of usual size, is needed. Save it anew."
            )
            yield Failure(path, (), message)
            return


def _built(told: dict[str, Any], pipe: Connection) -> Read | Failure:
    if "failure" in told:
        failure = told["failure"]
        return Failure(
            str(failure["path"]),
            tuple(map(str, failure["member"])),
            str(failure["message"]),
            bool(failure["passed_over"]),
        )
    source = told["source"]
    known = {**source, "member": tuple(source["member"]), "notes": tuple(source["notes"])}
    return Read(Document(**told["document"]), Source(**known), pipe.recv_bytes())


def _read(path: str, options: ReadOptions, bounds: Bounds, pipe: Connection) -> None:
    """What the process does."""
    _limit(bounds)
    for one in read_any(path, options):
        if isinstance(one, Failure):
            pipe.send_bytes(json.dumps({"failure": asdict(one)}).encode())
        else:
            pipe.send_bytes(json.dumps({"document": asdict(one.document), "source": asdict(one.source)}).encode())
            pipe.send_bytes(one.original)
    pipe.send_bytes(_DONE)
    pipe.close()


def _limit(bounds: Bounds) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    seconds = int(bounds.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return
    most = pages * resource.getpagesize() + bounds.memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
