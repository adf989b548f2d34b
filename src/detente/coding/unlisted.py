"""Acts that the encoder alone sees: pairs of actors judged to stand in an act that no entry of the lexicon names.

What enters: pairs with the encoder's judgement, and the acts of the lexicon. What leaves: acts with a type, those
of one sentence and type joined: one actor's targets into one act, the sides of a mutual one into its parties.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from detente.coding.act import FRIENDLY, Act
from detente.coding.judging import sure_type
from detente.encoder.encoder import Judgement
from detente.syntax.document import ParsedDocument


@dataclass(frozen=True, slots=True)
class Found:
    """An act that the encoder named, with what it said of the pair that it is surest of."""

    act: Act
    type: str
    judgement: Judgement

    @property
    def chance(self) -> float:
        return self.judgement.types[self.type]


def found_acts(
    p: ParsedDocument, judged: Iterable[tuple[Act, Judgement]], listed: Sequence[tuple[Act, str]]
) -> list[Found]:
    """The acts among judged pairs; `listed` are the lexicon's acts with their types, which are not told twice."""
    told: dict[tuple[int, str], list[Act]] = {}
    for act, kind in listed:
        told.setdefault((p.sentence_of[act.predicate], kind), []).append(act)
    groups: dict[tuple[int, str], list[Found]] = {}
    for act, judgement in judged:
        best = sure_type(judgement)
        if best is None:
            continue
        place = (p.sentence_of[act.predicate], best)
        if not any(_tells(one, act, best) for one in told.get(place, ())):
            groups.setdefault(place, []).append(Found(act, best, judgement))
    return [one for place in sorted(groups) for one in _joined(groups[place])]


def _tells(listed: Act, act: Act, kind: str) -> bool:
    """Whether an act of the lexicon, of the same type in the same sentence, has a side of this one in its place."""
    if kind in FRIENDLY:
        return bool({*listed.actors, *listed.recipients} & {*act.actors, *act.recipients})
    return bool(set(listed.actors) & set(act.actors) or set(listed.recipients) & set(act.recipients))


def _joined(found: Sequence[Found]) -> list[Found]:
    """Join the acts of one sentence and type."""
    pairs = {(a, b) for one in found for a in one.act.actors for b in one.act.recipients}
    mutual = [
        one
        for one in found
        if one.type in FRIENDLY and all((b, a) in pairs for a in one.act.actors for b in one.act.recipients)
    ]
    out = []
    if mutual:
        parties = dict.fromkeys(party for one in mutual for party in (*one.act.actors, *one.act.recipients))
        surest = max(mutual, key=lambda one: one.chance)
        out.append(replace(surest, act=replace(surest.act, actors=tuple(parties), recipients=())))
    by_actor: dict[tuple[str, ...], list[Found]] = {}
    for one in found:
        if one not in mutual:
            by_actor.setdefault(one.act.actors, []).append(one)
    for same in by_actor.values():
        surest = max(same, key=lambda one: one.chance)
        targets = dict.fromkeys(target for one in same for target in one.act.recipients)
        out.append(replace(surest, act=replace(surest.act, recipients=tuple(targets))))
    return out
