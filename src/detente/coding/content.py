"""What a cue reports: the words of the clause, phrase or sentence that carry what is said.

What enters: a `ParsedDocument`, a `Cue` and its neighbours. What leaves: token ranges [first, last], both
included, without the cue, the conjunction "that" and punctuation at the edges. Quotations that stand apart
from the cue's clause are read in `quoted.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.cue_extent import Cue
from detente.coding.frames import Range, governed, noun_phrase, rest_of_sentence, sentence_span
from detente.syntax.clauses import SUBJECTS
from detente.syntax.document import ParsedDocument

_STRIP_LEFT = frozenset({",", ";", ":", "-", "--", "—", ".", "that", "...", ")", "as"})
_STRIP_RIGHT = frozenset({",", ";", ":", ".", "-", "--", "—", "and", "but", "(", "while", "whereas", "as", "that"})
_CIRCUMSTANCE = frozenset({"when", "even", "as", "because", "since", "while"})
_CONTRASTS = frozenset({"while", "whereas", "although", "though", "but"})
_SUBORDINATE = frozenset({"aux", "auxpass", "relcl", "acl", "advcl", "pcomp", "csubj", "csubjpass"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PRENOMINAL = frozenset({"and", "but", "so", "yet", "or"})


def contents_of(p: ParsedDocument, cue: Cue, cues: Sequence[Cue]) -> list[Range]:
    """Find what a cue reports in its own sentence, among that sentence's `cues`, in the order of the text.

    A cue in the middle may report a part on either side ("if X strikes, Y said, we will answer").
    """
    content = _content_of(p, cue, cues)
    if content is None:
        return []
    other = _other_side(p, cue, content, cues)
    return [content] if other is None else sorted((content, other))


def _content_of(p: ParsedDocument, cue: Cue, cues: Sequence[Cue]) -> Range | None:
    found = _raw_content(p, cue, cues)
    if found is None:
        return None
    content = trimmed(p, *_clipped(p, cue, found, cues))
    if content is None or any(_is_cue_alone(p, other, content) for other in cues if other is not cue):
        return None  # nothing left, or another cue taken for what is said
    if (
        cue.form == "verb"
        and "clause" in cue.entry.takes
        and p.lower[content[0]] in _CIRCUMSTANCE
        and p.lower[content[0] - 1] != "that"
    ):
        return None
    return content


def _is_cue_alone(p: ParsedDocument, other: Cue, content: Range) -> bool:
    """Whether a content is nothing but the words of another cue that closes what stands before it."""
    closes = other.first > 0 and p.lower[other.first - 1] in (",", '"', "?", "!", "-", "—")
    return closes and other.first <= content[0] and content[1] <= other.last


def trimmed(p: ParsedDocument, first: int, last: int) -> Range | None:
    """Drop punctuation and conjunctions at the edges of a range; None where nothing is left."""
    while first <= last and (p.lower[first] in _STRIP_LEFT or p.words[first].isspace()):
        first += 1
    while last >= first and (p.lower[last] in _STRIP_RIGHT or p.words[last].isspace()):
        last -= 1
    return (first, last) if first <= last else None


def _raw_content(p: ParsedDocument, cue: Cue, cues: Sequence[Cue]) -> Range | None:
    if cue.form in ("according", "as"):
        return _main_clause_beside(p, cue, cues)
    if cue.form in ("view", "noun"):
        return _after(p, cue)
    found = governed(p, cue)
    if found is not None or cue.form == "adjective":
        return found
    takes = cue.entry.takes
    if "quote" in takes and cue.form != "participle" and not ("words" in takes and "clause" not in takes):
        found = _content_first(p, cue, cues)
    if found is None and "noun" in takes:
        found = noun_phrase(p, cue)
    if found is None and "bare" in takes:
        found = rest_of_sentence(p, cue)
    return found


def _after(p: ParsedDocument, cue: Cue) -> Range | None:
    """The rest of the sentence after a noun cue ("was of the view S", "the claim that S")."""
    end = sentence_span(p, cue.word)[1]
    first = cue.last + 1
    if first <= end and p.lower[first] == "that":
        first += 1
    if first > end or not any(p.pos[t] in ("VERB", "AUX") for t in range(first, end + 1)):
        return None
    if cue.form == "noun":
        if p.deps[cue.word] in SUBJECTS:  # the predicate of the noun is no part of the claim
            predicate = p.heads[cue.word]
            helpers = [c for c in p.children[predicate] if p.deps[c] in ("aux", "auxpass", "neg") and c > first]
            end = min([end, predicate - 1, *(c - 1 for c in helpers)]) if predicate > first else end
        clause = next((c for c in p.children[cue.word] if p.left[c] <= first <= p.right[c] and c >= first), None)
        if clause is not None:
            end = min(end, p.right[clause])
    return (first, end) if first <= end else None


def _content_first(p: ParsedDocument, cue: Cue, cues: Sequence[Cue]) -> Range | None:
    """What stands before "…, X said" or around ", X said,"."""
    if cue.first == 0 or p.lower[cue.first - 1] not in (",", '"', "?", "!", "-", "—", "--"):
        return None
    if any(p.deps[c] == "mark" and c < cue.word for c in p.children[cue.word]):
        return None  # "after Washington announced the plan": a clause of its own
    nxt = cue.last + 1
    if nxt < len(p) and p.pos[nxt] not in ("PUNCT", "SPACE", "CCONJ", "SCONJ") and p.deps[nxt] != "punct":
        return None
    return _main_clause_beside(p, cue, cues)


def _main_clause_beside(p: ParsedDocument, cue: Cue, cues: Sequence[Cue]) -> Range | None:
    """The clause that a parenthesis belongs to: the one before it, or after it where none is complete before."""
    sentence, end = sentence_span(p, cue.word)
    start = sentence
    for other in cues:
        if start < other.last < cue.first and other.word != cue.word and _closes_clause(p, other, start):
            start = other.last + 1
    before, after = trimmed(p, start, cue.first - 1), trimmed(p, cue.last + 1, end)
    if before is not None and any(o.first <= before[0] and before[1] <= o.last for o in cues if o is not cue):
        return after  # "X said that, in Y's view, …"
    if before is None:  # the other cue is itself what is reported: "…, X said, according to Y"
        before = trimmed(p, sentence, cue.first - 1)
    if before is not None and _is_complete(p, *before) and not (after is not None and p.lemmas[before[1]] == "be"):
        first, last = _without_dateline(p, *before)
        if p.lower[first] in _PRENOMINAL and last > first:
            first += 1
        return first, last
    broken = before is not None and p.lemmas[before[1]] == "be"  # "It is, he said, a mistake"
    cited = cue.form == "according" and after is not None and after[1] - after[0] > 2
    if after is not None and (
        broken or cited or any(p.pos[t] in ("VERB", "AUX") for t in range(after[0], after[1] + 1))
    ):
        return after
    return None


def _other_side(p: ParsedDocument, cue: Cue, content: Range, cues: Sequence[Cue]) -> Range | None:
    """The second part of what a parenthesis cuts in two: the clause in front of the main one, or a further main one."""
    if cue.form not in ("verb", "as") or cue.first == 0 or cue.last + 1 >= len(p):
        return None
    if p.lower[cue.first - 1] != "," or p.lower[cue.last + 1] != ",":
        return None
    start, end = sentence_span(p, cue.word)
    if content[0] > cue.last:
        before = trimmed(p, start, cue.first - 1)
        found = before if before is not None and _opens_with_clause(p, *before) else None
    else:
        first = cue.last + 2
        joined = first <= end and p.pos[first] == "CCONJ" and p.lower[first] in _PRENOMINAL
        after = trimmed(p, first + 1, end) if joined else None
        found = after if after is not None and _is_complete(p, *after) else None
    if found is None or any(found[0] <= o.word <= found[1] and o.form != "noun" for o in cues):
        return None
    return found


def _opens_with_clause(p: ParsedDocument, first: int, last: int) -> bool:
    """Whether a range is an adverbial clause or phrase with a verb of its own, and no mere subject."""
    verbs = [t for t in range(first, last + 1) if p.pos[t] in ("VERB", "AUX")]
    tops = [t for t in range(first, last + 1) if not first <= p.heads[t] <= last and p.pos[t] != "PUNCT"]
    return bool(verbs) and last - first >= 3 and all(p.deps[t] in ("advcl", "prep", "mark", "advmod") for t in tops)


def _without_dateline(p: ParsedDocument, first: int, last: int) -> Range:
    """Drop "KABUL -- " or "GENEVA (Reuters) - " at the start of a range."""
    dash = next((t for t in range(first + 1, min(first + 9, last)) if p.lower[t] in ("-", "--", "—")), None)
    if dash is None or p.starts[dash] == p.ends[dash - 1] or not p.words[first].isupper():
        return first, last
    return (dash + 1, last) if any(p.pos[t] in ("VERB", "AUX") for t in range(dash + 1, last + 1)) else (first, last)


def _closes_clause(p: ParsedDocument, other: Cue, start: int) -> bool:
    """Whether an earlier cue has already closed its own content: "It failed, he said, and …, she added"."""
    if other.form not in ("verb", "according") or other.first <= start:
        return False
    return p.lower[other.first - 1] in (",", '"') and other.last + 1 < len(p) and p.lower[other.last + 1] in (",", ".")


def _is_complete(p: ParsedDocument, first: int, last: int) -> bool:
    """Whether a range holds a finite verb of a main clause with its subject."""
    for token in range(first, last + 1):
        if p.pos[token] not in ("VERB", "AUX") or _is_subordinate(p, token, first, last):
            continue
        if any(first <= c <= last and p.deps[c] in (*SUBJECTS, "expl") for c in p.children[token]):
            return True
    return False


def _is_subordinate(p: ParsedDocument, token: int, first: int, last: int) -> bool:
    """Whether a verb stands in a relative, adverbial or reduced clause, seen within a range."""
    while first <= token <= last:
        if p.deps[token] in _SUBORDINATE:
            return (
                p.deps[token] != "advcl"
                or first <= p.heads[token] <= last
                or (p.left[token] >= first and _has_mark(p, token))
            )
        if p.heads[token] == token:
            return False
        token = p.heads[token]
    return False


def _has_mark(p: ParsedDocument, verb: int) -> bool:
    opening = any(p.deps[c] in ("mark", "advmod") and c == p.left[verb] for c in p.children[verb])
    return opening or p.tags[verb] in ("VBN", "VBG")


def _clipped(p: ParsedDocument, cue: Cue, content: Range, cues: Sequence[Cue]) -> Range:
    """End a content before the cue that closes or continues it: ", according to X", ", adding that"."""
    first, last = _extended(p, cue, *content)
    last = _within_relative(p, cue, first, last)
    if first <= cue.first <= last:  # a parse that puts the cue into what it reports
        last = cue.first - 1 if cue.first - first > last - cue.last else last
        first = cue.last + 1 if last > cue.last else first
    while first < last and p.lower[first] in _STRIP_LEFT:
        first += 1
    for other in cues:
        if not first < other.first <= last or other.word == cue.word:
            continue
        joined = (
            p.deps[other.word] in ("conj", "ccomp")
            and other.speakers == cue.speakers
            and p.pos[other.first - 1] == "CCONJ"
        )
        if joined:
            last = min(last, other.first - 2)
            continue
        if p.lower[other.first - 1] not in (",", '"', "-", "—", *_CONTRASTS):
            continue
        if _contrasts(p, other):
            last = min(last, other.first - 1)
            continue
        if cue.form == "according" and other.form == "verb":
            continue
        closing = other.last >= last - 1 or (other.last + 1 < len(p) and p.lower[other.last + 1] in (".", ","))
        if other.form == "participle" or (closing and other.form in ("according", "verb")):
            last = min(last, other.first - 1)
    return first, last


def _within_relative(p: ParsedDocument, cue: Cue, first: int, last: int) -> int:
    """End what a relative clause reports before the verb of the main clause: "X, who said it was late, left"."""
    if p.deps[cue.word] != "relcl" or first < cue.word:
        return last
    for token in range(first + 2, last):
        if p.lower[token] == "," and p.tags[token + 1] in _FINITE:
            verb = p.heads[token + 1] if p.deps[token + 1] in ("aux", "auxpass") else token + 1
            if not any(p.deps[c] in SUBJECTS and c > token for c in p.children[verb]):
                return token - 1
    return last


def _contrasts(p: ParsedDocument, other: Cue) -> bool:
    """Whether another speaker's clause is set beside this one: ", while X insists that …"."""
    first = other.first if p.lower[other.first] in _CONTRASTS else other.first - 1
    has_subject = any(p.heads[s] == other.word and s < other.word for s in other.speakers)
    return other.form == "verb" and has_subject and p.lower[first] in _CONTRASTS


def _extended(p: ParsedDocument, cue: Cue, first: int, last: int) -> Range:
    """Run on to the next comma or stop where a parse cuts a clause short in the middle of its words."""
    end = sentence_span(p, cue.word)[1]
    if first < cue.word or not 0 <= last < end or p.pos[last + 1] not in ("ADV", "AUX", "VERB", "ADJ", "NOUN", "PROPN"):
        return first, last
    if p.pos[last + 1] in ("AUX", "VERB") and p.left[last + 1] <= cue.word:
        return first, last  # "what X calls “piracy” began in May": the cue is part of the next verb's subject
    while last < end and p.lower[last + 1] not in (",", ".", ";", ":", '"', "and", "but", "while"):
        last += 1
    return first, last
