"""Sentences a second of the whole coder beside the bare language model, on the same text in the same run.

Usage: `python -m benchmarks.throughput [--rounds N] [FILE…]`; without files the bundled samples are read.
One process, one thread. Each round times both, in turn, so that the ratio holds when the machine's speed
drifts; the median of the rounds is printed.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

import spacy

import detente
from detente.parse.parser import parse
from detente.records import Document


def sample_documents(paths: Sequence[Path], copies: int) -> list[Document]:
    """The texts, each repeated `copies` times under its own id."""
    if paths:
        texts = [path.read_text(encoding="utf-8") for path in paths]
    else:
        folder = files("detente.samples")
        texts = [
            folder.joinpath(name).read_text(encoding="utf-8") for name in ("report.txt", "statement.txt", "opinion.txt")
        ]
    return [
        Document(id=f"{number}-{copy}", text=text, published="2023-03-11", language="en")
        for copy in range(copies)
        for number, text in enumerate(texts)
    ]


def timed(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def arguments(description: str | None) -> argparse.Namespace:
    """`files` to read, how many `rounds` to run, and how many `copies` of each text."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--copies", type=int, default=10)
    return parser.parse_args()


def main() -> None:
    args = arguments(__doc__)
    coder = detente.load()
    bare_model = spacy.load(coder.model.path, exclude=["senter"])
    documents = sample_documents(args.files, args.copies)
    texts = [document.text for document in documents]
    sentences = sum(len(parsed.sentences) for parsed in parse(documents, coder.nlp))
    list(coder.pipe(documents[:3]))
    rounds = []
    for _ in range(args.rounds):
        bare = timed(lambda: list(bare_model.pipe(texts, batch_size=32)))
        whole = timed(lambda: list(coder.pipe(documents, batch_size=32)))
        rounds.append((sentences / bare, sentences / whole, whole / bare))
    bare_rate, whole_rate, ratio = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"model {coder.model.name} {coder.model.version}, {len(documents)} documents, {sentences} sentences")
    print(f"bare model    {bare_rate:7.1f} sentences/CPU-s")
    print(f"whole coder   {whole_rate:7.1f} sentences/CPU-s")
    print(f"cost          {ratio:7.2f} × the bare model (median of {args.rounds} rounds)")


if __name__ == "__main__":
    main()
