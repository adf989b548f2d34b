"""Export a snapshot, or a part of it, in the form that was asked for.

What enters: the folder of a snapshot and a `Selection`. What leaves: files in a folder, with a data dictionary, a
citation and hashes beside them. Each file appears whole.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from detente.errors import DataError
from detente.exports.dialects import DIALECTS, write_dialect
from detente.exports.dictionary import PACKAGE, write_citation, write_dictionary, write_sums
from detente.exports.ftm import write_ftm
from detente.exports.linked import write_jsonld
from detente.exports.networks import write_graphml
from detente.exports.opened import opened_tables, run_query
from detente.exports.plain import PLAIN, write_plain
from detente.exports.selection import Selection, select_tables
from detente.exports.snapshot import TABLES

if TYPE_CHECKING:
    import duckdb

_WHOLE: Final[Mapping[str, tuple[str, Callable[[duckdb.DuckDBPyConnection, Path], int], str]]] = {
    "graphml": (
        "network.graphml",
        write_graphml,
        "Who acts toward whom: a directed network of all who stand in events.",
    ),
    "jsonld": ("records.jsonld", write_jsonld, "Records in the terms of schema.org and PROV-O."),
    "ftm": ("entities.ftm.json", write_ftm, "FollowTheMoney entities, one a line."),
}
FORMATS: Final = (*PLAIN, *_WHOLE, *DIALECTS)


def export_tables(
    snapshot: Path,
    out: Path,
    form: str,
    *,
    wanted: Selection,
    tables: Sequence[str] = (),
    title: str = "detente export",
) -> Mapping[str, int]:
    """Write what was asked for.

    Args:
        snapshot: folder that `write_snapshot` made.
        out: folder for the files; made if it is missing. Other files in it stay.
        form: one of `FORMATS`.
        tables: for the plain forms, those wanted; all when empty.

    Returns:
        Number of rows, nodes, edges or entities by file name.

    Raises:
        DataError: the folder cannot be written.
    """
    if out.resolve() == snapshot.resolve():
        raise DataError(f"'{out}' holds the tables that are exported: another folder is needed. Choose one.")
    with _arriving(out) as room, opened_tables(snapshot, out=room) as connection:
        select_tables(connection, wanted)
        if form in PLAIN:
            chosen = tables or [name for name in TABLES if not (wanted.is_of_events and name.startswith("dyad_"))]
            written = {PLAIN[form].format(name): write_plain(connection, room, name, form) for name in chosen}
            write_dictionary(room, chosen, formats={name: PLAIN[form].format(name) for name in chosen}, title=title)
            write_sums(room)
            return written
        if form in DIALECTS:
            name, rows, fields, about = write_dialect(connection, room, form)
        else:
            name, write, about = _WHOLE[form]
            rows, fields = write(connection, room / name), []
        _describe(room, name, about, fields, title)
        return {name: rows}


def export_query(
    snapshot: Path | None, imports: Path | None, out: Path, form: str, query: str, *, title: str = "detente query"
) -> Mapping[str, int]:
    """Write the result of one SELECT in a plain form, as `query`.

    Raises:
        DataError: the query is wrong, or the folder cannot be written.
    """
    with _arriving(out) as room, opened_tables(snapshot, imports, out=room) as connection:
        result = run_query(connection, query)
        fields = [
            {"name": name, "description": f"Column of the query, {kind}"} for name, kind, *_ in result.description or ()
        ]
        connection.execute(f"CREATE TEMP TABLE x_query AS {query.strip().rstrip(';')}")
        rows = write_plain(connection, room, "query", form)
        _describe(room, PLAIN[form].format("query"), query, fields, title)
        return {PLAIN[form].format("query"): rows}


def _describe(room: Path, name: str, about: str, fields: Sequence[Mapping[str, Any]], title: str) -> None:
    resource: dict[str, Any] = {"name": name.lower(), "path": name, "description": about}
    if fields:
        resource["schema"] = {"fields": list(fields)}
    package = {"name": "detente-export", "title": title, "version": version("detente"), "resources": [resource]}
    (room / PACKAGE).write_text(json.dumps(package, indent=1, ensure_ascii=False) + "\n", "utf-8")
    write_citation(room, title)
    write_sums(room)


@contextmanager
def _arriving(out: Path) -> Iterator[Path]:
    """Give a folder beside the target's files; what is in it at the end takes its place there."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".export-", dir=out) as name:
            yield Path(name)
            for path in sorted(Path(name).iterdir()):
                os.replace(path, out / path.name)
    except OSError as error:
        raise DataError(
            f"Unwritable folder '{out}' ({error.strerror or error}): a place with room is needed. Choose another."
        ) from error
