"""What the encoder says of an act's sides in their sentence, and how its word and the lexicon's are joined.

What enters: acts with their predicates, and an encoder. What leaves: for each act the type, mode and status it
is to have, or the verdict that nothing happens between its sides. The lexicon sees constructions, the encoder
the whole sentence; the weights between them were chosen on training data (docs/accuracy.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.coding.act import Act
from detente.encoder.encoder import NONE, Encoder, Judgement
from detente.encoder.marked import MarkedSentence
from detente.syntax.document import ParsedDocument
from detente.syntax.reading import Reading

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much the lexicon's word counts beside the encoder's.

    `trust` is added to the logarithm of the probability of the lexicon's type; an act of the lexicon goes where
    NONE is at least `drop`; a pair that the lexicon does not know is an act where its best type has at least `add`.
    """

    trust: float = 2.0
    drop: float = 0.95
    add: float = 0.6


WEIGHTS = Weights()


def judgements(reading: Reading, acts: Sequence[Act], encoder: Encoder) -> list[Judgement | None]:
    """The encoder's judgement of each act; None where its sides do not stand in the predicate's sentence."""
    marked = [_marked(reading, act) for act in acts]
    asked = [one for one in marked if one is not None]
    answers = dict(zip(dict.fromkeys(asked), encoder.ask(list(dict.fromkeys(asked))), strict=True))
    return [answers[one] if one is not None else None for one in marked]


def best_type(judgement: Judgement, known: str | None, weights: Weights = WEIGHTS) -> str | None:
    """The type on which lexicon and encoder agree most; None where nothing happens. `known` is the lexicon's."""
    chances = dict(judgement.types)
    none = chances.pop(NONE)
    if known is None:
        best = max(chances, key=lambda name: chances[name])
        return best if chances[best] >= weights.add else None
    if none >= weights.drop:
        return None
    factor = 2.718281828**weights.trust
    return max(chances, key=lambda name: chances[name] * (factor if name == known else 1.0))


def best_mode(judgement: Judgement, type_: str, least: float = 0.5) -> str | None:
    """The mode of a type that the encoder holds likely, given the type; None where it is in doubt."""
    own = {name.partition("/")[2]: chance for name, chance in judgement.modes.items() if name.startswith(f"{type_}/")}
    if not own:
        return None
    best = max(own, key=lambda name: own[name])
    return best if own[best] >= least * max(sum(own.values()), 1e-9) else None


def is_past(judgement: Judgement | None, least: float = 0.55) -> bool:
    """Whether the encoder holds it likely that an act is told as history."""
    return judgement is not None and judgement.statuses.get("historical", 0.0) >= least


def _marked(reading: Reading, act: Act) -> MarkedSentence | None:
    p = reading.parsed
    first, last = p.sentences[p.sentence_of[act.predicate]]
    start, end = p.starts[first], p.ends[last - 1]
    sides = (act.actors[:1], act.recipients[:1] or act.actors[1:2])
    source, target = (_span(reading, act.predicate, side, (start, end)) for side in sides)
    if source is None or (target is None and sides[1]) or source == target:
        return None
    return MarkedSentence(
        reading.document.text[start:end], _shifted(source, start), _shifted(target, start) if target else None
    )


def _shifted(span: Span, start: int) -> Span:
    return span[0] - start, span[1] - start


def _span(reading: Reading, predicate: int, side: Sequence[str], sentence: Span) -> Span | None:
    """The words for an actor that stand nearest to the predicate in its sentence; a name goes before a pronoun."""
    if not side:
        return None
    place = reading.parsed.starts[predicate]
    found = [one for one in _spans(reading, side[0]) if sentence[0] <= one[1][0] and one[1][1] <= sentence[1]]
    best = min(found, key=lambda one: (one[0], abs(one[1][0] - place), one[1]), default=None)
    return best[1] if best is not None else None


def _spans(reading: Reading, entity_id: str) -> Iterator[tuple[bool, Span]]:
    """The spans of an actor, and whether each is a mere pronoun."""
    p: ParsedDocument = reading.parsed
    for mention in reading.mentions:
        if mention.entity_id == entity_id:
            yield p.pos[mention.root] == "PRON", (mention.start, mention.end)
    for place in reading.places:
        if place.country == entity_id:
            yield False, (p.starts[place.start], p.ends[place.end - 1])
