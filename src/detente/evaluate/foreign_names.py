"""Other projects' names for event types and countries, in our terms: `foreign_names.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.codebook.codebook import load_codebook, parse_data, require

_FILE = "foreign_names.yaml"


@dataclass(frozen=True, slots=True)
class ForeignNames:
    """Types by other name, and ids of states by other code."""

    types: Mapping[str, tuple[str, ...]]
    countries: Mapping[str, str]

    def types_of(self, name: str) -> tuple[str, ...]:
        """All of our types that a name may mean; empty for one that we do not know."""
        return self.types.get(name, (name,) if name in load_codebook().types else ())

    def country_of(self, code: str) -> str:
        """The id that a code stands for: itself, as a rule."""
        return self.countries.get(code, code)


@cache
def load_foreign_names() -> ForeignNames:
    """Read and check the table; the result is kept.

    Raises:
        DataError: it names a type that the codebook lacks.
    """
    table = parse_data((files("detente.evaluate") / _FILE).read_text("utf-8"), _FILE)
    known = load_codebook().types
    types = {
        name: tuple(require(one, known, "event type", f"{_FILE}, {name}") for one in ours)
        for name, ours in table["types"].items()
    }
    return ForeignNames(types, dict(table["countries"]))
