"""How far a cue reaches around its head word: "has also said", "said in a statement", "declined to comment on".

What enters: a `View` and the head word. What leaves: the cue's tokens [first, last], and the features by which the
next token on either side is taken in.
"""

from __future__ import annotations

from detente.coding.cue_view import View
from detente.coding.cue_weights import CueWeights
from detente.coding.frames import Range

_FURTHEST = 8


def reach_of(view: View, i: int, weights: CueWeights) -> Range:
    """Grow a cue from its head word, one token at a time, while the odds are even or better."""
    start, end = view.p.sentences[view.p.sentence_of[i]]
    first = last = i
    while first - 1 >= start and i - first < _FURTHEST:
        if weights.score("reach", reach_features(view, i, first - 1, first, last)) < 0:
            break
        first -= 1
    while last + 1 < end and last - i < _FURTHEST:
        if weights.score("reach", reach_features(view, i, last + 1, first, last)) < 0:
            break
        last += 1
    return first, last


def reach_features(view: View, i: int, token: int, first: int, last: int) -> list[str]:
    """Describe the token beside a cue [first, last] with head `i` that might belong to it."""
    p = view.p
    left = token < i
    side = "<" if left else ">"
    lemma, word, edge = p.lemmas[i], view.words[token], view.words[first if left else last]
    path = view.path(i, token)
    width = min(last - first, 4)
    out = [side, f"{side} w={word}", f"{side} path={path}", f"{side} {path} w={word}", f"{side} width={width}"]
    out += [f"{side} l={lemma} w={word}", f"{side} l={lemma} {path}", f"{side} t={p.tags[token]} {path}"]
    out += [f"{side} edge={edge} w={word}", f"{side} edge={edge}", f"{side} edge={edge} t={p.tags[token]}"]
    out += [f"{side} {p.pos[i]} {path}", f"{side} {p.pos[i]} t={p.tags[token]}", f"{side} l={lemma}"]
    beyond = view.before(token) if left else view.after(token)
    out += [f"{side} w={word} beyond={beyond}", f"{side} beyond={beyond}"]
    if not left:
        size = min(p.right[token] - token, 6)
        out += [f"> size={size} {path}", f"> width={width} {path}"]
        out += [f"> has ccomp {path}"] if any(p.deps[c] == "ccomp" and c > token for c in p.children[i]) else []
        if p.quotation_of[token] != p.quotation_of[i]:
            out.append("> into quotation")
    if view.labels[token]:
        out.append(f"{side} is {view.labels[token]}")
    return out
