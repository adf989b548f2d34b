"""What the encoder says of two actors in their sentence, and what of it is believed.

What enters: acts with their predicates, and an encoder. What leaves: its judgements, and what they are good for:
the type of a pair that the lexicon does not join, and the mode of an act. The type of an act that the lexicon
names stays, as does its status: on annotated articles the rules were right more often (docs/accuracy.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.coding.act import Act
from detente.encoder.encoder import NONE, Encoder, Judgement
from detente.encoder.marked import MarkedSentence
from detente.syntax.reading import Reading

Span = tuple[int, int]
_Words = tuple[bool, Span]
_Sides = tuple[tuple[str, ...], tuple[str, ...]]


ADD = 0.96
"""A pair that the lexicon does not join is an act where its likeliest type has at least this probability."""


def judgements(reading: Reading, acts: Sequence[Act], encoder: Encoder) -> list[Judgement | None]:
    """The encoder's judgement of each act; None where its sides do not stand in the predicate's sentence."""
    sides = [(act.predicate, (act.actors, act.recipients)) for act in acts]
    marked = marked_sides(reading, sides)
    asked = [one for one in marked if one is not None]
    answers = dict(zip(dict.fromkeys(asked), encoder.ask(list(dict.fromkeys(asked))), strict=True))
    return [answers[one] if one is not None else None for one in marked]


def sure_type(judgement: Judgement, least: float = ADD) -> str | None:
    """The type of a pair's act, where the encoder is sure that there is one."""
    best = max(judgement.types, key=lambda name: judgement.types[name])
    return best if best != NONE and judgement.types[best] >= least else None


def best_mode(judgement: Judgement, type_: str, least: float = 0.4) -> str | None:
    """The mode of a type that the encoder holds likely among all modes; None where it is in doubt."""
    own = {name.partition("/")[2]: chance for name, chance in judgement.modes.items() if name.startswith(f"{type_}/")}
    best = max(own, key=lambda name: own[name], default=None)
    return best if best is not None and own[best] >= least else None


def marked_sides(reading: Reading, acts: Sequence[tuple[int, _Sides]]) -> list[MarkedSentence | None]:
    """The sentence of each predicate with its actor and recipient marked; None where they do not stand in it."""
    spans = _spans(reading)
    return [_marked(reading, predicate, sides, spans) for predicate, sides in acts]


def _marked(
    reading: Reading, predicate: int, sides: _Sides, spans: Mapping[str, Sequence[_Words]]
) -> MarkedSentence | None:
    p = reading.parsed
    first, last = p.sentences[p.sentence_of[predicate]]
    start, end = p.starts[first], p.ends[last - 1]
    actors, recipients = sides
    pair = (actors[:1], recipients[:1] or actors[1:2])
    source, target = (_span(spans, side, p.starts[predicate], (start, end)) for side in pair)
    if source is None or (target is None and pair[1]) or source == target:
        return None
    return MarkedSentence(
        reading.document.text[start:end], _shifted(source, start), _shifted(target, start) if target else None
    )


def _shifted(span: Span, start: int) -> Span:
    return span[0] - start, span[1] - start


def _span(spans: Mapping[str, Sequence[_Words]], side: Sequence[str], place: int, sentence: Span) -> Span | None:
    """The words for an actor that stand nearest to a place in its sentence; a name goes before a pronoun."""
    found = [
        (is_pronoun, abs(span[0] - place), span)
        for one in side
        for is_pronoun, span in spans.get(one, ())
        if sentence[0] <= span[0] and span[1] <= sentence[1]
    ]
    return min(found)[2] if found else None


def _spans(reading: Reading) -> dict[str, list[_Words]]:
    """The spans of every actor, and whether each is a mere pronoun; places stand for their countries."""
    p = reading.parsed
    out: dict[str, list[_Words]] = {}
    for mention in reading.mentions:
        is_pronoun = p.pos[mention.root] == "PRON"
        out.setdefault(mention.entity_id, []).append((is_pronoun, (mention.start, mention.end)))
    for place in reading.places:
        if place.country is not None:
            out.setdefault(place.country, []).append((False, (p.starts[place.start], p.ends[place.end - 1])))
    return out
