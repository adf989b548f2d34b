"""How well coded texts agree with records of who did what to whom, in the form of PLOVER's gold standard records.

What enters: a JSON file of records, each with its text, source, target and event; and the texts as we coded them.
What leaves: precision, recall and F1 of interstate events with intervals.

An event is interstate when its two sides are states and differ; of a record with several actors each pair counts.
Records of one text count once each, as do events of one text that agree in type and countries. CONSULT, AGREE and
COOPERATE hold in either order, and so does any event of ours whose sides act together.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np

from detente.codebook.codebook import load_codebook
from detente.errors import DataError
from detente.evaluate.foreign_names import load_foreign_names
from detente.evaluate.intervals import Figure, Values, f1, figure, ratio, resampled_sums
from detente.records import CodedDocument, Entity

RECIPROCAL = frozenset(("CONSULT", "AGREE", "COOPERATE"))
LEVELS = ("strict", "strict with sectors", "quad", "pair")
"""What has to agree beside the countries: the type; the type and both sectors; the quad; nothing, of distinct pairs."""

_STRICTEST_FIRST = ("strict with sectors", "strict", "quad")
_CODE = re.compile(r"([A-Z]{3})([A-Z]{3})?")
_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_GOVERNMENT = "GOV"


@dataclass(frozen=True, slots=True)
class Party:
    """A side of an event: its country and the sectors it may have."""

    country: str
    sectors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dyad:
    """One interstate event. `types` are all that a record's name for it may mean, none where we do not know it."""

    name: str
    types: tuple[str, ...]
    source: Party
    target: Party
    is_mutual: bool

    @property
    def key(self) -> tuple[str, ...]:
        """What is alike in two tellings of the event, sectors apart."""
        ends = (self.source.country, self.target.country)
        return (self.name, *(sorted(ends) if self.is_mutual else ends))

    @property
    def label(self) -> str:
        return f"{self.source.country} {'↔' if self.is_mutual else '→'} {self.target.country} {self.name}"


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text and its interstate records. `published` is an ISO date."""

    id: str
    text: str
    published: str | None
    dyads: tuple[Dyad, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """A file of records: its texts, how many records it has, and the names of types that are not ours, counted."""

    texts: tuple[GoldText, ...]
    records: int
    unknown_types: dict[str, int]


@dataclass(frozen=True, slots=True)
class RecordScores:
    """Figures by level: over all texts, and over those alone that have an interstate record."""

    counts: dict[str, int]
    figures: dict[str, dict[str, Figure]]
    interstate_texts: dict[str, dict[str, Figure]]
    type_given_pair: Figure
    missed: tuple[tuple[str, str], ...]
    extra: tuple[tuple[str, str], ...]


def read_gsr(path: Path, states: Collection[str]) -> Gold:
    """Read records; those of one text are put together.

    Args:
        path: a JSON list of objects with `text`, `source`, `target` and `event`.
        states: codes that are states.

    Raises:
        DataError: the file or a record is not of the form; the message names the record.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise DataError(f"Unreadable records in {str(path)!r} ({error}): a JSON list is needed. Check it.") from error
    if not isinstance(rows, list):
        raise DataError(f"No list of records in {path.name}: a JSON list of objects is needed. Check the file.")
    dyads: dict[str, dict[tuple[str, ...], Dyad]] = {}
    published: dict[str, str | None] = {}
    unknown: Counter[str] = Counter()
    for number, row in enumerate(rows, start=1):
        text, found = _record(row, states, f"{path.name} record {number}")
        own = dyads.setdefault(text, {})
        unknown.update({one.name for one in found if not one.types})
        for dyad in found:
            own[dyad.key] = _united(own[dyad.key], dyad) if dyad.key in own else dyad
        published.setdefault(text, _date(row.get("date")))
    texts = tuple(
        GoldText(f"text-{number}", text, published[text], tuple(own.values()))
        for number, (text, own) in enumerate(dyads.items(), start=1)
    )
    return Gold(texts, len(rows), dict(sorted(unknown.items())))


def coded_dyads(coded: CodedDocument, states: Collection[str]) -> tuple[Dyad, ...]:
    """The interstate events of a coded text, those said not to have happened left out."""
    entities = {entity.id: entity for entity in coded.entities}
    found: dict[tuple[str, ...], Dyad] = {}
    for event in coded.events:
        if event.status == "negated":
            continue
        actors, recipients = (
            [_party_of(one, entities, states) for one in ids] for ids in (event.actors, event.recipients)
        )
        sides = list(product(actors, recipients)) if recipients else list(combinations(actors, 2))
        is_mutual = event.type in RECIPROCAL or not recipients
        for source, target in sides:
            if source is not None and target is not None and source.country != target.country:
                dyad = Dyad(event.type, (event.type,), source, target, is_mutual)
                found[dyad.key] = _united(found[dyad.key], dyad) if dyad.key in found else dyad
    return tuple(found.values())


def score_texts(texts: Sequence[GoldText], coded: Sequence[Sequence[Dyad]]) -> RecordScores:
    """Match what was coded of each text with its records, one to one, level by level."""
    tallies = [_tally(text.dyads, found) for text, found in zip(texts, coded, strict=True)]
    names = ("gold", "coded", "gold pairs", "coded pairs", *LEVELS, "gold of found pairs")
    counts = np.array([[tally[name] for name in names] for tally in tallies], dtype=np.float64).reshape(-1, len(names))
    interstate = counts[counts[:, 0] > 0]
    sums = dict(zip(names, resampled_sums(counts).T, strict=True))
    left = [_left(text, found) for text, found in zip(texts, coded, strict=True)]
    return RecordScores(
        counts={
            "texts": len(texts),
            "texts with an interstate record": len(interstate),
            "interstate records": int(sums["gold"][0]),
            "interstate events coded": int(sums["coded"][0]),
            "texts without an interstate event coded": int((counts[:, 1] == 0).sum()),
        },
        figures=_figures(sums),
        interstate_texts=_figures(dict(zip(names, resampled_sums(interstate).T, strict=True))),
        type_given_pair=figure(ratio(sums["strict"], sums["gold of found pairs"])),
        missed=tuple((text.text, dyad.label) for text, (gold, _) in zip(texts, left, strict=True) for dyad in gold),
        extra=tuple((text.text, dyad.label) for text, (_, found) in zip(texts, left, strict=True) for dyad in found),
    )


def _figures(sums: Mapping[str, Values]) -> dict[str, dict[str, Figure]]:
    out = {}
    for level in LEVELS:
        of = " pairs" if level == "pair" else ""
        precision, recall = ratio(sums[level], sums[f"coded{of}"]), ratio(sums[level], sums[f"gold{of}"])
        values = {"precision": precision, "recall": recall, "f1": f1(precision, recall)}
        out[level] = {name: figure(one) for name, one in values.items()}
    return out


# --- matching ----------------------------------------------------------------------------------------------


def _tally(gold: Sequence[Dyad], found: Sequence[Dyad]) -> Counter[str]:
    out = Counter({"gold": len(gold), "coded": len(found)})
    for level in ("strict", "strict with sectors", "quad"):
        out[level] = len(_matched(gold, found, level))
    gold_pairs, coded_pairs = _pairs(gold), _pairs(found)
    out["gold pairs"], out["coded pairs"] = len(gold_pairs), len(coded_pairs)
    out["pair"] = len(_matched(gold_pairs, coded_pairs, "pair"))
    out["gold of found pairs"] = sum(any(_agrees(one, other, "pair") for other in found) for one in gold)
    return out


def _pairs(dyads: Sequence[Dyad]) -> list[Dyad]:
    """The distinct pairs, types apart; a mutual act adds none where an act leads one way between the two."""
    out: dict[tuple[str, ...], Dyad] = {}
    for dyad in sorted(dyads, key=lambda one: one.is_mutual):
        ends = (dyad.source.country, dyad.target.country)
        if not dyad.is_mutual or not {ends, ends[::-1]} & out.keys():
            out.setdefault(ends, dyad)
    return list(out.values())


def _matched(gold: Sequence[Dyad], found: Sequence[Dyad], level: str) -> list[tuple[Dyad, Dyad]]:
    """Pair records with events one to one; those that agree in most go first."""
    pairs: list[tuple[Dyad, Dyad]] = []
    open_, free = list(gold), list(found)
    stages = ("pair",) if level == "pair" else _STRICTEST_FIRST[: _STRICTEST_FIRST.index(level) + 1]
    for stage in stages:
        for one in list(open_):
            other = next((other for other in free if _agrees(one, other, stage)), None)
            if other is not None:
                pairs.append((one, other))
                open_.remove(one)
                free.remove(other)
    return pairs


def _agrees(gold: Dyad, found: Dyad, level: str) -> bool:
    ends = [(gold.source, gold.target)]
    if gold.is_mutual or found.is_mutual:
        ends.append((gold.target, gold.source))
    if not any(_same_ends(source, target, found, level) for source, target in ends):
        return False
    if level == "pair":
        return True
    if level == "quad":
        types = load_codebook().types
        return types[found.name].quad in {types[one].quad for one in gold.types}
    return found.name in gold.types


def _same_ends(source: Party, target: Party, found: Dyad, level: str) -> bool:
    ends = ((source, found.source), (target, found.target))
    if any(one.country != other.country for one, other in ends):
        return False
    return level != "strict with sectors" or all(one.sectors & other.sectors for one, other in ends)


def _left(text: GoldText, found: Sequence[Dyad]) -> tuple[list[Dyad], list[Dyad]]:
    """Records and events without a strict partner."""
    matched = _matched(text.dyads, found, "strict")
    gold = [one for one in text.dyads if not any(one is other for other, _ in matched)]
    return gold, [one for one in found if not any(one is other for _, other in matched)]


# --- sides -------------------------------------------------------------------------------------------------


def _united(one: Dyad, other: Dyad) -> Dyad:
    """One event told twice, with the sectors of both tellings."""
    source, target = other.source, other.target
    if one.source.country != source.country:
        source, target = target, source
    return replace(
        one,
        source=Party(source.country, one.source.sectors | source.sectors),
        target=Party(target.country, one.target.sectors | target.sectors),
    )


def _party_of(entity_id: str, entities: Mapping[str, Entity], states: Collection[str]) -> Party | None:
    """The state that an actor of ours acts for, and its sector; a state itself acts by its government."""
    entity = entities.get(entity_id)
    base, _, sector = entity_id.partition(":")
    if entity is not None and entity.kind != "state":
        base, sector = entity.country or "", entity.sector or ""
    return Party(base, frozenset((sector or _GOVERNMENT,))) if base in states else None


def _record(row: Any, states: Collection[str], where: str) -> tuple[str, list[Dyad]]:
    """The text of a record and its interstate pairs."""
    try:
        text, name = row["text"].strip(), str(row["event"] or "").strip().upper()
        sources, targets = (list(_parties(row.get(side), states)) for side in ("source", "target"))
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"Malformed record ({type(error).__name__}: {error}) in {where}: an object with text, event, and lists "
            "source and target of objects with code and sector. Mend the record."
        ) from error
    if not text:
        raise DataError(f"Empty text in {where}: a record quotes its text. Mend the record.")
    types = load_foreign_names().types_of(name)
    is_mutual = bool(RECIPROCAL.intersection(types))
    dyads = [
        Dyad(name or "(none)", types, source, target, is_mutual)
        for source, target in product(sources, targets)
        if source.country != target.country
    ]
    return text, dyads


def _parties(side: Any, states: Collection[str]) -> Iterator[Party]:
    """The states among the actors of a side; a code may carry its sector (`USAGOV`)."""
    for actor in [side] if isinstance(side, Mapping) else side or ():
        for code in _listed(actor.get("code")):
            found = _CODE.fullmatch(code)
            country = load_foreign_names().country_of(found[1]) if found else ""
            if found is None or country not in states:
                continue
            own = (found[2],) if found[2] else ()
            sectors = frozenset((*own, *_listed(actor.get("sector")))) or frozenset((_GOVERNMENT,))
            yield Party(country, sectors)


def _listed(value: Any) -> list[str]:
    """The codes in a cell that holds one, several or none."""
    values = [value] if isinstance(value, str) else value or ()
    return [one.upper() for cell in values for one in re.findall(r"\w+", str(cell))]


def _date(value: Any) -> str | None:
    """The day in ISO form; None for what is none, since a text can be coded without."""
    found = _DATE.match(str(value or "").strip())
    try:
        return date.fromisoformat("-".join(found.groups())).isoformat() if found else None
    except ValueError:
        return None
