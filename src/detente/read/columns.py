"""Rows with named columns to articles: which column holds what.

What enters: one row as a mapping. What leaves: an article. The user's mapping wins; other fields are found by the
names in `columns.yaml`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files

import yaml

from detente.errors import ReadError
from detente.read.fragments import fragment_text, looks_like_fragment
from detente.read.sources import Article

Columns = Mapping[str, str]
"""Field of a document to the column that holds it."""


@functools.cache
def known_columns() -> dict[str, list[str]]:
    """Field to the column names that are known for it, likeliest first."""
    table = yaml.safe_load(files("detente.read").joinpath("columns.yaml").read_text(encoding="utf-8"))
    return {field: [_plain(name) for name in names] for field, names in table["fields"].items()}


def map_columns(names: Iterable[str], told: Columns, where: str) -> dict[str, str]:
    """Find the column of each field.

    Args:
        names: the columns that are there, in their order.
        told: what the user says.
        where: the table, for messages.

    Returns:
        Fields that have a column; `text` is always one of them.

    Raises:
        ReadError: a field or column that the user names is not there, or none holds the text.
    """
    present = {_plain(name): name for name in reversed(list(names))}
    shown = ", ".join(repr(name) for name in list(present.values())[:-13:-1]) or "none"
    for field, column in told.items():
        if field not in known_columns():
            raise ReadError(
                f"Unknown field {field!r} in --map: {', '.join(known_columns())} can be mapped. Choose one."
            )
        if _plain(column) not in present:
            raise ReadError(f"No column {column!r} in {where}: its columns are {shown}. Name one of them in --map.")
    wanted = {field: [_plain(told[field])] if field in told else names for field, names in known_columns().items()}
    found = {field: present[name] for field, names in wanted.items() if (name := _first(names, present)) is not None}
    if "text" not in found:
        raise ReadError(
            f"No column with texts in {where}: its columns are {shown}. Name the one that holds them, with --map "
            "text=COLUMN."
        )
    return found


def row_article(row: Mapping[str, object], columns: Columns, where: str) -> Article:
    """Make the article that a row holds. Values that are lists are joined, those that are objects give their name.

    Raises:
        ReadError: the row has no text.
    """
    values = {field: _value(row.get(column)) for field, column in columns.items()}
    text = values.pop("text", None)
    if text is None:
        raise ReadError(
            f"No text in {where}: column {columns['text']!r} is empty there. Fill it, or leave the row out."
        )
    return Article(fragment_text(text) if looks_like_fragment(text) else text, **values)


def _value(value: object) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title")
    if isinstance(value, list | tuple):
        value = ", ".join(one for one in map(_value, value) if one)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or (isinstance(value, float) and value != value):
        return None
    return str(value) if str(value).strip() else None


def _first(names: list[str], present: Mapping[str, str]) -> str | None:
    return next((name for name in names if name in present), None)


def _plain(name: str) -> str:
    return re.sub(r"[\s_.-]+", "", name).casefold()
