"""Speech acts that no verb of the lexicon names: to charge somebody with a deed, or with a duty, is an act.

What enters: a reading with the events and stances found in it. What leaves: ACCUSE and REQUEST events whose
actor is the speaker. A minister who says that a neighbour has shelled a town accuses him; one who calls his
rule a menace disapproves of him; one who says that he must withdraw demands it. The reporter's own words
are no such act, nor are words of speakers who stand for no political actor.

Source: PLOVER manual, draft 0.8 (2021), ACCUSE and REQUEST; codebook decisions on duties and on a
speaker's verbal act.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.coding.attribution import attribution_at
from detente.coding.background import is_background
from detente.coding.contexts import contexts_at
from detente.coding.dates import event_date
from detente.coding.status import modality
from detente.records import Attribution, Event, Evidence, Stance
from detente.syntax.clauses import auxiliaries, clause_tokens, complements, is_passive, is_verb, surface_subjects
from detente.syntax.reading import KNOWN_SCORE, Reading

_MISDEEDS = frozenset({"ASSAULT", "COERCE"})
_WITHHELD = frozenset({"SUPPORT", "COOPERATE", "AID", "AGREE"})
_DUTIES = frozenset({"should", "must", "ought"})
_PRIVATE = frozenset({"EDU", "SOC", "BUS", "REL", "MED"})
_STATE = frozenset({None, "GOV", "MIL", "COP", "SPY"})
_OFFICES = frozenset({"GOV", "LEG", "OPP", "PTY", "MIL"})
_PLAIN = frozenset({"say", "add", "tell", "state", "report", "announce", "confirm", "according", "reveal", "disclose"})
_VERDICTS = ("judgement", "verb 'describe'", "verb 'call'", "verb 'brand'", "verb 'label'", "verb 'dub'", "verb 'term'")


def code_speech_acts(reading: Reading, events: Sequence[Event], stances: Sequence[Stance]) -> list[Event]:
    """Code the accusations and demands that lie in what is said, in no particular order."""
    return [
        *_verdicts(reading, stances),
        *_charges(reading, events),
        *_duties(reading),
    ]


def _verdicts(reading: Reading, stances: Sequence[Stance]) -> Iterator[Event]:
    """Judgements passed on somebody."""
    for stance in stances:
        spoken = stance.coded_by.startswith(_VERDICTS) and _is_predicate(reading, stance.trigger)
        if stance.valence < 0 and not stance.mutual and spoken:
            sources = stance.attribution.sources
            speaker = stance.holder if not sources or stance.coded_by.startswith("verb") else sources[0]
            rest = sources[1:] if sources and sources[0] == speaker else sources
            yield from _act(
                reading,
                "ACCUSE",
                "disapprove",
                speaker,
                stance.object,
                stance.evidence,
                stance.trigger,
                rest,
                stance.coded_by,
            )


def _is_predicate(reading: Reading, trigger: Evidence) -> bool:
    """Whether a judgement is what a clause says, not a word in passing ("the threat from X")."""
    p = reading.parsed
    token = p.token_at(trigger.start)
    return is_verb(p, token) or p.deps[token] in ("attr", "acomp", "oprd", "dobj", "ROOT", "conj")


def _charges(reading: Reading, events: Sequence[Event]) -> Iterator[Event]:
    """Deeds of force, or refusals to cooperate, that a speaker lays at somebody's door."""
    for event in events:
        sources = event.attribution.sources
        force = event.type in _MISDEEDS and event.status in ("actual", "historical")
        if (
            sources
            and (force or (event.type in _WITHHELD and event.status == "negated"))
            and reading.is_political(sources[0])
            and not _is_aim(reading, event)
            and (_is_injured(reading, sources[0], event) or not _merely_reports(reading, event))
        ):
            yield from _act(
                reading,
                "ACCUSE",
                "allege",
                sources[0],
                event.actors[0],
                event.evidence,
                event.trigger,
                sources[1:],
                event.coded_by,
            )


def _is_aim(reading: Reading, event: Event) -> bool:
    """Whether the deed is only aimed at: who notes "efforts to destroy X" accuses nobody of it."""
    p = reading.parsed
    return p.tags[p.token_at(event.trigger.start)] == "VB"


def _is_injured(reading: Reading, speaker: str, event: Event) -> bool:
    """Whether the deed was done to the speaker's own side."""
    return any(_same_side(reading, speaker, recipient) for recipient in event.recipients)


def _merely_reports(reading: Reading, event: Event) -> bool:
    """Whether the deed is told with a plain verb of saying: an official who gives the news accuses nobody."""
    said = reading.statement_around(*event.trigger.span)
    p = reading.parsed
    if said is None:
        return False
    first, last = p.token_at(said.cue.start), p.token_at(said.cue.end - 1)
    return any(p.lemmas[token] in _PLAIN for token in range(first, last + 1))


def _duties(reading: Reading) -> Iterator[Event]:
    """What a speaker says that somebody must do."""
    p = reading.parsed
    for statement in reading.statements:
        entity = reading.entities.get(statement.speaker)
        in_office = entity is not None and entity.sector in _OFFICES
        if not (reading.is_political(statement.speaker) or in_office) or (entity and entity.sector in _PRIVATE):
            continue
        first, last = p.token_at(statement.content.start), p.token_at(statement.content.end - 1)
        for i in range(first, last + 1):
            if is_verb(p, i) and not is_passive(p, i) and _is_duty(reading, i) and modality(p, i) != "hypothetical":
                for subject in surface_subjects(p, i)[:1]:
                    tokens = clause_tokens(p, i)
                    evidence = p.evidence(max(tokens[0], first), min(tokens[-1], last))
                    for mention in [m for m in reading.actors_of(subject) if m.score >= KNOWN_SCORE][:1]:
                        rest = attribution_at(reading, evidence.start, evidence.end).sources[1:]
                        yield from _act(
                            reading,
                            "REQUEST",
                            None,
                            statement.speaker,
                            mention.entity_id,
                            evidence,
                            p.evidence(i, i),
                            rest,
                            "duty",
                        )


def _is_duty(reading: Reading, i: int) -> bool:
    p = reading.parsed
    if set(auxiliaries(p, i)) & _DUTIES or _is_hoped_for(reading, i):
        return True
    obliged = [p.lemmas[c] for c in complements(p, i) if p.tags[c] == "VB" and p.deps[c] == "xcomp"]
    if p.lemmas[i] in ("need", "have", "ought") and any(lemma not in ("do", "be", "say", "have") for lemma in obliged):
        return True
    return p.lemmas[i] == "have" and any(p.lemmas[c] in ("responsibility", "duty", "obligation") for c in p.children[i])


def _is_hoped_for(reading: Reading, i: int) -> bool:
    """Whether a speaker hopes or expects it of somebody else: "we hope that X will", "I want X to"."""
    p = reading.parsed
    head = p.heads[i]
    first = any(p.deps[c] == "nsubj" and p.lower[c] in ("i", "we") for c in p.children[head])
    return p.deps[i] in ("ccomp", "xcomp") and p.lemmas[head] in ("hope", "want", "expect", "wish", "like") and first


def _act(
    reading: Reading,
    kind: str,
    mode: str | None,
    speaker: str,
    addressee: str,
    evidence: Evidence,
    trigger: Evidence,
    reporters: Sequence[str],
    rule: str,
) -> Iterator[Event]:
    if addressee == speaker or _same_side(reading, speaker, addressee):
        return
    said = reading.statement_around(*trigger.span)
    token = reading.parsed.token_at(said.cue.start if said else trigger.start)
    date, basis = event_date(reading, _verb_after(reading, token), status="actual", verbal=True)
    spoken = _verb_after(reading, token) if said else reading.parsed.token_at(trigger.start)
    yield Event(
        actors=(speaker,),
        recipients=(addressee,),
        type=kind,
        modes=(mode,) if mode else (),
        contexts=contexts_at(reading, evidence),
        status="historical" if is_background(reading, spoken, date if basis == "text" else None) else "actual",
        evidence=evidence,
        trigger=trigger,
        date=date,
        date_basis=basis,
        attribution=Attribution(tuple(reporters)),
        coded_by=f"speech act: {rule}",
    )


def _same_side(reading: Reading, speaker: str, addressee: str) -> bool:
    """Whether two ids of one country are one side: only where their parts in it differ do they address each other."""
    if reading.country_of(speaker) != reading.country_of(addressee):
        return False
    known = [entity for one in (speaker, addressee) if (entity := reading.entities.get(one)) is not None]
    if len(known) < 2 or any(entity.kind == "state" or entity.sector == "CVL" for entity in known):
        return True
    sectors = {entity.sector for entity in known}
    return len(sectors) == 1 or sectors <= _STATE


def _verb_after(reading: Reading, token: int) -> int:
    """The first verb of a cue, which carries its date."""
    p = reading.parsed
    return next((i for i in range(token, min(token + 8, len(p))) if p.pos[i] == "VERB"), token)
