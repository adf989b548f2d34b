"""The lines of staged texts with their numbers, as a stream of Arrow batches that DuckDB reads with all its threads.

What enters: staged texts. What leaves: batches of `file` (place of the text among them), `number` (from 1) and `line`,
which ends with a separator in place of its line feed, since no part of Arrow's buffer can be left out. DuckDB's own
reader of CSV cannot number lines while several threads read: `row_number` would keep all that follows on one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from detente.imports.staging import Staged

if TYPE_CHECKING:
    import pyarrow as pa

_BLOCK_BYTES: Final = 4 << 20


def line_batches(texts: Sequence[Staged], *, ends_with: str) -> pa.RecordBatchReader:
    """Read the lines of texts in their order; the stream is read once.

    Args:
        ends_with: one character of ASCII that each line gets at its end.
    """
    import pyarrow as pa

    schema = pa.schema([("file", pa.int32()), ("number", pa.int64()), ("line", pa.string())])
    batches = (
        _batch(file, before, block, ends_with.encode(), schema)
        for file, text in enumerate(texts)
        for before, block in _blocks(text)
    )
    return pa.RecordBatchReader.from_batches(schema, batches)


def _batch(file: int, before: int, block: bytes, end: bytes, schema: pa.Schema) -> pa.RecordBatch:
    import numpy as np
    import pyarrow as pa

    feeds = np.flatnonzero(np.frombuffer(block, np.uint8) == ord("\n"))
    offsets = np.zeros(len(feeds) + 1, np.int32)
    offsets[1:] = feeds + 1
    ended = block.replace(b"\n", end)
    buffers = [None, pa.py_buffer(offsets.tobytes()), pa.py_buffer(ended)]
    lines = pa.Array.from_buffers(pa.string(), len(feeds), buffers)
    numbers = np.arange(before + 1, before + len(feeds) + 1, dtype=np.int64)
    files = np.full(len(feeds), file, np.int32)
    return pa.record_batch([pa.array(files), pa.array(numbers), lines], schema=schema)


def _blocks(text: Staged) -> Iterator[tuple[int, bytes]]:
    """Parts of a text that hold whole lines, each with the number of lines before it."""
    before, rest = 0, b""
    with text.path.open("rb") as stream:
        while chunk := stream.read(_BLOCK_BYTES):
            whole, feed, after = chunk.rpartition(b"\n")
            if feed:
                block = rest + whole + feed
                yield before, block
                before += block.count(b"\n")
            rest = after if feed else rest + after
    if rest:
        yield before, rest + b"\n"
