"""How long measuring takes: `python -m benchmarks.measure [MILLION_ROWS [PAIRS]]`.

Makes reports in Parquet by a fixed seed, and adds them to months by pair in DuckDB twice: bare (a GROUP BY of pair,
month and type with a sum), and by the input rules that need no list of stories (status, internal acts, probability,
share). Then fits PAIRS pairs of 240 months of made-up worlds. Prints seconds, their ratio, and the peak of memory.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from detente.measure.index import survey
from detente.measure.monthly import monthly_counts
from detente.measure.synthetic import make_world

BARE = """
    SELECT least(actor, recipient) AS a, greatest(actor, recipient) AS b, month, type, sum(probability) AS amount
    FROM read_parquet('{path}') GROUP BY ALL
"""
MADE = """
    COPY (
        SELECT i AS record,
               (hash(i) % 200)::SMALLINT AS actor,
               (hash(i + 1000000007) % 200)::SMALLINT AS recipient,
               (hash(i + 2000000011) % 240)::SMALLINT AS month,
               (hash(i + 3000000019) % 16)::TINYINT AS type,
               (CASE WHEN hash(i + 5) % 10 < 8 THEN 0 ELSE 1 + hash(i + 6) % 5 END)::TINYINT AS status,
               (1.0 / (1 + hash(i + 7) % 3))::FLOAT AS share,
               ((hash(i + 8) % 1000) / 1000.0)::FLOAT AS probability,
               false AS mutual
        FROM range({rows}) AS made(i)
    ) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""


def aggregate(rows: int) -> None:
    """Time both sums over the same file, in turns, and print the medians."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "reports.parquet"
        known = duckdb.connect(config={"memory_limit": "4GB", "temp_directory": directory})
        known.execute(MADE.format(rows=rows, path=path))
        times: dict[str, list[float]] = {"bare": [], "rules": []}
        for _ in range(3):
            for name, query in (("bare", BARE.format(path=path)), ("rules", monthly_counts(f"read_parquet('{path}')"))):
                started = time.perf_counter()
                known.execute(f"CREATE OR REPLACE TABLE counted AS {query}")
                times[name].append(time.perf_counter() - started)
        bare, rules = (statistics.median(times[name]) for name in ("bare", "rules"))
        print(f"{rows:,} rows: bare GROUP BY {bare:.1f} s, by the rules {rules:.1f} s, ratio {rules / bare:.2f}")


def fit(pairs: int) -> None:
    """Time the fits of a made-up world alone."""
    known = survey(make_world("main", 0, pairs=pairs)[0], first=0, last=239)
    own = [(f"P{pair:05}A", f"P{pair:05}B") for pair in range(pairs)]
    known.fit(*own[0])
    started = time.process_time()
    for pair in own:
        known.fit(*pair)
    spent = 1000 * (time.process_time() - started) / pairs
    print(f"{spent:.1f} ms of processor time a pair of 240 months ({pairs} pairs)")


def main() -> None:
    millions = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    fit(int(sys.argv[2]) if len(sys.argv) > 2 else 80)
    aggregate(int(millions * 1_000_000))
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at the most")


if __name__ == "__main__":
    main()
