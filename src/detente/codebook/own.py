"""A user's own additions to the codebook: types, modes, contexts and the words that name them.

What enters: one YAML file (docs/reference/own-codebook.md). What leaves: nothing; from then on the shipped files are
read with the additions in them. One set of additions holds for a process, and is named before anything is loaded, so
that no record is coded half with and half without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.errors import DataError

KEYS = frozenset("name version types contexts verbs nouns adjectives noun_classes".split())
TYPE_KEYS = frozenset("like quad score meaning modes".split())

ORIGIN = "origin"
"""Key of an entry of the lexicon that a user added: where it stands."""

Table = dict[str, Any]


@dataclass(slots=True)
class _InUse:
    path: Path | None = None
    content: Mapping[str, Any] | None = None


_IN_USE = _InUse()


def take(path: Path, content: Mapping[str, Any], *, is_loaded: bool) -> None:
    """Hold the additions of a file for this process.

    Raises:
        DataError: other additions hold already, the codebook has been read, or the file has an unknown key.
    """
    if _IN_USE.path == path:
        return
    if is_loaded or _IN_USE.path is not None:
        raise DataError(f"{path}: a codebook is in use already; name your own before anything else is loaded.")
    _check(path, content)
    _IN_USE.path, _IN_USE.content = path, content


def release() -> None:
    """Forget the additions. The caller empties the caches of what was read with them."""
    _IN_USE.path = _IN_USE.content = None


def merged(file: str, content: Any) -> Any:
    """The content of a shipped file with the additions that belong in it; own words go before shipped ones."""
    own = _IN_USE.content
    merge = _MERGES.get(file)
    return content if own is None or merge is None else merge(content, own)


def _check(path: Path, content: Mapping[str, Any]) -> None:
    if not isinstance(content, Mapping):
        raise DataError(f"{path}: a mapping with the keys {', '.join(sorted(KEYS))} is allowed. Write 'name: …' first.")
    for key in ("name", "version"):
        if key not in content:
            raise DataError(f"No {key!r} in {path}: records say by which codebook they were coded. Add it.")
    for key in content:
        if key not in KEYS:
            raise DataError(f"Unknown key {key!r} in {path}: {', '.join(sorted(KEYS))} are allowed.")
    for name, row in (content.get("types") or {}).items():
        for key in row or {}:
            if key not in TYPE_KEYS:
                raise DataError(
                    f"Unknown key {key!r} in {path}, type {name}: {', '.join(sorted(TYPE_KEYS))} are allowed."
                )


def _plover(content: Table, own: Mapping[str, Any]) -> Table:
    types = dict(content["types"])
    for name, row in (own.get("types") or {}).items():
        types[name] = _type(name, row or {}, types)
    return {
        **content,
        "name": f"{content['name']} + {own['name']}",
        "version": f"{content['version']}+{own['name']}.{own['version']}",
        "types": types,
        "contexts": [*content["contexts"], *(own.get("contexts") or {})],
    }


def _type(name: str, row: Mapping[str, Any], types: Mapping[str, Any]) -> Table:
    """An extended type keeps what is not said anew; a new one takes quad and score of the type that it is like."""
    model = types.get(name) or types.get(row.get("like", ""))
    if model is None:
        listed = ", ".join(types)
        raise DataError(
            f"No known 'like' in your type {name}: the type of the codebook nearest to it, of {listed}. Add it."
        )
    modes = {**(types[name].get("modes") or {} if name in types else {}), **(row.get("modes") or {})}
    return {**model, **{key: row[key] for key in ("quad", "score", "meaning") if key in row}, "modes": modes}


def _contexts(content: Table, own: Mapping[str, Any]) -> Table:
    out = {**content, "words": dict(content["words"]), "hints": dict(content["hints"])}
    for name, row in (own.get("contexts") or {}).items():
        for kind in ("words", "hints"):
            if row.get(kind):
                out[kind][name] = row[kind]
    return out


def _cameo(content: Table, own: Mapping[str, Any]) -> Table:
    """A new type is exported as the type that it is like."""
    out = {**content, "exports": dict(content["exports"]), "classes": dict(content["classes"])}
    for name, row in (own.get("types") or {}).items():
        for table in ("exports", "classes"):
            if name not in out[table]:
                model = out[table][row["like"]]
                out[table][name] = (
                    {key: model[key] for key in model if key != "modes"} if isinstance(model, dict) else model
                )
    return out


def _entries(own: Mapping[str, Any], kind: str) -> list[Table]:
    """The user's entries, each saying where it stands, so that the numbers of the shipped ones stay."""
    rows = own.get(kind) or ()
    return [{**row, ORIGIN: f"{own['name']} {kind}#{number}"} for number, row in enumerate(rows, start=1)]


_MERGES: dict[str, Callable[[Any, Mapping[str, Any]], Any]] = {
    "plover.yaml": _plover,
    "contexts.yaml": _contexts,
    "cameo.yaml": _cameo,
    "verbs.yaml": lambda content, own: [*_entries(own, "verbs"), *content],
    "adjectives.yaml": lambda content, own: [*_entries(own, "adjectives"), *content],
    "nouns.yaml": lambda content, own: {**content, "entries": [*_entries(own, "nouns"), *content["entries"]]},
    "noun_classes.yaml": lambda content, own: {
        **content,
        **{name: [*content.get(name, ()), *words] for name, words in (own.get("noun_classes") or {}).items()},
    },
}
