"""Events: acts with their status, date, place and attribution, in PLOVER's terms.

What enters: a `Reading` with mentions, dates, places and statements. What leaves: `Event`s in the order
of the text, one telling each (`duplicates.py` merges them). Source: PLOVER manual, draft 0.8 (2021), and
docs/decisions/0003; departs from the manual where the codebook says so (a promised act of cooperation is
AGREE and has happened; a promised retreat is CONCEDE; a vowed act of force is THREATEN).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.codebook.codebook import load_codebook
from detente.codebook.event_lexicon import load_event_lexicon
from detente.coding.act import Act
from detente.coding.acts import find_acts
from detente.coding.attribution import attribution_at, denied_at
from detente.coding.background import is_background
from detente.coding.contexts import contexts_at
from detente.coding.dates import event_date
from detente.coding.judging import best_mode, judgements
from detente.coding.places import place_of
from detente.coding.status import is_refusal, modality
from detente.coding.unlisted import found_acts
from detente.encoder.encoder import Encoder, Judgement
from detente.records import DateBasis, Event, Evidence, Place, Status
from detente.syntax.clauses import auxiliaries, clause_tokens, is_verb, obliques
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import Reading

PROMISED = {
    "CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "AGREE": "AGREE",
    "RETREAT": "CONCEDE", "CONCEDE": "CONCEDE",
}  # fmt: skip
HOSTILE_DEEDS = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
_CIRCUMSTANCES = frozenset({"when", "after", "before", "following", "because", "although", "while", "amid", "despite"})
_ATTEMPTS = frozenset({"persuade", "convince", "dissuade"})  # who fails to persuade has still asked
_EFFORTS = frozenset({"effort", "attempt", "try", "strive", "struggle"})  # an attempted assault is an assault
VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})


@dataclass(frozen=True, slots=True)
class _Timing:
    """When an act happened, on what grounds, and when what it promises falls due."""

    date: str | None
    basis: DateBasis | None
    due: str | None


@dataclass(frozen=True, slots=True)
class _Settled:
    """An act whose type and status are decided."""

    act: Act
    type: str
    modes: tuple[str, ...]
    status: Status
    reason: str
    probability: float | None = None


def code_events(reading: Reading, encoder: Encoder | None = None) -> list[Event]:
    """Code a document's events, in the order of the text, duplicates included.

    Without an encoder the lexicon alone decides.
    """
    acts = find_acts(reading, load_event_lexicon(), unlisted=encoder is not None)
    settled = [_settle(reading, act, act.entry.type) for act in acts if act.entry.type]
    if encoder is not None:
        settled = _with_encoder(reading, settled, [act for act in acts if not act.entry.type], encoder)
    kept = _without_governed(reading, settled)
    return [_event(reading, s) for s in kept]


def _with_encoder(
    reading: Reading, settled: Sequence[_Settled], unlisted: Sequence[Act], encoder: Encoder
) -> list[_Settled]:
    """Add the modes that entries leave open, and the acts that the encoder alone sees, in the order of the text."""
    kinds = load_codebook().types
    open_modes = {n: s for n, s in enumerate(settled) if not s.modes and kinds[s.type].modes}
    answers = judgements(reading, [*(s.act for s in open_modes.values()), *unlisted], encoder)
    out = list(settled)
    for (n, s), judgement in zip(open_modes.items(), answers, strict=False):
        mode = best_mode(judgement, s.type) if judgement is not None else None
        out[n] = replace(s, modes=(mode,)) if mode else s
    pairs = [(act, one) for act, one in zip(unlisted, answers[len(open_modes) :], strict=True) if one is not None]
    found = found_acts(reading.parsed, pairs, [(s.act, s.type) for s in settled])
    out += [_settle(reading, one.act, one.type, one.judgement) for one in found]
    return sorted(out, key=lambda s: s.act.predicate)


def _settle(reading: Reading, act: Act, kind: str, judgement: Judgement | None = None) -> _Settled:
    """Decide type and status in view of each other; `judgement` where the encoder chose the type."""
    p = reading.parsed
    entry = act.entry
    status: Status = modality(p, act.predicate) or "actual"
    if entry.status is not None:
        status = entry.status
    if judgement is None:
        modes = (entry.mode,) if entry.mode else ()
    else:
        mode = best_mode(judgement, kind)
        modes = (mode,) if mode else ()
    if kind == "PROTEST" and all(_is_official(reading, actor) for actor in act.actors):
        kind, modes = "ACCUSE", ("disapprove",)  # a government protests in words
    if status == "future" and kind in PROMISED:
        kind, status, modes = PROMISED[kind], "actual", ()
    elif status == "future" and (kind == "REJECT" or (kind in HOSTILE_DEEDS and _is_decided(p, act.predicate))):
        status = "actual"
    elif status == "negated" and kind in PROMISED and is_refusal(p, act.predicate):
        kind, status, modes = "REJECT", "actual", ()
    elif status == "negated" and p.lemmas[act.predicate] in _ATTEMPTS:
        status = "actual"
    elif status == "hypothetical" and kind in VERBAL and _is_performative(p, act.predicate):
        status = "actual"
    elif status == "hypothetical" and kind == "ASSAULT" and _is_attempted(p, act.predicate):
        status = "actual"
    charged = act.kind == "noun" and kind in VERBAL  # who denies "an accusation by X" grants that X accuses
    if status == "actual" and not charged and denied_at(reading, p.starts[act.predicate], p.ends[act.predicate]):
        status = "negated"
    reason = f"{act.kind} '{p.lemmas[act.predicate]}' ({entry.origin})"
    if judgement is not None:
        reason += f", encoder {kind} {judgement.types[kind]:.2f}"
    return _Settled(act, kind, modes, status, reason, judgement.types[kind] if judgement is not None else None)


def _is_official(reading: Reading, entity_id: str) -> bool:
    entity = reading.entities.get(entity_id)
    return entity is not None and (entity.kind == "state" or entity.sector == "GOV")


def _is_decided(p: ParsedDocument, i: int) -> bool:
    """Whether an act is what a decision decides: an authority's decision to punish is the punishment."""
    chain = (i, *(t for t, _ in zip(p.ancestors(i), range(3), strict=False)))
    return any(p.deps[t] in ("acl", "xcomp") and p.lemmas[p.heads[t]] in ("decision", "decide") for t in chain)


def _is_attempted(p: ParsedDocument, i: int) -> bool:
    """Whether efforts are made to do an act, and not only urged or planned: "is trying to retake the town"."""
    head = p.heads[i]
    if p.deps[i] not in ("acl", "xcomp") or p.lemmas[head] not in _EFFORTS:
        return False
    going_on = p.tags[head] in ("VBZ", "VBP") or {"is", "are"} & set(auxiliaries(p, head))
    return not is_verb(p, head) or (bool(going_on) and modality(p, head) is None)


def _is_performative(p: ParsedDocument, i: int) -> bool:
    """Whether a wish does what it says: "I want to thank", "we would like to express"."""
    head = p.heads[i]
    first = any(p.deps[c] == "nsubj" and p.lower[c] in ("i", "we") for c in p.children[head])
    return p.deps[i] == "xcomp" and p.lemmas[head] in ("want", "wish", "like") and first


def _without_governed(reading: Reading, settled: Sequence[_Settled]) -> list[_Settled]:
    """Leave out acts that a governing act already tells: what is agreed, promised, threatened or refused.

    A promise of force is a threat, and a promised act of cooperation lends its recipient to the promise.
    """
    by_predicate = {s.act.predicate: s for s in settled}
    dropped: set[int] = set()
    out: list[_Settled] = []
    for s in settled:
        if s.act.predicate in dropped:
            continue
        governed = [by_predicate[g] for g in _reachable(reading, s.act) if g in by_predicate]
        if s.type in ("AGREE", "THREATEN", "REJECT", "CONCEDE") and s.act.kind != "noun":
            dropped.update(
                g.act.predicate
                for g in governed
                if set(g.act.actors) & set(s.act.actors) and not _is_denied(reading, s, g)
            )
        out.append(_promise(reading, s, governed))
    return out


def _is_denied(reading: Reading, s: _Settled, governed: _Settled) -> bool:
    """Whether an act is what a denial denies ("denied that it attacked"): it stays, negated; what is refused goes."""
    clauses = {reading.parsed.deps[c] for c in s.act.governed}
    return s.type == "REJECT" and governed.status == "negated" and "ccomp" in clauses


def _reachable(reading: Reading, act: Act) -> list[int]:
    """The predicates in an act's complement, and the nouns that are their objects."""
    p = reading.parsed
    out: list[int] = []
    for clause in act.governed:
        out.extend(t for t in p.subtree(clause) if t > act.predicate)
    return list(dict.fromkeys(out))


def _promise(reading: Reading, s: _Settled, governed: Sequence[_Settled]) -> _Settled:
    own = [g for g in governed if set(g.act.actors) & set(s.act.actors)]
    if s.type in ("AGREE", "THREATEN") and own and own[0].status == "negated" and own[0].type in HOSTILE_DEEDS:
        return replace(s, type="AGREE", modes=())  # "vowed never to attack"
    if s.type == "AGREE" and own and own[0].act.entry.type in ("SANCTION", "COERCE") and _decides(reading, s):
        return replace(s, type=own[0].type, modes=own[0].modes)
    if s.type == "AGREE" and own and own[0].act.entry.type in HOSTILE_DEEDS - {"MOBILIZE"}:
        return replace(s, type="THREATEN", modes=())
    if s.type == "THREATEN" and own and own[0].act.entry.type in PROMISED:
        return replace(s, type=PROMISED[own[0].act.entry.type], modes=())
    if s.type == "AGREE" and own and own[0].act.entry.type == "RETREAT":
        return replace(s, type="CONCEDE", modes=())
    return s


def _decides(reading: Reading, s: _Settled) -> bool:
    """Whether an agreement is a body's decision: ministers who agree to impose sanctions impose them."""
    return reading.parsed.lemmas[s.act.predicate] in ("agree", "decide", "vote", "approve", "resolve")


def _event(reading: Reading, s: _Settled) -> Event:
    act = s.act
    i = act.predicate
    evidence = _evidence(reading, act)
    kind, modes, status = s.type, s.modes, s.status
    spoken = kind in VERBAL - {"CONSULT"}
    attribution = attribution_at(reading, evidence.start, evidence.end, actors=act.actors, verbal=spoken)
    own = bool(attribution.sources) and _same_side(reading, attribution.sources[0], act.actors)
    if own and status == "future" and kind in HOSTILE_DEEDS:
        kind, modes, status = "THREATEN", (), "actual"
    if kind == "REJECT" and attribution.sources and reading.parsed.deps[i] == "relcl" and not own:
        act = replace(act, recipients=(attribution.sources[0],))  # "a charge that Iran denies": to who made it
        attribution = replace(attribution, sources=attribution.sources[1:])
    promised = kind != act.entry.type and kind in ("AGREE", "CONCEDE", "THREATEN")
    if own and promised:
        attribution = replace(attribution, sources=attribution.sources[1:])
    when = event_date(reading, i, status=status, verbal=kind in VERBAL)
    if when[1] is None and not is_verb(reading.parsed, i) and reading.parsed.deps[i] in ("dobj", "nsubjpass"):
        when = event_date(reading, reading.parsed.heads[i], status=status, verbal=kind in VERBAL)
    timing = _promised_timing(reading, when) if promised else _Timing(*when, due=None)
    if status == "actual" and is_background(reading, i, timing.date if timing.basis != "publication" else None):
        status = "historical"
        if timing.basis == "publication":
            timing = _Timing(None, None, timing.due)
    place = place_of(reading, i, verbal=kind in VERBAL)
    if promised and act.initiators and set(act.initiators) < set(act.actors):
        actors, recipients = act.initiators, tuple(a for a in act.actors if a not in act.initiators)
    else:
        actors, recipients, modes = _hosted(reading, act, kind, modes, place)
    return Event(
        actors=actors,
        recipients=recipients,
        type=kind,
        modes=modes,
        contexts=contexts_at(reading, evidence),
        status=status,
        evidence=evidence,
        trigger=reading.parsed.evidence(i, i),
        date=timing.date,
        date_basis=timing.basis,
        due=timing.due,
        place=place,
        attribution=attribution,
        inferred=act.inferred,
        coded_by=s.reason,
        probability=round(s.probability, 3) if s.probability is not None else None,
    )


def _promised_timing(reading: Reading, when: tuple[str | None, DateBasis | None]) -> _Timing:
    """A promise is dated when it was made; the date in its clause says when the act falls due."""
    date, basis = when
    published = reading.document.published
    if basis != "text" or date is None or published is None:
        return _Timing(date, basis, None)
    if date >= published[: len(date)]:
        return _Timing(published, "publication", date)
    return _Timing(date, basis, None)


def _same_side(reading: Reading, speaker: str, actors: Sequence[str]) -> bool:
    return reading.country_of(speaker) in {reading.country_of(actor) for actor in actors}


def _hosted(
    reading: Reading, act: Act, kind: str, modes: tuple[str, ...], place: Place | None
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """A meeting of two in the country of one of them is a visit: the guest acts, the host receives."""
    if kind == "CONSULT" and not act.recipients and len(act.actors) == 2 and modes in ((), ("visit",)):
        guest, host = act.actors
        where = {place.country} if place is not None else _visited(reading, act.predicate)
        if reading.country_of(host) in where and reading.country_of(host) != reading.country_of(guest):
            return (guest,), (host,), ("visit",)
    return act.actors, act.recipients, modes


def _visited(reading: Reading, i: int) -> set[str | None]:
    """The states whose visit a clause names as its occasion: "during a visit to X, he met …"."""
    p = reading.parsed
    occasions = [n for word in ("in", "during", "on") for n in obliques(p, i).get(word, ())]
    visits = [n for n in occasions if p.lemmas[n] in ("visit", "trip", "tour", "stop", "stopover")]
    hosts = [noun for visit in visits for noun in obliques(p, visit).get("to", ())]
    return {reading.country(m) for noun in hosts for m in reading.at(noun)}


def _evidence(reading: Reading, act: Act) -> Evidence:
    """The clause that carries an act: a verb's own clause, a noun with its light verb or its phrase."""
    p = reading.parsed
    i = act.predicate
    if is_verb(p, i):
        tokens = _core(p, i)
    elif act.kind == "noun":
        tokens = list(p.subtree(i))
        if p.deps[i] in ("dobj", "nsubjpass", "attr") and is_verb(p, p.heads[i]) and not act.entry.actor:
            tokens = _core(p, p.heads[i])
    else:
        head = p.heads[i]
        tokens = _core(p, head) if is_verb(p, head) else list(p.subtree(i))
    return _trimmed(reading, sorted({*tokens, i}))  # a crossing parse may leave the act out of its own clause


def _core(p: ParsedDocument, verb: int) -> list[int]:
    """A verb's clause without the clauses and circumstances that follow it with a time or ground of their own."""
    tokens = clause_tokens(p, verb)
    end = len(p)
    for child in p.children[verb]:
        told = p.deps[child] == "advcl" and any(
            p.deps[c] in ("mark", "advmod") and p.lower[c] in _CIRCUMSTANCES for c in p.children[child]
        )
        if child > verb and (told or (p.deps[child] == "prep" and p.lower[child] in _CIRCUMSTANCES)):
            end = min(end, p.left[child])
    return [t for t in tokens if t < end]


def _trimmed(reading: Reading, tokens: Sequence[int]) -> Evidence:
    """Quote the tokens from first to last without the punctuation and conjunctions at their ends."""
    p = reading.parsed
    kept = list(tokens)
    while len(kept) > 1 and (
        p.pos[kept[0]] in ("PUNCT", "SPACE", "CCONJ")
        or (p.lower[kept[0]] == "that" and p.deps[kept[0]] == "mark")
        or not p.words[kept[0]].strip()
    ):
        kept.pop(0)
    while len(kept) > 1 and (p.pos[kept[-1]] in ("PUNCT", "SPACE", "CCONJ") or not p.words[kept[-1]].strip()):
        kept.pop()
    return p.evidence(kept[0], kept[-1])
