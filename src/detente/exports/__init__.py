"""Records → tidy tables in Parquet, and from these the forms that others read."""

from detente.exports.dictionary import column_notes, load_tables, table_named, write_dictionary
from detente.exports.findings import DocumentNote, Finding, Group, findings_of
from detente.exports.snapshot import TABLES, write_snapshot

__all__ = [
    "TABLES",
    "DocumentNote",
    "Finding",
    "Group",
    "findings_of",
    "imported_notes",
    "load_tables",
    "table_named",
    "write_dictionary",
    "write_snapshot",
]


def imported_notes() -> dict[str, str]:
    """What each column of imported events holds, for the metadata of their files."""
    return column_notes(table_named("imported_events"))
