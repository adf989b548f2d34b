"""A process of its own that adds with the stub coder, to be killed, held up or left without space."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from sqlalchemy import event

from detente.errors import DetenteError
from detente.ingest.add import add
from detente.linking.settings import load_settings
from detente.read.language import detect_language
from detente.store.project import Project, open_project
from ingest.stub_coder import StubCoder

# What takes a second to load is loaded in the server that forks the processes.
detect_language("The foreign ministers met in the spring and spoke of the talks.")
load_settings()
NOW = "2026-01-01T00:00:00Z"


@dataclass(frozen=True)
class Fate:
    """What becomes of the process.

    `killed_at` is the number of the statement, counted from the first that stores something, before which it is
    killed. `pages` limits the database, as a full disk would. `held_until` is a file that it waits for before it codes.
    `told` is where it writes its error.
    """

    killed_at: int | None = None
    pages: int | None = None
    held_until: Path | None = None
    told: Path | None = None


def start(project: Path, texts: Path, fate: Fate) -> BaseProcess:
    """Start adding."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)  # where the server looks for this module
    process = context.Process(target=_run, args=(project, texts, fate))
    process.start()
    return process


def _run(root: Path, texts: Path, fate: Fate) -> None:
    with open_project(root) as project:
        if fate.killed_at is not None:
            _kill_at(project, fate.killed_at)
        if fate.pages is not None:
            project.close()
            limit = f"PRAGMA max_page_count = {fate.pages}"
            event.listen(project.engine, "connect", lambda connection, _: connection.execute(limit))
        try:
            add(project, [texts], HeldCoder(fate.held_until), now=lambda: NOW)
        except DetenteError as error:
            assert fate.told is not None
            fate.told.write_text(str(error), encoding="utf-8")
            sys.exit(2)


class HeldCoder(StubCoder):
    def __init__(self, until: Path | None) -> None:
        super().__init__()
        self._until = until

    def __call__(self, document, /):
        while self._until is not None and not self._until.exists():
            time.sleep(0.01)
        return super().__call__(document)


def _kill_at(project: Project, number: int) -> None:
    seen = 0

    def count(_connection, _cursor, statement, *_more) -> None:
        nonlocal seen
        if seen or statement.startswith("INSERT INTO originals"):
            seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(project.engine, "before_cursor_execute", count)
