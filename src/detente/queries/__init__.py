"""Questions to a project, one function each: the one way in for command line, REST, web and Python.

from detente.queries import RecordFilter, events
from detente.store.project import open_project

with open_project(Path("relations")) as project:
    page = events(project, RecordFilter(pair=("PAK", "RUS"), since="2015"))
    for found in page.results:
        print(found.record.date, found.record.type, found.record.evidence.quote, found.document.url)
"""

from detente.queries.decisions import Agreement, Decision, agreement, decisions, krippendorff_alpha, reviewers
from detente.queries.documents import (
    DocumentFilter,
    Listed,
    count_documents,
    document,
    documents,
    each_document,
    listed,
)
from detente.queries.errors import QueryError
from detente.queries.filters import RecordFilter
from detente.queries.forms import found_alone, found_to_json, listed_to_json
from detente.queries.pages import Page
from detente.queries.records import (
    Found,
    count_records,
    each_record,
    events,
    memberships,
    record,
    records,
    stances,
    statements,
)
from detente.queries.reviewing import Progress, Queued, newest_key, progress, queue, queued
from detente.queries.summaries import Overview, count_by, overview

__all__ = [
    "Agreement",
    "Decision",
    "DocumentFilter",
    "Found",
    "Listed",
    "Overview",
    "Page",
    "Progress",
    "QueryError",
    "Queued",
    "RecordFilter",
    "agreement",
    "count_by",
    "count_documents",
    "count_records",
    "decisions",
    "document",
    "documents",
    "each_document",
    "each_record",
    "events",
    "found_alone",
    "found_to_json",
    "krippendorff_alpha",
    "listed",
    "listed_to_json",
    "memberships",
    "newest_key",
    "overview",
    "progress",
    "queue",
    "queued",
    "record",
    "records",
    "reviewers",
    "stances",
    "statements",
]
