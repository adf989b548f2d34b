"""What every coder offers to the pipeline: a name, a version, and one function from a reading to records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from detente.syntax.reading import Reading

R_co = TypeVar("R_co", covariant=True)


class Coder(Protocol[R_co]):
    """Codes one kind of record. `version` changes whenever the same reading may give other records."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def code(self, reading: Reading) -> Sequence[R_co]:
        """Read one document; records leave in the order of the text."""
        ...
