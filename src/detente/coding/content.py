"""What a cue reports: the words of the clause, phrase or sentence that carry what is said.

What enters: a `ParsedDocument`, a `Cue` and its neighbours. What leaves: token ranges [first, last], both
included, without the cue, the conjunction "that" and punctuation at the edges. Quotations that stand apart
from the cue's clause are read in `quoted.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.cue_extent import Cue
from detente.coding.cues import cue_lexicon
from detente.syntax.clauses import SUBJECTS
from detente.syntax.document import ParsedDocument

Range = tuple[int, int]

_STRIP_LEFT = frozenset({",", ";", ":", "-", "--", "—", ".", "that", "...", ")", "as"})
_STRIP_RIGHT = frozenset({",", ";", ":", ".", "-", "--", "—", "and", "but", "(", "while", "whereas", "as"})
_INTERROGATIVE = frozenset({"whether", "if"})
_NAMED = frozenset({"dobj", "nsubjpass", "agent"})
_CIRCUMSTANCE = frozenset({"when", "even", "as", "because", "since", "while"})
_CONTRASTS = frozenset({"while", "whereas", "although", "though", "but"})
_PRENOMINAL = frozenset({"and", "but", "so", "yet", "or"})


def content_of(p: ParsedDocument, cue: Cue, cues: Sequence[Cue]) -> Range | None:
    """Find what a cue reports in its own sentence, among that sentence's `cues`; None where it reports nothing."""
    found = _raw_content(p, cue, cues)
    if found is None:
        return None
    content = trimmed(p, *_clipped(p, cue, found, cues))
    if content is None or any(
        other.first <= content[0] and content[1] <= other.last for other in cues if other is not cue
    ):
        return None  # nothing left, or another cue taken for what is said
    if (
        cue.form == "verb"
        and "clause" in cue.entry.takes
        and p.lower[content[0]] in _CIRCUMSTANCE
        and p.lower[content[0] - 1] != "that"
    ):
        return None
    return content


def trimmed(p: ParsedDocument, first: int, last: int) -> Range | None:
    """Drop punctuation and conjunctions at the edges of a range; None where nothing is left."""
    while first <= last and (p.lower[first] in _STRIP_LEFT or p.words[first].isspace()):
        first += 1
    while last >= first and (p.lower[last] in _STRIP_RIGHT or p.words[last].isspace()):
        last -= 1
    return (first, last) if first <= last else None


def sentence_span(p: ParsedDocument, i: int) -> Range:
    """The first and last token of the sentence that holds token `i`."""
    start, end = p.sentences[p.sentence_of[i]]
    return start, end - 1


def _raw_content(p: ParsedDocument, cue: Cue, cues: Sequence[Cue]) -> Range | None:
    if cue.form in ("according", "as"):
        return _main_clause_beside(p, cue, cues)
    if cue.form in ("view", "noun"):
        return _after(p, cue)
    takes = cue.entry.takes
    if cue.form == "adjective":
        clause = _clause(p, cue) if "clause" in takes else None
        return clause or (_prepositional(p, cue, ("of", "about", "towards", "toward")) if "of" in takes else None)
    found = _clause(p, cue) if "clause" in takes else None
    if found is None and "infinitive" in takes:
        found = _infinitive(p, cue)
    if found is None and takes & {"of", "as", "for"}:
        found = _prepositional(p, cue, tuple(sorted(takes & {"of", "as", "for"})))
    if found is None and "oprd" in takes:
        found = _predicate(p, cue)
    if found is None and "quote" in takes and cue.form != "participle":
        found = _content_first(p, cue, cues)
    if found is None and "noun" in takes:
        found = _object(p, cue)
    if found is None and "bare" in takes:
        found = _rest(p, cue)
    return found


def _clause(p: ParsedDocument, cue: Cue) -> Range | None:
    """The clause that a verb or adjective governs to its right."""
    for child in (*p.children[cue.word], *(p.children[cue.last] if cue.last != cue.word else ())):
        if child <= cue.last or p.deps[child] not in ("ccomp", "xcomp"):
            continue
        first, last = max(p.left[child], cue.last + 1), p.right[child]
        if p.deps[child] == "xcomp" and not _is_finite(p, child, lenient="bare" in cue.entry.takes):
            continue
        if p.pos[child] not in ("VERB", "AUX") and "bare" not in cue.entry.takes:
            continue
        if (p.lower[first] in _INTERROGATIVE and p.lower[first - 1] != "that") or not _is_finite(
            p, child, lenient="bare" in cue.entry.takes
        ):
            continue
        if p.pos[first - 1] == "CCONJ" and any(p.deps[c] == "dobj" and c < child for c in p.children[cue.word]):
            continue  # "noted the fall of X and Y said": two clauses, whatever the parse
        return first, last
    nxt = cue.last + 1
    while nxt < len(p) and (p.lower[nxt] == "," or p.pos[nxt] == "ADV"):
        nxt += 1
    if nxt < len(p) and p.lower[nxt] == "that" and p.tags[nxt] in ("IN", "WDT", "DT"):
        end = sentence_span(p, cue.word)[1]
        has_verb = any(p.pos[t] in ("VERB", "AUX") for t in range(nxt, end + 1))
        return (nxt + 1, end) if has_verb and p.sentence_of[nxt] == p.sentence_of[cue.word] else None
    return None


def _is_finite(p: ParsedDocument, verb: int, *, lenient: bool = False) -> bool:
    """Whether a clause is a statement and not an infinitive or gerund; `lenient` forgives a bare participle."""
    if any(p.lower[c] == "to" and p.deps[c] == "aux" for c in p.children[verb]):
        return False
    if p.tags[verb] in ("VBD", "VBZ", "VBP", "MD"):
        return True
    helped = any(p.deps[c] in ("aux", "auxpass", "cop") for c in p.children[verb])
    return (
        helped
        or (lenient and p.tags[verb] == "VBN")
        or (any(p.deps[c] in SUBJECTS for c in p.children[verb]) and p.tags[verb] != "VBG")
    )


def _infinitive(p: ParsedDocument, cue: Cue) -> Range | None:
    governors = [cue.word]
    for child in p.children[cue.word]:
        if child > cue.word and p.deps[child] in ("dobj", "dative", "prep", "prt"):
            governors += [child, *(c for c in p.children[child] if p.deps[c] == "pobj")]
    for child in (c for governor in governors for c in p.children[governor]):
        if child > cue.word and p.deps[child] in ("xcomp", "ccomp", "advcl", "acl", "relcl"):
            to = next((c for c in p.children[child] if p.lower[c] == "to" and p.deps[c] == "aux"), None)
            if to is not None:
                return to, p.right[child]
    return None


def _prepositional(p: ParsedDocument, cue: Cue, words: tuple[str, ...]) -> Range | None:
    """What follows the preposition that a cue governs, also where the parse hangs it on the object."""
    governors = [
        cue.word,
        *(c for c in p.children[cue.word] if p.deps[c] in ("dobj", "nsubjpass", "prep") and c > cue.word),
    ]
    for governor in governors:
        for child in p.children[governor]:
            if child <= cue.word or p.lower[child] not in words or p.deps[child] not in ("prep", "advcl", "mark"):
                continue
            if p.lower[child] == "for" and "whom" in cue.entry.takes and not _has_object(p, cue.word):
                continue  # "whom critics blame for it": the charge stands before
            if governor != cue.word and p.lower[child] == "of" and not _governs_verb(p, child):
                continue
            if p.right[child] > child:
                return child + 1, p.right[child]
    return None


def _has_object(p: ParsedDocument, verb: int) -> bool:
    return any(p.deps[c] == "nsubjpass" or (p.deps[c] == "dobj" and c > verb) for c in p.children[verb])


def _governs_verb(p: ParsedDocument, preposition: int) -> bool:
    return any(p.deps[c] == "pcomp" for c in p.children[preposition])


def _predicate(p: ParsedDocument, cue: Cue) -> Range | None:
    """What something is called: "called the move illegal", "called it a mistake"."""
    for child in p.children[cue.word]:
        if child > cue.word and p.deps[child] == "oprd" and any(p.deps[c] in _NAMED for c in p.children[cue.word]):
            return p.left[child], p.right[child]
        if child > cue.word and p.deps[child] == "ccomp" and p.pos[child] in ("ADJ", "NOUN", "PROPN"):
            subject = next((c for c in p.children[child] if p.deps[c] in SUBJECTS), None)
            if subject is not None and subject < child:
                return p.right[subject] + 1, p.right[child]
    return None


def _object(p: ParsedDocument, cue: Cue) -> Range | None:
    """The noun phrase or gerund that is noted, stressed or denied."""
    for child in p.children[cue.word]:
        if child <= cue.word:
            continue
        gerund = p.deps[child] == "xcomp" and p.tags[child] == "VBG"
        if gerund or (p.deps[child] == "dobj" and p.right[child] - p.left[child] >= 2 and _is_sayable(p, cue, child)):
            return p.left[child], p.right[child]
    return None


def _is_sayable(p: ParsedDocument, cue: Cue, noun: int) -> bool:
    """Whether an object can be what is said; not a source ("citing an official"), not something refused
    ("denied the team visas", "rejected the offer")."""
    lexicon, lemma = cue_lexicon(), p.lemmas[noun]
    if cue.entry.factuality == "denying":
        clause = any(p.lower[t] == "that" and p.deps[t] == "mark" for t in range(noun, p.right[noun] + 1))
        return not clause and (lemma in lexicon.nouns or lemma in lexicon.deniable)
    return not (lemma in lexicon.people or lemma in lexicon.documents or lemma in lexicon.media)


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


def _rest(p: ParsedDocument, cue: Cue) -> Range | None:
    """Everything to the end of the sentence, where the verb can mean nothing but speech."""
    start, end = cue.last + 1, sentence_span(p, cue.word)[1]
    while start <= end and p.lower[start] in (",", ":", '"'):
        start += 1
    if start > end or p.pos[start] in ("CCONJ", "ADP", "SCONJ", "PART"):
        return None
    verbs = [t for t in range(start, end + 1) if p.pos[t] in ("VERB", "AUX") and p.tags[t] not in ("VB", "VBG", "VBN")]
    return (start, end) if verbs else None


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
    if before is None:  # the other cue is itself what is reported: "…, X said, according to Y"
        before = trimmed(p, sentence, cue.first - 1)
    if before is not None and _is_complete(p, *before):
        first, last = _without_dateline(p, *before)
        if p.lower[first] in _PRENOMINAL and last > first:
            first += 1
        return first, last
    if after is not None and any(p.pos[t] in ("VERB", "AUX") for t in range(after[0], after[1] + 1)):
        return after
    return None


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
        if p.deps[token] in ("aux", "auxpass", "relcl", "acl", "advcl", "pcomp"):
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
    if first <= cue.first <= last:  # a parse that puts the cue into what it reports
        last = cue.first - 1 if cue.first - first > last - cue.last else last
        first = cue.last + 1 if last > cue.last else first
    for other in cues:
        if not first < other.first <= last or other.word == cue.word:
            continue
        joined = p.deps[other.word] == "conj" and other.speakers == cue.speakers and p.pos[other.first - 1] == "CCONJ"
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
    while last < end and p.lower[last + 1] not in (",", ".", ";", ":", '"', "and", "but", "while"):
        last += 1
    return first, last
