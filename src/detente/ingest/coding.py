"""Documents through a coder, one failure at a time.

What enters: documents. What leaves: for each its records, or the error that says why not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from detente.records import CodedDocument, Document, Provenance


class Coder(Protocol):
    """What we need of a coder; `detente.load()` gives one."""

    @property
    def provenance(self) -> Provenance: ...

    def __call__(self, text: Document, /) -> CodedDocument: ...

    def pipe(self, documents: Iterable[Document], *, batch_size: int = ...) -> Iterator[CodedDocument]: ...


def code_all(coder: Coder, documents: Sequence[Document]) -> list[CodedDocument | Exception]:
    """Code documents together; where one breaks the batch, each is coded on its own, which names the broken one."""
    try:
        return list(coder.pipe(documents, batch_size=len(documents) or 1))
    except Exception:  # noqa: BLE001 - a fault in one document must not cost the others
        return [_code(coder, document) for document in documents]


def _code(coder: Coder, document: Document) -> CodedDocument | Exception:
    try:
        return coder(document)
    except Exception as error:  # noqa: BLE001 - told to the user, with the document
        return error
