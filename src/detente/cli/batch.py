"""Code many files, one failure at a time.

What enters: paths. What leaves: coded documents in the order of the paths; failures are told to the
caller and counted, and never stop the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from detente.errors import DetenteError
from detente.records import CodedDocument, Document

BATCH_SIZE = 32


class Coder(Protocol):
    """What we need of a coder."""

    def __call__(self, text: Document, /) -> CodedDocument: ...

    def pipe(self, documents: Iterable[Document], *, batch_size: int = ...) -> Iterator[CodedDocument]: ...


@dataclass(slots=True)
class Batch:
    """Reads and codes files, and remembers how it went.

    `on_failure` is told the path and the error of each file that failed, `on_done` each path when done.
    """

    coder: Coder
    on_failure: Callable[[str, Exception], None]
    on_done: Callable[[str], None] = lambda _: None
    coded: int = 0
    failed: int = 0
    records: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("events", "stances", "memberships", "statements"), 0)
    )

    def run(self, files: Iterator[tuple[str, Document | DetenteError]]) -> Iterator[tuple[str, CodedDocument]]:
        """Yield each file's path and records; what cannot be read or coded is left out."""
        while chunk := list(islice(files, BATCH_SIZE)):
            for path, result in self._code_chunk(chunk):
                self.on_done(path)
                if isinstance(result, CodedDocument):
                    self.coded += 1
                    for kind in self.records:
                        self.records[kind] += len(getattr(result, kind))
                    yield path, result
                else:
                    self.failed += 1
                    self.on_failure(path, result)

    def _code_chunk(
        self, chunk: list[tuple[str, Document | DetenteError]]
    ) -> Iterator[tuple[str, CodedDocument | Exception]]:
        documents = [document for _, document in chunk if isinstance(document, Document)]
        try:
            coded = {one.document.id: one for one in self.coder.pipe(documents, batch_size=BATCH_SIZE)}
        except Exception:  # noqa: BLE001 - the files are tried again one by one, which names the broken one
            coded = {}
        for path, document in chunk:
            if isinstance(document, Document):
                yield path, coded.get(document.id) or self._code_one(document)
            else:
                yield path, document

    def _code_one(self, document: Document) -> CodedDocument | Exception:
        try:
            return self.coder(document)
        except DetenteError as error:
            return error
        except Exception as error:  # noqa: BLE001 - a fault of ours in one file must not cost the batch
            return error
