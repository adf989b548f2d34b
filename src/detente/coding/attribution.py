"""Who vouches for a record: the speakers of the statements around it, innermost first.

What enters: a `Reading` with statements and the extent of a record. What leaves: an `Attribution`. What a
speaker does by speaking (accusing, demanding, praising) is his own act and not a claim of his: it is
attributed to whoever reports him.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from detente.coding.distance import keeps_distance
from detente.records import Attribution, Statement
from detente.syntax.reading import Reading

_COVERED = 0.5
_OFFICE = frozenset({"GOV", "MIL"})


@dataclass(frozen=True)
class _Index:
    """Statements by the start of their content, with the longest content to bound a search."""

    statements: tuple[Statement, ...]
    starts: tuple[int, ...]
    longest: int

    def covering(self, start: int, end: int) -> list[Statement]:
        """The statements that hold most of [start, end), the shortest content first."""
        first = bisect_right(self.starts, start - self.longest)
        found = []
        for statement in self.statements[first : bisect_right(self.starts, end)]:
            content = statement.content
            shared = min(end, content.end) - max(start, content.start)
            if shared > 0 and shared >= _COVERED * (end - start):
                found.append(statement)
        return sorted(found, key=lambda s: (s.content.end - s.content.start, s.content.start, s.speaker))


@lru_cache(maxsize=4)
def _index(reading: Reading) -> _Index:
    """The index of a reading, kept while its records are coded (readings compare by identity)."""
    ordered = tuple(sorted(reading.statements, key=lambda s: s.content.start))
    longest = max((s.content.end - s.content.start for s in ordered), default=0)
    return _Index(ordered, tuple(s.content.start for s in ordered), longest + 1)


def attribution_at(
    reading: Reading, start: int, end: int, *, actors: Sequence[str] = (), verbal: bool = False
) -> Attribution:
    """Say who vouches for what stands at the characters [start, end).

    Args:
        actors: the acting side of the record; a record that reaches into the cue of one of them is his act.
        verbal: the record is an act of speech, so one of the speaker's own, inside what he says, is his act too.

    Returns:
        Sources innermost first, empty for the document's own voice; and the author's position, where that shows:
        endorsed by siding with a speaker, not endorsed (False) by a word of doubt or by scare quotes.
    """
    doubted = keeps_distance(reading, start, end)
    if not reading.statements:
        return Attribution((), False if doubted else None)
    sources: dict[str, None] = {}
    endorsed = False
    for statement in _index(reading).covering(start, end):
        if _is_own_act(reading, statement, start, end, actors, verbal=verbal):
            sources.update(dict.fromkeys(statement.attribution.sources))
            continue
        sources[statement.speaker] = None
        sources.update(dict.fromkeys(statement.attribution.sources))
        endorsed = endorsed or statement.attribution.endorsed is True
        doubted = doubted or statement.attribution.endorsed is False
    return Attribution(tuple(sources), True if endorsed else False if doubted else None)


def denied_at(reading: Reading, start: int, end: int) -> bool:
    """Whether the innermost statement around [start, end) denies its content."""
    covering = _index(reading).covering(start, end) if reading.statements else []
    return bool(covering) and covering[0].denied


def _is_own_act(
    reading: Reading, statement: Statement, start: int, end: int, actors: Sequence[str], *, verbal: bool
) -> bool:
    """Whether a record is the speaker's own act of speaking."""
    if not any(_speaks_for(reading, statement.speaker, actor) for actor in actors):
        return False
    cue = statement.cue
    return verbal or min(end, cue.end) > max(start, cue.start)


def _speaks_for(reading: Reading, speaker: str, actor: str) -> bool:
    """Whether what an actor does by speaking is done by this speaker: himself, or the state he holds office in."""
    if speaker == actor:
        return True
    entity, acting = reading.entities.get(speaker), reading.entities.get(actor)
    if entity is None or entity.country is None or (acting is not None and acting.kind == "person"):
        return False
    in_office = entity.kind == "person" and entity.sector in _OFFICE
    return in_office and actor.split(":")[0] == entity.country
