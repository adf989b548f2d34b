"""Precision, recall and F1 of predicted records against gold, kind by kind.

What enters: pairs of gold and predicted articles. What leaves: `Scores`, whose counts are summed over all
articles (micro average). Debatable gold (`required` false) counts neither as found nor as missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from detente.evaluate.agreement import (
    Checks,
    event_agreement,
    event_checks,
    event_quad_agreement,
    membership_agreement,
    membership_checks,
    stance_agreement,
    stance_checks,
    statement_agreement,
    statement_checks,
)
from detente.evaluate.items import Article, EventItem, Item

KINDS = ("event", "event_quad", "stance", "membership", "statement")

I = TypeVar("I", bound=Item)  # noqa: E741


@dataclass(frozen=True, slots=True)
class Matching(Generic[I]):
    """Which predictions stand for which gold; nothing stands twice."""

    matched: tuple[tuple[I, I], ...]
    missed: tuple[I, ...]
    extra: tuple[I, ...]


def match(gold: Sequence[I], predictions: Sequence[I], agreement: Callable[[I, I], float]) -> Matching[I]:
    """Pair gold with predictions one to one, taking the best pair left each time; later records win ties."""
    grades = [(agreement(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predictions)]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for grade, i, j in sorted(grades, reverse=True):
        if grade > 0 and i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return Matching(
        matched=tuple((gold[i], predictions[j]) for i, j in partner.items()),
        missed=tuple(g for i, g in enumerate(gold) if i not in partner),
        extra=tuple(p for j, p in enumerate(predictions) if j not in taken),
    )


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one kind: found, invented, missed; `attributes` holds (agreeing, compared) by name."""

    found: int = 0
    invented: int = 0
    missed: int = 0
    attributes: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def precision(self) -> float:
        return _share(self.found, self.found + self.invented)

    @property
    def recall(self) -> float:
        return _share(self.found, self.found + self.missed)

    @property
    def f1(self) -> float:
        return _share(2 * self.precision * self.recall, self.precision + self.recall)

    def __add__(self, other: Score) -> Score:
        agreeing, compared = Counter[str](), Counter[str]()
        for name, (ok, of) in (*self.attributes.items(), *other.attributes.items()):
            agreeing[name] += ok
            compared[name] += of
        return Score(
            self.found + other.found,
            self.invented + other.invented,
            self.missed + other.missed,
            {name: (agreeing[name], compared[name]) for name in sorted(compared)},
        )

    def to_json(self) -> dict[str, Any]:
        """Round to three digits, attributes as [share, compared]."""
        return {
            "precision": round(self.precision, 3),
            "recall": round(self.recall, 3),
            "f1": round(self.f1, 3),
            "tp": self.found,
            "fp": self.invented,
            "fn": self.missed,
            **{name: [round(ok / of, 3), of] for name, (ok, of) in self.attributes.items()},
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """A missed or an invented record, for the reader."""

    article_id: str
    kind: str
    missed: bool
    item: Item


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of each kind, of each event type, and every difference in the order of the articles."""

    kinds: dict[str, Score]
    event_types: dict[str, Score]
    differences: tuple[Difference, ...]

    def to_json(self) -> dict[str, Any]:
        return {kind: score.to_json() for kind, score in self.kinds.items()}


def score(pairs: Iterable[tuple[Article, Article]]) -> Scores:
    """Score predicted articles against gold.

    Args:
        pairs: (gold, predicted) of each article; an article that was not predicted is an empty one.
    """
    kinds = {kind: Score() for kind in KINDS}
    types: dict[str, Score] = {}
    differences: list[Difference] = []
    for gold, predicted in pairs:
        events = match(gold.events, predicted.events, event_agreement)
        quads = match(gold.events, predicted.events, event_quad_agreement)
        stances = match(gold.stances, predicted.stances, stance_agreement)
        members = match(gold.memberships, predicted.memberships, membership_agreement)
        statements = match(gold.statements, predicted.statements, statement_agreement)
        kinds["event"] += tally(events, event_checks)
        kinds["event_quad"] += tally(quads)
        kinds["stance"] += tally(stances, stance_checks)
        kinds["membership"] += tally(members, membership_checks)
        kinds["statement"] += tally(statements, statement_checks)
        _add_types(types, events)
        differences += _differences(gold.id, "event", events) + _differences(gold.id, "stance", stances)
        differences += _differences(gold.id, "membership", members) + _differences(gold.id, "statement", statements)
    return Scores(kinds, dict(sorted(types.items())), tuple(differences))


def tally(matching: Matching[I], checks: Callable[[I, I], Checks] | None = None) -> Score:
    """Count a matching; attributes are compared on every pair, found counts only on required gold."""
    total = Score(
        found=sum(gold.required for gold, _ in matching.matched),
        invented=len(matching.extra),
        missed=sum(gold.required for gold in matching.missed),
    )
    if checks is None:
        return total
    for gold, prediction in matching.matched:
        compared = {name: ok for name, ok in checks(gold, prediction).items() if ok is not None}
        total += Score(attributes={name: (int(ok), 1) for name, ok in compared.items()})
    return total


def _add_types(types: dict[str, Score], events: Matching[EventItem]) -> None:
    """Count what was predicted under its type, and what was missed under gold's best type."""
    counted = [
        *((prediction.types[0], Score(found=int(gold.required))) for gold, prediction in events.matched),
        *((prediction.types[0], Score(invented=1)) for prediction in events.extra),
        *((gold.types[0], Score(missed=int(gold.required))) for gold in events.missed),
    ]
    for name, one in counted:
        types[name] = types.get(name, Score()) + one


def _differences(article_id: str, kind: str, matching: Matching[Any]) -> list[Difference]:
    missed = [Difference(article_id, kind, True, item) for item in matching.missed if item.required]
    return missed + [Difference(article_id, kind, False, item) for item in matching.extra]


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
