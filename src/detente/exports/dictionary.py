"""The data dictionary: what each column of each table holds, said once.

What enters: `tables.yaml`. What leaves: Arrow schemas with notes, a Frictionless `datapackage.json`, hashes, a citation
file, and the page docs/reference/tables.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from detente.codebook.codebook import load_codebook, parse_data, require

_MEDIA: Final = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".arrow": "application/vnd.apache.arrow.file",
    ".jsonl": "application/x-ndjson",
}
PACKAGE, SUMS, CITATION = "datapackage.json", "SHA256SUMS", "CITATION.cff"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its kind (string, integer, number, boolean or date) and what it holds."""

    name: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in order, and those that tell its rows apart."""

    name: str
    title: str
    text: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


@cache
def load_tables() -> Mapping[str, Table]:
    """Read the dictionary; the result is kept."""
    found = parse_data((files("detente.exports") / "tables.yaml").read_text("utf-8"), "exports/tables.yaml")
    return {name: _table(name, row, found["shared"]) for name, row in found["tables"].items()}


def table_named(name: str) -> Table:
    """The table of a name.

    Raises:
        DataError: there is none; the message lists them.
    """
    return load_tables()[require(name, load_tables(), "table", "the data dictionary")]


def _table(name: str, row: Mapping[str, Any], shared: Mapping[str, Any]) -> Table:
    columns = tuple(
        Column(column, cells["type"], cells["text"])
        for key, value in row["columns"].items()
        for column, cells in (shared[key[1:]].items() if key.startswith("+") else ((key, value),))
    )
    return Table(name, row["title"], row["text"].strip(), tuple(row["key"]), columns)


def arrow_schema(table: Table) -> Any:
    """The Arrow schema of a table, each column with its note as `description`."""
    import pyarrow as pa

    kinds = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    fields = [
        pa.field(column.name, kinds[column.kind], metadata={"description": column.text}) for column in table.columns
    ]
    return pa.schema(fields, metadata={"title": table.title, "description": table.text})


def column_notes(table: Table) -> dict[str, str]:
    """What each column holds, under `column:<name>`, for the metadata of a Parquet file."""
    return {"description": table.text, **{f"column:{column.name}": column.text for column in table.columns}}


def write_dictionary(
    folder: Path, tables: Iterable[str], *, formats: Mapping[str, str], title: str = "detente tables"
) -> None:
    """Write `datapackage.json` and `CITATION.cff` for the files of tables in a folder.

    Args:
        formats: file name, or pattern of partitions, of each table.
    """
    resources = [_resource(folder, table_named(name), formats[name]) for name in tables]
    package = {
        "profile": "data-package",
        "name": "detente-tables",
        "title": title,
        "version": version("detente"),
        "codebook": load_codebook().version,
        "sources": [{"title": load_codebook().source}],
        "resources": resources,
    }
    (folder / PACKAGE).write_text(json.dumps(package, indent=1, ensure_ascii=False) + "\n", "utf-8")
    write_citation(folder, title)


def _resource(folder: Path, table: Table, pattern: str) -> dict[str, Any]:
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.glob(pattern))
    return {
        "name": table.name.replace("_", "-"),
        "title": table.title,
        "description": table.text,
        "path": paths[0] if len(paths) == 1 and "*" not in pattern else paths,
        "mediatype": _MEDIA[Path(pattern).suffix],
        "schema": {
            "fields": [
                {"name": column.name, "type": column.kind, "description": column.text} for column in table.columns
            ],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def write_citation(folder: Path, title: str) -> None:
    """Write how to cite the data: the software with its version, and the codebook."""
    lines = [
        "cff-version: 1.2.0",
        'message: "If you use these data, please cite the software that made them, and the codebook."',
        f"title: {json.dumps(title)}",
        "type: dataset",
        f"version: {json.dumps(version('detente'))}",
        "authors:",
        '  - name: "The detente contributors"',
        "references:",
        "  - type: software",
        '    title: "detente"',
        f"    version: {json.dumps(version('detente'))}",
        "    authors:",
        '      - name: "The detente contributors"',
        "  - type: manual",
        f"    title: {json.dumps(load_codebook().source)}",
        "    authors:",
        '      - name: "Open Event Data Alliance"',
    ]
    (folder / CITATION).write_text("\n".join(lines) + "\n", "utf-8")


def write_sums(folder: Path) -> None:
    """Write the SHA-256 of every file below a folder, in the form that `sha256sum --check` reads."""
    lines = [f"{_sha256(path)}  {path.relative_to(folder).as_posix()}" for path in _files(folder)]
    (folder / SUMS).write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and path.name != SUMS and not hidden:
            yield path


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def dictionary_page() -> str:
    """The page that shows the dictionary to readers, in Markdown."""
    parts = [
        "# Tables",
        "",
        "Written from `src/detente/exports/tables.yaml`. Several values in a cell are joined by `;`. Every export",
        "holds this dictionary as `datapackage.json`, and Parquet files hold it as notes on their columns.",
    ]
    for table in load_tables().values():
        parts += ["", f"## {table.name}", "", table.text, f"Key: {', '.join(f'`{name}`' for name in table.key)}.", ""]
        parts += ["| column | type | meaning |", "|---|---|---|"]
        parts += [f"| `{column.name}` | {column.kind} | {column.text} |" for column in table.columns]
    return "\n".join(parts) + "\n"
