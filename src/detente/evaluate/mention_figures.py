"""Figures of resolved mentions: shares of right answers with intervals, by question and by stratum.

What enters: outcomes of `detente.evaluate.mentions`. What leaves: figures, each with its count and a 95%
bootstrap interval. Texts are drawn, not mentions, since those of one text stand or fall together.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.evaluate.mentions import Outcome

ENTITIES = ("states", "organisations", "groups", "persons", "pairs")


@dataclass(frozen=True, slots=True)
class Measure:
    """What is asked of a figure. `target` bounds it from below, or from above where `is_error`."""

    name: str
    questions: tuple[str, ...]
    target: float | None = None
    is_error: bool = False


MEASURES = (
    Measure("states and organisations", ("states", "organisations"), target=0.95),
    Measure("  states", ("states",)),
    Measure("  organisations", ("organisations",)),
    Measure("pairs and other plurals", ("pairs",)),
    Measure("groups and bodies", ("groups",)),
    Measure("persons", ("persons",)),
    Measure("  their countries", ("countries of persons",)),
    Measure("office at the date", ("offices",), target=0.90),
    Measure("unnamed in a role", ("roles",)),
    Measure("metonym or place", ("metonyms", "seats as places"), target=0.92),
    Measure("  seats that act", ("metonyms",)),
    Measure("  seats as places", ("seats as places",)),
    Measure("places and non-actors left alone", ("left alone",)),
    Measure("actors found at all (recall)", ("found",)),
    Measure("false resolutions", ("unresolvable left",), target=0.02, is_error=True),
    Measure("wrong resolutions of actors", ("resolutions",), is_error=True),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A share of `count` answers, with its 95% interval; None where nothing was asked."""

    name: str
    count: int
    hits: int
    share: float | None
    low: float | None
    high: float | None
    target: float | None = None
    is_met: bool | None = None


def figures(outcomes: Sequence[Outcome], text_ids: Sequence[str], *, resamples: int, seed: int) -> list[Figure]:
    """Compute every measure over the texts, those without an outcome included."""
    draws = _draws(len(text_ids), resamples, seed)
    return [_figure(measure, outcomes, text_ids, draws) for measure in MEASURES]


def by_stratum(outcomes: Iterable[Outcome]) -> dict[str, tuple[int, int]]:
    """For each stratum the right answers and all answers to the questions of entities and of non-actors."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for outcome in outcomes:
        if outcome.question in (*ENTITIES, "left alone"):
            counts[outcome.stratum][0] += outcome.is_right
            counts[outcome.stratum][1] += 1
    return {stratum: (right, every) for stratum, (right, every) in sorted(counts.items())}


def _figure(measure: Measure, outcomes: Sequence[Outcome], text_ids: Sequence[str], draws: list[list[int]]) -> Figure:
    position = {text_id: index for index, text_id in enumerate(text_ids)}
    hits, counts = [0] * len(text_ids), [0] * len(text_ids)
    for outcome in outcomes:
        if outcome.question in measure.questions:
            index = position[outcome.text_id]
            hits[index] += outcome.is_right != measure.is_error
            counts[index] += 1
    hit, count = sum(hits), sum(counts)
    if not count:
        return Figure(measure.name, 0, 0, None, None, None, target=measure.target)
    share = hit / count
    low, high = _interval(hits, counts, draws)
    is_met = None
    if measure.target is not None:
        is_met = share <= measure.target if measure.is_error else share >= measure.target
    return Figure(measure.name, count, hit, share, low, high, target=measure.target, is_met=is_met)


def _interval(hits: Sequence[int], counts: Sequence[int], draws: list[list[int]]) -> tuple[float, float]:
    shares = []
    for drawn in draws:
        if count := sum(counts[index] for index in drawn):
            shares.append(sum(hits[index] for index in drawn) / count)
    shares.sort()
    return shares[int(0.025 * len(shares))], shares[min(len(shares) - 1, int(0.975 * len(shares)))]


def _draws(texts: int, resamples: int, seed: int) -> list[list[int]]:
    generator = random.Random(seed)
    return [generator.choices(range(texts), k=texts) for _ in range(resamples)]
