"""Projects for tests, copied from one that is made once: making one takes a tenth of a second."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from detente.store.project import Project, create_project, open_project

NOW = "2026-01-01T00:00:00Z"


def new_project(root: Path) -> Project:
    """An empty project in a folder that does not exist yet."""
    shutil.copytree(_template(), root)
    return open_project(root)


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="detente-project-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    create_project(folder / "empty", created_at=NOW).close()
    return folder / "empty"
