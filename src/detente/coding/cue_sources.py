"""Whose words a cue reports: candidates for the source and their features.

What enters: a `View` and a cue. What leaves: candidates, each a token range with the names of its features; the
candidate without a range says that the text names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.coding.cue_view import MARKS, View
from detente.coding.frames import Range
from detente.syntax.document import ParsedDocument

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET", "NUM", "ADJ"})
_INNER = frozenset({"compound", "amod", "det", "nummod", "nmod", "quantmod"})
_AFTER_NOUN = frozenset({"relcl", "acl", "appos", "prep", "advcl", "conj", "cc"})


@dataclass(frozen=True, slots=True)
class SourceCandidate:
    """A noun phrase with one way to cut it, or None for no source."""

    span: Range | None
    features: list[str]


def source_candidates(view: View, i: int, cue: Range) -> list[SourceCandidate]:
    """The noun phrases of a cue's sentence that may be its source, and "none"."""
    p = view.p
    start, end = p.sentences[p.sentence_of[i]]
    out = [SourceCandidate(None, _none_features(view, i))]
    subject = view.subject(i) if p.pos[i] in ("VERB", "AUX") else None
    for token in range(start, end):
        if p.pos[token] not in _NOMINAL or cue[0] <= token <= cue[1]:
            continue
        if p.deps[token] in _INNER and p.heads[token] != i and p.deps[token] != "nmod":
            continue
        about = _noun_features(view, i, token, subject[0] if subject else None)
        for name, span in _cuts(p, token, cue, (start, end)):
            out.append(SourceCandidate(span, [*about, *_cut_features(view, token, name, span)]))
    return out


def _none_features(view: View, i: int) -> list[str]:
    p = view.p
    passive = any(p.deps[c] in ("auxpass", "nsubjpass") for c in p.children[i])
    out = ["none", f"none l={p.lemmas[i]}", f"none t={p.tags[i]} d={p.deps[i]}", f"none {p.pos[i]}"]
    found = view.subject(i)
    has = "no subject" if found is None else "inherits" if found[1] else "subject"
    out += [f"none {has}", f"none {has} t={p.tags[i]}", f"none l={p.lemmas[i]} {has}"]
    if passive:
        agent = any(p.deps[c] == "agent" for c in p.children[i])
        out += ["none passive", f"none passive agent={agent}", f"none passive l={p.lemmas[i]}"]
    if p.quotation_of[i] is not None:
        out.append("none quoted")
    return out


def _noun_features(view: View, i: int, token: int, subject: int | None) -> list[str]:
    p = view.p
    path, lemma = view.path(i, token), p.lemmas[i]
    side = "before" if token < i else "after"
    kind = view.labels[token] or p.tags[token]
    away = abs(token - i)
    distance = away if away < 4 else 5 if away < 8 else 10 if away < 15 else 20
    out = ["noun", f"path={path}", f"path={path} l={lemma}", f"path={path} t={p.tags[i]}", f"path={path} {p.pos[i]}"]
    out += [
        f"n={p.lemmas[token]}",
        f"is {kind}",
        f"is {kind} path={path}",
        f"{side} at {distance}",
        f"{side} {p.pos[i]}",
    ]
    out += [f"d={p.deps[token]} {side}", f"d={p.deps[token]} l={lemma}", f"d={p.deps[token]} {side} cue={p.deps[i]}"]
    passive = any(p.deps[c] in ("auxpass", "nsubjpass") for c in p.children[i])
    out.append(f"path={path} passive={passive}")
    if token == subject:
        out += ["is subject", f"is subject l={lemma}", f"is subject passive={passive}"]
    if (p.quotation_of[token] is None) != (p.quotation_of[i] is None):
        out += ["other side of quotation", f"other side of quotation {side}"]
    if p.lemmas[token] in view.lexicon.people or p.lemmas[token] in view.lexicon.documents:
        out += ["speaker noun", f"speaker noun {side}", f"speaker noun path={path}"]
    if side == "after" and not any(p.lower[t] in MARKS or p.lower[t] == "," for t in range(i + 1, token)):
        out.append(f"nearby after d={p.deps[token]}")
    return out


def _cuts(p: ParsedDocument, noun: int, cue: Range, sentence: Range) -> Iterator[tuple[str, Range]]:
    """Ways to end a noun phrase: whole, before its first comma, before its first clause, at the noun."""
    left, right = max(p.left[noun], sentence[0]), min(p.right[noun], sentence[1] - 1)
    if left <= cue[0] <= right:  # the cue stands in the phrase: "critics who say", "X's claim"
        left, right = (left, cue[0] - 1) if noun < cue[0] else (cue[1] + 1, right)
    for token in range(noun, left - 1, -1):
        if p.lower[token] in MARKS:
            left = token + 1
            break
    ends = {"whole": right, "noun": noun}
    comma = next((t for t in range(noun + 1, right + 1) if p.lower[t] in (",", "-", "—", *MARKS)), None)
    ends["comma"] = right if comma is None else comma - 1
    after = [c for c in p.children[noun] if c > noun and p.deps[c] in _AFTER_NOUN]
    clause = next((p.left[c] for c in after if p.deps[c] in ("relcl", "acl", "advcl")), None)
    ends["clause"] = right if clause is None else clause - 1
    seen: set[Range] = set()
    for name in ("whole", "comma", "clause", "noun"):
        first, last = left, ends[name]
        while last > noun and p.deps[last] == "punct" and p.lower[last] not in (")",):
            last -= 1
        while first < noun and p.deps[first] == "punct":
            first += 1
        if first <= noun <= last and (first, last) not in seen:
            seen.add((first, last))
            yield name, (first, last)


def _cut_features(view: View, noun: int, name: str, span: Range) -> list[str]:
    p = view.p
    length = min(span[1] - span[0], 12)
    nxt = view.after(span[1])
    left_out = next((p.deps[c] for c in p.children[noun] if c > span[1] and p.deps[c] != "punct"), "none")
    taken = [p.deps[c] for c in p.children[noun] if noun < c <= span[1] and p.deps[c] in _AFTER_NOUN]
    out = [f"cut={name}", f"long={length // 3}", f"cut next={nxt}", f"cut leaves={left_out}", f"cut={name} {left_out}"]
    out += [f"cut takes={dep}" for dep in sorted(set(taken))]
    possessive = next((c for c in p.children[noun] if p.deps[c] == "case" and c == noun + 1), None)
    if possessive is not None:
        out.append(f"with case={possessive <= span[1]}")
    return out
