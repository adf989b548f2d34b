"""Cues that are not verbs: "according to X", "in X's view", "the claim that", "his reply was", "is confident that".

What enters: a `ParsedDocument`, a token and the lexicon. What leaves: a `Cue` or None.
"""

from __future__ import annotations

from dataclasses import replace

from detente.coding.cue_extent import UNREAL, Cue, left_of
from detente.coding.cues import CueEntry, CueLexicon, Factuality
from detente.syntax.clauses import SUBJECTS, agents, is_negated, own_subjects, surface_subjects
from detente.syntax.document import ParsedDocument

_VIEW_PREPOSITIONS = frozenset({"in", "of", "to", "under"})
_DOUBTED = frozenset({"claim", "allegation", "accusation", "rumour", "rumor", "speculation"})


def according_cue(p: ParsedDocument, i: int) -> Cue | None:
    """Read "according to X"."""
    if i + 1 >= len(p) or p.lower[i + 1] != "to":
        return None
    noun = next((c for c in p.children[i + 1] if p.deps[c] in ("pobj", "pcomp")), None)
    if noun is None:
        return None
    entry = CueEntry("according to", "speech", "neutral", frozenset({"clause", "quote"}))
    last = p.right[noun]
    for token in range(noun + 1, last + 1):  # a comma ends the name unless an apposition follows
        if p.lower[token] == "," and not any(p.left[c] == token + 1 for c in p.children[noun] if p.deps[c] == "appos"):
            last = token - 1
            break
    return Cue(i, i, last, (noun,), entry, "according")


def noun_cue(p: ParsedDocument, i: int, lemma: str, lexicon: CueLexicon) -> Cue | None:
    if lemma in lexicon.views or p.lower[i] in lexicon.views:
        cue = _view_cue(p, i)
        if cue is not None:
            return cue
    if lemma in lexicon.openers and p.deps[i] in SUBJECTS:
        cue = _opener_cue(p, i)
        if cue is not None:
            return cue
    if (lemma in lexicon.nouns or lemma in lexicon.views) and p.deps[i] in SUBJECTS:
        cue = _position_cue(p, i, lemma)
        if cue is not None:
            return cue
    if lemma in lexicon.nouns:
        return _content_noun(p, i, lemma, lexicon)
    return None


def _view_cue(p: ParsedDocument, i: int) -> Cue | None:
    """Read "X was of the view (that) S", "in X's view, S", "in the words of X, S"."""
    entry = CueEntry(f"view: {p.lemmas[i]}", "speech", "neutral", frozenset({"clause", "bare"}))
    j = i - 1
    while j >= 0 and p.pos[j] in ("DET", "ADJ", "PRON", "PART", "PROPN", "NOUN"):
        j -= 1
    if j < 0 or p.lower[j] not in _VIEW_PREPOSITIONS:
        return None
    if p.lower[j] == "of" and j and p.lemmas[j - 1] == "be":
        speakers = own_subjects(p, j - 1)
        if not speakers:
            return None
        return Cue(i, left_of(p, speakers[0]), i, tuple(speakers), entry, "view")
    owners = tuple(c for c in p.children[i] if p.deps[c] == "poss")
    last = i
    if not owners and i + 1 < len(p) and p.lower[i + 1] == "of":
        owners = tuple(c for c in p.children[i + 1] if p.deps[c] == "pobj")
        last = p.right[owners[0]] if owners else i
        for token in range(i + 2, last + 1):
            if p.lower[token] in (",", '"'):
                last = token - 1
                break
    if not owners or p.lower[j] == "of":
        return None
    return Cue(i, j, last, owners, replace(entry, takes=frozenset({"clause"})), "according")


def _opener_cue(p: ParsedDocument, i: int) -> Cue | None:
    """Read "his reply was blunt." and "their message was that S"; the words follow."""
    verb = p.heads[i]
    owners = tuple(c for c in p.children[i] if p.deps[c] == "poss")
    if p.lemmas[verb] not in ("be", "come") or not owners or p.deps[i] not in SUBJECTS or is_negated(p, verb):
        return None
    clause = any(p.deps[c] == "ccomp" and c > verb for c in p.children[verb])
    entry = CueEntry(f"opener: {p.lemmas[i]}", "speech", "neutral", frozenset({"clause"}))
    end = p.sentences[p.sentence_of[i]][1]
    if clause and ":" not in p.lower[verb : min(end, verb + 4)]:
        return Cue(i, p.left[i], verb, owners, entry, "noun")
    colon = next((t for t in range(verb, min(end, verb + 4)) if p.lower[t] == ":"), None)
    if colon is None and end - i > 10:
        return None
    last = colon or next((t for t in range(i, end) if p.lower[t] in (":", ".")), None)
    return None if last is None else Cue(i, p.left[i], last, owners, entry, "opener")


def _position_cue(p: ParsedDocument, i: int, lemma: str) -> Cue | None:
    """Read "X's position is that S"."""
    verb = p.heads[i]
    owners = tuple(c for c in p.children[i] if p.deps[c] == "poss")
    if p.lemmas[verb] != "be" or not owners or is_negated(p, verb):
        return None
    clause = next((c for c in p.children[verb] if p.deps[c] == "ccomp" and c > verb), None)
    mark = next((c for c in p.children[clause] if p.lower[c] == "that"), None) if clause is not None else None
    if mark is None:
        return None
    entry = CueEntry(f"noun: {lemma}", "speech", "doubting" if lemma in _DOUBTED else "neutral", frozenset({"clause"}))
    return Cue(i, p.left[i], mark - 1, owners, entry, "view")


def _content_noun(p: ParsedDocument, i: int, lemma: str, lexicon: CueLexicon) -> Cue | None:
    """Read "the claim that S", "made the claim that S", "a statement saying" apart."""
    mark = _that_after(p, i, lexicon)
    if mark is None:
        return None
    speakers = [c for c in p.children[i] if p.deps[c] == "poss"]
    head = p.heads[i]
    governor = lexicon.verbs.get(p.lemmas[head]) if p.pos[head] == "VERB" else None
    dismissed = governor is not None and governor.factuality == "denying" and p.deps[i] in ("dobj", "nsubjpass")
    if dismissed:
        speakers = agents(p, head)
    elif not speakers and p.deps[i] == "dobj" and p.lemmas[head] in lexicon.light_verbs and not is_negated(p, head):
        speakers = agents(p, head)
    for child in p.children[i]:
        if not (speakers or dismissed) and p.deps[child] == "prep" and p.lower[child] in ("by", "from", "of"):
            speakers = [c for c in p.children[child] if p.deps[c] == "pobj"]
    if not speakers:
        return None
    denying = dismissed or lemma == "denial"
    factuality: Factuality = "denying" if denying else "doubting" if lemma in _DOUBTED else "neutral"
    entry = CueEntry(f"noun: {lemma}", "speech", factuality, frozenset({"clause"}))
    return Cue(i, p.left[i], mark - 1, tuple(speakers), entry, "noun")


def _that_after(p: ParsedDocument, i: int, lexicon: CueLexicon) -> int | None:
    """The "that" of a noun's clause, also where the parse hangs the clause on a light verb: "made the case for
    weeks that S"."""
    governors = [i]
    if p.deps[i] == "dobj" and p.lemmas[p.heads[i]] in lexicon.light_verbs:
        governors.append(p.heads[i])
    for governor in governors:
        for clause in p.children[governor]:
            if clause > i and p.deps[clause] in ("acl", "ccomp", "relcl", "advcl"):
                that = next((c for c in p.children[clause] if p.lower[c] == "that" and c > i), None)
                if that is not None and (p.deps[that] == "mark" or p.tags[that] == "IN"):
                    return that
    return None


def adjective_cue(p: ParsedDocument, i: int, entry: CueEntry) -> Cue | None:
    """Read "is confident that S", "was critical of X"; the subject is that of the copula."""
    verb = p.heads[i]
    if p.deps[i] not in ("acomp", "oprd", "attr") or is_negated(p, verb) or p.lemmas[verb] == "make":
        return None
    speakers = surface_subjects(p, verb)
    if not speakers or any(p.lower[c] in UNREAL for c in p.children[verb]):
        return None
    return Cue(i, min(left_of(p, speakers[0]), verb), i, tuple(speakers), entry, "adjective")
