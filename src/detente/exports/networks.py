"""Who acts toward whom as a network in GraphML, for Gephi, igraph, networkx and others.

What enters: a connection with a selection of events. What leaves: one file. Nodes are entities; an edge sums up the
happenings from one to the other that took place.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import duckdb

_EDGES: Final = """
SELECT a.entity_id AS source, r.entity_id AS target, count(DISTINCT e.event_id) AS n_events,
    sum(e.n_reports)::BIGINT AS n_reports, count(*) FILTER (e.quad_class = 1) AS n_quad_1,
    count(*) FILTER (e.quad_class = 2) AS n_quad_2, count(*) FILTER (e.quad_class = 3) AS n_quad_3,
    count(*) FILTER (e.quad_class = 4) AS n_quad_4, avg(e.score) AS mean_score,
    min(e.date_start)::VARCHAR AS first_day, max(e.date_end)::VARCHAR AS last_day
FROM x_events AS e
    JOIN x_event_sides AS a ON a.event_id = e.event_id AND a.side = 'actor'
    JOIN x_event_sides AS r ON r.event_id = e.event_id AND (r.side = 'recipient' OR e.mutual)
        AND r.entity_id <> a.entity_id
WHERE e.is_first AND e.status IN ('actual', 'historical')
GROUP BY ALL ORDER BY ALL
"""


def write_graphml(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Write the network and return its number of edges."""
    import networkx

    graph: Any = networkx.DiGraph()
    edges = connection.execute(_EDGES)
    names = [column[0] for column in edges.description or ()][2:]
    for source, target, *values in edges.fetchall():
        graph.add_edge(source, target, **_known(names, values))
    nodes = connection.execute("SELECT entity_id, name, kind, country, sector FROM entities ORDER BY 1").fetchall()
    for entity_id, *values in nodes:
        if entity_id in graph:
            graph.nodes[entity_id].update(_known(["label", "kind", "country", "sector"], values))
    networkx.write_graphml_xml(graph, path, encoding="utf-8")
    return int(graph.number_of_edges())


def _known(names: list[str], values: list[Any]) -> dict[str, Any]:
    """Attributes without absent ones, which GraphML has no sign for."""
    return {name: _printable(value) for name, value in zip(names, values, strict=True) if value is not None}


def _printable(value: Any) -> Any:
    """Text without the control characters that XML cannot hold."""
    if isinstance(value, str):
        return "".join(one for one in value if one >= " " or one in "\t\n\r")
    return value
