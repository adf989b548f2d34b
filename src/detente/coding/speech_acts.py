"""Speech acts that no verb of the lexicon names: a judgement passed on somebody accuses him.

What enters: a reading and the stances found in it. What leaves: ACCUSE events. "His rule is a menace,"
said by a minister, is not only how the minister regards the ruler; it is said at him, in public, and
PLOVER codes it as disapproval. A judgement in the reporter's own voice is no event.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.dates import event_date
from detente.records import Attribution, Event, Stance, Statement
from detente.syntax.reading import Reading


def code_speech_acts(reading: Reading, stances: Sequence[Stance]) -> list[Event]:
    """Code the accusations that lie in spoken judgements, in the order of the stances."""
    return [
        event
        for stance in stances
        if stance.valence < 0 and not stance.mutual and stance.coded_by.startswith("judgement")
        for event in _accusation(reading, stance)
    ]


def _accusation(reading: Reading, stance: Stance) -> list[Event]:
    sources = stance.attribution.sources
    speaker = sources[0] if sources else stance.holder
    if reading.country_of(speaker) == reading.country_of(stance.object):
        return []
    said = _statement_around(reading, stance)
    token = reading.parsed.token_at(said.cue.start if said else stance.trigger.start)
    date, basis = event_date(reading, _verb_after(reading, token), status="actual", verbal=True)
    return [
        Event(
            actors=(speaker,),
            recipients=(stance.object,),
            type="ACCUSE",
            modes=("disapprove",),
            status="actual",
            evidence=stance.evidence,
            trigger=stance.trigger,
            date=date,
            date_basis=basis,
            attribution=Attribution(sources[1:], stance.attribution.endorsed),
            coded_by=f"speech act: {stance.coded_by}",
        )
    ]


def _statement_around(reading: Reading, stance: Stance) -> Statement | None:
    """The innermost statement that holds a stance's words."""
    start, end = stance.trigger.span
    around = [s for s in reading.statements if s.content.start <= start and end <= s.content.end]
    return min(around, key=lambda s: s.content.end - s.content.start, default=None)


def _verb_after(reading: Reading, token: int) -> int:
    """The first verb of a cue, which carries its date."""
    p = reading.parsed
    return next((i for i in range(token, min(token + 8, len(p))) if p.pos[i] == "VERB"), token)
