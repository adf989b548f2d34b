"""Tellings of one event within a document → one event that keeps every evidence span.

What enters: events in the order of the text. What leaves: fewer events, the first telling of each with
the spans of the others in `also`. Two records are tellings of one event when their types agree, their
sides agree at country level, neither contradicts the other's date or status, and they use the same word,
share words, or stand in one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.records import Event, Evidence
from detente.syntax.reading import Reading


def merge_tellings(reading: Reading, events: Sequence[Event]) -> list[Event]:
    """Merge tellings of one event. Order is kept; a merged event stands where it was first told."""
    out: list[Event] = []
    for event in events:
        for number, earlier in enumerate(out):
            if _same(reading, earlier, event):
                out[number] = _merged(earlier, event)
                break
        else:
            out.append(event)
    return out


def _same(reading: Reading, a: Event, b: Event) -> bool:
    if a.type != b.type or _countries(reading, a.actors) != _countries(reading, b.actors):
        return False
    if _countries(reading, a.recipients) != _countries(reading, b.recipients) or _are_others(a, b):
        return False
    if a.status != b.status and {a.status, b.status} != {"actual", "historical"}:
        return False
    if a.date_basis == b.date_basis == "text" and a.date != b.date and not _contains(a.date, b.date):
        return False
    if _overlaps(a.evidence, b.evidence) or _stem(reading, a) == _stem(reading, b):
        return True
    return _sentence(reading, a) == _sentence(reading, b)


def _are_others(a: Event, b: Event) -> bool:
    """Whether two demands or reproaches of one state's parts are made to different parts: its parties, its premier."""
    parts = [{one for one in event.recipients if _is_part(one)} for event in (a, b)]
    return bool(parts[0] and parts[1]) and not parts[0] & parts[1] and not _overlaps(a.evidence, b.evidence)


def _is_part(entity_id: str) -> bool:
    """Whether an id names a person or an organ, not a state, an organisation or a government as a whole."""
    return (":" in entity_id or not entity_id.isupper()) and not entity_id.endswith(":GOV")


def _sentence(reading: Reading, event: Event) -> int:
    p = reading.parsed
    return p.sentence_of[p.token_at(event.trigger.start)]


def _contains(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and (a.startswith(b) or b.startswith(a))


def _overlaps(a: Evidence, b: Evidence) -> bool:
    return a.start < b.end and b.start < a.end


def _stem(reading: Reading, event: Event) -> str:
    """The first five letters of the trigger's lemma: recognise and recognition are one word here."""
    token = reading.parsed.token_at(event.trigger.start)
    return reading.parsed.lemmas[token][:5]


def _countries(reading: Reading, ids: Sequence[str]) -> frozenset[str]:
    return frozenset(reading.country_of(i) for i in ids)


def _merged(first: Event, second: Event) -> Event:
    """One record of two tellings; a full clause goes before a headline or a noun that refers back to it."""
    main, other = sorted((first, second), key=lambda e: (_is_nominal(e), e.evidence.start - e.evidence.end))
    spans = [e for e in (*main.also, other.evidence, *other.also) if not _overlaps(e, main.evidence)]
    dated = main if main.date is not None or other.date is None else other
    stated = other if "recipients" in main.inferred and not other.inferred and other.recipients else main
    return replace(
        main,
        also=tuple(sorted(dict.fromkeys(spans), key=lambda e: e.start)),
        date=dated.date,
        date_basis=dated.date_basis,
        place=main.place or other.place,
        modes=main.modes or other.modes,
        recipients=stated.recipients,
        inferred=stated.inferred,
    )


def _is_nominal(event: Event) -> bool:
    return event.coded_by.startswith("noun")
