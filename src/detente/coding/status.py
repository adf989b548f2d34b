"""The status of a predicate: actual, historical, future, hypothetical, proposed or negated.

What enters: a parse and the index of a predicate token. What leaves: one `Status`, from the predicate's own
auxiliaries, the verbs and nouns that govern it and conditional clauses around it; whether the text tells it as
history is for `background.py` to say. Source: PLOVER manual (draft 0.8, 2021), "auxiliary modes", made
first-class; the order of tests is ours: what did not happen goes before when it happened.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from detente.codebook.event_lexicon import load_event_lexicon
from detente.errors import DataError
from detente.records import Status
from detente.syntax.clauses import SUBJECTS, auxiliaries, is_negated, is_verb, own_subjects, patients, verb_lemma
from detente.syntax.document import ParsedDocument

_FUTURE_AUX = frozenset({"will", "shall", "'ll", "wo", "sha"})
_POSSIBLE_AUX = frozenset({"could", "may", "might", "can"})
_DUTY_AUX = frozenset({"should", "must", "ought"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "should"})
_ENDINGS = frozenset({"stop", "halt", "cease", "end", "quit", "refrain"})
_OFFERED_IN_WORDS = frozenset(
    "condolence condolences congratulation apology thanks praise sympathy greeting tribute prayer".split()
)  # to offer them is to give them
_UPHELD = frozenset({"continue", "maintain", "sustain", "preserve", "uphold"})  # what is kept up is there already
_WISHES = frozenset({"hope", "fear", "wish", "imagine", "suppose", "doubt", "pray"})
_FORETELLING = {
    "possible": "hypothetical", "potential": "hypothetical", "feared": "hypothetical", "hypothetical": "hypothetical",
    "likely": "future", "planned": "future", "upcoming": "future", "expected": "future", "imminent": "future",
    "future": "future", "scheduled": "future", "threatened": "future", "looming": "future", "impending": "future",
    "proposed": "proposed",
}  # fmt: skip
_OCCASIONS = frozenset({"during", "after", "before", "since", "amid", "following"})
_CLAUSE_DEPS = frozenset({"xcomp", "ccomp", "pcomp", "acl", "pobj", "dobj", "advcl", "prep", "conj", "relcl", "attr"})


@cache
def governors() -> dict[str, str]:
    """Lemma → the status that it gives to the act it governs (`codebook/governors.yaml`)."""
    source = files("detente.codebook").joinpath("governors.yaml")
    table = yaml.safe_load(source.read_text(encoding="utf-8"))
    out: dict[str, str] = {}
    for status, lemmas in table["governors"].items():
        for lemma in lemmas:
            if lemma in out:
                raise DataError(
                    f"Lemma {lemma!r} in codebook/governors.yaml: listed under {out[lemma]!r} and {status!r}."
                )
            out[lemma] = status
    return out


def modality(p: ParsedDocument, i: int) -> Status | None:
    """The status that grammar gives a predicate, None where nothing removes it from plain fact.

    Looks at the predicate's own clause, then upwards through the verbs and nouns that govern it, and stops
    at reporting verbs: what somebody merely says is told by attribution, not by status.
    """
    if is_negated(p, i):
        return "hypothetical" if is_verb(p, i) and _has_condition_mark(p, i) else "negated"
    if p.pos[i] in ("NOUN", "PROPN"):
        is_settled, told = _nominal(p, i)
        if is_settled:
            return told
    if p.deps[i] in ("ccomp", "acl") and p.lemmas[p.heads[i]] in _WISHES:
        return "hypothetical"
    if p.deps[i] == "ROOT" and _is_question(p, i):
        return "hypothetical"
    if _is_urged(p, i):
        return "proposed"
    own = _own_modality(p, i)
    if own is not None:
        return own
    child, token = i, i
    for _ in range(6):
        indefinite = p.deps[token] == "nsubj" and not is_verb(p, token) and _is_indefinite(p, token)
        if p.heads[token] == token or (p.deps[token] not in _CLAUSE_DEPS and not indefinite):
            break
        if indefinite:
            told = _own_modality(p, p.heads[token])
            if told is not None:
                return _of_indefinite(p, token, told)
            token = p.heads[token]
            continue
        child, token = token, p.heads[token]
        if p.deps[child] in ("advcl", "relcl") or (p.deps[child] == "ccomp" and _reports(p, token)):
            break
        if p.deps[child] == "prep" and is_verb(p, token) and (child < token or p.lower[child] in _OCCASIONS):
            break  # "in a call with X, Y urged": what frames an act is not what it is about
        if p.deps[child] == "pcomp" and p.lower[token] == "with" and own_subjects(p, child):
            break  # "…, with X looking on": a clause of its own
        if p.deps[child] == "acl" and p.tags[child] in ("VBG", "VBN") and p.pos[token] == "PROPN":
            break  # "hopes for Kenya fighting rebels": it fights them
        if p.deps[child] == "conj" and is_verb(p, child):
            if any(p.deps[c] in SUBJECTS for c in p.children[child]):
                break
            shared = _own_modality(p, token)
            if shared is not None and p.tags[child] in ("VB", p.tags[token]):
                return shared
            continue
        governed = _governed(p, token, child)
        if governed is not None:
            return governed
    return None


def _nominal(p: ParsedDocument, i: int) -> tuple[bool, Status | None]:
    """What settles the status of a noun without a look at the clauses above it, if anything does."""
    done = governors().get(p.lemmas[p.heads[i]]) if p.deps[i] == "nsubjpass" else None
    if done not in (None, "through"):  # "the meeting was postponed"
        return True, done  # type: ignore[return-value]
    told = next((_FORETELLING[p.lower[c]] for c in p.children[i] if p.lower[c] in _FORETELLING), None)
    if told is not None:  # "a possible invasion", "the planned visit"
        return True, told  # type: ignore[return-value]
    created = _creating_verb(p, i)
    if created is None:
        return _is_presupposed(p, i), None
    if p.lemmas[created] in _UPHELD and _is_presupposed(p, i):
        return True, None
    if p.lemmas[created] == "offer" and p.lemmas[i] in _OFFERED_IN_WORDS:
        return True, _own_modality(p, created)
    return True, modality(p, created) or _governed(p, created, i)


def _creating_verb(p: ParsedDocument, noun: int) -> int | None:
    """The light verb that brings an act about, from a relative clause too: "the talks that will be held"."""
    light = load_event_lexicon().light_verbs
    for child in p.children[noun]:
        if p.deps[child] in ("relcl", "acl") and p.lemmas[child] in light and noun in patients(p, child):
            return child
    head = p.heads[noun]
    return head if p.deps[noun] in ("dobj", "nsubjpass") and p.lemmas[head] in light and is_verb(p, head) else None


def _is_presupposed(p: ParsedDocument, noun: int) -> bool:
    """Whether a noun speaks of an act as given ("the sanctions", "his threat", an end to attacks), so that what
    is said of it leaves its own status alone.
    """
    head = p.heads[noun]
    if p.lower[head] in ("to", "of") and p.lemmas[p.heads[head]] in ("end", "halt", "cessation", "termination"):
        return True
    given = any(
        p.deps[c] == "poss" or (p.deps[c] == "det" and p.lower[c] in ("the", "this", "that", "these", "those"))
        for c in p.children[noun]
    )
    governor = p.heads[head] if p.pos[head] == "ADP" else head
    return given and governors().get(p.lemmas[governor], "through") == "through"


def _is_indefinite(p: ParsedDocument, noun: int) -> bool:
    return any(p.deps[c] == "det" and p.lower[c] in ("a", "an", "any") for c in p.children[noun])


def _of_indefinite(p: ParsedDocument, noun: int, told: Status) -> Status:
    """The status of "a visit" that would do something: proposed where that is suggested, merely possible where any
    such act is meant.
    """
    clause = p.heads[noun]
    if p.deps[clause] == "ccomp" and governors().get(p.lemmas[p.heads[clause]]) == "proposed":
        return "proposed"
    is_any = any(p.deps[c] == "det" and p.lower[c] == "any" for c in p.children[noun])
    return "hypothetical" if is_any and told == "future" else told


def _is_urged(p: ParsedDocument, i: int) -> bool:
    """Whether an act is what a bare "let" proposes, or what calls are for: "let X decide", "calls for X to go"."""
    head = p.heads[i]
    if p.deps[i] == "ccomp" and p.lemmas[head] == "let":
        return not own_subjects(p, head) and not any(p.tags[c] == "TO" for c in p.children[head])
    mark = next((c for c in p.children[i] if p.deps[c] == "mark" and p.lower[c] == "for"), None)
    before = p.lemmas[mark - 1] if mark else ""
    return p.tags[i] == "VB" and governors().get(before) == "proposed"


def _own_modality(p: ParsedDocument, i: int) -> Status | None:
    conditional = _conditional(p, i)
    aux = set(auxiliaries(p, i)) if is_verb(p, i) else set()
    if conditional:
        return "hypothetical"
    if aux & _DUTY_AUX:
        return "proposed"
    if aux & _FUTURE_AUX:
        return "future"
    if aux & _POSSIBLE_AUX:
        return "hypothetical"
    if aux & {"would", "'d"}:
        return "future" if _reported(p, i) else "hypothetical"
    return None


def is_refusal(p: ParsedDocument, i: int) -> bool:
    """Whether somebody says that he will not do something ("will not accept", "won't hold talks")."""
    created = None if is_verb(p, i) else _creating_verb(p, i)
    verb = i if created is None else created
    if not is_verb(p, verb) or not is_negated(p, verb):
        return False
    aux = set(auxiliaries(p, verb))
    return bool(_FUTURE_AUX & aux) or (bool({"would", "'d"} & aux) and not _conditional(p, verb))


def _conditional(p: ParsedDocument, i: int) -> bool:
    """Whether a predicate stands in an if-clause or in the main clause of one."""
    for token in (i, *p.ancestors(i)):
        if _is_inverted(p, token):
            return True
        for child in p.children[token]:
            if p.deps[child] == "mark" and p.lower[child] in _CONDITIONS and p.lower[child - 1] != "even":
                return True
            if p.deps[child] == "advcl" and token == i and (_marked_condition(p, child) or _is_inverted(p, child)):
                return not _hedged_fact(p, i)
        if p.deps[token] not in ("advcl", "conj", "xcomp", "pcomp", "prep", "dobj", "pobj") or (
            token == i and not is_verb(p, i)
        ):
            if p.deps[token] not in ("dobj", "pobj", "prep", "conj", "xcomp", "acl", "nsubj", "nsubjpass"):
                break
    return False


def _is_inverted(p: ParsedDocument, verb: int) -> bool:
    """Whether a clause is a condition by its order: "were X to go", "had X gone"; questions are not."""
    subject = next((c for c in p.children[verb] if p.deps[c] in SUBJECTS), None)
    if subject is None:
        return False
    fronted = [c for c in (verb, *p.children[verb]) if c < subject and p.lower[c] in ("were", "had", "should")]
    return bool(fronted) and not _is_question(p, verb)


def _is_question(p: ParsedDocument, i: int) -> bool:
    """Whether a sentence asks; a quotation mark may follow its question mark."""
    start, end = p.sentences[p.sentence_of[i]]
    return "?" in p.words[max(start, end - 3) : end]


def _has_condition_mark(p: ParsedDocument, clause: int) -> bool:
    return any(p.deps[c] == "mark" and p.lower[c] in ("if", "unless", "whether") for c in p.children[clause])


def _marked_condition(p: ParsedDocument, clause: int) -> bool:
    marks = [p.lower[c] for c in p.children[clause] if p.deps[c] == "mark"]
    if "if" in marks:
        before = p.left[clause] - 1
        return not (before >= 0 and p.lower[before] == "even")
    return "unless" in marks


def _hedged_fact(p: ParsedDocument, i: int) -> bool:
    """A finished act is a fact even beside an if-clause ("Russia withdrew, as if …", "has threatened to act if …")."""
    aux = auxiliaries(p, i)
    return (p.tags[i] == "VBD" and not aux) or (p.tags[i] == "VBN" and bool(aux) and aux[0] in ("has", "have", "'ve"))


def _reports(p: ParsedDocument, i: int) -> bool:
    return governors().get(p.lemmas[i]) is None


def _reported(p: ParsedDocument, i: int) -> bool:
    """Whether a clause is the content of a past report ("said it would"), where would means will."""
    for token in (i, *p.ancestors(i)):
        if p.deps[token] == "ccomp":
            return p.tags[p.heads[token]] in ("VBD", "VBN", "VBG") or p.lower[p.heads[token]] == "says"
    return False


def _governed(p: ParsedDocument, governor: int, child: int) -> Status | None:
    """The status that a governing verb, noun or adjective gives to its complement."""
    if p.deps[child] in ("dobj", "pobj", "attr") and not is_verb(p, child):
        if p.pos[governor] == "ADP" and p.lower[governor] == "without":
            return "negated"
    if p.lemmas[governor] in ("have", "be") and any(p.lower[c] == "yet" for c in p.children[governor]):
        return "negated"
    kind = governors().get(verb_lemma(p, governor)) or governors().get(p.lemmas[governor])
    if p.lemmas[governor] == "go" and p.tags[governor] != "VBG":
        kind = None  # "went on strike": only "going to" is future
    if p.pos[governor] == "ADP":
        return "negated" if p.lower[governor] == "without" else None
    finite = p.deps[child] == "ccomp" and not any(p.tags[c] == "TO" for c in p.children[child])
    if finite and (kind == "future" or (kind == "proposed" and p.tags[child] != "VB")):
        kind = None  # a full clause has a tense of its own: "announced that it had begun"
    if kind is not None and _takes(p, governor, child):
        if is_negated(p, governor):
            return "negated" if kind != "negated" else None
        if p.lemmas[governor] in _ENDINGS and modality(p, governor) in ("proposed", "future", "hypothetical"):
            return "actual"  # who is told to stop is doing it
        outer = _own_modality(p, governor)
        if kind in ("through", "future") and outer is not None:
            return outer
        return None if kind == "through" else kind  # type: ignore[return-value]
    if p.deps[child] in ("xcomp", "acl", "pcomp", "dobj") and is_negated(p, governor):
        return "negated"
    if p.deps[child] in ("xcomp", "dobj"):
        return _own_modality(p, governor)
    return None


def _takes(p: ParsedDocument, governor: int, child: int) -> bool:
    """Whether the child is a complement of its governor: an act, not the thing acted on."""
    return p.deps[child] in ("xcomp", "ccomp", "acl", "pcomp", "pobj", "dobj") or p.pos[child] == "ADP"
