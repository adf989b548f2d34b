"""Read the hand-written successions of tools/officeholders: who followed whom in an office.

A file holds blocks. A block opens with `== COUNTRY KEY ROLE SECTOR` (role and sector may be left out), then one
line a term: `START[/END] NAME|other spelling|… {role of this holder} (acting)`. In an office for one person a term
ends where the next line begins, and `START -` says that from then on nothing is told here. Elsewhere a term
without an end is still running. Dates have the precision that is known. A file whose name ends in _factbook was
taken from the World Factbook, the others are general knowledge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.resolve.term_checks import OFFICES, SINGLE

ROLES = {
    "head-of-state": "President",
    "head-of-government": "Prime Minister",
    "foreign": "Foreign Minister",
    "defence": "Defence Minister",
    "interior": "Interior Minister",
    "vice": "Vice President",
}
OPEN = frozenset({"spokespeople.txt", "leaders.txt", "vices.txt"})  # many may hold what is told there at once
_TERM = re.compile(r"(?P<start>\d{4}(?:-\d\d){0,2})(?:/(?P<end>\d{4}(?:-\d\d){0,2}))? (?P<rest>.+)")
_ACTING = " (acting)"


@dataclass(frozen=True)
class Written:
    """A term as written by hand: `office` is a key of the table or empty."""

    names: tuple[str, ...]
    country: str
    sector: str
    role: str
    office: str
    start: str
    end: str
    source: str


def read_successions(folder: Path) -> list[Written]:
    return [term for path in sorted(folder.glob("*.txt")) for term in _read(path)]


def _read(path: Path) -> Iterator[Written]:
    lines = [line.rstrip() for line in path.read_text("utf-8").splitlines()]
    head: list[str] = []
    for number, line in enumerate(lines):
        if line.startswith("#") or not line:
            continue
        if line.startswith("== "):
            head = line.split()[1:]
            continue
        match = _TERM.fullmatch(line)
        if match is None or not head:
            raise SystemExit(f"{path.name}:{number + 1}: not a term: {line!r}. Write START[/END] NAME.")
        if match["rest"] != "-":
            yield _term(path.name, head, match, _next_start(lines, number))


def _next_start(lines: list[str], number: int) -> str:
    following = lines[number + 1] if number + 1 < len(lines) else ""
    match = _TERM.fullmatch(following)
    return match["start"] if match else ""


def _term(file: str, head: list[str], match: re.Match[str], following: str) -> Written:
    country, key, *words = head
    sector = words.pop() if words and words[-1].isupper() and len(words[-1]) == 3 else ""
    rest, own = match["rest"], ""
    if "{" in rest:
        rest, _, tail = rest.partition(" {")
        own, _, mark = tail.partition("}")
        sector = mark.strip() if mark.strip().isupper() else sector
        rest += _ACTING if _ACTING in mark else ""
    is_acting = rest.endswith(_ACTING)
    names = tuple(dict.fromkeys(rest.removesuffix(_ACTING).split("|")))
    role = own or " ".join(words) or ROLES[key]
    role = f"acting {role[0].lower()}{role[1:]}" if is_acting and not role.startswith("acting") else role
    is_single = file not in OPEN or key in SINGLE
    end = match["end"] or (following if is_single else "") or ""
    office = key if key in OFFICES else ""
    source = "factbook" if file.endswith("_factbook.txt") else "general knowledge"
    return Written(names, country, sector or _sector(file, key), role, office, match["start"], end, source)


def _sector(file: str, key: str) -> str:
    if key == "prosecutor":
        return "JUD"
    if key == "isi":
        return "SPY"
    return "MIL" if file == "soldiers.txt" else "GOV"
