"""Check the table of state codes and the names of states against other lists, and print where they disagree.

Run: python tools/build_state_codes.py COW_STATES.csv

COW_STATES.csv has the columns stateabb, ccode, name, start, end (Correlates of War State System Membership, v2016).
Where the packages rigour and countrynames are installed, ISO codes and names are compared with theirs as well; they
serve this check only and are no dependencies. Exit code 1 if a COW state lacks its code, or an ISO code differs.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from detente.resolve.knowledge import Knowledge, load_knowledge
from detente.resolve.state_codes import StateCodes, load_state_codes

LAST = "2016-12-31"
SLACK = timedelta(days=31)
LATIN = re.compile(r"[ -~\u00c0-\u024f’]{4,}")
ENGLISH = re.compile(r"\b(of|the|and|Republic|Kingdom|States?|Islands?|Democratic|Union|Federa\w+|North|South|New)\b")


def cow_spells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def missing_from_cow(spells: Iterable[dict[str, str]], rows: list[StateCodes]) -> Iterator[str]:
    """COW states that no row of ours gives the same number and letters in the middle of their spell."""
    for spell in spells:
        start, end = date.fromisoformat(spell["start"]), date.fromisoformat(spell["end"])
        middle = start + (end - start) / 2
        code = (int(spell["ccode"]), spell["stateabb"])
        if not any((row.cow_number, row.cow_letters) == code and row.covers(middle) for row in rows):
            yield f"{code[1]} {code[0]} {spell['name']}, {start} to {end}: no row of ours"


def apart_from_cow(spells: list[dict[str, str]], rows: list[StateCodes]) -> Iterator[str]:
    """Where a state of ours begins or ends more than a month away from its COW spells, or COW leaves it out between."""
    for number in sorted({row.cow_number for row in rows if row.cow_number is not None}):
        ours = sorted((row for row in rows if row.cow_number == number), key=lambda row: row.start or date.min)
        theirs = sorted((s["start"], s["end"]) for s in spells if int(s["ccode"]) == number)
        first, name = ours[0].start, ours[-1].name
        begins = date.fromisoformat(theirs[0][0])
        if begins.year > 1816 and (first is None or abs(first - begins) > SLACK):
            yield f"{name} ({number}): ours from {first or 'before 1816'}, COW from {begins}"
        for (_, end), (start, _) in pairwise(theirs):
            yield f"{name} ({number}): COW leaves it out from {end} to {start}"
        if theirs[-1][1] != LAST and ours[-1].end is None:
            yield f"{name} ({number}): COW until {theirs[-1][1]}, ours goes on"


def other_in_gw(rows: Iterable[StateCodes]) -> Iterator[str]:
    """Where Gleditsch and Ward have another code than COW."""
    for row in rows:
        if (row.cow_number, row.cow_letters) != (row.gw_number, row.gw_letters):
            theirs = f"{row.gw_number} {row.gw_letters}"
            yield f"{row.id} {row.name} from {row.start}: COW {row.cow_number} {row.cow_letters}, GW {theirs}"


def iso_apart(rows: Iterable[StateCodes], territories: dict[str, str]) -> Iterator[str]:
    """ISO codes of today that rigour pairs otherwise, and countries of rigour without a row."""
    ours = {row.iso2: row.iso3 for row in rows if row.iso2 and row.iso3 and row.end is None}
    for two, three in sorted(territories.items()):
        if two in ours and ours[two] != three:
            yield f"{two}: ours {ours[two]}, theirs {three}"


def uncovered(rows: Iterable[StateCodes], territories: dict[str, str]) -> list[str]:
    ours = {row.iso3 for row in rows if row.iso3}
    return sorted(three for three in territories.values() if three not in ours)


def resolves(name: str, state: str, knowledge: Knowledge) -> bool:
    """Whether a name means a state, or something that is coded to it."""
    senses = knowledge.lexicon.senses(name.removeprefix("the ").removeprefix("The "))
    return any(s.id in knowledge.actors and state in (s.id, knowledge.country_of(s.id)) for s in senses)


def share(named: dict[str, list[str]], knowledge: Knowledge, missing: list[str]) -> str:
    hits = total = 0
    for state, names in named.items():
        for name in dict.fromkeys(names):
            total += 1
            if resolves(name, state, knowledge):
                hits += 1
            else:
                missing.append(f"{state} {name}")
    return f"{hits} of {total} ({hits / max(total, 1):.1%})"


def compare_packages(rows: list[StateCodes], knowledge: Knowledge) -> bool:
    """Print what rigour and countrynames say otherwise; whether an ISO code differs."""
    try:
        from countrynames.data import DATA
        from rigour.territories import get_territories
    except ImportError as error:
        say(f"\nnot compared: {error}. Install rigour and countrynames in a venv of their own.")
        return False
    known = [t for t in get_territories() if t.is_country and not t.is_historical and (t.alpha3 or t.code == "xk")]
    iso = {t.code.upper(): (t.alpha3 or "xkx").upper() for t in known}
    apart = list(iso_apart(rows, iso))
    section("ISO codes that rigour has otherwise", apart)
    section("territories of rigour without a row", uncovered(rows, iso))
    states = {three for three in iso.values() if three in {row.iso3 for row in rows}}
    missing: list[str] = []
    iso = {two: three for two, three in iso.items() if three in states}
    full = {iso[two]: [t.name, t.full_name, t.in_sentence] for t in known if (two := t.code.upper()) in iso}
    rigour = {three: [name for name in names if name] for three, names in full.items()}
    latin = {three: [name for name in DATA.get(two, ()) if LATIN.fullmatch(name)] for two, three in iso.items()}
    english = {three: [n for n in names if ENGLISH.search(n)] for three, names in latin.items()}
    say(f"\nnames that we resolve: rigour {share(rigour, knowledge, missing)}")
    section("of rigour unresolved", missing)
    say(f"countrynames: Latin letters, any language {share(latin, knowledge, [])}")
    say(f"countrynames: with an English word {share(english, knowledge, missing := [])}")
    section("of these unresolved", missing)
    return bool(apart)


def say(line: str | None) -> None:
    sys.stdout.write(f"{line}\n")


def section(title: str, lines: Iterable[str]) -> None:
    listed = list(lines)
    say(f"\n{title}: {len(listed)}")
    for line in listed:
        say(f"  {line}")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        say(__doc__)
        return 2
    spells = cow_spells(Path(arguments[0]))
    rows = [row for spans in load_state_codes().values() for row in spans]
    missing = list(missing_from_cow(spells, rows))
    section("COW spells without a row of ours", missing)
    section("spans apart from COW by more than a month", apart_from_cow(spells, rows))
    section("Gleditsch-Ward apart from COW", other_in_gw(rows))
    apart = compare_packages(rows, load_knowledge())
    return 1 if missing or apart else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
