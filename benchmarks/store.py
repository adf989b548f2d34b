"""How long a project of 100,000 documents takes: `python -m benchmarks.store DIR [DOCUMENTS]`.

Makes documents by a fixed seed, each with five to seven events, a stance and a statement, in clauses of random words,
between 180 states whose shares fall off as 1 / rank, over ten years; a tenth of the documents are near copies of an
earlier one. Stores them with the functions that `detente add` uses, the search for near copies included, 200 to a
transaction; then asks questions in a process of its own. Prints a table for docs/performance.md.
"""

from __future__ import annotations

import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from detente.codebook.codebook import load_codebook
from detente.records import CodedDocument, Document, Entity, Event, Evidence, Provenance, Stance, Statement, content_id

STATES = tuple(f"{a}{b}X" for a in "ABCDEFGHIJKLMNOPQR" for b in "ABCDEFGHIJ")
SHARES = [1 / rank for rank in range(1, len(STATES) + 1)]
ENDINGS = "lan ring mation ver ning tor less sion tive dent".split()
WORDS = [f"{a}{b}{c}" for a in "bcdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "al", "er", "in") for c in ENDINGS]
CLAUSE_WORDS = 22
FIRST_DAY = date(2010, 1, 1)
DAYS = 3652
AT_ONCE = 200
NOW = "2026-01-01T00:00:00Z"
PROVENANCE = Provenance("benchmark", "1", "none", "0" * 64)


def made_documents(count: int) -> Iterator[CodedDocument]:
    """Coded documents, the same for the same count."""
    chance = random.Random(1)
    types = list(load_codebook().types)
    earlier: list[str] = []
    for number in range(count):
        if number % 10 == 9:
            clauses = [*earlier[:-1], f"Edition {number}"]
        else:
            clauses = earlier = [_clause(chance) for _ in range(chance.randint(7, 9))]
        published = (FIRST_DAY + timedelta(days=number * DAYS // count)).isoformat()
        yield _coded(chance, f"{'. '.join(clauses)}.", clauses, types, published)


def _clause(chance: random.Random) -> str:
    # Squared, so that a few words are frequent, as in any language.
    return " ".join(WORDS[int(chance.random() ** 2 * len(WORDS))] for _ in range(CLAUSE_WORDS))


def _coded(chance: random.Random, text: str, clauses: list[str], types: list[str], published: str) -> CodedDocument:
    document = Document(content_id("doc", text), text, publisher=f"Paper {hash_of(text) % 40}", published=published)
    spans, start = [], 0
    for clause in clauses:
        spans.append(Evidence.of(document, start, start + len(clause)))
        start += len(clause) + 2
    sides = [tuple(dict.fromkeys(chance.choices(STATES, SHARES, k=2))) for _ in spans]
    *events, stance, statement = zip(spans, sides, strict=True)
    named = dict.fromkeys(one for pair in sides for one in pair)
    return CodedDocument(
        document,
        PROVENANCE,
        entities=tuple(Entity(one, f"State {one}", "state") for one in named),
        events=tuple(
            Event(pair[:1], pair[1:], chance.choice(types), "actual", span, span, date=published, date_basis="text")
            for span, pair in events
        ),
        stances=(Stance(stance[1][0], stance[1][-1], False, -0.5, stance[0], stance[0]),),
        statements=(Statement(statement[1][0], statement[0], statement[0], direct=False),),
    )


def hash_of(text: str) -> int:
    """A number that is the same in every process."""
    return sum(map(ord, text[:50]))


def fill(root: Path, count: int) -> None:
    """Make the project and store the documents."""
    from detente.ingest.copies import note_copy
    from detente.store.entities import Renamings
    from detente.store.project import create_project
    from detente.store.runs import start_run
    from detente.store.writer import Source, add_document, add_source, write_coding

    started = time.perf_counter()
    making = 0.0
    documents = made_documents(count)
    with create_project(root, created_at=NOW) as project:
        with project.writing() as connection:
            run = start_run(connection, "add", {}, started_at=NOW)
        while True:
            before = time.perf_counter()
            batch = list(islice(documents, AT_ONCE))
            making += time.perf_counter() - before
            if not batch:
                break
            with project.writing() as connection:
                for coded in batch:
                    of = coded.document
                    key = add_document(connection, of, run_key=run, date_source="flag", state="coded", reason=None)
                    add_source(connection, key, Source(original=of.sha256, path=f"{of.id}.txt"))
                    write_coding(connection, key, coded, Renamings())
                    note_copy(connection, key, of)
        with project.reading() as connection:
            numbers = {
                name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar()
                for name in ("documents", "events", "records", "copies")
            }
    seconds = time.perf_counter() - started - making
    size = sum(path.stat().st_size for path in root.glob("detente.sqlite*")) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| stored | {', '.join(f'{number:,} {name}' for name, number in numbers.items())} |")
    print(f"| time to store | {seconds:,.0f} s, {count / seconds:,.0f} documents a second |")
    print(f"| size of the database | {size:,.0f} MB |")
    print(f"| memory while storing | {peak:,.0f} MB |", flush=True)


def ask(root: Path) -> None:
    """Ask questions; the first of each kind is told apart, since it reads from the disk."""
    started = time.perf_counter()
    from detente.queries import DocumentFilter, RecordFilter, count_records, documents, each_record, events, overview
    from detente.store.project import open_project

    imported = time.perf_counter()
    with open_project(root) as project:
        overview_after_opening = events(project, limit=1)
        opened = time.perf_counter()
        assert overview_after_opening.results
        print(f"| open and read one event | {_ms(opened - imported)} (imports {_ms(imported - started)}) |")
        first, second, middling, rare = STATES[0], STATES[1], STATES[20], STATES[60]
        pair, other = RecordFilter(pair=(first, second)), RecordFilter(pair=(middling, rare))
        of_pair = count_records(project, "event", pair)
        words, frequent = f"{WORDS[1000]} {WORDS[900]}", WORDS[0]
        questions: list[tuple[str, Callable[[], object]]] = [
            (f"dyad with {of_pair:,} events, first 100", lambda: events(project, pair, limit=100)),
            ("the same, last 100", lambda: events(project, pair, limit=100, newest_first=True)),
            ("the same, one year and type", lambda: events(project, _narrow((first, second)))),
            ("the same, counted", lambda: count_records(project, "event", pair)),
            (f"dyad with {count_records(project, 'event', other):,} events, all", lambda: events(project, other)),
            (
                "all events of the most frequent state, first 100",
                lambda: events(project, RecordFilter(involving=first)),
            ),
            ("evidence with two words", lambda: events(project, RecordFilter(text=words))),
            ("evidence with the most frequent word, first 100", lambda: events(project, RecordFilter(text=frequent))),
            ("documents with two words", lambda: documents(project, DocumentFilter(text=words))),
            (
                "documents with the most frequent word, first 100",
                lambda: documents(project, DocumentFilter(text=frequent)),
            ),
            ("overview of the project", lambda: overview(project)),
            (
                f"all {of_pair:,} events of the dyad, one by one",
                lambda: sum(1 for _ in each_record(project, "event", pair)),
            ),
        ]
        for name, question in questions:
            first_time, *times = [_timed(question) for _ in range(5)]
            wall, cpu = (statistics.median(one[place] for one in times) for place in (0, 1))
            print(f"| {name} | {_ms(wall)} | {_ms(cpu)} | {_ms(first_time[0])} |", flush=True)
    print(f"| memory while asking | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB |")


def _narrow(pair: tuple[str, str]) -> object:
    from detente.queries import RecordFilter

    return RecordFilter(pair=pair, since="2015", until="2015", types=("ACCUSE",))


def _timed(question: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of the processor, which other work on the machine does not lengthen much."""
    started, worked = time.perf_counter(), time.process_time()
    question()
    return time.perf_counter() - started, time.process_time() - worked


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"


def main() -> None:
    root, *more = sys.argv[1:]
    if more == ["--ask"]:
        ask(Path(root))
        return
    fill(Path(root), int(more[0]) if more else 100_000)
    subprocess.run([sys.executable, "-m", "benchmarks.store", root, "--ask"], check=True)


if __name__ == "__main__":
    main()
