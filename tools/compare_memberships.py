"""List where the table of memberships and the Correlates of War IGO data (v3) disagree, and why.

Run: python tools/compare_memberships.py COW.csv [--summary]

Full membership is compared year by year, for the rows that were written by hand (the others come from COW). A
disagreement is a run of years, or a status or change that COW cannot hold. Each gets one class of explanation.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from build_memberships import LAST_YEAR, SOURCE, STATUS, read, state_spells

from detente.resolve.memberships import MEMBER_STATUSES, Spell, load_memberships
from detente.resolve.tables import read_table

THEIRS = {
    "AL": "LOAS", "AMU": "AMU", "ANZUS": "ANZUS", "APEC": "APEC", "ARCTIC": "ArticC", "ASEAN": "ASEAN", "AU": "AU",
    "BSEC": "BSEC", "CAN-ANDES": "Andean", "CARICOM": "CARICOM", "CBSS": "CBSS", "CEMAC": "CEMAC", "CIS": "CIS",
    "COE": "COE", "COMECON": "CMEA", "COMMONWEALTH": "ComSec", "CSTO": "CSTO", "D8": "D8", "EAC": "EAC",
    "EAEC": "EAEC", "ECCAS": "ECCAS", "ECO": "ECO", "ECOWAS": "ECOWAS", "EFTA": "EFTA", "EU": "EEC EU", "GCC": "GCC",
    "IAEA": "IAEA", "ICC": "ICC", "IGAD": "IGAD", "IMF": "IMF", "IORA": "IORARC", "LCBC": "LCBC", "MANORIVER": "MRU",
    "MERCOSUR": "Mercosur", "NAFTA": "NAFTA", "NATO": "NATO", "NORDICCOUNCIL": "NordC", "OAPEC": "OAPEC", "OAS": "OAS",
    "OAU": "OAU", "OECD": "OECD", "OIC": "OIC", "OPEC": "OPEC", "OSCE": "OSCE", "PIF": "PIF", "SAARC": "SAARC",
    "SADC": "SADC", "SCO": "SCO", "SICA": "SICA", "UN": "UN", "UNESCO": "UNESCO", "WAEMU": "UEMOA",
    "WARSAWPACT": "WPact", "WASSENAAR": "Wassen", "WHO": "WHO", "WTO": "WTO",
}  # fmt: skip


class Disagreement(NamedTuple):
    organisation: str
    state: str
    ours: str
    theirs: str
    reason: str


def cow_years(path: Path, states: dict[str, str]) -> dict[tuple[str, str, str], set[int]]:
    """Years by our organisation, our state and status (`member`, `observer`)."""
    ours = {code: own for own, codes in THEIRS.items() for code in codes.split()}
    out: dict[tuple[str, str, str], set[int]] = {}
    for row in read(path):
        if row["igo_code"] in ours:
            for state, first, last in state_spells(row, states):
                key = (ours[row["igo_code"]], state, STATUS[row["status"]])
                out.setdefault(key, set()).update(range(first, last + 1))
    return out


def our_years(spells: Iterable[Spell], *, statuses: Iterable[str]) -> set[int]:
    years: set[int] = set()
    for spell in spells:
        if spell.status in statuses and spell.start is not None:
            last = LAST_YEAR if spell.end is None else min(spell.end.last.year, LAST_YEAR)
            years.update(range(spell.start.first.year, last + 1))
    return years


def runs(years: set[int]) -> Iterator[tuple[int, int]]:
    ordered = sorted(years)
    start = 0
    for i in range(1, len(ordered) + 1):
        if i == len(ordered) or ordered[i] != ordered[i - 1] + 1:
            yield ordered[start], ordered[i - 1]
            start = i


def show(years: set[int]) -> str:
    return ", ".join(f"{a}-{b}" if a != b else str(a) for a, b in runs(years)) or "none"


def compare_pair(organisation: str, state: str, spells: list[Spell], theirs: set[int]) -> Iterator[Disagreement]:
    """Runs of years of full membership that only one side has."""
    full = our_years(spells, statuses=MEMBER_STATUSES)
    suspended = our_years(spells, statuses=("suspended",))
    founded = int(read_table("organisations.yaml")[organisation].get("founded", 0))
    for first, last in runs(theirs - full):
        years = set(range(first, last + 1))
        if years <= suspended:
            reason = "COW does not record suspensions"
        elif not full:
            reason = "COW has a member that we lack"
        elif last < founded:
            reason = "COW counts a predecessor"
        elif last - first == 0:
            reason = "year grain"
        else:
            reason = "COW begins earlier" if last < min(full) else "COW goes on longer"
        yield Disagreement(organisation, state, show(full), show(theirs), reason)
    for first, last in runs(full - theirs):
        if not theirs:
            reason = "COW has no row"
        elif last - first == 0:
            reason = "year grain"
        else:
            reason = "COW begins later" if last < min(theirs) else "COW leaves years out"
        yield Disagreement(organisation, state, show(full), show(theirs), reason)


def compare_rest(organisation: str, state: str, spells: list[Spell], observed: set[int]) -> Iterator[Disagreement]:
    """Statuses and changes that COW cannot hold."""
    for spell in spells:
        text = f"{spell.status} {'' if spell.start is None else spell.start.first}".strip()
        if spell.start is not None and spell.start.first.year > LAST_YEAR:
            yield Disagreement(organisation, state, text, "data end", "COW ends in 2014")
        elif spell.status not in (*MEMBER_STATUSES, "withdrawn", "suspended"):
            if not (spell.status == "observer" and observed):
                yield Disagreement(organisation, state, text, "none", "COW does not record the status")


def disagreements(path: Path) -> Iterator[Disagreement]:
    codes = {row["stateabb"]: row["state"] for row in read(Path(__file__).parent / "cow_states.csv")}
    theirs = cow_years(path, codes)
    known = {*codes.values(), "SUN", "SRB"}
    for organisation in sorted(THEIRS):
        ours: dict[str, list[Spell]] = {}
        for spell in load_memberships().by_organisation[organisation]:
            ours.setdefault(spell.state, []).append(spell)
        for state in sorted({*ours, *(s for o, s, _ in theirs if o == organisation)}):
            spells = ours.get(state, [])
            if any(spell.source == SOURCE for spell in spells):
                continue
            if state not in known:
                yield Disagreement(organisation, state, spells[0].status, "none", "no state of the COW list")
                continue
            yield from compare_pair(organisation, state, spells, theirs.get((organisation, state, "member"), set()))
            yield from compare_rest(organisation, state, spells, theirs.get((organisation, state, "observer"), set()))


def main(path: Path, *, is_summary: bool) -> None:
    found = list(disagreements(path))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if is_summary:
        writer.writerow(("count", "reason"))
        writer.writerows((count, reason) for reason, count in Counter(d.reason for d in found).most_common())
        return
    writer.writerow(Disagreement._fields)
    writer.writerows(found)


if __name__ == "__main__":
    main(Path(sys.argv[1]), is_summary="--summary" in sys.argv[2:])
