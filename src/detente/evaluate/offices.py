"""Whether the role that an entity was given is the annotated office.

What enters: an entity with a role in words ("Minister of Foreign Affairs") and the keys that are right. What
leaves: yes or no. The words stand in offices.yaml.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from detente.errors import DataError
from detente.records import Entity


def holds(entity: Entity, offices: tuple[str, ...]) -> bool:
    """Whether the entity's role is one of the annotated offices; that of a person in no office yet is `none`.

    Raises:
        DataError: an annotated office is not in offices.yaml.
    """
    role = f" {(entity.role or '').lower().replace('-', ' ')} "
    table = _table()
    was = entity.sector == "ELI" or any(f" {word} " in role for word in table["former"])
    for office in offices:
        if office == "none":
            is_held = entity.role is None
        elif office == "former":
            is_held = was or (entity.role is None and entity.sector != "GOV")
        else:
            is_held = not was and any(_names(role, phrase, table["lesser"]) for phrase in _phrases(office))
        if is_held:
            return True
    return False


def _phrases(office: str) -> tuple[str, ...]:
    table = _table()
    if office not in table:
        known = ", ".join(sorted({*table, "none"} - {"lesser"}))
        raise DataError(f"Unknown office {office!r} in an annotation: one of {known}. Add it to offices.yaml.")
    return table[office]


def _names(role: str, phrase: str, lesser: tuple[str, ...]) -> bool:
    """Whether the phrase begins a word of the role and no "vice", "deputy" or "assistant" stands before it."""
    before, found, _ = role.partition(f" {phrase}")
    return bool(found) and not before.endswith(tuple(f" {word}" for word in lesser))


@cache
def _table() -> dict[str, tuple[str, ...]]:
    name = "offices.yaml"
    table = yaml.safe_load(files("detente.evaluate").joinpath(name).read_text(encoding="utf-8"))
    if not isinstance(table, dict) or not {"former", "lesser", "offices"} <= table.keys():
        raise DataError(f"Malformed table in {name}: former, lesser and offices are needed. Restore the file.")
    found = {office: tuple(words) for office, words in table["offices"].items()}
    return {**found, "former": tuple(table["former"]), "lesser": tuple(table["lesser"])}
