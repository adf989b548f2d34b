"""Write the tidy tables as Parquet: all of them, or none.

What enters: a stream of documents and records. What leaves: a folder with one Parquet file a table, the data
dictionary, a citation and hashes. It takes the place of an older one by a rename, so that a reader finds either.
"""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from detente.exports.dictionary import arrow_schema, table_named, write_dictionary, write_sums
from detente.exports.dyads import write_dyads
from detente.exports.findings import DocumentNote, Finding, Group
from detente.exports.rows import CodesOn, Row, document_row, named_in, record_rows
from detente.records import Entity

_ROWS_PER_GROUP: Final = 20_000
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
WRITTEN: Final = (
    "events",
    "event_sides",
    "stances",
    "statements",
    "memberships",
    "documents",
    "evidence",
    "entities",
)
TABLES: Final = (*WRITTEN, "dyad_month", "dyad_year")
STATE: Final = "STATE"


def write_snapshot(
    found: Iterable[DocumentNote | Finding],
    folder: Path,
    *,
    codes_on: CodesOn,
    groups: Mapping[str, Group] | None = None,
    title: str = "detente tables",
    state: str | None = None,
) -> Mapping[str, int]:
    """Write all tables into a folder, in place of what stood there.

    Args:
        found: documents and records, in any order; a document's note may come before or after its records.
        folder: where to; its parent exists.
        codes_on: the codes of a state on a day.
        groups: the happening of each event that has one; the others stand alone.
        state: written to the file `STATE`; says which state of a project this is.

    Returns:
        Number of rows by table.
    """
    with replaced_folder(folder) as place:
        rows = _write_tables(found, place, codes_on, groups or {})
        rows.update(write_dyads(place, codes_on=codes_on))
        if state is not None:
            (place / STATE).write_text(state + "\n", "utf-8")
        write_dictionary(place, TABLES, formats={name: f"{name}.parquet" for name in TABLES}, title=title)
        write_sums(place)
    return rows


@contextmanager
def replaced_folder(folder: Path) -> Iterator[Path]:
    """Give a new folder that takes the place of `folder` on success and vanishes on failure."""
    new, old = (folder.with_name(f".{folder.name}.{os.getpid()}.{suffix}") for suffix in ("new", "old"))
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    try:
        yield new
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


@dataclass(slots=True)
class _Census:
    """Which entities stand in records, under which descriptions, in which documents."""

    forms: dict[str, Counter[Entity]] = field(default_factory=dict)
    documents: dict[str, set[str]] = field(default_factory=dict)

    def take(self, finding: Finding) -> None:
        for entity_id in named_in(finding):
            seen = self.documents.setdefault(entity_id, set())
            forms = self.forms.setdefault(entity_id, Counter())
            if finding.document.id not in seen:
                seen.add(finding.document.id)
                forms[finding.entities.get(entity_id) or Entity(entity_id, entity_id, "unknown")] += 1

    def rows(self) -> Iterator[Row]:
        for entity_id in sorted(self.forms):
            forms = self.forms[entity_id]
            entity = min(forms, key=lambda one: (-forms[one], repr(one)))
            yield {
                "entity_id": entity_id,
                "name": entity.name,
                "kind": entity.kind,
                "country": entity.country,
                "sector": entity.sector,
                "aliases": ";".join(entity.aliases) or None,
                "n_documents": len(self.documents[entity_id]),
            }


class _TableWriter:
    """Writes rows of one table to Parquet, a group at a time."""

    def __init__(self, path: Path, name: str) -> None:
        import pyarrow.parquet

        self._schema = arrow_schema(table_named(name))
        self._writer = pyarrow.parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Row] = []
        self.count = 0

    def add(self, row: Row) -> None:
        self._rows.append(row)
        self.count += 1
        if len(self._rows) == _ROWS_PER_GROUP:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            try:
                table = pa.Table.from_pylist(self._rows, schema=self._schema)
            except UnicodeEncodeError:
                table = pa.Table.from_pylist([_encodable(row) for row in self._rows], schema=self._schema)
            self._writer.write_table(table)
            self._rows = []


def _encodable(row: Row) -> Row:
    """A row with U+FFFD for each lone half of a surrogate pair, which UTF-8 cannot hold; offsets stay right."""
    return {name: _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value for name, value in row.items()}


def _write_tables(
    found: Iterable[DocumentNote | Finding], place: Path, codes_on: CodesOn, groups: Mapping[str, Group]
) -> dict[str, int]:
    census = _Census()
    writers: dict[str, Any] = {name: _TableWriter(place / f"{name}.parquet", name) for name in WRITTEN}
    try:
        for one in found:
            if isinstance(one, DocumentNote):
                writers["documents"].add(document_row(one))
                continue
            census.take(one)
            for name, row in record_rows(one, codes_on=codes_on, groups=groups):
                writers[name].add(row)
        for row in census.rows():
            writers["entities"].add(row)
    finally:
        for writer in writers.values():
            writer.close()
    return {name: writer.count for name, writer in writers.items()}
