"""The forms in which event data of others come, and which of them a file has.

What enters: `layouts.yaml` and the first line of a file. What leaves: a `Layout`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

from detente.codebook.codebook import parse_data
from detente.errors import DataError

_SEPARATORS: Final = {"tab": "\t", "comma": ","}


@dataclass(frozen=True, slots=True)
class Layout:
    """One form of one data set.

    `columns` are those of the file at hand, in order: of a file with a header its own, of another those of the form.
    `optional` may be missing and are then empty. `fewest` is the number of fields that a row needs at least.
    `acts`, `actors`, `sectors` and `places` name the lookup tables that codes are read with.
    """

    name: str
    dataset: str
    separator: str
    sql: str
    acts: str
    actors: str
    sectors: str
    places: str
    columns: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    fewest: int = 0
    has_ids: bool = False
    is_quoted: bool = False
    is_ragged: bool = False
    has_header: bool = False

    @property
    def query(self) -> str:
        """The SELECT that reads the columns of a row into ours."""
        return (files("detente.imports") / "sql" / f"{self.sql}.sql").read_text("utf-8")

    @property
    def missing(self) -> tuple[str, ...]:
        """Columns that the query names and the file lacks."""
        return tuple(name for name in self.optional if name not in self.columns)


@cache
def load_layouts() -> tuple[Layout, ...]:
    """Read the forms; the result is kept."""
    found = parse_data((files("detente.imports") / "layouts.yaml").read_text("utf-8"), "imports/layouts.yaml")
    return tuple(_layout(name, row) for name, row in found.items())


def _layout(name: str, row: dict[str, Any]) -> Layout:
    columns = tuple(row.get("columns", ()))
    return Layout(
        name=name,
        dataset=row["dataset"],
        separator=_SEPARATORS[row["separator"]],
        sql=row["sql"],
        acts=row["acts"],
        actors=row["actors"],
        sectors=row["sectors"],
        places=row["places"],
        columns=columns,
        marks=tuple(row.get("marks", ())),
        optional=tuple(row.get("optional", ())),
        fewest=row.get("fewest", len(columns)),
        has_ids=row.get("id", False),
        is_quoted=row.get("quoted", False),
        is_ragged=row.get("ragged", False),
    )


DATASETS: Final = ("gdelt", "icews", "polecat", "petrarch", "ucdp", "acled")


def layout_of(dataset: str, first_line: str, where: str) -> Layout:
    """Tell the form of a file by its first line.

    Raises:
        DataError: it has none of the data set's forms; the message lists them.
    """
    known = [layout for layout in load_layouts() if layout.dataset == dataset]
    for layout in known:
        cells = _cells(first_line, layout)
        names = tuple(_plain(cell) for cell in cells)
        if layout.marks and {*layout.marks} <= {*names}:
            return _with_header(layout, names, where, is_quoted=layout.is_quoted or '"' in first_line)
    for layout in known:
        count = len(_cells(first_line, layout))
        if not layout.marks and layout.fewest <= count <= len(layout.columns):
            return layout if layout.is_ragged else replace(layout, columns=layout.columns[:count], fewest=count)
    raise DataError(
        f"Unknown form of {where} ({len(first_line.split(chr(9)))} fields by tab, {len(first_line.split(','))} by "
        f"comma in its first line): {dataset} files are {'; '.join(map(_told, known))}. "
        "Name the data set that the file is of, and its file as published."
    )


def _cells(line: str, layout: Layout) -> list[str]:
    if layout.is_quoted or (layout.marks and '"' in line):
        return next(csv.reader([line], delimiter=layout.separator), [])
    return line.split(layout.separator)


def _plain(name: str) -> str:
    """A column name in lower case with underscores, as `layouts.yaml` has it."""
    return re.sub(r"[^a-z0-9]+", "_", name.strip().casefold()).strip("_")


def _with_header(layout: Layout, names: Sequence[str], where: str, *, is_quoted: bool) -> Layout:
    twice = sorted({name for name in names if names.count(name) > 1 and name in (*layout.marks, *layout.optional)})
    if twice:
        raise DataError(f"Column {twice[0]!r} twice in {where}: a column stands once. Remove one of them.")
    unique = tuple(name if names.index(name) == i and name else f"{name}_{i}" for i, name in enumerate(names))
    return replace(layout, columns=unique, fewest=len(unique), has_header=True, is_quoted=is_quoted)


def _told(layout: Layout) -> str:
    kind = "tab-separated" if layout.separator == "\t" else "comma-separated"
    if layout.marks:
        return f"{kind} with the columns {', '.join(layout.marks)}"
    least = "" if layout.fewest == len(layout.columns) else f"{layout.fewest} to "
    return f"{kind} with {least}{len(layout.columns)} fields"
