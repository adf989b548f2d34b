"""How long linking takes: `python -m benchmarks.linking [EVENTS [DAYS]]`.

Makes rows of events by a fixed seed: five a document, over 365 days, between 180 countries whose shares fall off
as 1 / rank, in clauses of random words, a tenth of the documents near copies of another. Prints the seconds to read,
to find copies and to link, and the peak of memory.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from detente.codebook.codebook import load_codebook
from detente.linking import Corpus

COUNTRIES = [f"C{number:02}" for number in range(180)]
WORDS = [f"word{number}" for number in range(8_000)]
EVENTS_PER_DOCUMENT = 5
WORDS_PER_CLAUSE = 25


def made_rows(events: int, days: int) -> Iterator[dict[str, Any]]:
    """Rows of `events` events, and for each two clauses that hold no event."""
    chance = random.Random(1)
    shares = [1 / rank for rank in range(1, len(COUNTRIES) + 1)]
    types = list(load_codebook().types)
    document: list[dict[str, Any]] = []
    for number in range(events // EVENTS_PER_DOCUMENT):
        published = date(2015, 1, 1) + timedelta(days=chance.randrange(days))
        if document and number % 10 == 0:
            document = [{**row, "published": published.isoformat()} for row in document]
        else:
            document = [_row(chance, shares, types, published, place) for place in range(3 * EVENTS_PER_DOCUMENT)]
        for row in document:
            yield {**row, "id": f"ev-{number}-{row['start']}", "document_id": f"document-{number}"}


def _row(chance: random.Random, shares: list[float], types: list[str], published: date, place: int) -> dict[str, Any]:
    a, b = chance.choices(COUNTRIES, shares, k=2)
    happened = published - timedelta(days=chance.randrange(3))
    return {
        "kind": "event" if place % 3 == 0 else "statement",
        "published": published.isoformat(),
        "start": place * 200,
        "end": place * 200 + 150,
        "actors": a,
        "actor_codes": a,
        "actor_names": a,
        "recipients": b,
        "recipient_codes": b,
        "recipient_names": b,
        "type": chance.choice(types),
        "modes": None,
        "status": "actual",
        "date": happened.isoformat(),
        "trigger": chance.choice(WORDS),
        "quote": " ".join(chance.choices(WORDS, k=WORDS_PER_CLAUSE)),
        "place": None,
        "place_country": None,
        "place_geonameid": None,
    }


def main() -> None:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    days = int(sys.argv[2]) if len(sys.argv) > 2 else 365
    corpus, started = Corpus(), time.perf_counter()
    for row in made_rows(events, days):
        corpus.add_row(row)
    read = time.perf_counter()
    compared = [0]
    found = corpus.link(on_pair=lambda number: compared.append(number))
    linked = time.perf_counter()
    print(f"{events:,} events in {days} days: {read - started:.0f} s to make and read, {linked - read:.0f} s to link")
    print(f"{compared[-1]:,} pairs compared, {len(found):,} happenings")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at the most")


if __name__ == "__main__":
    main()
