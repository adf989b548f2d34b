"""Small tables of reports for the tests of measuring."""

from __future__ import annotations

import numpy as np

from detente.measure.reports import Reports, event_types, type_scores
from detente.records import STATUSES


def reports(*rows, names=("A", "B", "C", "D"), sources=("press",)):
    """Rows of (actor, recipient, month, type), and by name any of status, share, probability, mutual, story, source."""
    filled = []
    for number, row in enumerate(rows):
        given = row[4] if len(row) > 4 else {}
        filled.append(
            {
                "actor": names.index(row[0]),
                "recipient": names.index(row[1]),
                "month": row[2],
                "type": event_types().index(row[3]),
                "score": float(type_scores()[event_types().index(row[3])]),
                "status": STATUSES.index(given.get("status", "actual")),
                "share": given.get("share", 1.0),
                "probability": given.get("probability", 1.0),
                "mutual": given.get("mutual", False),
                "story": given.get("story", number),
                "source": sources.index(given.get("source", sources[0])),
                "record": f"ev-{number:04}",
            }
        )
    columns = {name: np.array([row[name] for row in filled]) for name in filled[0]}
    return Reports(**columns, names=tuple(names), sources=tuple(sources))


def row(id="ev-1", **fields):
    """A flat row of an event, as `detente code --format jsonl` writes it."""
    given = {
        "kind": "event",
        "id": id,
        "document_id": "article",
        "published": "2018-03-05",
        "date": "2018-02-20",
        "actors": "PAK",
        "actor_codes": "PAK",
        "recipients": "RUS",
        "recipient_codes": "RUS",
        "type": "CONSULT",
        "modes": None,
        "status": "actual",
        "probability": None,
        "attribution": None,
        "quote": "Pakistan's minister visited Moscow",
    }
    return {**given, **fields}
