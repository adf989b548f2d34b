"""The data files of this package: read once, with a clear error where one does not validate.

What enters: the name of a file beside this module. What leaves: its content as plain values.
"""

from __future__ import annotations

import csv
import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

import yaml

from detente.errors import DataError


@contextmanager
def uncollected() -> Iterator[None]:
    """Build a large table without looking for garbage in it, which would take a third of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@cache
def _loader() -> Any:
    """The safe loader, in C where it exists, that leaves `no` and `on` words."""

    class WordLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {
            first: [pair for pair in pairs if pair[0] in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")]
            for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
            mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
            if len(mapping) < len(node.value):
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {_repeated(node)!r} is there twice", node.start_mark
                )
            return mapping

    return WordLoader


def _repeated(node: Any) -> str | None:
    keys = [key.value for key, _ in node.value]
    return next((key for i, key in enumerate(keys) if key in keys[:i]), None)


@cache
def read_table(name: str) -> dict[str, Any]:
    text = (files("detente.resolve") / "data" / name).read_text("utf-8")
    try:
        content = yaml.load(text, Loader=_loader())  # noqa: S506
    except yaml.YAMLError as error:
        raise DataError(f"Malformed YAML in resolve/data/{name}: {error}. Mend the file at that line.") from error
    if not isinstance(content, dict):
        raise DataError(f"No entries in resolve/data/{name}: a mapping is expected. Restore the file.")
    return content


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file by column; lines that open with # are comments.

    Raises:
        DataError: a row has more or fewer fields than the head line.
    """
    lines = (files("detente.resolve") / "data" / name).read_text("utf-8").splitlines()
    rows = csv.reader(line for line in lines if not line.startswith("#"))
    columns = next(rows, [])
    for row in rows:
        if not row:
            continue
        if len(row) != len(columns):
            raise DataError(
                f"Wrong number of fields in resolve/data/{name}, row {row[0]!r}: one for each column is needed. "
                "Add or quote the field."
            )
        yield dict(zip(columns, row, strict=True))


def field_of(row: Mapping[str, Any], key: str, where: str) -> Any:
    if key not in row:
        raise DataError(f"No {key!r} in {where}: every entry has one. Add it.")
    return row[key]


@cache
def word_list(key: str) -> frozenset[str]:
    """A list of words of `contexts.yaml`, such as `motion`.

    Raises:
        DataError: the file has no such list.
    """
    return frozenset(field_of(read_table("contexts.yaml"), key, "contexts.yaml"))


@cache
def given_names(sex: str) -> frozenset[str]:
    """The given names of women (`female`) or men (`male`) of `references.yaml`."""
    return frozenset(field_of(read_table("references.yaml"), sex, "references.yaml"))


@cache
def things() -> frozenset[str]:
    """The nouns of `things.txt`: dishes, animals, garments, works of art and the like, which act for nobody."""
    lines = (files("detente.resolve") / "data" / "things.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
