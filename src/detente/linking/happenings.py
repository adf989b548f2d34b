"""Happenings: what reports of one event in several documents have in common, and what links them.

What enters: coded documents, or rows of `detente code --format jsonl`, and the user's decisions. What leaves:
`Happening`s. Nothing is merged away: the reports keep their ids and their evidence, so that another threshold or
another decision gives other happenings from the same records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from detente.errors import RecordError
from detente.linking.copies import Copy, find_copies
from detente.linking.decisions import Decisions, Pair, ordered
from detente.linking.groups import group_reports
from detente.linking.pairs import Compare, candidates
from detente.linking.reports import Article, Report, Row, article_of, article_of_quotes, report_of_row, reports_of
from detente.linking.score import Link
from detente.linking.settings import Settings, load_settings
from detente.records import CodedDocument, content_id

SCHEMA_VERSION = "detente.happenings/1"
NO_DECISIONS = Decisions()


@dataclass(frozen=True, slots=True)
class Happening:
    """Reports of one event. `links` has one link for each report but the representative, in order.

    `copies` names the members' documents that are near copies of another document, member or not.
    """

    representative: Report
    members: tuple[Report, ...]
    links: tuple[Link, ...]
    copies: tuple[Copy, ...]

    @property
    def id(self) -> str:
        return content_id("ha", *sorted(report.event_id for report in self.members))

    @property
    def score(self) -> float | None:
        """The weakest of its links; None where there is one report only."""
        return min((link.score for link in self.links), default=None)

    @property
    def independent(self) -> int:
        """Number of documents, copies of one article counted once."""
        original = {copy.document_id: copy.original for copy in self.copies}
        return len({original.get(report.document_id, report.document_id) for report in self.members})


@dataclass(slots=True)
class Corpus:
    """Collects reports and articles, from coded documents or from rows, in any order."""

    settings: Settings = field(default_factory=load_settings)
    reports: dict[str, Report] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    _quotes: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    _published: dict[str, str | None] = field(default_factory=dict)

    def add(self, coded: CodedDocument) -> None:
        """Take in a coded document; the same one twice counts once.

        Raises:
            RecordError: another document has its id.
        """
        for report in reports_of(coded):
            self._report(report)
        self._article(article_of(coded, self.settings))

    def add_row(self, row: Row) -> None:
        """Take in a record's row. Events become reports; quotes of all kinds tell what the document is about.

        Raises:
            RecordError: the row has other columns, or another event has its id.
        """
        if row.get("kind") == "event":
            self._report(report_of_row(row))
        start, quote, document_id = row.get("start"), row.get("quote"), row.get("document_id")
        if not isinstance(start, int) or not isinstance(quote, str) or not isinstance(document_id, str):
            raise RecordError(
                f"No document, start or quote in record {row.get('id')!r}: the columns of `detente code --format "
                "jsonl` are needed. Code the document again."
            )
        self._quotes.setdefault(document_id, []).append((start, quote))
        if self._published.setdefault(document_id, row.get("published")) != row.get("published"):
            raise RecordError(f"Two dates of document {document_id!r} in its records: give the records of one run.")

    def link(
        self, decisions: Decisions = NO_DECISIONS, on_pair: Callable[[int], None] = lambda _: None
    ) -> list[Happening]:
        """Link all that was taken in; `on_pair` is told now and then how many pairs were compared.

        Raises:
            DataError: the decisions contradict each other.
        """
        for document_id, quotes in sorted(self._quotes.items()):
            self._article(article_of_quotes(document_id, self._published[document_id], quotes, self.settings))
        self._quotes.clear()
        copies = find_copies(self.articles.values(), self.settings)
        links = self._links(Compare(self.articles, copies, self.settings), decisions, on_pair)
        groups = group_reports(self.reports.values(), links, decisions)
        return [_happening(members, links, copies) for members in groups]

    def _links(self, compare: Compare, decisions: Decisions, on_pair: Callable[[int], None]) -> dict[Pair, Link]:
        found: dict[Pair, Link] = {}
        for number, (a, b) in enumerate(candidates(list(self.reports.values()), self.settings), 1):
            link = compare(a, b)
            if link.score >= self.settings.threshold:
                found[link.first, link.second] = link
            if number % 10_000 == 0:
                on_pair(number)
        for first, second in decisions.same:
            if first in self.reports and second in self.reports:
                found[first, second] = Link(first, second, 1.0, None, {}, decided=True)
        return found

    def _report(self, report: Report) -> None:
        if self.reports.setdefault(report.event_id, report) != report:
            raise RecordError(
                f"Two events {report.event_id!r} of document {report.document_id!r} that differ: an id names one. "
                "Give the records of one run."
            )

    def _article(self, article: Article) -> None:
        known = self.articles.setdefault(article.id, article)
        if known is not article and not np.array_equal(known.vector, article.vector):
            raise RecordError(f"Two documents {article.id!r} with other texts: an id names one. Rename one of them.")


def link(coded: Iterable[CodedDocument], decisions: Decisions = NO_DECISIONS) -> list[Happening]:
    """Link the events of coded documents into happenings, ordered by the ids of their events.

    Raises:
        RecordError: two documents share an id.
        DataError: the decisions contradict each other.
    """
    corpus = Corpus()
    for one in coded:
        corpus.add(one)
    return corpus.link(decisions)


def happening_to_json(happening: Happening) -> dict[str, Any]:
    """Write a happening as a JSON object; its members refer to records by document and event id."""
    shown = happening.representative
    return {
        "schema": SCHEMA_VERSION,
        "id": happening.id,
        "representative": shown.event_id,
        "actors": list(shown.actor_ids),
        "recipients": list(shown.recipient_ids),
        "type": shown.type,
        "modes": list(shown.modes),
        "status": shown.status,
        "date": shown.date,
        "place": shown.place,
        "place_country": shown.place_country,
        "score": happening.score,
        "documents": len({report.document_id for report in happening.members}),
        "independent": happening.independent,
        "members": [_member(report) for report in happening.members],
        "links": [_link(link) for link in happening.links],
        "copies": [
            {"document_id": copy.document_id, "original": copy.original, "similarity": copy.similarity}
            for copy in happening.copies
        ],
    }


def _member(report: Report) -> dict[str, Any]:
    return {
        "document_id": report.document_id,
        "event_id": report.event_id,
        "evidence": [report.start, report.end],
        "quote": report.quote,
        "published": report.published,
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "a": link.first,
        "b": link.second,
        "score": link.score,
        "decided": link.decided,
        "days_apart": link.days_apart,
        "features": dict(link.features),
    }


def _happening(group: tuple[Report, ...], links: Mapping[Pair, Link], copies: Mapping[str, Copy]) -> Happening:
    shown = min(group, key=lambda report: _rank(report, copies))
    members = sorted(group, key=lambda report: (report.published or "9999", report.document_id, report.start))
    told = [_strongest(report, shown, group, links) for report in members if report is not shown]
    documents = sorted({report.document_id for report in group})
    return Happening(shown, tuple(members), tuple(told), tuple(copies[one] for one in documents if one in copies))


def _rank(report: Report, copies: Mapping[str, Copy]) -> tuple[object, ...]:
    """Originals before copies, then what tells more, then the earliest."""
    days = report.days
    width = days[1] - days[0] if days is not None and report.dated else 10_000
    return (
        report.document_id in copies,
        not report.recipient_ids and len(report.actor_ids) == 1,
        width,
        report.place is None,
        report.published or "9999",
        report.document_id,
        report.start,
        report.event_id,
    )


def _strongest(report: Report, shown: Report, group: tuple[Report, ...], links: Mapping[Pair, Link]) -> Link:
    """The link to the representative or, where a decision tied the report to another only, to that one."""
    direct = links.get(ordered(report.event_id, shown.event_id))
    if direct is not None:
        return direct
    found = (links.get(ordered(report.event_id, other.event_id)) for other in group if other is not report)
    return min((link for link in found if link is not None), key=lambda link: (-link.score, link.first, link.second))
