"""Users' own heads on coded events: their types, modes and contexts, where a head is sure.

What enters: a reading, its events, the encoder and the heads. What leaves: the events, relabelled where a head
believes a label. Nothing is added or dropped; `coded_by` says what a head decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from detente.codebook.codebook import load_codebook
from detente.coding.judging import marked_sides
from detente.encoder.encoder import NONE, Encoder
from detente.encoder.own_heads import HeadKind, OwnHead
from detente.records import Event
from detente.syntax.reading import Reading


def relabelled(
    reading: Reading, events: Sequence[Event], encoder: Encoder, heads: Mapping[HeadKind, OwnHead]
) -> list[Event]:
    """Ask the heads about every event whose sides stand in its sentence."""
    p = reading.parsed
    places = [p.token_at(event.trigger.start) for event in events]
    sides = [(event.actors, event.recipients) for event in events]
    marked = marked_sides(reading, list(zip(places, sides, strict=True)))
    features = encoder.read([one for one in marked if one is not None]).features
    rows = iter(features)
    return [
        event if one is None else _relabelled(event, next(rows), heads)
        for event, one in zip(events, marked, strict=True)
    ]


def _relabelled(event: Event, features: np.ndarray, heads: Mapping[HeadKind, OwnHead]) -> Event:
    believed = {kind: head.believed(features) for kind, head in heads.items()}
    kinds = load_codebook().types
    for label, chance in believed.get("type", ()):
        if label not in (NONE, event.type):
            modes = tuple(mode for mode in event.modes if mode in kinds[label].modes)
            event = replace(event, type=label, modes=modes, coded_by=_reason(event, label, chance))
    for label, chance in believed.get("mode", ()):
        kind, _, mode = label.partition("/")
        if kind == event.type and (mode,) != event.modes:
            event = replace(event, modes=(mode,), coded_by=_reason(event, label, chance))
    for label, chance in believed.get("contexts", ()):
        if label not in event.contexts:
            event = replace(event, contexts=(*event.contexts, label), coded_by=_reason(event, label, chance))
    return event


def _reason(event: Event, label: str, chance: float) -> str:
    return f"{event.coded_by}, own head {label} {chance:.2f}"
