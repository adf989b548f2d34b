"""Classes of sources that a user gives: state media here, the private press there, shown apart.

What enters: a table that gives publishers, or documents, a class. What leaves: the class of a record's row.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from detente.errors import DataError
from detente.interchange import Row

UNCLASSIFIED = "unclassified"
KEYS = ("publisher", "document_id")


@dataclass(frozen=True, slots=True)
class SourceClasses:
    """Classes by publisher or by document, as `key` says. Capitals and spaces around a name do not matter."""

    key: str
    classes: Mapping[str, str]

    def of(self, row: Row) -> str:
        """The class of a row; `unclassified` where the table has none, so that nothing is guessed."""
        return self.classes.get(_plain(row.get(self.key)), UNCLASSIFIED)


def read_classes(path: Path) -> SourceClasses:
    """Read a CSV table with the columns `publisher` (or `document_id`) and `class`.

    Raises:
        DataError: the file cannot be read, lacks a column, or gives a name two classes.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            key = next((one for one in KEYS if one in (reader.fieldnames or ())), None)
            if key is None or "class" not in (reader.fieldnames or ()):
                raise DataError(
                    f"Columns {', '.join(reader.fieldnames or ('none',))} in '{path}': publisher (or document_id) and "
                    "class are needed. Name them in the first line."
                )
            return SourceClasses(key, _read(reader, key, path))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"Unreadable table '{path}' ({error}): CSV in UTF-8 is needed. Check the file.") from error


def _read(reader: csv.DictReader[str], key: str, path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in reader:
        name, told = _plain(row[key]), (row["class"] or "").strip()
        if not name or not told:
            raise DataError(f"No {key if not name else 'class'} in '{path}' line {reader.line_num}: both. Fill it.")
        if found.setdefault(name, told) != told:
            raise DataError(
                f"Two classes of {row[key]!r} in '{path}' line {reader.line_num}: {found[name]!r} and {told!r}. Keep "
                "one."
            )
    if not found:
        raise DataError(f"No row in '{path}': a {key} and its class a line are needed. Fill the table.")
    return found


def _plain(name: str | None) -> str:
    return " ".join((name or "").split()).casefold()
