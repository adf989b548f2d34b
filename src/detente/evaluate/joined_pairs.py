"""How well coded sentences find the pairs that others marked in them, end to end: raw sentences in, events out.

What enters: marked rows, and each sentence as we coded it. What leaves: for each row what joins its pairs, figures
with intervals, and for each pair that was missed the reason.

A side of an event stands wherever its entity is mentioned in the sentence, and where a place stands for it. An event
joins a pair when one of its sides overlaps the marked source and another the marked target, by a character at
least. Events said not to have happened count as none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import Protocol

import numpy as np

from detente.codebook.crosswalk import load_crosswalk
from detente.evaluate.intervals import Figure, Values, f1, figure, ratio, resampled_sums
from detente.evaluate.items import Span
from detente.evaluate.marked_pairs import MarkedPair, MarkedRow, quad_of, root_of
from detente.parse.parser import parse
from detente.pipeline import Coder
from detente.records import CodedDocument, Document

LEVELS = ("root", "quad", "class", "any type", "either way")
"""What a find has to have right beside both sides: the root, the quad, the class in CAMEO's terms, the direction
alone, or not even that."""

SCOPES = ("join", "touch", "all")
"""The events that precision is of: those that join a marked pair, those with a side in a mark, and all."""

REASONS = (
    "no mention of the source",
    "no mention of the target",
    "no mention of either",
    "both mentioned, no event",
    "both mentioned, events between others",
    "joined, another root or quad",
    "joined, the other way round",
)

PlaceSpans = Callable[[Document], Sequence[tuple[str, Span]]]
"""Where places stand in a sentence, each with the id of its country."""


class Pipe(Protocol):
    """What we need of a coder."""

    def pipe(self, documents: Iterable[Document], /) -> Iterator[CodedDocument]: ...


@dataclass(frozen=True, slots=True)
class CodedAct:
    """An event as its class and the spans at which each side stands."""

    event_type: str
    actors: tuple[tuple[str, tuple[Span, ...]], ...]
    recipients: tuple[tuple[str, tuple[Span, ...]], ...]

    @property
    def label(self) -> str:
        ids = ["+".join(one for one, _ in side) for side in (self.actors, self.recipients)]
        return f"{ids[0]} {self.event_type} {ids[1]}".rstrip()

    def joins(self, pair: MarkedPair) -> bool:
        """Whether the event leads from the pair's source to its target; mutual ones lead both ways."""
        if self.recipients:
            ways = list(product(self.actors, self.recipients))
            if pair.is_mutual:
                ways += [(target, source) for source, target in ways]
        else:
            ways = list(permutations(self.actors, 2))
        return any(
            source[0] != target[0] and _overlap(source[1], pair.sources) and _overlap(target[1], pair.targets)
            for source, target in ways
        )

    def touches(self, pair: MarkedPair) -> bool:
        """Whether any side stands in one of the marks."""
        marks = (*pair.sources, *pair.targets)
        return any(_overlap(spans, marks) for _, spans in (*self.actors, *self.recipients))


@dataclass(frozen=True, slots=True)
class CodedRow:
    """A row, its events, and every span at which something is mentioned."""

    row: MarkedRow
    acts: tuple[CodedAct, ...]
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """A pair that no event of its class joins, and why."""

    row: MarkedRow
    pair: MarkedPair
    reason: str
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairScores:
    """Figures of end-to-end coding; `counts` tells what they are shares of.

    `recall` is by level, `precision` and `f1` by level and scope. The level root is missing where rows have no root,
    and the level class where they have one.
    """

    counts: dict[str, int]
    recall: dict[str, Figure]
    precision: dict[str, dict[str, Figure]]
    f1: dict[str, dict[str, Figure]]
    misses: tuple[Miss, ...]

    @property
    def reasons(self) -> dict[str, int]:
        counted = Counter(miss.reason for miss in self.misses)
        return {reason: counted[reason] for reason in REASONS}


def code_rows(coder: Pipe, rows: Sequence[MarkedRow], place_spans: PlaceSpans) -> Iterator[CodedRow]:
    """Code each sentence as a text of its own, in order."""
    documents = [Document(id=f"row-{number}", text=row.text, language="en") for number, row in enumerate(rows)]
    for row, coded in zip(rows, coder.pipe(documents), strict=True):
        yield _coded_row(row, coded, place_spans)


def place_spans_of(coder: Coder) -> PlaceSpans:
    """The places that a coder's own stages find; they stand in no record, so that the sentence is read again."""

    def place_spans(document: Document) -> list[tuple[str, Span]]:
        parsed = next(iter(parse([document], coder.nlp)))
        places = coder.read(parsed).places
        return [
            (place.country, Span(parsed.starts[place.start], parsed.ends[place.end - 1]))
            for place in places
            if place.country is not None
        ]

    return place_spans


def score_rows(coded_rows: Sequence[CodedRow]) -> PairScores:
    """Count and compute the figures.

    Pairs of class 0 ask for no recall, and an event that joins one is false, unless CAMEO has its type there. Pairs
    with an unmarked side are left out of all figures.
    """
    has_roots = any(one.row.root is not None for one in coded_rows)
    levels = [level for level in LEVELS if level != ("class" if has_roots else "root")]
    names = ("pairs", *(f"found {level}" for level in LEVELS))
    names += tuple(f"{scope} {what}" for scope in SCOPES for what in ("events", *LEVELS))
    tallies = [_tally(one) for one in coded_rows]
    counts = np.array([[tally[name] for name in names] for tally in tallies], dtype=np.float64)
    sums = dict(zip(names, resampled_sums(counts.reshape(-1, len(names))).T, strict=True))
    recall = {level: ratio(sums[f"found {level}"], sums["pairs"]) for level in levels}
    precision = {
        level: {scope: ratio(sums[f"{scope} {level}"], sums[f"{scope} events"]) for scope in SCOPES} for level in levels
    }
    return PairScores(
        counts=_counts(coded_rows, sums),
        recall={level: figure(values) for level, values in recall.items()},
        precision={level: {scope: figure(one) for scope, one in by.items()} for level, by in precision.items()},
        f1={
            level: {scope: figure(f1(one, recall[level])) for scope, one in by.items()}
            for level, by in precision.items()
        },
        misses=tuple(miss for one in coded_rows for miss in _misses(one)),
    )


def _coded_row(row: MarkedRow, coded: CodedDocument, place_spans: PlaceSpans) -> CodedRow:
    spans: dict[str, list[Span]] = {}
    for mention in coded.mentions:
        spans.setdefault(mention.entity_id, []).append(Span(mention.start, mention.end))
    mentions = [span for found in spans.values() for span in found]
    events = [event for event in coded.events if event.status != "negated"]
    sides = {side for event in events for side in (*event.actors, *event.recipients)}
    marks = [marks for pair in row.pairs for marks in (pair.sources, pair.targets)]
    if not sides <= spans.keys() or not all(_overlap(mentions, one) for one in marks):
        for country, span in place_spans(coded.document):
            spans.setdefault(country, []).append(span)
            mentions.append(span)

    def placed(ids: Iterable[str]) -> tuple[tuple[str, tuple[Span, ...]], ...]:
        return tuple((one, tuple(spans.get(one, ()))) for one in ids)

    acts = tuple(CodedAct(event.type, placed(event.actors), placed(event.recipients)) for event in events)
    return CodedRow(row, acts, tuple(mentions))


def _tally(coded: CodedRow) -> Counter[str]:
    """Count pairs, finds and events of one row; a find of an event counts in each scope that it lies in."""
    out: Counter[str] = Counter()
    whole = [pair for pair in coded.row.pairs if pair.is_whole]
    if coded.row.quad:
        out["pairs"] = len(whole)
        for pair in whole:
            for level in LEVELS:
                out[f"found {level}"] += any(_finds(act, pair, coded.row, level) for act in coded.acts)
    for act in coded.acts if whole else ():
        within = {
            "join": any(_joins(act, pair) for pair in whole),
            "touch": any(act.touches(pair) for pair in whole),
            "all": True,
        }
        right = [level for level in LEVELS if any(_finds(act, pair, coded.row, level) for pair in whole)]
        for scope in (scope for scope in SCOPES if within[scope]):
            out[f"{scope} events"] += 1
            for level in right:
                out[f"{scope} {level}"] += 1
    return out


def _finds(act: CodedAct, pair: MarkedPair, row: MarkedRow, level: str) -> bool:
    if level == "either way":
        return bool(row.quad) and _joins(act, pair)
    right = {
        "root": root_of(act.event_type) == row.root,
        "quad": quad_of(act.event_type) == row.quad,
        "class": row.quad in load_crosswalk().classes[act.event_type],
        "any type": bool(row.quad),
    }
    return right[level] and act.joins(pair)


def _joins(act: CodedAct, pair: MarkedPair) -> bool:
    return act.joins(pair) or act.joins(_reversed(pair))


def _reversed(pair: MarkedPair) -> MarkedPair:
    return MarkedPair(pair.targets, pair.sources, pair.is_mutual)


def _misses(coded: CodedRow) -> Iterator[Miss]:
    level = "quad" if coded.row.root is None else "root"
    for pair in coded.row.pairs:
        if coded.row.quad and pair.is_whole and not any(_finds(act, pair, coded.row, level) for act in coded.acts):
            yield Miss(coded.row, pair, _reason(coded, pair), tuple(act.label for act in coded.acts))


def _reason(coded: CodedRow, pair: MarkedPair) -> str:
    has_source, has_target = _overlap(coded.mentions, pair.sources), _overlap(coded.mentions, pair.targets)
    if any(act.joins(pair) for act in coded.acts):
        return REASONS[5]
    if any(_joins(act, pair) for act in coded.acts):
        return REASONS[6]
    if not has_source or not has_target:
        return REASONS[2 if not has_source and not has_target else 0 if not has_source else 1]
    return REASONS[4 if coded.acts else 3]


def _counts(coded_rows: Sequence[CodedRow], sums: dict[str, Values]) -> dict[str, int]:
    pairs = [(one, pair) for one in coded_rows for pair in one.row.pairs]
    return {
        "sentences": len(coded_rows),
        "sentences without an event": sum(not one.acts for one in coded_rows),
        "events, negated ones left out": sum(len(one.acts) for one in coded_rows),
        "pairs asked for": int(sums["pairs"][0]),
        "pairs with an unmarked side, left out": sum(not pair.is_whole for _, pair in pairs),
        "pairs of class 0": sum(pair.is_whole and not one.row.quad for one, pair in pairs),
        "of these joined by an event": sum(
            pair.is_whole and not one.row.quad and any(_joins(act, pair) for act in one.acts) for one, pair in pairs
        ),
    }


def _overlap(some: Iterable[Span], others: Sequence[Span]) -> bool:
    return any(one.start < other.end and other.start < one.end for one in some for other in others)
