"""Where a text says that somebody says something: cues with their extent and their speakers' nouns.

What enters: a `ParsedDocument` and the cue lexicon. What leaves: `Cue`s in the order of the text. Cues that
report nothing are left out here: negated ones, conditions, wishes, purposes ("to say this would …").
"""

from __future__ import annotations

from detente.coding.cue_extent import GROUPED, UNREAL, Cue, CueForm, extent
from detente.coding.cue_nouns import according_cue, adjective_cue, noun_cue
from detente.coding.cue_positions import with_position
from detente.coding.cues import CueEntry, CueLexicon
from detente.syntax.clauses import SUBJECTS, agents, is_passive, own_subjects, surface_subjects
from detente.syntax.document import ParsedDocument

_FUTURE = frozenset({"will", "shall", "'ll", "wo"})
_PARTICLES = frozenset({"out", "in", "on", "upon", "back", "up"})
_REASONS = frozenset({"because", "since", "as", "if"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest"})


def find_cues(p: ParsedDocument, lexicon: CueLexicon) -> list[Cue]:
    """All cues of a document, in the order of the text."""
    out: list[Cue] = []
    for i, lemma in enumerate(p.lemmas):
        pos = p.pos[i]
        cue: Cue | None = None
        if pos in ("VERB", "AUX"):
            if lemma == "accord" and p.lower[i] == "according":
                cue = according_cue(p, i)
            elif lemma in ("be", "have", "do"):
                continue
            else:
                entry = _verb_entry(p, i, lexicon)
                cue = None if entry is None else _verb_cue(p, i, entry, lexicon)
        elif pos == "NOUN":
            entry = lexicon.verbs.get(lemma) if _is_disguised_verb(p, i) else None
            cue = noun_cue(p, i, lemma, lexicon) if entry is None else _finish_verb(p, i, entry, lexicon)
        elif pos == "ADJ" and p.lower[i] in lexicon.adjectives:
            cue = adjective_cue(p, i, lexicon.adjectives[p.lower[i]])
        elif p.lower[i] == "according":
            cue = according_cue(p, i)
        if cue is not None:
            out.append(with_position(p, cue, lexicon))
    return out


def _is_disguised_verb(p: ParsedDocument, i: int) -> bool:
    """Whether a tag hides a verb that the parse knows by its subject: "the mayor | claims | that …"."""
    subjects = [c for c in p.children[i] if p.deps[c] == "nsubj" and c < i]
    return bool(subjects) and p.tags[i] == "NNS" and p.deps[i] in ("ROOT", "conj", "ccomp", "advcl")


def _verb_entry(p: ParsedDocument, i: int, lexicon: CueLexicon) -> CueEntry | None:
    lemma = p.lemmas[i]
    if lemma == "put":
        return lexicon.verbs.get("put it") if i + 1 < len(p) and p.lower[i + 1] == "it" else None
    if lemma == "make":
        for j in range(i + 1, min(i + 5, len(p))):
            if p.lower[j] in ("clear", "plain", "known"):
                return lexicon.verbs.get(f"make {p.lower[j]}")
            if p.pos[j] in ("VERB", "NOUN", "PUNCT"):
                return None
        return None
    for child in p.children[i]:
        if p.deps[child] == "prt" or (child == i + 1 and p.lower[child] in _PARTICLES):
            entry = lexicon.verbs.get(f"{lemma} {p.lower[child]}")
            if entry is not None:
                return entry
    return lexicon.verbs.get(lemma) or lexicon.quoting.get(lemma)


def _verb_cue(p: ParsedDocument, i: int, entry: CueEntry, lexicon: CueLexicon) -> Cue | None:
    tag = p.tags[i]
    if p.deps[i] in ("amod", "compound", "aux", "auxpass", "nmod") or _is_unsaid(p, i):
        return None
    helpers = [p.lower[c] for c in p.children[i] if p.deps[c] in ("aux", "auxpass") and c < i]
    if any(helper in UNREAL for helper in helpers) or _is_condition(p, i):
        return None
    if entry.kind == "thought" and any(p.deps[c] == "mark" and p.lower[c] in _REASONS for c in p.children[i]):
        return None  # a motive that the text supposes
    if "bare" not in entry.takes and any(helper in _FUTURE for helper in helpers):
        return None
    if "bare" in entry.takes and tag in ("VBD", "VBN") and _before_infinitive(p, i):
        return None  # "said to number": a report without a reporter
    if tag == "VB" and "to" in helpers and not _is_raised(p, i, lexicon):
        return None
    if tag == "VB" and not helpers and not own_subjects(p, i) and p.deps[i] != "conj":
        return None
    if p.lower[i - 1] == "as" and i and tag == "VBG":
        return _quoted_as(p, i, entry)
    return _finish_verb(p, i, entry, lexicon)


def _before_infinitive(p: ParsedDocument, i: int) -> bool:
    return i + 2 < len(p) and p.lower[i + 1] == "to" and (p.deps[i + 1] == "aux" or p.tags[i + 2] == "VB")


def _finish_verb(p: ParsedDocument, i: int, entry: CueEntry, lexicon: CueLexicon) -> Cue | None:
    active = _is_main_verb(p, i)
    speakers = [p.heads[i]] if active else _speakers(p, i)
    passive = is_passive(p, i) and not active
    form: CueForm = "verb"
    endorsed = False
    named = p.deps[i] in ("acl", "appos", "ROOT") and p.tags[i] != "VBG" and not own_subjects(p, i)
    if "oprd" in entry.takes and not passive and named:
        return None  # "the base, also called Q"
    if entry.lemma == "put it" and not _introduced_by_as(p, i):
        return None
    if (
        _introduced_by_as(p, i)
        and "quote" in entry.takes
        and not (passive and entry.establishes)
        and (entry.lemma == "put it" or _is_parenthetical(p, i))
    ):
        form = "as"
        endorsed = any(p.lower[c] in lexicon.endorsing_adverbs for c in p.children[i] if c < i)
    elif p.tags[i] == "VBG" and not any(p.deps[c] == "aux" for c in p.children[i]):
        form = "participle"
    anonymous = False
    if passive and not speakers:
        subject = [c for c in p.children[i] if p.deps[c] in SUBJECTS]
        anonymous = bool(subject) and p.lower[subject[0]] == "it"
        if not anonymous:
            return None
    cited = _cited(p, i, lexicon)
    reporters = tuple(speakers) if cited else ()
    first, last = extent(p, i, speakers, form)
    if entry.lemma == "put it":
        last = max(last, i + 1)
    if entry.lemma.startswith("make "):
        last = next((t for t in range(i + 1, min(i + 6, len(p))) if p.lower[t] in ("clear", "plain", "known")), last)
    return Cue(i, first, last, cited or tuple(speakers), entry, form, reporters, endorsed, anonymous)


def _is_main_verb(p: ParsedDocument, i: int) -> bool:
    """Whether a supposed participle is the only verb of its sentence: "the envoy | called | for calm"."""
    noun = p.heads[i]
    if p.deps[i] != "acl" or p.tags[i] != "VBN" or p.pos[noun] not in ("NOUN", "PROPN", "PRON") or noun > i:
        return False
    above = p.heads[noun]
    if not (above == noun or (p.quotation_of[noun] is None and p.quotation_of[above] is not None)):
        return False
    if any(p.deps[c] == "agent" for c in p.children[i]):
        return False
    start, end = p.sentences[p.sentence_of[i]]
    return p.lower[end - 1] in (".", "!", "?", '"') and not any(
        p.tags[t] in ("VBD", "VBZ", "VBP", "MD") and p.quotation_of[t] is None for t in range(start, i)
    )


def _cited(p: ParsedDocument, i: int, lexicon: CueLexicon) -> tuple[int, ...]:
    """Who stands behind a report: "the agency reported, citing the minister"; papers and reasons are no speakers."""
    subjects = [c for c in p.children[i] if p.deps[c] in SUBJECTS]
    for child in (c for governor in (i, *subjects) for c in p.children[governor]):
        if p.lower[child] in ("citing", "quoting") and p.deps[child] in ("advcl", "conj", "dep", "acl"):
            nouns = [c for c in p.children[child] if p.deps[c] == "dobj"]
            if nouns and (p.pos[nouns[0]] == "PROPN" or p.lemmas[nouns[0]] in lexicon.people):
                return tuple(nouns)
    return ()


def _speakers(p: ParsedDocument, i: int) -> list[int]:
    """The nouns that speak. A participle after a comma goes with the main clause, not with the nearest noun."""
    if p.tags[i] == "VBG" and p.deps[i] in ("acl", "advcl", "conj", "dep", "xcomp", "pcomp"):
        if (i and p.lower[i - 1] in (",", '"', ";")) or (i > 1 and p.lower[i - 1] in ("also", "and")):
            main = _main_clause(p, i)
            if main is not None:
                return surface_subjects(p, main)
    joined = _joined_cue(p, i)
    if joined is not None:
        return _speakers(p, joined)
    found = [noun for noun in agents(p, i) if p.quotation_of[noun] == p.quotation_of[i] or p.heads[noun] != i]
    if found or is_passive(p, i):
        return found
    if p.tags[i] == "VBG" and p.deps[i] in ("pcomp", "advcl"):  # "apart from saying": the main clause's subject
        main = _main_clause(p, i)
        return surface_subjects(p, main) if main is not None else []
    return _neighbouring_subject(p, i)


def _joined_cue(p: ParsedDocument, i: int) -> int | None:
    """The verb that a second cue continues where the parse joins it to what the first one reports.

    "X noted that ties had grown and stressed that …": `stressed` has the tense of `noted`, `grown` has not.
    """
    head = p.heads[i]
    if p.deps[i] != "conj" or p.deps[head] != "ccomp" or any(p.deps[c] in SUBJECTS for c in p.children[i]):
        return None
    first = p.heads[head]
    helped = any(p.deps[c] in ("aux", "auxpass") for c in p.children[head])
    if first < head and p.tags[first] == p.tags[i] and (helped or p.tags[head] != p.tags[i]):
        return first if any(p.deps[c] in ("ccomp", "dobj") for c in p.children[i]) else None
    return None


def _main_clause(p: ParsedDocument, i: int) -> int | None:
    """The nearest finite verb above, or failing that before, a participle; relative clauses are passed over."""
    for token in p.ancestors(i):
        if p.pos[token] in ("VERB", "AUX") and p.tags[token] not in ("VBG", "VB") and _has_subject(p, token):
            if p.deps[token] == "relcl" or (p.deps[token] == "ccomp" and p.left[token] > p.heads[token]):
                continue
            return token
    return None


def _has_subject(p: ParsedDocument, i: int) -> bool:
    return any(p.deps[c] in SUBJECTS for c in p.children[i]) or p.deps[i] == "conj"


def _neighbouring_subject(p: ParsedDocument, i: int) -> list[int]:
    """The noun just before or after a verb whose subject the parser has lost."""
    before = i - 1
    while before >= 0 and (p.pos[before] in ("AUX", "ADV") or p.deps[before] in ("aux", "neg")):
        before -= 1
    if before >= 0 and p.pos[before] in ("PROPN", "PRON", "NOUN") and p.lower[before] not in ("who", "which", "that"):
        return [before]
    if before > 0 and p.lower[before] == "," and p.deps[before - 1] == "appos":
        return [before - 1]  # "In May her deputy, Ann Lee, said": the parse takes the subject into the adverbial
    after = i + 1
    if any(p.deps[c] == "dobj" for c in p.children[i]):
        return []
    while after < len(p) and p.pos[after] in ("DET", "ADJ"):
        after += 1
    if after < len(p) and p.pos[after] in ("PROPN", "NOUN") and i and p.lower[i - 1] in (",", '"', "?", "!"):
        while after + 1 < len(p) and p.pos[after + 1] in ("PROPN", "NOUN"):
            after += 1
        return [after]
    return []


def _introduced_by_as(p: ParsedDocument, i: int) -> bool:
    for child in p.children[i]:
        if child < i and p.lower[child] == "as" and p.deps[child] in ("mark", "advmod", "prep", "dep"):
            return True
    j = i - 1
    while j >= 0 and (p.pos[j] == "ADV" or p.pos[j] == "AUX") and p.lower[j] != "as":
        j -= 1
    return j >= 0 and p.lower[j] == "as" and p.tags[i] == "VBN"


def _is_unsaid(p: ParsedDocument, i: int) -> bool:
    """Whether the saying itself is negated; a "no" in what is said ("replied: 'No comment'") does not count."""
    own = [c for c in p.children[i] if p.quotation_of[c] == p.quotation_of[i]]
    if any(p.deps[c] == "neg" or (p.lower[c] in ("never", "hardly", "nor") and c < i) for c in own):
        return True
    subjects = [c for c in own if p.deps[c] in SUBJECTS]
    return any(p.lower[s] in ("nobody", "none") or p.lower[p.left[s]] in ("no", "neither") for s in subjects)


def _is_parenthetical(p: ParsedDocument, i: int) -> bool:
    """Whether the clause of a verb has no content of its own and ends at a comma or with its sentence."""
    if any(p.deps[c] in ("ccomp", "xcomp", "dobj") and c > i and p.lower[c] != "it" for c in p.children[i]):
        return False
    nxt = max([i, *(p.right[c] for c in p.children[i] if (p.deps[c] in GROUPED or p.lower[c] == "it") and c > i)]) + 1
    return nxt >= len(p) or p.pos[nxt] == "PUNCT"


def _is_condition(p: ParsedDocument, i: int) -> bool:
    return any(p.deps[c] in ("mark", "advmod") and p.lower[c] in _CONDITIONS and c < i for c in p.children[i])


def _is_raised(p: ParsedDocument, i: int, lexicon: CueLexicon) -> bool:
    """Whether an infinitive still reports speech: "went on to say", "was quick to add"."""
    head = p.heads[i]
    if head == i:
        return False
    lemma = p.lemmas[head]
    if p.deps[i] == "conj":
        return _is_raised(p, head, lexicon)
    return lemma in lexicon.raising or any(f"{lemma} {p.lower[c]}" in lexicon.raising for c in p.children[head])


def _quoted_as(p: ParsedDocument, i: int, entry: CueEntry) -> Cue | None:
    """Read "TASS quoted Lavrov as saying" and "Lavrov was quoted by TASS as saying"."""
    verb = next((t for t in p.ancestors(i) if p.lemmas[t] in ("quote", "cite", "report", "record", "describe")), None)
    if verb is None:
        return None
    if is_passive(p, verb):
        speakers, reporters = surface_subjects(p, verb), agents(p, verb)
    else:
        speakers = [c for c in p.children[verb] if p.deps[c] == "dobj"]
        reporters = agents(p, verb)
    first, _ = extent(p, verb, [*speakers, *reporters], "verb")
    return Cue(i, min(first, verb), i, tuple(speakers), entry, "verb", reporters=tuple(reporters))
