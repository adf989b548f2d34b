"""What knowing who is meant costs: loading all tables, the memory they take, and the share of the parse.

Usage: `python -m benchmarks.resolution [--rounds N] [FILE…]`; without files the bundled samples are read. The
tables are loaded in processes of their own, so that the load is cold for Python though not for the disk. Parse and
resolution take turns on the same texts in one thread; the medians of the rounds are printed.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys

import detente
from benchmarks.throughput import arguments, sample_documents, timed
from detente.parse.parser import parse
from detente.resolve.places import find_places
from detente.resolve.resolver import resolve

_LOAD = """
import json, os, time
from detente.resolve.gazetteer import load_gazetteer
from detente.resolve.knowledge import load_knowledge
from detente.resolve.memberships import load_listings, load_memberships

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

before, start, worked = resident(), time.perf_counter(), time.process_time()
load_knowledge(), load_gazetteer(), load_memberships(), load_listings()
print(json.dumps([time.perf_counter() - start, time.process_time() - worked, resident() - before]))
"""


def loads(rounds: int) -> list[list[float]]:
    """Seconds, CPU seconds and MiB of memory added by all tables; one row a fresh process."""
    command = [sys.executable, "-c", _LOAD]
    runs = (subprocess.run(command, capture_output=True, check=True, text=True) for _ in range(rounds))
    return [json.loads(run.stdout) for run in runs]


def main() -> None:
    args = arguments(__doc__)
    seconds, worked, memory = (statistics.median(column) for column in zip(*loads(args.rounds), strict=True))
    print(f"load              {seconds:7.2f} s, {worked:.2f} s of CPU")
    print(f"memory added      {memory:7.1f} MiB")

    coder = detente.load()
    documents = sample_documents(args.files, args.copies)
    parsed = list(parse(documents, coder.nlp))
    for one in parsed[:3]:
        resolve(one, coder.knowledge)
    rounds = []
    for _ in range(args.rounds):
        parsing = timed(lambda: list(parse(documents, coder.nlp)))
        resolving = timed(lambda: [resolve(one, coder.knowledge) for one in parsed])
        placing = timed(lambda: [find_places(one, (), coder.knowledge) for one in parsed])
        rounds.append((parsing, resolving, placing))
    parsing, resolving, placing = (statistics.median(column) for column in zip(*rounds, strict=True))
    sentences = sum(len(one.sentences) for one in parsed)
    print(
        f"parse             {1000 * parsing / sentences:7.2f} ms a sentence ({coder.model.name}, {sentences} sentences)"
    )
    print(f"actors            {100 * resolving / parsing:7.1f} % of the parse")
    print(f"places            {100 * placing / parsing:7.1f} % of the parse")


if __name__ == "__main__":
    main()
