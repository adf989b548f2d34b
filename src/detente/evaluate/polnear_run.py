"""Attributions found in annotated articles, as character spans: by the learnt finder and by a plain rule.

What enters: parsed documents. What leaves: `AttributionSpans`, in the order of their cues. The rule is what any reader
of a parse gets without further knowledge: a verb of the cue lexicon that governs a clause, with its subject.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente.coding.cue_attributions import find_attributions
from detente.coding.cue_view import View
from detente.coding.cue_weights import CueWeights
from detente.coding.frames import Range
from detente.evaluate.polnear import AttributionSpans, Spans
from detente.syntax.document import ParsedDocument


def learnt(p: ParsedDocument, weights: CueWeights) -> list[AttributionSpans]:
    """What the learnt finder finds."""
    return [
        AttributionSpans(
            () if one.source is None else _characters(p, [one.source]),
            _characters(p, [one.cue]),
            _characters(p, one.content),
        )
        for one in find_attributions(p, weights)
    ]


def by_rule(p: ParsedDocument) -> list[AttributionSpans]:
    """Cue verbs with a clausal complement: subject, auxiliaries and verb, clause."""
    view = View.of(p)
    out = []
    for i in range(len(p)):
        clause = next((c for c in p.children[i] if p.deps[c] == "ccomp"), None) if p.pos[i] == "VERB" else None
        if clause is None or view.entry(i) is None:
            continue
        subject = next((c for c in p.children[i] if p.deps[c] in ("nsubj", "nsubjpass")), None)
        source = () if subject is None else _characters(p, [(p.left[subject], p.right[subject])])
        first = i
        while first - 1 in p.children[i] and p.deps[first - 1] in ("aux", "auxpass", "neg"):
            first -= 1
        out.append(AttributionSpans(source, _characters(p, [(first, i)]), _characters(p, [_clause(p, clause, i)])))
    return out


def _clause(p: ParsedDocument, clause: int, cue: int) -> Range:
    """The tokens of a clause; where the cue stands inside it, those on the side of its verb."""
    first, last = p.left[clause], p.right[clause]
    if first <= cue <= last:
        return (first, cue - 1) if clause < cue else (cue + 1, last)
    return first, last


def _characters(p: ParsedDocument, ranges: Iterable[Range]) -> Spans:
    return tuple((p.starts[first], p.ends[last]) for first, last in ranges)
