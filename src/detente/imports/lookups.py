"""Lookup tables in DuckDB: what rows are joined with.

What enters: a layout and the `World`. What leaves: the tables `acts`, `known`, `sectors`, `places` and `armed`
(CAMEO's codes of armed groups) in a connection.
`known` has one row for each span in which the codes of an actor's state did not change, and covers all of time, so
that a join on key and day finds exactly one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from detente.imports.crosswalks import acts_of, load_tables, sectors_of
from detente.imports.layouts import Layout
from detente.imports.world import Known, Span, World, spans_of

if TYPE_CHECKING:
    import duckdb


def make_lookups(connection: duckdb.DuckDBPyConnection, layout: Layout, world: World) -> None:
    """Create the lookup tables of a layout, in place of those of another."""
    import pyarrow as pa

    text, day = pa.string(), pa.date32()
    acts = [("key", text), ("event_type", text), ("modes", text), ("contexts", text), ("quad_class", pa.int8())]
    acts += [("score", pa.float64()), ("cameo", text), ("mirrored", pa.bool_())]
    known = [("key", text), ("id", text), ("country", text), ("sector", text), ("iso3", text)]
    known += [("cow", pa.int16()), ("gw", pa.int16()), ("starts", day), ("ends", day)]
    _fill(connection, "acts", acts, _act_rows(layout.acts))
    _fill(connection, "known", known, _known_rows(_actors(layout.actors, world), world))
    _fill(connection, "sectors", [("key", text), ("sector", text)], sectors_of(layout.sectors).items())
    groups = [(code,) for code, own in load_tables()["cameo_groups"].items() if own == own.lower()]
    _fill(connection, "armed", [("key", text)], groups)
    _fill(connection, "places", [("key", text), ("country", text)], _place_rows(layout.places, world))


def _fill(
    connection: duckdb.DuckDBPyConnection, name: str, columns: list[tuple[str, Any]], rows: Iterable[tuple[Any, ...]]
) -> None:
    import pyarrow as pa

    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [pa.array(column, kind) for column, (_, kind) in zip(cells, columns, strict=True)]
    connection.register("arriving", pa.table(arrays, names=[column for column, _ in columns]))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM arriving")
    connection.unregister("arriving")


def _act_rows(scheme: str) -> Iterator[tuple[Any, ...]]:
    for act in acts_of(scheme):
        lists = (";".join(values) or None for values in (act.modes, act.contexts))
        yield (act.key, act.event_type, *lists, act.quad_class, act.score, act.cameo, act.is_mirrored)


def _actors(scheme: str, world: World) -> Mapping[str, Known]:
    """Actors by the keys of a scheme: CAMEO codes, or names and ids in lower case."""
    tables = load_tables()
    states = {state: Known(state, state) for state in world.states}
    if scheme == "names":
        spelt = {name: Known(state, state) for name, state in tables["names"].items()}
        return {**spelt, **world.names, **{key.casefold(): known for key, known in states.items()}}
    renamed = {code: Known(state, state) for code, state in tables["cameo_countries"].items()}
    named = {known.id: known for known in world.names.values()}
    groups = {code: named.get(own, Known(own)) for code, own in tables["cameo_groups"].items()}
    return {**groups, **states, **renamed}


def _known_rows(actors: Mapping[str, Known], world: World) -> Iterator[tuple[Any, ...]]:
    spans: dict[str | None, list[Span]] = {state: list(spans_of(codes)) for state, codes in world.states.items()}
    always = list(spans_of(()))
    for key, known in actors.items():
        for span in spans.get(known.country, always):
            codes = (span.iso3, span.cow, span.gw, span.start, span.end)
            yield (key, known.id, known.country, known.sector, *codes)


def _place_rows(scheme: str, world: World) -> Iterator[tuple[str, str]]:
    if scheme == "fips":
        yield from load_tables()["fips"].items()
        return
    for key, known in _actors("names", world).items():
        if known.country == known.id:
            yield key, known.id
