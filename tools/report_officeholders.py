"""Print how far the tables of office holders reach: years with a known holder by state and office, 1990 to 2026.

Run: python tools/report_officeholders.py [--states]

A state counts from the day it began or 1990-01-01, whichever is later, to the day it ended or 2026-01-15. With
--states a line for each state follows the table of regions. Person-years count each holder's days.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from detente.resolve.knowledge import load_knowledge
from detente.resolve.tables import read_rows
from detente.resolve.term_checks import bounds

FIRST, LAST = date(1990, 1, 1).toordinal(), date(2026, 1, 15).toordinal()
OFFICES = ("head-of-state", "head-of-government", "foreign", "defence", "interior", "armed-forces", "army")
REGIONS = {
    "Europe": "ALB AND AUT BEL BIH BGR CHE CYP CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN IRL ISL ITA LIE LTU LUX LVA "
    "MCO MKD MLT MNE NLD NOR POL PRT ROU SMR SRB SVK SVN SWE VAT XKX",
    "Former Soviet Union": "ARM AZE BLR GEO KAZ KGZ MDA RUS TJK TKM UKR UZB",
    "Middle East and North Africa": "ARE BHR DZA EGY IRN IRQ ISR JOR KWT LBN LBY MAR OMN PSE QAT SAU SYR TUN TUR YEM",
    "Africa south of the Sahara": "AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV DJI ERI ETH GAB GHA GIN GMB GNB GNQ "
    "KEN LBR LSO MDG MLI MOZ MRT MUS MWI NAM NER NGA RWA SDN SEN SLE SOM SSD STP SWZ SYC TCD TGO TZA UGA ZAF ZMB ZWE",
    "Asia": "AFG BGD BRN BTN CHN IDN IND JPN KHM KOR LAO LKA MDV MMR MNG MYS NPL PAK PHL PRK SGP THA TLS TWN VNM",
    "Americas": "ARG ATG BHS BLZ BOL BRA BRB CAN CHL COL CRI CUB DMA DOM ECU GRD GTM GUY HND HTI JAM KNA LCA MEX NIC "
    "PAN PER PRY SLV SUR TTO URY USA VCT VEN",
    "Oceania": "AUS FJI FSM KIR MHL NRU NZL PLW PNG SLB TON TUV VUT WSM",
}
CROWN = frozenset("AUS ATG BHS BLZ CAN GBR GRD JAM KNA LCA NZL PNG SLB TUV VCT".split())  # no head of state told
ALONE = frozenset(  # a president who leads the government: no head of government is told
    "AFG AGO ARG BEN BOL BRA BWA CHL COL COM CRI CYP CUB DOM ECU ERI FSM GHA GMB GTM GUY HND IDN KEN KIR LBR LBY MDV "
    "MEX MHL MWI NAM NGA NIC NRU PAN PHL PLW PRY SLE SLV SSD SUR SYC TKM TUR URY USA VEN ZMB ZWE CHE BRN OMN SAU SDN "
    "DJI LBR MLI GIN AND SMR VAT MCO".split()
)


def life(country: str) -> tuple[int, int]:
    """The days of a state inside the years that are reported."""
    spans = [row for row in read_rows("state_codes.csv") if row["id"] == country]
    starts = [bounds(row["start"], "")[0] for row in spans if row["start"]]
    return max(FIRST, min(starts, default=FIRST)), LAST


def covered(country: str, office: str) -> tuple[int, int]:
    """Days with a known holder, and the sum of the holders' days."""
    first, last = life(country)
    spans = []
    for term, _ in load_knowledge().holders.get((country, office), ()):
        begins, ends = bounds(term.start, term.end)
        if ends >= first and begins <= last:
            spans.append((max(first, begins), min(last, ends)))
    days, reached = 0, first - 1
    for begins, ends in sorted(spans):
        days += max(0, ends - max(reached, begins - 1))
        reached = max(reached, ends)
    return days, sum(ends - begins + 1 for begins, ends in spans)


def is_due(country: str, office: str) -> bool:
    """Whether the state has such an office that we would tell."""
    return not (office == "head-of-state" and country in CROWN) and not (
        office == "head-of-government" and country in ALONE
    )


def table() -> dict[str, dict[str, Mapping[str, tuple[int, int, int]]]]:
    """Region → state → office → days due, days covered, person-days."""
    out: dict[str, dict[str, Mapping[str, tuple[int, int, int]]]] = {}
    for region, states in REGIONS.items():
        out[region] = {}
        for country in states.split():
            first, last = life(country)
            due = {o: (last - first + 1 if is_due(country, o) else 0, *covered(country, o)) for o in OFFICES}
            out[region][country] = due
    return out


def say(*words: object) -> None:
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")


def main(*, with_states: bool) -> None:
    figures = table()
    say("| region | states |", " | ".join(OFFICES), "|")
    say("|" + "---|" * (len(OFFICES) + 2))
    everything: list[Mapping[str, tuple[int, int, int]]] = []
    for region, states in figures.items():
        everything += states.values()
        say(f"| {region} | {len(states)} |", " | ".join(share(list(states.values()), o) for o in OFFICES), "|")
    say(f"| all | {len(everything)} |", " | ".join(share(everything, o) for o in OFFICES), "|")
    say("states with a holder for half of the years or more:")
    for office in OFFICES:
        well = sum(1 for one in everything if one[office][0] and one[office][1] / one[office][0] >= 0.5)
        years = sum(one[office][2] for one in everything) / 365.25
        say(f"  {office}: {well} states, {years:,.0f} person-years")
    sources: dict[str, int] = defaultdict(int)
    for name in ("notables.csv", "officeholders.csv"):
        path = Path(__file__).parent.parent / "src/detente/resolve/data" / name
        for row in csv.DictReader(line for line in path.open(encoding="utf-8") if not line.startswith("#")):
            sources[row["source"]] += 1
    say("terms by source:", ", ".join(f"{source} {n:,}" for source, n in sorted(sources.items())))
    if with_states:
        for states in figures.values():
            for country, due in states.items():
                say(country, " ".join(f"{o} {share([due], o)}" for o in OFFICES))


def share(states: list[Mapping[str, tuple[int, int, int]]], office: str) -> str:
    due = sum(one[office][0] for one in states)
    return f"{sum(one[office][1] for one in states if one[office][0]) / due:.2f}" if due else "–"


if __name__ == "__main__":
    main(with_states="--states" in sys.argv[1:])
