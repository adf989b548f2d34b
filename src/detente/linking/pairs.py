"""Which pairs of reports are worth scoring, and their scores.

What enters: reports, articles and copies. What leaves: pairs, and for each a link with its score. Only pairs within
a block are compared: they share a pair of countries, the quad class and the fate (what happened, what is proposed,
what is denied ...), lie within the window of days, and come from different documents. So half a million events take
minutes, and what is proposed never links to what was done.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from detente.linking.copies import Copy
from detente.linking.reports import Article, Report
from detente.linking.score import Link, days_apart, features_of, score_of
from detente.linking.settings import Settings

Block = tuple[str, str, str, str, str]


def candidates(reports: Sequence[Report], settings: Settings) -> Iterator[tuple[Report, Report]]:
    """Pairs that share a block and the window, each once, whatever the order of the reports."""
    blocks: dict[Block, list[Report]] = {}
    shared = {report.event_id: blocks_of(report, settings) for report in reports}
    for report in reports:
        for block in shared[report.event_id]:
            blocks.setdefault(block, []).append(report)
    for block, found in sorted(blocks.items()):
        found.sort(key=_order)
        for a, b in _within_window(found, settings.window_days):
            if a.document_id != b.document_id and block == _first(shared[a.event_id], shared[b.event_id]):
                yield a, b


def blocks_of(report: Report, settings: Settings) -> tuple[Block, ...]:
    """The blocks of a report: one for each pair of countries; none where it has no date at all.

    The countries stand in alphabetical order. A date wider than `widest_days` is a block of its own.
    """
    if report.days is None:
        return ()
    first, last = report.days
    span = f"{first}/{last}" if last - first >= settings.widest_days else ""
    return tuple((report.fate, report.quad, span, *pair) for pair in _country_pairs(report))


@dataclass(frozen=True, slots=True)
class Compare:
    """Scores a pair of reports; knows the articles by document id and which of them are copies."""

    articles: Mapping[str, Article]
    copies: Mapping[str, Copy]
    settings: Settings

    def __call__(self, a: Report, b: Report) -> Link:
        gap = days_apart(a, b) or 0
        alike = self.articles_alike(a.document_id, b.document_id)
        copied = self._original(a.document_id) == self._original(b.document_id)
        features = features_of(a, b, self.settings, gap=gap, article=alike, copied=copied)
        first, second = sorted((a.event_id, b.event_id))
        return Link(first, second, score_of(features, self.settings), gap, features)

    def articles_alike(self, first: str, second: str) -> float:
        """Cosine of two articles' vectors, 0 to 1."""
        a, b = (self.articles[one].vector.astype(np.int32) for one in (first, second))
        length = math.sqrt(int(a @ a) * int(b @ b))
        return round(max(0.0, int(a @ b) / length), 3) if length else 0.0

    def _original(self, document_id: str) -> str:
        copy = self.copies.get(document_id)
        return document_id if copy is None else copy.original


def _country_pairs(report: Report) -> list[tuple[str, str]]:
    actors, recipients = report.actors.countries, report.recipients.countries
    if recipients:
        pairs = {(min(pair), max(pair)) for pair in product(actors, recipients)}
    elif len(actors) > 1:
        pairs = set(combinations(actors, 2))
    else:
        pairs = {("", actors[0])}
    return sorted(pairs)


def _first(a: tuple[Block, ...], b: tuple[Block, ...]) -> Block:
    """The first block that both are in; a pair is told there only."""
    return a[0] if a[0] == b[0] else min(set(a) & set(b))


def _order(report: Report) -> tuple[tuple[int, int], str]:
    assert report.days is not None
    return report.days, report.event_id


def _within_window(found: Sequence[Report], window_days: int) -> Iterator[tuple[Report, Report]]:
    """Pairs of reports, sorted by first day, whose dates lie at most `window_days` apart."""
    for place, a in enumerate(found):
        assert a.days is not None
        for b in found[place + 1 :]:
            assert b.days is not None
            if b.days[0] - a.days[1] > window_days:
                break
            yield a, b
