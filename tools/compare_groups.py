"""Tell which groups of a PETRARCH or Phoenix file of armed groups our tables know, and of which country.

Run: python tools/compare_groups.py ARMED_GROUPS.txt [--summary | --missing]

A group counts as known where its name or an alias is, as a whole, the name of a group or organisation of ours. The
reader takes what the dictionaries in circulation hold: groups without a code, aliases run together, comments.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from detente.resolve.knowledge import Knowledge, load_knowledge
from detente.resolve.tables import read_table

CODE = re.compile(r"\[([^\]]*)\]")
OTHER_NAMES = {"KSV": "XKX", "LAM": "", "CFR": ""}  # codes of theirs that are no ISO code, or are a region


class Theirs(NamedTuple):
    names: tuple[str, ...]
    code: str


class Row(NamedTuple):
    """One group of the file beside ours. `verdict`: same, region, differs, unknown; `lacking`: names not known."""

    name: str
    code: str
    ours: str
    country: str
    verdict: str
    lacking: str


def groups_in(path: Path) -> Iterator[Theirs]:
    names: list[str] = []
    code = ""
    for line in path.read_text("utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if not text:
            continue
        is_code = text.startswith("[")
        if names and not is_code and not text.startswith("+"):
            yield Theirs(tuple(names), code)
            names, code = [], ""
        found = CODE.search(text)
        code = code or (found.group(1).split()[0] if found and found.group(1).strip() else "")
        names += [name for part in CODE.sub("", text).split("+") if (name := ordinary(part))]
    if names:
        yield Theirs(tuple(names), code)


def ordinary(text: str) -> str:
    """`ARMY_OF_GOD_(AG)_` is "army of god"; an acronym in brackets is left out."""
    return " ".join(re.sub(r"\([A-Z]{2,5}\)", " ", text.replace("_", " ")).split()).lower()


def spellings(name: str) -> Iterator[str]:
    yield name
    yield name.replace("-", " ")
    yield re.sub(r"\b(al|e|i|ul|el) ", r"\1-", name)
    yield re.sub(r"s\b(?= )", "'s", name, count=1)
    yield re.sub(r"s\b(?= )", "s'", name, count=1)


def known_as(name: str, knowledge: Knowledge) -> str | None:
    for spelling in spellings(name):
        for sense in knowledge.lexicon.senses(spelling):
            if sense.kind in ("group", "organisation", "state"):
                return sense.id
    return None


def compare(theirs: Theirs, knowledge: Knowledge, states: set[str]) -> Row:
    found = {name: known_as(name, knowledge) for name in theirs.names}
    ids = Counter(key for key in found.values() if key is not None)
    lacking = "|".join(name for name, key in found.items() if key is None)
    if not ids:
        return Row(theirs.names[0], theirs.code, "", "", "unknown", lacking)
    ours = found[theirs.names[0]] or ids.most_common(1)[0][0]
    country = knowledge.country_of(ours)
    country = country if country in states else ""
    place = OTHER_NAMES.get(theirs.code[:3], theirs.code[:3])
    if not country or place not in states:
        verdict = "region"
    else:
        verdict = "same" if place == country else "differs"
    return Row(theirs.names[0], theirs.code, ours, country, verdict, lacking)


def main(path: Path, *, only: str) -> None:
    knowledge, states = load_knowledge(), set(read_table("states.yaml"))
    theirs = list(groups_in(path))
    rows = [compare(group, knowledge, states) for group in theirs]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if only == "--summary":
        names = [name for group in theirs for name in group.names]
        known = sum(known_as(name, knowledge) is not None for name in names)
        writer.writerow(("what", "count", "share"))
        writer.writerow(("groups", len(rows), ""))
        for verdict, count in Counter(row.verdict for row in rows).most_common():
            writer.writerow((verdict, count, f"{count / len(rows):.3f}"))
        writer.writerow(("names and aliases", len(names), ""))
        writer.writerow(("of them known", known, f"{known / len(names):.3f}"))
        return
    writer.writerow(Row._fields)
    writer.writerows(row for row in rows if only != "--missing" or row.verdict == "unknown")


if __name__ == "__main__":
    main(Path(sys.argv[1]), only=sys.argv[2] if len(sys.argv) > 2 else "")
