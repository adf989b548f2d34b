"""How fast GDELT files are imported, beside what DuckDB alone needs to read the same file and write it to Parquet.

    python -m benchmarks.imports --rows 5000000

A file in the form of GDELT 2.0 is generated (430 bytes a row, five years, thirty actors, forty event codes), then read
three ways in turn: by DuckDB without any change, and by `import_events` as text and as zip. Processor seconds are those
of all threads, and do not suffer from what else runs.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from detente.cli.import_ import load_world
from detente.imports import import_events
from detente.imports.layouts import load_layouts

COLUMNS = next(layout.columns for layout in load_layouts() if layout.name == "gdelt-2")
COUNTRIES = "USA RUS CHN PAK IND GBR FRA DEU JPN KOR IRN ISR TUR SAU EGY UKR POL BRA MEX CAN AFR EUR".split() + [""] * 8
CODES = "010 020 036 040 042 043 051 057 061 071 080 090 111 112 120 130 141 173 190 193 0311 0233 1823".split()


def generated(path: Path, rows: int) -> None:
    """Write a file of GDELT 2.0 whose cells vary by a hash of the row's number."""

    def pick(values: list[str], shift: int) -> str:
        return f"{values!r}[1 + (h // {shift} % {len(values)})::INT]"

    cells = {
        "globaleventid": "i",
        "sqldate": f"strftime(DATE '2015-01-01' + (i * 1825 // {rows})::INT, '%Y%m%d')",
        "monthyear": "left(sqldate, 6)",
        "year": "left(sqldate, 4)",
        "fractiondate": "left(sqldate, 4) || '.5'",
        **_side("actor1", pick(COUNTRIES, 1)),
        **_side("actor2", pick(COUNTRIES, 30)),
        "isrootevent": "1",
        "eventcode": pick(CODES, 900),
        "eventbasecode": "left(eventcode, 3)",
        "eventrootcode": "left(eventcode, 2)",
        "quadclass": "1 + h % 4",
        "goldsteinscale": "(h % 200) / 10.0 - 10",
        "nummentions": "1 + h % 20",
        "numsources": "1 + h % 5",
        "numarticles": "1 + h % 20",
        "avgtone": "(h % 10000) / 1000.0 - 5",
        **_place("actor1geo"),
        **_place("actor2geo"),
        **_place("actiongeo"),
        "dateadded": "sqldate || '234500'",
        "sourceurl": "'https://www.example.org/news/article/' || h || '/some-longer-name-of-an-article/'",
    }
    listed = ", ".join(f'{cells.get(name, "NULL")} AS "{name}"' for name in COLUMNS)
    duckdb.execute(
        f"COPY (SELECT {listed} FROM (SELECT i, (hash(i) % 100000000)::BIGINT AS h FROM range({rows}) AS t(i))) "
        f"TO '{path}' (FORMAT csv, DELIMITER '\t', HEADER false, QUOTE '')"
    )


def _side(name: str, country: str) -> dict[str, str]:
    return {
        f"{name}countrycode": country,
        f"{name}code": f"{country} || 'GOV'",
        f"{name}name": "'PRESIDENT'",
        f"{name}type1code": "'GOV'",
    }


def _place(name: str) -> dict[str, str]:
    return {
        f"{name}_type": "4",
        f"{name}_fullname": "'Moscow, Moskva, Russia'",
        f"{name}_countrycode": "'RS'",
        f"{name}_adm1code": "'RS48'",
        f"{name}_adm2code": "'25106'",
        f"{name}_lat": "55.7522",
        f"{name}_long": "37.6156",
        f"{name}_featureid": "'-2960561'",
    }


def bare(path: Path, out: Path) -> None:
    """What DuckDB alone needs: all cells as text, to Parquet."""
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in COLUMNS)
    duckdb.execute(
        f"COPY (SELECT * FROM read_csv('{path}', auto_detect = false, delim = '\t', quote = '', escape = '', "
        f"header = false, columns = {{{columns}}})) TO '{out}' (FORMAT parquet)"
    )


def imported(path: Path, out: Path, rows: int) -> None:
    reports = list(import_events("gdelt", [path], out, world=load_world()))
    assert [(report.rows, report.rejected, report.error) for report in reports] == [(rows, 0, None)], reports


def measured(name: str, rows: int, work: Callable[[], None]) -> float:
    """Run, print and return processor seconds."""
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
    work()
    after, seconds = resource.getrusage(resource.RUSAGE_SELF), time.monotonic() - started
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    memory = after.ru_maxrss / 1024**2
    print(
        f"{name:12} {seconds:7.1f} s  {rows / seconds:10,.0f} rows/s  {cpu:7.1f} s of processor  "
        f"{rows / cpu:10,.0f} rows/s and core  {memory:5.1f} GiB at most",
        flush=True,
    )
    return cpu


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--zip", action="store_true", help="also import the file from a zip")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="detente-benchmark-") as name:
        room = Path(name)
        path = room / "20150101.export.CSV"
        generated(path, options.rows)
        print(f"{options.rows:,} rows, {path.stat().st_size / 1e9:.2f} GB")
        alone = measured("DuckDB alone", options.rows, lambda: bare(path, room / "bare.parquet"))
        ours = measured("import", options.rows, lambda: imported(path, room / "imports", options.rows))
        print(f"ratio of processor time {ours / alone:.2f}")
        if options.zip:
            with zipfile.ZipFile(
                room / "20150101.export.CSV.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1
            ) as archive:
                archive.write(path, path.name)
            shutil.rmtree(room / "imports")
            measured(
                "import zip",
                options.rows,
                lambda: imported(Path(archive.filename or ""), room / "imports", options.rows),
            )


if __name__ == "__main__":
    main()
