"""The repository itself: locks, data files and documentation hold what they promise."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "detente"
LOCKS = sorted({*ROOT.glob("*.lock"), *ROOT.glob("*requirements*"), *ROOT.glob("*constraints*")})
DATA = sorted({*PACKAGE.rglob("*.yaml"), *PACKAGE.rglob("*.yml")})
PAGES = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md"))

ADDRESS = re.compile(
    r"\w+://|file:|--(?:extra-)?index-url|--find-links|--trusted-host|^-[if]\b|^-e\b|@\s*/", re.MULTILINE
)
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==[^\s;\\]+(?: ; [^\\]+?)? \\\n    --hash=sha256:[0-9a-f]{64}", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
WRITTEN_BY_MAKE = {"records.schema.json"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9._-]", name)[0]).lower()


def test_there_are_locks_and_data_files_to_check() -> None:
    assert {"requirements.lock", "requirements-dev.lock"} <= {lock.name for lock in LOCKS}
    assert DATA


@pytest.mark.parametrize("lock", LOCKS, ids=relative)
def test_no_lock_holds_an_index_address(lock: Path) -> None:
    found = ADDRESS.search(lock.read_text(encoding="utf-8"))

    assert found is None, f"{lock.name} holds {found}"


@pytest.mark.parametrize("lock", LOCKS, ids=relative)
def test_every_line_of_a_lock_is_pinned_by_hash(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    starts = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]

    assert len(starts) == len(PIN.findall(text))


def test_the_locks_cover_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    runtime = {normal(name) for name in [*project["project"]["dependencies"], *groups["build"]]}
    dev = runtime | {normal(name) for name in groups["dev"]}

    assert runtime <= set(PIN.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")))
    assert dev <= set(PIN.findall((ROOT / "requirements-dev.lock").read_text(encoding="utf-8")))


def test_both_locks_pin_the_same_versions() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9][^\s;\\]+==\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


@pytest.mark.parametrize("data", DATA, ids=relative)
def test_every_data_file_loads_safely_and_is_not_empty(data: Path) -> None:
    assert yaml.safe_load(data.read_text(encoding="utf-8"))


def test_every_page_is_listed_in_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    listed = {(index.parent / link).resolve() for link in LINK.findall(index.read_text(encoding="utf-8"))}
    pages = {page.resolve() for page in (ROOT / "docs").rglob("*.md")} - {index.resolve()}

    assert pages
    assert not sorted(relative(page) for page in pages - listed)


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    dead = [link for link in links if not (page.parent / link).exists() and Path(link).name not in WRITTEN_BY_MAKE]

    assert dead == []


def test_the_version_is_the_same_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

    assert yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"] == version
    assert f"\n## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
