"""The grammar of clauses: who acts, on whom, through which prepositions, whatever the construction.

What enters: a `ParsedDocument` and the index of a predicate token. What leaves: token indices of the
heads of noun phrases. Passive, relative, reduced relative, participial, control, raising and coordinate
constructions are undone here and nowhere else, so a coder asks only for agents and patients.
"""

from __future__ import annotations

from detente.syntax.document import ParsedDocument

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "dative", "attr", "oprd"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
ADDRESSING = frozenset({"call", "appeal", "plead", "prevail", "count", "rely"})
SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "pledge", "offer", "ask permission"})

PARTICLES = frozenset("back out off up down away together forward over ahead".split())
QUANTITIES = frozenset(
    "dozen hundred thousand million billion number group series round string spate wave range lot couple handful ton "
    "tonne % percent worth score batch shipment majority share half most part total type kind form set raft some "
    "many".split()
)


def is_verb(p: ParsedDocument, i: int) -> bool:
    """Whether a token is a full verb (auxiliaries of another verb are not)."""
    return p.pos[i] in ("VERB", "AUX") and p.deps[i] not in ("aux", "auxpass")


def verb_lemma(p: ParsedDocument, i: int) -> str:
    """The verb's lemma with its particle: `carry out`, `call off`."""
    for child in p.children[i]:
        adverb = p.deps[child] == "advmod" and p.lower[child] in PARTICLES and 0 < child - i < 3
        if p.deps[child] == "prt" or adverb:
            return f"{p.lemmas[i]} {p.lower[child]}"
    return p.lemmas[i]


def counted(p: ParsedDocument, noun: int) -> int:
    """The thing that a quantity counts: `talks` of "a round of talks", else the noun itself."""
    for _ in range(3):
        if p.lemmas[noun] not in QUANTITIES and p.pos[noun] not in ("NUM", "SYM"):
            break
        inner = [
            n
            for c in p.children[noun]
            if p.deps[c] == "prep" and p.lower[c] == "of"
            for n in p.children[c]
            if p.deps[n] == "pobj"
        ]
        if not inner:
            break
        noun = inner[0]
    return noun


def counter(p: ParsedDocument, noun: int) -> int:
    """The quantity that counts a thing: `series` of "a series of attacks", else the noun itself."""
    preposition = p.heads[noun]
    if p.deps[noun] == "pobj" and p.lower[preposition] == "of" and p.lemmas[p.heads[preposition]] in QUANTITIES:
        return p.heads[preposition]
    return noun


def coordinated(p: ParsedDocument, i: int) -> list[int]:
    """A token and all that is coordinated with it to the right: `India` of "India, Iran and Mongolia" gives three."""
    out = [i]
    for child in p.children[i]:
        if p.deps[child] == "conj" or _is_listed(p, child):
            out.extend(coordinated(p, child))
    return out


def _is_listed(p: ParsedDocument, i: int) -> bool:
    """Whether an apposition of names is the next in a list: "Peru, Chile and Bolivia" parsed as "Peru, that is, …"."""
    names = p.deps[i] == "appos" and p.pos[i] == p.pos[p.heads[i]] == "PROPN" and p.lower[i - 1] == ","
    return names and any(p.deps[c] == "conj" and p.pos[c] == "PROPN" for c in p.children[i])


def first_conjunct(p: ParsedDocument, i: int) -> int:
    """The head of the coordination that a token belongs to."""
    while p.deps[i] == "conj":
        i = p.heads[i]
    return i


def is_passive(p: ParsedDocument, i: int) -> bool:
    """Whether a verb is passive, reduced passives ("sanctions imposed by") included."""
    kinds = {p.deps[child] for child in p.children[i]}
    if p.tags[i] == "VBD":  # "the jets shot down by rebels", read as a past tense
        return "agent" in kinds and "dobj" not in kinds
    if p.tags[i] != "VBN":
        return False
    if kinds & {"nsubjpass", "auxpass", "csubjpass", "agent"}:
        return True
    if p.deps[i] == "conj" and not kinds & {"nsubj", "aux", "dobj"}:
        return is_passive(p, p.heads[i])
    if p.deps[i] == "acl":  # "a pastor held prisoner"
        return not kinds & {"aux", "nsubj"}
    return p.deps[i] in ("advcl", "ROOT", "amod") and not kinds & {"aux", "nsubj", "dobj"}


def _antecedent(p: ParsedDocument, i: int) -> int | None:
    """The noun that the relative clause around verb `i` modifies."""
    for token in (i, *p.ancestors(i)):
        if p.deps[token] == "relcl":
            return p.heads[token]
        if p.deps[token] not in ("conj", "xcomp", "ccomp", "prep", "pcomp"):
            return None
    return None


def _resolve_relative(p: ParsedDocument, verb: int, noun: int) -> int:
    """Replace a relative pronoun by its antecedent."""
    if p.lower[noun] in RELATIVES and p.tags[noun] in ("WDT", "WP", "WP$", "IN", "DT"):
        antecedent = _antecedent(p, verb)
        return noun if antecedent is None else antecedent
    return noun


def own_subjects(p: ParsedDocument, i: int) -> list[int]:
    """The subjects that stand in the verb's own clause, coordination expanded, relative pronouns resolved."""
    out: list[int] = []
    for child in p.children[i]:
        if p.deps[child] in SUBJECTS:
            out.extend(coordinated(p, _resolve_relative(p, i, child)))
    return out or _mislabelled_subject(p, i)


def _mislabelled_subject(p: ParsedDocument, i: int) -> list[int]:
    """A name in front of a finite verb without a subject, which parsers take for an adverbial now and then."""
    if p.deps[i] != "ROOT" or p.tags[i] not in ("VBD", "VBZ", "VBP"):
        return []
    dates = {t for name in p.names if name.label in ("DATE", "TIME") for t in range(name.start, name.end)}
    return [
        noun
        for child in p.children[i]
        if child < i and p.deps[child] in ("npadvmod", "advmod") and p.pos[child] == "PROPN" and child not in dates
        for noun in coordinated(p, child)
    ]


def surface_subjects(p: ParsedDocument, i: int, depth: int = 0) -> list[int]:
    """The grammatical subjects of a verb, found through coordination, control, raising and participles."""
    own = own_subjects(p, i)
    if own or depth > 8:
        return own
    dep, head = p.deps[i], p.heads[i]
    if head == i:
        return []
    if dep == "conj":
        return surface_subjects(p, head, depth + 1) if is_verb(p, head) else []
    if dep == "relcl":
        return [head]
    if dep in ("xcomp", "ccomp"):
        return _controllers(p, head, depth)
    if dep == "advcl":
        return _passive_doers(p, i) or surface_subjects(p, head, depth + 1)
    if dep == "acl":
        if p.tags[i] in ("VBG", "VBN"):
            return coordinated(p, head)
        return _owners_of_purpose(p, head, depth)
    if dep in ("pcomp", "pobj") and p.deps[head] in ("prep", "mark", "agent"):
        return _prepositional_controllers(p, head, depth)
    return []


def _passive_doers(p: ParsedDocument, i: int) -> list[int]:
    """Who does what follows from a passive: "the town was shelled by rebels, killing ten"."""
    head = p.heads[i]
    follows = p.tags[i] == "VBG" and i > head and p.lower[p.left[i] - 1] == ","
    if not follows or p.left[i] != i or not is_passive(p, head):
        return []
    return [n for c in p.children[head] if p.deps[c] == "agent" for n in objects_of_preposition(p, c)]


def _controllers(p: ParsedDocument, governor: int, depth: int) -> list[int]:
    """Who does the infinitive under `governor`: its object ("urged X to go") or its subject ("agreed to go")."""
    if p.lemmas[governor] not in SUBJECT_CONTROL and not is_passive(p, governor):
        for child in p.children[governor]:
            if p.deps[child] in ("dobj", "dative"):
                return coordinated(p, child)
        if p.lemmas[governor] in ADDRESSING:
            for child in p.children[governor]:
                if p.deps[child] == "prep" and p.lower[child] in ("on", "upon", "to", "with"):
                    return objects_of_preposition(p, child)
    if not is_verb(p, governor):
        owner = noun_agents(p, governor)
        return owner or surface_subjects(p, p.heads[governor], depth + 1)
    return surface_subjects(p, governor, depth + 1)


def _owners_of_purpose(p: ParsedDocument, noun: int, depth: int) -> list[int]:
    """Who does what a noun is for: "Iran's plan to go", "Iran has no plan of going"."""
    owners = noun_agents(p, noun) or obliques(p, noun).get("of", [])
    if owners or p.deps[noun] not in ("dobj", "attr") or not is_verb(p, p.heads[noun]):
        return owners
    return surface_subjects(p, p.heads[noun], depth + 1)


def _prepositional_controllers(p: ParsedDocument, preposition: int, depth: int) -> list[int]:
    """Who does the gerund after a preposition: "accused X of doing", "prevented X from doing", "by doing"."""
    governor = p.heads[preposition]
    if not is_verb(p, governor):
        return _owners_of_purpose(p, governor, depth)
    if p.lower[preposition] in ("of", "from", "for", "into", "about", "against"):
        if is_passive(p, governor):
            return surface_subjects(p, governor, depth + 1)
        for child in p.children[governor]:
            if p.deps[child] == "dobj":
                return coordinated(p, child)
    return surface_subjects(p, governor, depth + 1)


def agents(p: ParsedDocument, i: int) -> list[int]:
    """Who acts: the subject of an active verb, the by-phrase of a passive one."""
    if not is_passive(p, i):
        return surface_subjects(p, i)
    by = [
        noun
        for child in p.children[i]
        if p.deps[child] == "agent" or (p.deps[child] == "prep" and p.lower[child] == "by")
        for noun in objects_of_preposition(p, child)
    ]
    if not by and p.deps[i] == "conj" and is_passive(p, p.heads[i]):
        return agents(p, p.heads[i])
    return [_resolve_relative(p, i, noun) for noun in by]


def patients(p: ParsedDocument, i: int) -> list[int]:
    """Who is acted upon: the objects of an active verb, the subject of a passive one."""
    if is_passive(p, i):
        return [*surface_subjects(p, i), *(noun for noun in objects(p, i))]
    return objects(p, i)


def objects(p: ParsedDocument, i: int) -> list[int]:
    """The objects and predicate nouns of a verb, those shared by coordination or extracted by a relative included."""
    out: list[int] = []
    for child in p.children[i]:
        if p.deps[child] in OBJECTS and p.pos[child] not in ("ADP", "SCONJ"):
            out.extend(coordinated(p, _resolve_relative(p, i, child)))
    if out:
        return out
    for child in p.children[i]:  # "recognised or appreciated X": the last verb holds the object of all
        if p.deps[child] == "conj" and is_verb(p, child) and not _has_own_complement(p, i):
            raised = i + 1 < len(p) and p.deps[i + 1] == "cc"  # "A condemned and B praised X"
            if raised or not own_subjects(p, child):
                shared = [c for c in p.children[child] if p.deps[c] == "dobj"]
                if shared:
                    return [noun for c in shared for noun in coordinated(p, c)]
    return _extracted_object(p, i)


def _has_own_complement(p: ParsedDocument, i: int) -> bool:
    return any(p.deps[c] in ("ccomp", "xcomp", "prep") and c < _first_conj(p, i) for c in p.children[i])


def _first_conj(p: ParsedDocument, i: int) -> int:
    return min((c for c in p.children[i] if p.deps[c] == "conj"), default=len(p))


def _extracted_object(p: ParsedDocument, i: int) -> list[int]:
    """The object that a relative clause has moved out: "the loan that Chad hopes to repay"."""
    token = i
    while p.deps[token] == "xcomp":
        token = p.heads[token]
    if p.deps[token] != "relcl" or is_passive(p, i):
        return []
    subjects = [c for c in p.children[token] if p.deps[c] in SUBJECTS]
    if subjects and all(p.lower[s] not in RELATIVES for s in subjects):
        return [p.heads[token]]
    return []


def objects_of_preposition(p: ParsedDocument, preposition: int) -> list[int]:
    """The nouns under a preposition, through a chain of prepositions ("out of"), coordination expanded."""
    out: list[int] = []
    for child in p.children[preposition]:
        if p.deps[child] in ("pobj", "pcomp"):
            out.extend(coordinated(p, child))
        elif p.deps[child] == "prep":
            out.extend(objects_of_preposition(p, child))
        elif p.deps[child] == "conj" and p.pos[child] == "ADP":
            out.extend(objects_of_preposition(p, child))
    return out


def obliques(p: ParsedDocument, i: int) -> dict[str, list[int]]:
    """The nouns that hang from a verb, noun or adjective by a preposition, by that preposition.

    `dative` "to" and the passive's "by" are included. A relative's stranded object is its antecedent.
    """
    out: dict[str, list[int]] = {}
    for child in p.children[i]:
        if p.deps[child] in ("prep", "dative", "agent") and p.pos[child] in ("ADP", "SCONJ", "PART", "ADV", "VERB"):
            nouns = [_resolve_relative(p, i, noun) for noun in objects_of_preposition(p, child)]
            out.setdefault(p.lower[child], []).extend(nouns)
    return out


def possessors(p: ParsedDocument, i: int) -> list[int]:
    """The owners in front of a noun: "Pakistan's efforts", "their efforts"."""
    return [noun for child in p.children[i] if p.deps[child] == "poss" for noun in coordinated(p, child)]


def noun_modifiers(p: ParsedDocument, i: int) -> list[int]:
    """The adjectives and nouns in front of a noun, those inside them too: "Pak-Russia ties", "US and French navy"."""
    out: list[int] = []
    for child in p.children[i]:
        if child < i and p.deps[child] in ("amod", "compound", "nmod", "npadvmod", "nummod"):
            out.append(child)
            out.extend(noun_modifiers(p, child))
            out.extend(c for c in coordinated(p, child)[1:])
    return out


def noun_agents(p: ParsedDocument, i: int) -> list[int]:
    """Who does what a noun names: its possessor, its by-phrase, its adjective, else the subject of its light verb."""
    owners = possessors(p, i)
    if owners:
        return owners
    by = obliques(p, i).get("by", [])
    return by or noun_modifiers(p, i)


def complements(p: ParsedDocument, i: int) -> list[int]:
    """The clauses that a verb, noun or adjective governs as its content (that-clauses, infinitives, gerunds)."""
    out: list[int] = []
    for child in p.children[i]:
        if p.deps[child] in ("ccomp", "xcomp"):
            out.append(child)
        elif p.deps[child] == "prep":
            out.extend(c for c in p.children[child] if p.deps[c] == "pcomp" and is_verb(p, c))
        elif p.deps[child] == "acl" and p.pos[i] in ("NOUN", "PROPN") and p.tags[child] == "VB":
            out.append(child)
    return out


def is_negated(p: ParsedDocument, i: int) -> bool:
    """Whether a predicate is denied in its own clause: not, never, no longer, "no X did", "neither"."""
    for child in p.children[i]:
        if p.deps[child] == "neg" or p.lower[child] in ("never", "neither", "hardly", "nor"):
            return True
        if p.deps[child] in ("nsubj", "nsubjpass", "dobj", "attr") and _negative_determiner(p, child):
            return True
    if p.deps[i] == "conj" and not own_subjects(p, i) and is_verb(p, p.heads[i]):
        joined_by_or = any(p.deps[c] == "cc" and p.lower[c] in ("or", "nor") for c in p.children[p.heads[i]])
        return joined_by_or and is_negated(p, p.heads[i])
    return p.pos[i] == "NOUN" and _negative_determiner(p, i)


def _negative_determiner(p: ParsedDocument, noun: int) -> bool:
    if p.lower[noun] in ("none", "nobody", "nothing"):
        return True
    return any(p.deps[c] in ("det", "neg") and p.lower[c] in ("no", "neither") for c in p.children[noun])


def auxiliaries(p: ParsedDocument, i: int) -> list[str]:
    """The auxiliaries of a verb in lower case; a conjunct without its own borrows those of the first verb."""
    own = [p.lower[c] for c in p.children[i] if p.deps[c] in ("aux", "auxpass")]
    if own or p.deps[i] != "conj" or own_subjects(p, i) or not is_verb(p, p.heads[i]):
        return own
    return auxiliaries(p, p.heads[i]) if p.tags[p.heads[i]] == p.tags[i] else []


def clause_of(p: ParsedDocument, i: int) -> int:
    """The nearest verb at or above a token: the predicate of the clause it stands in."""
    for token in (i, *p.ancestors(i)):
        if is_verb(p, token):
            return token
    return i


def clause_tokens(p: ParsedDocument, i: int) -> list[int]:
    """The tokens of a predicate's own clause: its subtree without conjoined clauses that have their own subject."""
    skipped: set[int] = set()
    for child in p.children[i]:
        if p.deps[child] in ("conj", "parataxis") and is_verb(p, child):
            skipped.update(p.subtree(child))
    return [t for t in p.subtree(i) if t not in skipped and not p.words[t].isspace()]
