"""Reviewed events as labelled sentences, from which `detente train` fits heads.

What enters: a project. What leaves: one row an event that a person judged: its sentence with `<s>…</s>` round who acts
and `<t>…</t>` round who is acted on, its type, mode and contexts. A rejected event is a sentence whose marked sides do
no such act: type and mode are NONE, unless another event that holds says the sentence tells one between the same two.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TextIO

from detente.encoder.encoder import NONE
from detente.queries.documents import document
from detente.queries.filters import RecordFilter
from detente.queries.records import Found, each_record
from detente.records import CodedDocument, Event, Mention
from detente.store.project import Project

COLUMNS = ("sentence", "type", "mode", "contexts", "id", "document", "review")
_JUDGED = ("accepted", "corrected", "added", "rejected")
_END = re.compile(r"(?:[.!?][\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])|\n+)")
# What stands before a full stop that ends no sentence.
_SHORT = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sen|Rep|Gov|Prof|St|No))\.\s+$")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Label:
    """A row of the table; `mode` is TYPE/mode or NONE, `contexts` are joined by `;`."""

    sentence: str
    type: str
    mode: str
    contexts: str
    id: str
    document: str
    review: str


def labels(project: Project) -> Iterator[Label]:
    """Rows of all events that a person judged, document by document; those without a named side are left out."""
    judged = each_record(project, "event", RecordFilter(reviews=_JUDGED))
    by_document = sorted(judged, key=lambda found: (found.document.id, found.id))
    for name, group in groupby(by_document, key=lambda found: found.document.id):
        coded = document(project, name)
        holding = {_told(one, coded) for one in coded.events}
        for found in group:
            row = _label(found, coded, holding)
            if row is not None:
                yield row


def write_labels(rows: Iterable[Label], stream: TextIO) -> int:
    """Write the table as CSV; the number of rows is returned."""
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    number = 0
    for row in rows:
        writer.writerow([getattr(row, name) for name in COLUMNS])
        number += 1
    return number


def sentence_at(text: str, start: int, end: int) -> Span:
    """First and last character of the sentence or sentences that hold a span."""
    ends = [match.end() for match in _END.finditer(text) if not _SHORT.search(text[: match.end()][-8:])]
    first = max((one for one in ends if one <= start), default=0)
    last = min((one for one in ends if one >= end), default=len(text))
    return first, last


def _label(found: Found[Any], coded: CodedDocument, holding: set[tuple[Any, ...]]) -> Label | None:
    event: Event = found.record
    text = coded.document.text
    first, last = sentence_at(text, *event.evidence.span)
    sides = _marked(event, coded, first, last)
    if not sides or "<" in text[first:last]:
        return None
    is_act = found.review != "rejected"
    if not is_act and _told(event, coded) in holding:
        return None
    return Label(
        sentence=" ".join(_with_marks(text, first, last, sides).split()),
        type=event.type if is_act else NONE,
        mode=f"{event.type}/{event.modes[0]}" if is_act and event.modes else NONE,
        contexts=";".join(event.contexts),
        id=found.id,
        document=found.document.id,
        review=found.review,
    )


def _told(event: Event, coded: CodedDocument) -> tuple[Any, ...]:
    return *sentence_at(coded.document.text, *event.evidence.span), event.actors, event.recipients


def _marked(event: Event, coded: CodedDocument, first: int, last: int) -> dict[str, Span]:
    """Spans of who acts (`s`) and who is acted on (`t`) in a sentence; of a mutual act the first two actors."""
    source, target = event.actors[0], next(iter((*event.recipients, *event.actors[1:])), None)
    here = [one for one in coded.mentions if first <= one.start and one.end <= last]
    countries = {entity.id: entity.country for entity in coded.entities}
    found: dict[str, Span] = {}
    for mark, side in (("s", source), ("t", target)):
        near = _nearest(here, side, countries, event.trigger.start)
        if near is not None and not any(near[0] < end and start < near[1] for start, end in found.values()):
            found[mark] = near
    return found


def _nearest(
    mentions: list[Mention], side: str | None, countries: Mapping[str, str | None], trigger: int
) -> Span | None:
    """The mention of a side nearest to the words that name the act, else one of those who act for it."""
    own = [one for one in mentions if one.entity_id == side]
    known = own or [one for one in mentions if side is not None and countries.get(one.entity_id) == side]
    best = min(known, key=lambda one: (abs(one.start - trigger), one.start), default=None)
    return None if best is None else (best.start, best.end)


def _with_marks(text: str, first: int, last: int, sides: Mapping[str, Span]) -> str:
    out = text[first:last]
    for mark, (start, end) in sorted(sides.items(), key=lambda item: -item[1][0]):
        start, end = start - first, end - first
        out = f"{out[:start]}<{mark}>{out[start:end]}</{mark}>{out[end:]}"
    return out
