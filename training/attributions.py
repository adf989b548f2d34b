"""Learn the weights of the finder of attributions from articles annotated with source, cue and content spans.

Run: python -m training.attributions TRAIN.jsonl --out src/detente/coding/cue_model/weights.tsv.gz

Four linear models over named features: which words are cues and how far a cue reaches are logistic regressions;
source and content are chosen among candidates by conditional logits, whose target is the candidate that shares most
with the annotated span. All are fitted by L-BFGS with an L2 penalty; the result does not depend on chance.
"""

from __future__ import annotations

import argparse
import hashlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from detente.coding.cue_content_features import content_features, cue_frame
from detente.coding.cue_contents import Ranges, content_candidates
from detente.coding.cue_reach import reach_features
from detente.coding.cue_sources import source_candidates
from detente.coding.cue_view import View
from detente.coding.cue_weights import PARTS, CueWeights, Part, write_cue_weights
from detente.coding.cue_words import may_be_cue, word_features
from detente.coding.frames import Range
from detente.evaluate.polnear import Annotated, read_polnear
from detente.parse.models import LanguageModel, find_model, load_pipeline
from detente.parse.parser import parse
from detente.syntax.document import ParsedDocument

PENALTY: dict[Part, float] = {"word": 4.0, "reach": 2.0, "source": 4.0, "content": 6.0}
SEEN = {"word": 3, "reach": 3, "source": 4, "content": 6}
SMALL = 0.03


@dataclass
class Rows:
    """Rows of features, in groups of rivals: in each group the weights of `shares` sum to one, or to zero or one
    for a group of a single row, which is then a yes or no."""

    vocabulary: dict[str, int] = field(default_factory=dict)
    indices: array[int] = field(default_factory=lambda: array("i"))
    pointers: array[int] = field(default_factory=lambda: array("q", [0]))
    shares: array[float] = field(default_factory=lambda: array("f"))
    groups: array[int] = field(default_factory=lambda: array("q", [0]))

    def add(self, features: Iterable[str], share: float) -> None:
        vocabulary = self.vocabulary
        self.indices.extend([vocabulary.setdefault(feature, len(vocabulary)) for feature in dict.fromkeys(features)])
        self.pointers.append(len(self.indices))
        self.shares.append(share)

    def close(self) -> None:
        self.groups.append(len(self.shares))


def tokens_of(p: ParsedDocument, spans: Sequence[Range]) -> list[int]:
    """The tokens that a list of character spans touches."""
    out = []
    for start, end in spans:
        i = p.token_at(start)
        while i < len(p) and p.starts[i] < end:
            if p.ends[i] > start:
                out.append(i)
            i += 1
    return out


def head_of(p: ParsedDocument, tokens: Sequence[int]) -> int | None:
    """The word of a cue that governs the rest; verbs first where there are several."""
    own = set(tokens)
    tops = [t for t in tokens if (p.heads[t] not in own or p.heads[t] == t) and may_be_cue(p, t)]
    return min(tops, key=lambda t: (p.pos[t] != "VERB", p.pos[t] not in ("NOUN", "ADJ", "AUX"), t), default=None)


def collect(rows: dict[Part, Rows], p: ParsedDocument, annotated: Annotated) -> None:
    """Add what one document teaches."""
    view = View.of(p)
    heads = set()
    for one in annotated.attributions:
        cue = tokens_of(p, one.cue)
        i = head_of(p, cue)
        if i is None:
            continue
        heads.add(i)
        extent = _contiguous(cue, i)
        _collect_reach(rows["reach"], view, i, extent)
        source = tokens_of(p, one.source)
        span = (source[0], source[-1]) if source else None
        _collect_source(rows["source"], view, i, extent, span)
        _collect_content(rows["content"], view, i, extent, span, set(tokens_of(p, one.content)))
    for i in range(len(p)):
        if may_be_cue(p, i):
            rows["word"].add(word_features(view, i), float(i in heads))
            rows["word"].close()


def _contiguous(cue: Sequence[int], i: int) -> Range:
    first = last = i
    own = set(cue)
    while first - 1 in own:
        first -= 1
    while last + 1 in own:
        last += 1
    return first, last


def _collect_reach(rows: Rows, view: View, i: int, extent: Range) -> None:
    p = view.p
    start, end = p.sentences[p.sentence_of[i]]
    first = last = i
    while first - 1 >= start:
        rows.add(reach_features(view, i, first - 1, first, last), float(first > extent[0]))
        rows.close()
        if first <= extent[0]:
            break
        first -= 1
    while last + 1 < end:
        rows.add(reach_features(view, i, last + 1, first, last), float(last < extent[1]))
        rows.close()
        if last >= extent[1]:
            break
        last += 1


def _collect_source(rows: Rows, view: View, i: int, extent: Range, span: Range | None) -> None:
    candidates = source_candidates(view, i, extent)
    if span is None:
        fits = [float(c.span is None) for c in candidates]
    else:
        gold = set(range(span[0], span[1] + 1))
        fits = [0.0 if c.span is None else _likeness(gold, [c.span], view.p) for c in candidates]
    _add_rivals(rows, [c.features for c in candidates], fits)


def _collect_content(rows: Rows, view: View, i: int, extent: Range, span: Range | None, gold: set[int]) -> None:
    found = content_candidates(view, i, extent, span)
    frame = cue_frame(view, i, extent)
    gold = {t for t in gold if view.p.pos[t] not in ("PUNCT", "SPACE")}
    fits = [_likeness(gold, ranges, view.p) for ranges in found]
    _add_rivals(rows, [content_features(view, frame, ranges, ways) for ranges, ways in found.items()], fits)


def _likeness(gold: set[int], ranges: Ranges | list[Range], p: ParsedDocument) -> float:
    """The share of the common tokens in all of both, punctuation left out."""
    own = {t for first, last in ranges for t in range(first, last + 1) if p.pos[t] not in ("PUNCT", "SPACE")}
    wanted = {t for t in gold if p.pos[t] not in ("PUNCT", "SPACE")}
    return len(own & wanted) / max(1, len(own | wanted))


def _add_rivals(rows: Rows, features: Sequence[list[str]], fits: Sequence[float]) -> None:
    """A group of candidates; those that fit best share the target. Groups that nothing fits teach nothing."""
    best = max(fits, default=0.0)
    if best < 0.5 or len(fits) < 2:
        return
    winners = [fit >= best - 1e-9 for fit in fits]
    for names, wins in zip(features, winners, strict=True):
        rows.add(names, wins / sum(winners))
    rows.close()


def fit(rows: Rows, penalty: float, seen: int) -> dict[str, float]:
    """Fit one part."""
    indices = np.frombuffer(rows.indices, dtype=np.int32)
    counts = np.bincount(indices, minlength=len(rows.vocabulary))
    kept = np.flatnonzero(counts >= seen)
    matrix = csr_matrix(
        (np.ones(len(indices), dtype=np.float32), indices, np.frombuffer(rows.pointers, dtype=np.int64)),
        shape=(len(rows.shares), len(rows.vocabulary)),
    )[:, kept]
    shares = np.frombuffer(rows.shares, dtype=np.float32).astype(np.float64)
    starts = np.frombuffer(rows.groups, dtype=np.int64)[:-1]
    single = len(rows.groups) - 1 == len(rows.shares)
    loss = _yes_or_no if single else _among_rivals
    turned = matrix.T.tocsr()

    def objective(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = loss(matrix @ weights, shares, starts)
        return value + 0.5 * penalty * float(weights @ weights), turned @ slope + penalty * weights

    done = minimize(objective, np.zeros(len(kept)), jac=True, method="L-BFGS-B", options={"maxiter": 100})
    names = list(rows.vocabulary)
    return {names[k]: float(w) for k, w in zip(kept, done.x, strict=True) if abs(w) >= SMALL}


def _yes_or_no(scores: NDArray[Any], shares: NDArray[Any], _: NDArray[Any]) -> tuple[float, NDArray[np.float64]]:
    value = np.logaddexp(0, scores) - shares * scores
    return float(value.sum()), 1 / (1 + np.exp(-scores)) - shares


def _among_rivals(
    scores: NDArray[Any], shares: NDArray[Any], starts: NDArray[Any]
) -> tuple[float, NDArray[np.float64]]:
    sizes = np.diff([*starts, len(scores)])
    top = np.repeat(np.maximum.reduceat(scores, starts), sizes)
    odds = np.exp(scores - top)
    total = np.repeat(np.add.reduceat(odds, starts), sizes)
    return float((shares * (np.log(total) + top - scores)).sum()), odds / total - shares


def learn(documents: Iterable[tuple[ParsedDocument, Annotated]]) -> CueWeights:
    """Learn all four parts."""
    rows: dict[Part, Rows] = {part: Rows() for part in PARTS}
    for p, annotated in documents:
        collect(rows, p, annotated)
    return CueWeights({part: fit(rows[part], PENALTY[part], SEEN[part]) for part in PARTS})


def notes(train: Path, model: LanguageModel) -> list[str]:
    """Say where weights come from."""
    source = hashlib.sha256(train.read_bytes()).hexdigest()
    return [
        "Linear models that find attributions; see README.md beside this file.",
        f"Learnt from a file with SHA-256 {source}, parsed by {model.name} {model.version}.",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    model = find_model(None)
    annotated = read_polnear(options.train)
    parsed = parse([one.document for one in annotated], load_pipeline(model))
    weights = learn(zip(parsed, annotated, strict=True))
    options.out.write_bytes(write_cue_weights(weights, notes(options.train, model)))
    for part in PARTS:
        print(part, len(weights.parts[part]))


if __name__ == "__main__":
    main()
