"""Where something happens: names of places after a preposition of place or a verb of motion."""

from __future__ import annotations

from collections.abc import Sequence

from detente.records import Mention
from detente.resolve.knowledge import Knowledge
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import PlaceExpression


def find_places(parsed: ParsedDocument, mentions: Sequence[Mention], knowledge: Knowledge) -> list[PlaceExpression]:
    """The places of a document in the order of the text."""
    return []
