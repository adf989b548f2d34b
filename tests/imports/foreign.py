"""Builders for rows of event data as others publish them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from detente.cli.import_ import load_world
from detente.imports import FileReport, import_events
from detente.imports.layouts import load_layouts

WORLD = load_world()


def columns_of(layout: str) -> tuple[str, ...]:
    return next(one for one in load_layouts() if one.name == layout).columns


def gdelt_row(layout: str = "gdelt-2", **cells: Any) -> str:
    """A line of GDELT: Pakistan's government visits Russia on 2 March 2018, unless `cells` say otherwise."""
    given = {
        "globaleventid": 1,
        "sqldate": "20180302",
        "actor1code": "PAKGOV",
        "actor1name": "PAKISTAN",
        "actor1countrycode": "PAK",
        "actor1type1code": "GOV",
        "actor2code": "RUS",
        "actor2name": "RUSSIA",
        "actor2countrycode": "RUS",
        "eventcode": "042",
        "goldsteinscale": "1.9",
        "numarticles": 7,
        "actiongeo_type": 4,
        "actiongeo_fullname": "Moscow, Moskva, Russia",
        "actiongeo_countrycode": "RS",
        "actiongeo_lat": "55.75",
        "actiongeo_long": "37.61",
        "dateadded": "20180303",
        "sourceurl": "https://example.org/a",
        **cells,
    }
    return "\t".join(str(given.get(name, "")) for name in columns_of(layout))


def write_lines(path: Path, lines: Iterable[str]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")
    return path


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")
    return path


def write_tsv(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    return write_lines(path, ["\t".join(rows[0]), *("\t".join(map(str, row.values())) for row in rows)])


def take(dataset: str, *paths: Path, out: Path, **options: Any) -> list[FileReport]:
    return list(import_events(dataset, paths, out, world=WORLD, **options))


def table(out: Path) -> list[dict[str, Any]]:
    """All imported rows, by file and row."""
    found = duckdb.execute(
        f"SELECT * FROM read_parquet('{out}/*/*/*/*.parquet', hive_partitioning = true) "
        "ORDER BY source_file, source_row"
    )
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def rejects(out: Path) -> list[tuple[str, int, str]]:
    """File, row and reason of what was refused."""
    return [
        (row["source_file"], int(row["source_row"]), row["reason"])
        for path in sorted(out.glob("*/*/rejects.csv"))
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    ]
