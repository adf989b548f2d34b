"""Every attribution of a text, widely read: who is said to say, believe, want or mean what, by which words.

What enters: a `ParsedDocument`. What leaves: `AttributionFound`s in the order of their cues. This is wider than the
statements that are recorded (codebook: somebody said something): beliefs, wishes, refusals and intentions count, and
whatever holds them may be their source. Linear models over the parse decide (see `cue_model/README.md`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from detente.coding.cue_content_features import content_features, cue_frame
from detente.coding.cue_contents import Ranges, content_candidates
from detente.coding.cue_reach import reach_of
from detente.coding.cue_sources import source_candidates
from detente.coding.cue_view import View
from detente.coding.cue_weights import CueWeights
from detente.coding.cue_words import may_be_cue, word_features
from detente.coding.frames import Range
from detente.syntax.document import ParsedDocument

THRESHOLD = 0.45
"""The probability from which a word counts as a cue; how it was chosen stands in the model card."""


@dataclass(frozen=True, slots=True)
class AttributionFound:
    """One attribution as token ranges [first, last]. `word` heads the cue, `probability` is that of its being one;
    `source` is None where the text names nobody, `content` is empty where nothing is left to be reported."""

    word: int
    cue: Range
    source: Range | None
    content: Ranges
    probability: float


def find_attributions(
    p: ParsedDocument, weights: CueWeights, *, threshold: float = THRESHOLD
) -> list[AttributionFound]:
    """Find the attributions of a document.

    Args:
        threshold: the lowest probability of a cue, 0 to 1.
    """
    view = View.of(p)
    out = []
    for i in range(len(p)):
        if not may_be_cue(p, i):
            continue
        probability = 1 / (1 + math.exp(-weights.score("word", word_features(view, i))))
        if probability >= threshold:
            out.append(_around(view, i, weights, probability))
    return out


def _around(view: View, i: int, weights: CueWeights, probability: float) -> AttributionFound:
    """Find the extent, the source and the content of a cue, in this order."""
    cue = reach_of(view, i, weights)
    rivals = source_candidates(view, i, cue)
    source = max(rivals, key=lambda rival: weights.score("source", rival.features)).span
    frame = cue_frame(view, i, cue)
    found = content_candidates(view, i, cue, source)
    scored = ((weights.score("content", content_features(view, frame, c, ways)), c) for c, ways in found.items())
    content = max(scored, key=lambda pair: pair[0], default=(0.0, ()))[1]
    return AttributionFound(i, cue, source, content, probability)
