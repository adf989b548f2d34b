"""Compile the table of office holders that is collected, not written by hand, and check it.

Run: python tools/build_officeholders.py WIKIDATA.csv PHOENIX.txt

WIKIDATA.csv has the columns country_iso3, person, position, start, end (an extract of holders by position);
PHOENIX.txt is the Phoenix file of countries' actors. Successions written by hand stand in tools/officeholders.
A term written by hand (there or in notables.csv) wins over one of the extract. What the extract has wrong is mended
here, so that a newer one can be put in. The result is src/detente/resolve/data/officeholders.csv.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from phoenix_persons import read_phoenix
from successions import Written, read_successions

from detente.resolve.entries import actors_in
from detente.resolve.names import slug
from detente.resolve.tables import read_table
from detente.resolve.term_checks import SINGLE, bounds, certain, faults, read_numbered

ROOT = Path(__file__).parent
DATA = ROOT.parent / "src" / "detente" / "resolve" / "data"
COLUMNS = ("name", "known_as", "country", "sector", "role", "office", "start", "end", "source")
HEAD = """# Office holders from 1990 on, one row a term; made by tools/build_officeholders.py, not edited by hand.
# version: 2; sources by row: Wikidata (CC0; every-politician-scrapers, extracted 2022-07 to 2023-01), Phoenix (MIT;
# Open Event Data Alliance, 2014), general knowledge of public record to 2026-01 (tools/officeholders).
# known_as, on a person's first row: other spellings, separated by |. An empty end: still running at the source's date.
# "end assumed": the source has none, and the term was closed by rule. office: see docs/reference/office-holders.md.
"""
EXTRACTED = "2022-07"
TYPICAL = 4  # years of an ambassador or deputy whose end nobody recorded
MINISTER = r"(?:Federal )?(?:Minister(?: of State of)?|Secretary(?: of State)?)(?: of| for)?(?: the)?"
STAFF = r"(?:General|Defen[cs]e) ?(?:Staff|Forces?)"
HOUSES = r"(?:National Assembly|House of Representatives|House of Commons|Parliament|Lok Sabha|Knesset)"
RULES: tuple[tuple[str, str, str, str], ...] = (
    (r"President|King|Emir|Sultan|monarch|Supreme Leader|Yang di_pertuan Agong.*", "head-of-state", "GOV", "President"),
    (r"Minister of State (?:for|of) .*", "", "GOV", ""),
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
    (r"Chief of (?:the )?(?:Naval|Air) ?(?:Staff|Forces?)", "", "MIL", ""),
    (r"Chief of (?:the )?Army ?Staff", "army", "MIL", ""),
    (rf"Chief of (?:the )?{STAFF}|Chief of Defen[cs]e(?: Staff| Forces?)?", "armed-forces", "MIL", ""),
    (r"Chairman of the Joint Chiefs of Staff", "armed-forces", "MIL", ""),
    (r"Chief of Staff of the Army", "army", "MIL", ""),
    (rf"Speaker of (?:the )?{HOUSES}", "", "LEG", ""),
    (r"President of the (?:National Assembly|Senate|Chamber of Deputies)", "", "LEG", ""),
    (r"(?:Presidential|Government) Spokesperson|Presidential Press Secretary", "spokesperson", "GOV", "spokesperson"),
    (rf"{MINISTER} Finance", "", "GOV", "Finance Minister"),
)


@dataclass(frozen=True)
class Row:
    """A term to be written out."""

    name: str
    country: str
    sector: str
    role: str
    office: str
    start: str
    end: str
    source: str
    known_as: tuple[str, ...] = ()

    @property
    def seat(self) -> tuple[str, str]:
        return self.country, self.office


def classify(country: str, position: str) -> tuple[str, str, str] | None:
    """Office key, sector and role of a position; None for those that are left out."""
    if country == "USA" and "Interior" in position:
        return "", "GOV", "Secretary of the Interior"  # parks and land, not police
    if country in ("PAK", "GBR") and "General Staff" in position:
        return "army" if country == "GBR" else "", "MIL", position  # not the highest soldier there
    if country == "CUB" and position == "President of the Council of Ministers":
        return "", "GOV", position  # the president himself, until 2019
    if position == "monarch" and country in ("GBR", "CAN", "AUS", "NZL"):
        return "", "GOV", "monarch"  # nobody means the crown by "Canada's leader"
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


def extract_rows(extract: Path) -> Iterator[Row]:
    """The kept rows of the extract, each with a known start where it holds an office."""
    with extract.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, start, end = row["person"].strip(), row["start"], row["end"]
            kind = classify(row["country_iso3"], row["position"])
            if kind is None or not latin(name) or " " not in name or (end and end < "1990"):
                continue
            office, sector, role = kind
            end = "" if end < start[: len(end)] else end
            yield Row(name, row["country_iso3"], sector, role, office if start else "", start, end, "wikidata")


def handwritten() -> list[Row]:
    """The terms of the successions and of notables.csv, these told by an empty source."""
    rows = [_row(term) for term in read_successions(ROOT / "officeholders")]
    for numbered in read_numbered(DATA / "notables.csv"):
        f = numbered.fields
        known = tuple(f["known_as"].split("|")) if f["known_as"] else ()
        rows.append(Row(f["name"], f["country"], f["sector"], f["role"], f["office"], f["start"], f["end"], "", known))
    return rows


def _row(term: Written) -> Row:
    name, *known = term.names
    return Row(name, term.country, term.sector, term.role, term.office, term.start, term.end, term.source, tuple(known))


def span(row: Row) -> tuple[int, int]:
    return bounds(row.start, row.end or ("" if not row.source.startswith("wikidata") else "2022-12"))


def drop_told_twice(rows: list[Row]) -> list[Row]:
    """Leave out terms of the successions that notables.csv tells: same person, seat and years."""
    told = defaultdict(list)
    for row in rows:
        if not row.source:
            told[_told(row)].append(span(row))
    kept = []
    for row in rows:
        others = told[_told(row)] if row.source and row.start else []
        first, last = certain(row.start, row.end) if others else (0, 0)
        if not any(start <= last and first <= end for start, end in others):
            kept.append(row)
    return kept


def _told(row: Row) -> tuple[str, ...]:
    """What makes two terms one: the person and the seat, and without a seat the role."""
    return slug(row.name), *row.seat, "" if row.office in SINGLE else slug(row.role)


def merge(hand: list[Row], collected: Iterable[Row]) -> Iterator[Row]:
    """The collected rows that tell something new, under the names that the hand-written ones use."""
    by_seat: dict[tuple[str, str], list[Row]] = defaultdict(list)
    names = {slug(name): row.name for row in reversed(hand) for name in (row.name, *row.known_as) if " " in name}
    for row in hand:
        if row.office:
            by_seat[row.seat].append(row)
    for row in collected:
        if row.office:
            same = next((other for other in by_seat[row.seat] if _is_same(row, other)), None)
            if same is not None:
                known = (row.name,) if slug(row.name) != slug(same.name) else ()
                if known:
                    names.setdefault(slug(row.name), same.name)
                    yield replace(row, name=same.name, known_as=known, start="", end="", office="")
                continue
            fitted = _fit(row, by_seat[row.seat]) if row.office in SINGLE else row
            if fitted is None:
                yield replace(row, office="", role="minister" if row.sector == "GOV" else row.role)
                continue
            row = fitted
        yield replace(row, name=names.get(slug(row.name), row.name))


def _is_same(row: Row, other: Row) -> bool:
    (first, last), (start, end) = span(row), span(other)
    if first > end or start > last:
        return False
    mine, others = slug(row.name), [slug(name) for name in (other.name, *other.known_as)]
    if mine in others:
        return True
    surname = mine.rsplit("-", 1)[-1]
    near = abs(first - start) < 45
    for name in others:
        alike = SequenceMatcher(None, mine, name, autojunk=False).ratio()
        if alike > 0.8 or (near and (alike >= 0.5 or surname == name.rsplit("-", 1)[-1])):
            return True
    return False


def _fit(row: Row, others: list[Row]) -> Row | None:
    """The part of a collected term that no hand-written one of the seat covers; None where little is left."""
    first, last = span(row)
    start, end = row.start, row.end
    for other in sorted(others, key=lambda o: o.start):
        begins, ends = span(other)
        if begins <= first and ends > first:
            first, start = ends, other.end
        elif first < begins < last:
            last, end = begins, other.start
            break
    return replace(row, start=start, end=end) if start and last - first > 20 else None


def close_terms(rows: list[Row]) -> list[Row]:
    """One holder at a time in a collected seat: a term ends at the latest when the next one begins."""
    out = [row for row in rows if row.office not in SINGLE]
    by_seat = defaultdict(list)
    for row in rows:
        if row.office in SINGLE:
            by_seat[row.seat].append(row)
    for held in by_seat.values():
        held.sort(key=lambda r: (r.start, r.end or "9", r.name))
        for row in held:
            later = [r for r in held if r.start > row.start and slug(r.name) != slug(row.name)]
            inside = [
                r
                for r in held
                if r is not row and r.start < row.start and (r.end or EXTRACTED) > (row.end or EXTRACTED)
            ]
            if inside or any(r.start == row.start and r is not row and held.index(r) < held.index(row) for r in held):
                out.append(replace(row, office="", role="minister" if row.sector == "GOV" else row.role))
                continue
            following = next((r for r in later if not (r.end and row.end and r.end < row.end)), None)
            if following is not None and (not row.end or row.end > following.start):
                row = replace(row, end=following.start)
            out.append(row)
    return out


def assume_ends(row: Row) -> Row:
    """Close a term whose end nobody recorded, so that an old ambassador is not in office today."""
    if row.source != "wikidata" or row.end or not row.start:
        return row
    year = min(int(row.start[:4]) + TYPICAL, 2022)
    end = EXTRACTED if row.office else str(max(year, int(row.start[:4])))
    return replace(row, end=max(end, row.start), source="wikidata; end assumed")


def gather(rows: list[Row]) -> list[Row]:
    """Sorted rows without repeats, a person's other spellings on the first of them."""
    known: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for name in row.known_as:
            if name not in known[row.name] and name != row.name:
                known[row.name].append(name)
    dated = {row.name for row in rows if row.start or not row.known_as}
    spelt = {row.name: replace(row, known_as=(), role="") for row in rows if row.name not in dated}
    terms = sorted(
        {replace(row, known_as=()) for row in rows if row.start or not row.known_as} | set(spelt.values()),
        key=lambda r: (slug(r.name), r.name, r.start, r.country, r.role, r.office, r.end, r.source),
    )
    out: list[Row] = []
    for row in terms:
        if out and out[-1].name == row.name:
            last = out[-1]
            if (last.country, last.role, last.office, last.start) == (row.country, row.role, row.office, row.start):
                out[-1] = replace(last, end=max(last.end, row.end) if last.end and row.end else last.end or row.end)
            else:
                out.append(row)
        else:
            out.append(replace(row, known_as=tuple(known.pop(row.name, ()))))
    return out


def _is_known(row: Row, hand: list[Row]) -> bool:
    """Whether a person of that state, or a like name of it, is told by hand already."""
    mine = slug(row.name)
    return any(
        mine == spelt
        or (row.country == other.country and mine.rsplit("-", 1)[-1] == spelt.rsplit("-", 1)[-1])
        or (row.country == other.country and SequenceMatcher(None, mine, spelt, autojunk=False).ratio() > 0.7)
        for other in hand
        for spelt in (slug(other.name), *(slug(name) for name in other.known_as))
    )


def main(extract: Path, phoenix: Path) -> None:
    hand = drop_told_twice(handwritten())
    collected = [assume_ends(row) for row in close_terms(list(merge(hand, extract_rows(extract))))]
    collected = drop_told_twice([*(row for row in hand if not row.source), *collected])
    collected = [row for row in collected if row.source]
    told = [row for row in hand if row.source]
    covered = {row.country for row in collected}
    tables = (read_table(f"{name}.yaml") for name in ("states", "organisations", "groups", "institutions"))
    actors = {actor.id for actor in actors_in(*tables)}
    others = [_row(person) for person in read_phoenix(phoenix, actors)]
    added = [row for row in others if row.country not in covered and not _is_known(row, hand)]
    output = DATA / "officeholders.csv"
    with output.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in gather([*told, *collected, *added]):
            writer.writerow(
                [
                    row.name,
                    "|".join(row.known_as),
                    row.country,
                    row.sector,
                    row.role,
                    row.office,
                    row.start,
                    row.end,
                    row.source,
                ]
            )
    rows = [*read_numbered(DATA / "notables.csv"), *read_numbered(output)]
    for fault in faults(rows, actors):
        sys.stdout.write(f"{fault}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
