"""What a cue governs to its right, by its frame: a clause, an infinitive, a phrase, quoted words.

What enters: a `ParsedDocument` and a `Cue` whose entry names the frames it takes. What leaves: token ranges
[first, last], both included, not yet trimmed; None where a frame is empty. Frames are tried from the most
to the least certain.
"""

from __future__ import annotations

from detente.coding.cue_extent import Cue
from detente.coding.cues import cue_lexicon
from detente.syntax.clauses import SUBJECTS
from detente.syntax.document import ParsedDocument

Range = tuple[int, int]

PREPOSITIONS = frozenset({"of", "as", "for", "against", "to"})
_INTERROGATIVE = frozenset({"whether", "if"})
_NAMED = frozenset({"dobj", "nsubjpass", "agent"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_REASONS = frozenset({"for", "over", "as", "of", "about", "against"})
_OF_THE_NOUN = frozenset({"for", "of", "from", "between", "against", "with", "about", "over"})
_STOPS = frozenset({";", ":", ".", "?", "!"})
_REACH = 14


def sentence_span(p: ParsedDocument, i: int) -> Range:
    """The first and last token of the sentence that holds token `i`."""
    start, end = p.sentences[p.sentence_of[i]]
    return start, end - 1


def governed(p: ParsedDocument, cue: Cue) -> Range | None:
    """What a verb or adjective governs to its right, without content that stands before it."""
    takes = cue.entry.takes
    found = _clause(p, cue) if "clause" in takes else None
    if cue.form == "adjective":
        return found or (prepositional(p, cue, ("of", "about", "towards", "toward")) if "of" in takes else None)
    if found is None and "oprd" in takes and any(p.deps[c] == "oprd" and c > cue.word for c in p.children[cue.word]):
        found = _predicate(p, cue)
    if found is None and "infinitive" in takes:
        found = _infinitive(p, cue)
    if found is None and takes & PREPOSITIONS:
        found = prepositional(p, cue, tuple(sorted(takes & PREPOSITIONS)))
    if found is None and "oprd" in takes:
        found = _predicate(p, cue)
    if found is None and "words" in takes:
        found = _quoted_words(p, cue)
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
        if (
            _is_question(p, first, child)
            or p.pos[first] == "CCONJ"
            or not _is_finite(p, child, lenient="bare" in cue.entry.takes)
        ):
            continue
        if p.pos[first - 1] == "CCONJ" and any(p.deps[c] == "dobj" and c < child for c in p.children[cue.word]):
            continue  # "noted the fall of X and Y said": two clauses, whatever the parse
        return _after_that(p, first, child), last
    return _that_clause(p, cue)


def _after_that(p: ParsedDocument, first: int, verb: int) -> int:
    """The start of a clause past a time or occasion that the parse takes into it: "said | on Monday that | it …"."""
    for token in range(first + 1, verb):
        if p.lower[token] == "that" and p.tags[token] == "IN":
            return token + 1
        if p.pos[token] in ("VERB", "AUX") or p.deps[token] in SUBJECTS:
            break
    return first


def _is_question(p: ParsedDocument, first: int, verb: int) -> bool:
    """Whether a clause asks ("said whether"); a condition in front of it is part of it ("said if …, it would")."""
    return p.lower[first] in _INTERROGATIVE and p.lower[first - 1] != "that" and p.heads[first] == verb


def _that_clause(p: ParsedDocument, cue: Cue) -> Range | None:
    """A that-clause that the parse hangs elsewhere, past the hearer, the time and the occasion."""
    end = sentence_span(p, cue.word)[1]
    for token in range(cue.last + 1, min(end, cue.last + _REACH)):
        if p.lower[token] == "that" and p.tags[token] in ("IN", "WDT", "DT"):
            if token > cue.last + 1 and p.tags[token] != "IN" and p.lower[token - 1] != ",":
                return None
            has_verb = any(p.pos[t] in ("VERB", "AUX") for t in range(token, end + 1))
            return (token + 1, end) if has_verb else None
        if p.pos[token] in ("VERB", "AUX", "CCONJ") or p.lower[token] in _STOPS or p.deps[token] == "dobj":
            return None
    return None


def _is_finite(p: ParsedDocument, verb: int, *, lenient: bool = False) -> bool:
    """Whether a clause is a statement and not an infinitive or gerund; `lenient` forgives a bare participle."""
    if any(p.lower[c] == "to" and p.deps[c] == "aux" for c in p.children[verb]):
        return False
    if p.tags[verb] in _FINITE:
        return True
    helped = any(p.deps[c] in ("aux", "auxpass", "cop") for c in p.children[verb])
    return (
        helped
        or (lenient and p.tags[verb] == "VBN")
        or (any(p.deps[c] in SUBJECTS for c in p.children[verb]) and p.tags[verb] != "VBG")
    )


def _infinitive(p: ParsedDocument, cue: Cue) -> Range | None:
    """The infinitive with its "not": "vowed to leave", "told Greece not to fire"."""
    governors = [cue.word]
    for child in p.children[cue.word]:
        if child > cue.word and p.deps[child] in ("dobj", "dative", "prep", "prt"):
            governors += [child, *(c for c in p.children[child] if p.deps[c] == "pobj")]
    for child in (c for governor in governors for c in p.children[governor]):
        if child > cue.word and p.deps[child] in ("xcomp", "ccomp", "advcl", "acl", "relcl"):
            to = next((c for c in p.children[child] if p.lower[c] == "to" and p.deps[c] == "aux"), None)
            if to is not None:
                negated = to - 1 > cue.word and p.lower[to - 1] in ("not", "never")
                return to - negated, p.right[child]
    return None


def prepositional(p: ParsedDocument, cue: Cue, words: tuple[str, ...]) -> Range | None:
    """What follows the preposition that a cue governs, also where the parse hangs it on the object."""
    governors = [
        cue.word,
        *(c for c in p.children[cue.word] if p.deps[c] in ("dobj", "nsubjpass", "prep") and c > cue.word),
    ]
    for governor in governors:
        for child in p.children[governor]:
            if child <= cue.word or p.lower[child] not in words or p.deps[child] not in ("prep", "advcl", "mark"):
                continue
            if p.lower[child] in ("for", "to") and "whom" in cue.entry.takes and not _has_object(p, cue.word):
                continue  # "whom critics blame for it": the charge stands before
            if p.lower[child] == "for" and "whom" not in cue.entry.takes and _has_object(p, cue.word):
                continue  # "called a meeting for Monday"
            if governor != cue.word and p.lower[child] == "of" and not _governs_verb(p, child):
                continue
            if p.right[child] > child:
                return child + 1, _with_infinitive(p, p.right[child]) if p.lower[child] == "for" else p.right[child]
    return _marked_clause(p, cue) if "for" in words else _past_apposition(p, cue, words)


def _with_infinitive(p: ParsedDocument, last: int) -> int:
    """Run on over what somebody is called to do: "for the council to meet"."""
    if last + 1 < len(p) and p.lower[last + 1] == "to" and p.deps[last + 1] == "aux":
        return max(last, p.right[p.heads[last + 1]])
    return last


def _marked_clause(p: ParsedDocument, cue: Cue) -> Range | None:
    """ "Called for all sides to stop", where the parse takes "for" into the clause."""
    nxt = cue.last + 1
    if nxt < len(p) and p.lower[nxt] == "for" and p.deps[nxt] == "mark":
        return nxt + 1, p.right[p.heads[nxt]]
    return None


def _past_apposition(p: ParsedDocument, cue: Cue, words: tuple[str, ...]) -> Range | None:
    """The preposition after a long hearer: "accused the head of the mission, X, of spying", "described X in Y as"."""
    if "whom" not in cue.entry.takes and "as" not in words:
        return None
    end = sentence_span(p, cue.word)[1]
    for token in range(cue.word + 2, end):
        if p.lower[token] in _STOPS or (p.tags[token] in _FINITE and p.quotation_of[token] is None):
            return None
        gerund = p.tags[token + 1] == "VBG"
        if p.lower[token] not in words or not (p.pos[token] == "ADP" or (p.pos[token] == "SCONJ" and gerund)):
            continue
        if p.lower[token] == "as" or gerund or (p.lower[token] == "of" and p.lower[token - 1] == ","):
            last = max(p.right[token], token + 1)
            return token + 1, max(last, p.right[token + 1]) if gerund else last
    return None


def _has_object(p: ParsedDocument, verb: int) -> bool:
    return any(p.deps[c] == "nsubjpass" or (p.deps[c] == "dobj" and c > verb) for c in p.children[verb])


def _governs_verb(p: ParsedDocument, preposition: int) -> bool:
    return any(p.deps[c] == "pcomp" for c in p.children[preposition])


def _predicate(p: ParsedDocument, cue: Cue) -> Range | None:
    """What something is called: "called the move illegal", "called it a mistake", "called him “a liar”"."""
    for child in p.children[cue.word]:
        if child > cue.word and p.deps[child] == "oprd" and any(p.deps[c] in _NAMED for c in p.children[cue.word]):
            return p.left[child], p.right[child]
        if child > cue.word and p.deps[child] == "ccomp" and p.pos[child] in ("ADJ", "NOUN", "PROPN"):
            subject = next((c for c in p.children[child] if p.deps[c] in SUBJECTS), None)
            if subject is not None and subject < child:
                return p.right[subject] + 1, p.right[child]
    return _quoted_name(p, cue)


def _quoted_name(p: ParsedDocument, cue: Cue) -> Range | None:
    """The quoted words after the object of "call", where the parse makes one phrase of the two."""
    finite = False  # a clause within the object, which ends with the sentence
    end = sentence_span(p, cue.word)[1]
    for token in range(cue.word + 1, end):
        if p.lower[token] == '"':
            number = p.quotation_of[token + 1]
            last = token + 1
            while last < end and p.quotation_of[last + 1] == number:
                last += 1
            closes = last + 2 >= end or not finite
            return (token + 1, last) if token > cue.word + 1 and number is not None and closes else None
        if p.lower[token] in _STOPS or p.lower[token] == ",":
            return None
        finite = finite or p.tags[token] in _FINITE
    return None


def _quoted_words(p: ParsedDocument, cue: Cue) -> Range | None:
    """The object or reason that holds quoted words: "denounced the “old habits” of X", "praised X for its “calm”"."""
    if p.quotation_of[cue.word] is not None:
        return None
    for child in p.children[cue.word]:
        is_reason = p.deps[child] == "prep" and p.lower[child] in _REASONS
        if child <= cue.word or not (is_reason or p.deps[child] in ("dobj", "oprd")):
            continue
        first, last = p.left[child], p.right[child]
        inner = (p.left[t] for t in range(first, last + 1) if p.deps[t] == "relcl")
        last = min([last, *(start - 1 for start in inner if start > first)])
        if all(p.quotation_of[t] is None for t in range(first, last + 1)):
            continue
        if is_reason:
            return first + 1, last
        reason = next((c for c in p.children[child] if p.deps[c] == "prep" and p.lower[c] in ("for", "over")), None)
        return (reason + 1, last) if reason is not None and p.quotation_of[child] is None else (first, last)
    return None


def noun_phrase(p: ParsedDocument, cue: Cue) -> Range | None:
    """The noun phrase or gerund that is noted, stressed or denied."""
    for child in p.children[cue.word]:
        if child <= cue.word:
            continue
        gerund = p.deps[child] == "xcomp" and p.tags[child] == "VBG"
        last = p.right[child] if gerund else _with_complement(p, cue.word, p.right[child])
        if gerund or (p.deps[child] == "dobj" and last - p.left[child] >= 2 and _is_sayable(p, cue, child)):
            return p.left[child], last
    return None


def _with_complement(p: ParsedDocument, verb: int, last: int) -> int:
    """Run on over what belongs to an object though the parse hangs it on the verb: "demands | talks | with Iran"."""
    following = next((c for c in p.children[verb] if p.left[c] == last + 1 and p.deps[c] == "prep"), None)
    return p.right[following] if following is not None and p.lower[following] in _OF_THE_NOUN else last


def _is_sayable(p: ParsedDocument, cue: Cue, noun: int) -> bool:
    """Whether an object can be what is said; not a source ("citing an official"), not something refused
    ("denied the team visas", "rejected the offer")."""
    lexicon, lemma = cue_lexicon(), p.lemmas[noun]
    if cue.entry.factuality == "denying":
        clause = any(p.lower[t] == "that" and p.deps[t] == "mark" for t in range(noun, p.right[noun] + 1))
        return not clause and (lemma in lexicon.nouns or lemma in lexicon.deniable)
    return not (lemma in lexicon.people or lemma in lexicon.documents or lemma in lexicon.media)


def rest_of_sentence(p: ParsedDocument, cue: Cue) -> Range | None:
    """Everything to the end of the sentence, where the verb can mean nothing but speech."""
    start, end = cue.last + 1, sentence_span(p, cue.word)[1]
    while start <= end and p.lower[start] in (",", ":", '"'):
        start += 1
    if start <= end and p.pos[start] == "ADP":  # "said after the talks it would not pay"
        verb = next((t for t in range(start, end + 1) if _opens_clause(p, t, start)), None)
        start = start if verb is None else min(p.left[c] for c in p.children[verb] if p.deps[c] in SUBJECTS)
    if start > end or p.pos[start] in ("CCONJ", "ADP", "SCONJ", "PART"):
        return None
    verbs = [t for t in range(start, end + 1) if p.pos[t] in ("VERB", "AUX") and p.tags[t] not in ("VB", "VBG", "VBN")]
    return (start, end) if verbs else None


def _opens_clause(p: ParsedDocument, verb: int, start: int) -> bool:
    """Whether a verb with its own subject begins a main clause after `start`."""
    if p.pos[verb] not in ("VERB", "AUX") or p.deps[verb] in ("relcl", "acl", "pcomp", "aux", "auxpass"):
        return False
    if not _is_finite(p, verb) or any(p.deps[c] == "mark" for c in p.children[verb]):
        return False
    subjects = [c for c in p.children[verb] if p.deps[c] in SUBJECTS]
    return bool(subjects) and p.left[subjects[0]] > start and p.pos[p.left[subjects[0]] - 1] not in ("ADP", "SCONJ")
