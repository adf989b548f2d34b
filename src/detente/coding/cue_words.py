"""Which words are cues: the features by which the learnt finder of attributions tells them.

What enters: a `View` and a token. What leaves: names of features, whose weights stand in `cue_model/`.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.coding.cue_view import MARKS, View
from detente.syntax.clauses import SUBJECTS
from detente.syntax.document import ParsedDocument

_OPEN_CLASSES = frozenset({"VERB", "NOUN", "ADJ", "AUX", "ADP", "ADV"})
_CLAUSAL = frozenset({"ccomp", "xcomp", "acl", "relcl", "advcl"})


def may_be_cue(p: ParsedDocument, i: int) -> bool:
    """Whether a token is of a kind that cues are of: an open class, a preposition, or a colon."""
    return p.pos[i] in _OPEN_CLASSES or p.lower[i] == ":"


def word_features(view: View, i: int) -> list[str]:
    """Describe a token as a possible cue."""
    p = view.p
    word, lemma, tag, dep = view.words[i], p.lemmas[i], p.tags[i], p.deps[i]
    out = ["", f"w={word}", f"l={lemma}", f"t={tag}", f"d={dep}", f"t={tag} d={dep}", f"l={lemma} t={tag}"]
    out += [f"l={lemma} d={dep}", f"l={lemma} next={view.after(i)}", f"next={view.after(i)}", f"prev={view.before(i)}"]
    if p.pos[i] != "VERB":
        out += [f"{p.pos[i]} end={lemma[-3:]}", f"l={lemma} prev={view.before(i)}"]
    if p.heads[i] != i:
        above = p.heads[i]
        out += [f"head={p.lemmas[above]} {dep}", f"headtag={p.tags[above]} {dep}", f"head={p.lemmas[above]} l={lemma}"]
    children = list(_children(view, i))
    out.extend(children)
    out.extend(f"l={lemma} {child}" for child in children)
    out.extend(_neighbours(view, i))
    out.extend(_subject(view, i))
    out.extend(_quotation(view, i))
    out.extend(_place(view, i))
    entry = view.entry(i) if p.pos[i] in ("VERB", "NOUN") else None
    if entry is not None:
        out += [f"{p.pos[i]} kind={entry.kind}", f"{p.pos[i]} {entry.factuality}"]
        out += [f"{p.pos[i]} takes={frame}" for frame in sorted(entry.takes)]
        out += [f"kind={entry.kind} {child}" for child in children]
    elif p.pos[i] == "NOUN" and lemma in view.lexicon.nouns:
        out += ["listed noun", *(f"listed noun {child}" for child in children)]
    return out


def _neighbours(view: View, i: int) -> Iterator[str]:
    """Words and tags around a word, and the heads above its own."""
    p = view.p
    start, end = p.sentences[p.sentence_of[i]]
    tags = [p.tags[t] if start <= t < end else "-" for t in range(i - 2, i + 3)]
    yield f"tags {tags[1]} {tags[3]}"
    yield f"tags {tags[0]} {tags[1]}"
    yield f"tags {tags[3]} {tags[4]} of {p.tags[i]}"
    yield f"l={p.lemmas[i]} nexttag={tags[3]}"
    if i + 2 < end:
        yield f"next={view.words[i + 1]} {view.words[i + 2]}"
    if i - 2 >= start:
        yield f"prev={view.words[i - 2]} {view.words[i - 1]}"
    above = p.heads[i]
    if above != i and p.heads[above] != above:
        yield f"up {p.deps[i]} {p.deps[above]} {p.lemmas[p.heads[above]]}"


def _children(view: View, i: int) -> Iterator[str]:
    """The frame of a word: what hangs on it, with prepositions and objects by name."""
    p = view.p
    seen: list[str] = []
    for child in p.children[i]:
        dep = p.deps[child]
        if dep == "punct":
            continue
        seen.append(dep)
        if dep in ("prep", "prt", "aux", "mark", "neg", "agent"):
            yield f"{dep}={view.words[child]}"
        elif dep in ("dobj", "attr", "acomp", "oprd", "poss", "nsubjpass"):
            yield f"{dep}={p.lemmas[child]}"
            yield f"{dep} is {view.labels[child] or p.tags[child]}"
        elif dep in _CLAUSAL:
            marked = any(p.lower[c] == "that" and p.deps[c] == "mark" for c in p.children[child])
            yield f"{dep} {p.tags[child]}{' that' if marked else ''}{' before' if child < i else ''}"
    yield from (f"has {dep}" for dep in sorted(set(seen)))
    core = [dep for dep in seen if dep in ("nsubj", "nsubjpass", "dobj", "ccomp", "xcomp", "agent", "dative", "oprd")]
    yield "frame=" + " ".join(core)


def _subject(view: View, i: int) -> Iterator[str]:
    p = view.p
    if p.pos[i] not in ("VERB", "AUX"):
        return
    found = view.subject(i)
    if found is None:
        yield "no subject"
        return
    subject, inherited = found
    kind = view.labels[subject] or p.tags[subject]
    yield f"subj={p.lemmas[subject]}"
    yield f"subj is {kind}{' inherited' if inherited else ''}"
    yield f"subj is {kind} l={p.lemmas[i]}"


def _quotation(view: View, i: int) -> Iterator[str]:
    """Where quotation marks stand around a word."""
    p = view.p
    inside = p.quotation_of[i] is not None
    start, end = p.sentences[p.sentence_of[i]]
    if inside:
        yield "quoted"
        yield f"quoted t={p.tags[i]}"
    elif any(p.lower[t] in MARKS for t in range(start, end)):
        yield "quotation beside"
        yield f"quotation beside {p.pos[i]} {p.deps[i]}"
        nearest = min(abs(t - i) for t in range(start, end) if p.lower[t] in MARKS)
        yield f"mark at {min(nearest, 6)}"
    right = p.right[i]
    if right + 1 < end and p.lower[right + 1] == ":":
        yield "colon after"


def _place(view: View, i: int) -> Iterator[str]:
    p = view.p
    start, end = p.sentences[p.sentence_of[i]]
    if p.paragraph_of[i] == 0:
        yield "headline"
        yield f"headline {p.pos[i]}"
    if i - start < 2:
        yield f"first {p.tags[i]}"
    if end - i < 3:
        yield f"last {p.tags[i]}"
    if end - start < 5:
        yield "short sentence"
    if p.deps[i] in ("conj", "xcomp", "advcl", "ccomp"):
        above = p.heads[i]
        entry = view.entry(above) if p.pos[above] == "VERB" else None
        if entry is not None:
            yield f"{p.deps[i]} of kind={entry.kind}"
    if any(p.deps[c] in SUBJECTS and c > i for c in p.children[i]):
        yield "inverted"
        yield f"inverted l={p.lemmas[i]}"
