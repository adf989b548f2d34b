"""Compile the table of office holders from an extract of Wikidata.

Run: python tools/build_officeholders.py EXTRACT.csv OUTPUT.csv

EXTRACT.csv has the columns country_iso3, person, wikidata_id, position, start, end. Kept are heads of state
and government, foreign, defence and interior ministers, their deputies, ambassadors, speakers and chiefs of
staff with a Latin name. Known errors of the extract are mended here, so that a newer one can be put in.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from pathlib import Path

HEAD = """# Office holders since about 2000, one row a term; made by tools/build_officeholders.py, not edited by hand.
# version: 1; source: Wikidata (CC0) as extracted by the every-politician-scrapers project, 2022-07 to 2023-01.
# An empty end means that none was recorded and no successor is known. office: see notables.csv.
"""
MINISTER = r"(?:Federal )?(?:Minister|Secretary)(?: of State)?(?: of| for)?(?: the)?"
STAFF = r"(?:General|Defen[cs]e|Army|Naval|Air) ?(?:Staff|Forces?)"
HOUSES = r"(?:National Assembly|House of Representatives|House of Commons|Parliament|Lok Sabha|Knesset)"
RULES: tuple[tuple[str, str, str, str], ...] = (
    (r"President|King|Emir|Sultan|monarch|Supreme Leader|Yang di_pertuan Agong.*", "head-of-state", "GOV", "President"),
    (r"Prime Minister|Premier|(?:Federal )?Chancellor|Taoiseach", "head-of-government", "GOV", ""),
    (r"Premier of the State Council", "head-of-government", "GOV", "Premier"),
    (r"Chairman of the Cabinet of Ministers.*", "head-of-government", "GOV", "Prime Minister"),
    (r"President of the Council of Ministers", "head-of-government", "GOV", "Prime Minister"),
    (rf"{MINISTER} (?:Europe and )?(?:Foreign|External) Affairs?(?: and .*)?", "foreign", "GOV", "Foreign Minister"),
    (r"Secretary of State for Foreign.*", "foreign", "GOV", "Foreign Minister"),
    (r"United States Secretary of State", "foreign", "GOV", "Secretary of State"),
    (rf"{MINISTER} (?:National )?Defen[cs]e(?: and .*)?", "defence", "GOV", "Defence Minister"),
    (rf"{MINISTER} (?:Interior|Internal Affairs)(?: and .*)?", "interior", "GOV", "Interior Minister"),
    (rf"{MINISTER} (?:Home Affairs|Home Department)(?: and .*)?", "interior", "GOV", "Interior Minister"),
    (r"Vice[- ]President|Deputy President", "vice", "GOV", "Vice President"),
    (r"(?:First )?Deputy Prime Minister.*|Vice Premier.*|Deputy Premier", "", "GOV", "Deputy Prime Minister"),
    (r"National Security Advis[eo]r", "", "GOV", "National Security Adviser"),
    (r"(?:Deputy|Vice)[- ]Minister (?:of|for) (?:Foreign|External) Affairs", "", "GOV", ""),
    (r"Minister of State for (?:Foreign.*|Europe|Middle East.*|Asia.*|Africa.*)", "", "GOV", ""),
    (r"Parliamentary Under-Secretary of State|Foreign Secretary", "", "GOV", ""),
    (r"(?:Deputy|Under|Assistant) Secretary of State.*", "", "GOV", ""),
    (r"[Aa]mbassador (?:to|of) .*|Permanent Representative to the United Nations", "", "GOV", ""),
    (rf"Chief of (?:the )?{STAFF}|Chief of Defen[cs]e(?: Staff| Forces?)?", "", "MIL", ""),
    (r"Chairman of the Joint Chiefs of Staff|Chief of Staff of the Army", "", "MIL", ""),
    (rf"Speaker of (?:the )?{HOUSES}", "", "LEG", ""),
    (r"President of the (?:National Assembly|Senate|Chamber of Deputies)", "", "LEG", ""),
    (r"(?:Presidential|Government) Spokesperson|Presidential Press Secretary", "", "GOV", "spokesperson"),
    (rf"{MINISTER} Finance", "", "GOV", "Finance Minister"),
)


def classify(country: str, position: str) -> tuple[str, str, str] | None:
    """Office key, sector and role of a position; None for those that are left out."""
    if country == "IND" and position == "Minister of Foreign Affairs":
        return "", "GOV", "Foreign Secretary"  # the extract calls India's foreign secretaries ministers
    if country == "USA" and position == "Secretary of State":
        return "foreign", "GOV", "Secretary of State"
    if country == "GBR" and position.startswith("Secretary of State for Foreign"):
        return "foreign", "GOV", "Foreign Secretary"
    for pattern, office, sector, role in RULES:
        if re.fullmatch(pattern, position):
            return office, sector, role or position
    return None


def latin(name: str) -> bool:
    return all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())


def rows(extract: Path) -> list[tuple[str, str, str, str, str, str, str]]:
    """The kept rows: name, country, sector, role, office, start, end."""
    out: set[tuple[str, str, str, str, str, str, str]] = set()
    with extract.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, start, end = row["person"].strip(), row["start"], row["end"]
            kind = classify(row["country_iso3"], row["position"])
            if kind is None or not latin(name) or " " not in name or (end and end < "1990"):
                continue
            office, sector, role = kind
            out.add((name, row["country_iso3"], sector, role, office, start, "" if end < start else end))
    return close_terms(sorted(out))


def close_terms(terms: list[tuple[str, ...]]) -> list[tuple[str, str, str, str, str, str, str]]:
    """End an open term when the next holder of the same single-seat office begins."""
    out = []
    for name, country, sector, role, office, start, end in terms:
        if office and not end and start:
            later = [t[5] for t in terms if t[1] == country and t[4] == office and t[5] > start and t[0] != name]
            end = min(later, default="")
        out.append((name, country, sector, role, office, start, end))
    return out


def main(extract: Path, output: Path) -> None:
    with output.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "country", "sector", "role", "office", "start", "end"))
        writer.writerows(rows(extract))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
