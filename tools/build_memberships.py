"""Compile the table of memberships from rows written by hand and from the Correlates of War IGO data.

Run: python tools/build_memberships.py COW.csv OUTPUT.csv

COW.csv is the state-year data in spells, with the columns igo_code, stateabb, status, first_year, last_year. Only
the organisations in FROM_COW are taken from it, and only states for which memberships_hand.csv has no row in that
organisation: what was written by hand is dated to the day where possible and reaches beyond 2014.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
HEAD = """# Memberships of states in organisations, one row a spell; compiled by tools/build_memberships.py from
# tools/memberships_hand.csv and the Correlates of War data, not edited by hand. version: 1; known to 2025-12.
# from: first day of the status; to: the day on which it ended; both as precise as known, empty: unknown, still so.
"""
COLUMNS = ("organisation", "state", "status", "from", "to", "source")
SOURCE = "COW IGO v3 (Pevehouse et al.), year grain"
FROM_COW = {
    "WTO": "WTO", "IAEA": "IAEA", "OIC": "OIC", "OAU": "OAU", "AU": "AU", "IMF": "IMF", "ICC": "ICC",
    "UNESCO": "UNESCO", "WHO": "WHO",
}  # fmt: skip
"""Our id → theirs. The UN, the OAS and the smaller organisations are complete by hand."""
STATUS = {"full": "member", "observer": "observer", "associate": "observer"}
LAST_YEAR = 2014
SUCCESSIONS = {"RUS": ("SUN", 1991), "YUG": ("YUG", 1992)}
"""States that share a code with their predecessor: the predecessor's id and its last year."""
SUCCESSORS = {"RUS": "RUS", "YUG": "SRB"}
ENDED = {"OAU": "2002-07-09"}
"""Organisations that ended: no spell goes on, whatever year the data stop in."""

BEGAN = {"WHO": 1948}
"""Organisations that COW counts from the signature of a constitution, years before they had members."""

Row = tuple[str, str, str, str, str, str]


def read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


def hand_rows(path: Path) -> list[Row]:
    return [tuple(row[column] for column in COLUMNS) for row in read(path)]  # type: ignore[misc]


def state_spells(row: dict[str, str], states: dict[str, str]) -> Iterator[tuple[str, int, int]]:
    """Our id, first and last year; a spell across the end of the Soviet Union or Yugoslavia becomes two."""
    code, first, last = row["stateabb"], int(row["first_year"]), int(row["last_year"])
    if code in SUCCESSIONS:
        old, year = SUCCESSIONS[code]
        if first < year:
            yield old, first, min(last, year)
        if last > year:
            yield SUCCESSORS[code], max(first, year), last
    elif code == "CHN" and last < 1950:
        yield "TWN", first, last  # the Republic of China, whose seat went to the People's Republic later
    elif code in states:
        yield states[code], first, last


def cow_rows(cow: Path, states: dict[str, str], taken: set[tuple[str, str]]) -> Iterator[Row]:
    ours = {theirs: own for own, theirs in FROM_COW.items()}
    for row in read(cow):
        organisation = ours.get(row["igo_code"])
        if organisation is None:
            continue
        for state, first, last in state_spells(row, states):
            if (organisation, state) in taken:
                continue
            if organisation in ENDED:
                end = ENDED[organisation]  # every spell of COW that is left here lasts to the end
            else:
                end = "" if last >= LAST_YEAR else str(last)
            yield organisation, state, STATUS[row["status"]], str(max(first, BEGAN.get(organisation, 0))), end, SOURCE


def join(rows: list[Row]) -> Iterator[Row]:
    """Join spells of the data that follow each other under one id: the two Yemens, the two Germanies."""
    kept: list[Row] = []
    for row in sorted(rows):
        last = kept[-1] if kept else None
        if last and last[:3] == row[:3] and last[4] and int(row[3]) <= int(last[4][:4]) + 1:
            kept[-1] = (*last[:4], row[4] and max(row[4], last[4]), SOURCE)
        else:
            kept.append(row)
    yield from kept


def main(cow: Path, output: Path) -> None:
    hand = hand_rows(HERE / "memberships_hand.csv")
    states = {row["stateabb"]: row["state"] for row in read(HERE / "cow_states.csv")}
    taken = {(row[0], row[1]) for row in hand}
    rows = sorted({*hand, *join(list(cow_rows(cow, states, taken)))}, key=lambda row: (row[0], row[1], row[3], row[2]))
    with output.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
