"""Whether words lie in the future of the text: "will meet on Tuesday", "talks planned for May".

What enters: a parse and a token. What leaves: a yes or no from the auxiliaries and the verbs above it.
"""

from __future__ import annotations

from collections.abc import Container

from detente.syntax.clauses import auxiliaries, is_passive, is_verb
from detente.syntax.document import ParsedDocument

_COMING = frozenset({"will", "shall", "'ll", "wo", "would", "'d", "could", "may", "might", "can", "should", "must"})
_PRESENT = frozenset({"is", "are", "'s", "'re", "am", "'m"})


def points_ahead(p: ParsedDocument, token: int, ahead: Container[str]) -> bool:
    """Whether a token stands in a clause about what is to come.

    Args:
        p: the parse.
        token: any token, such as the head of a date.
        ahead: lemmas whose complements lie in the future (plan, schedule, due, deadline).
    """
    for word in (token, *p.ancestors(token)):
        if p.lemmas[word] in ahead and word != token and p.tags[word] in ("VBN", "JJ", "NN", "NNS"):
            return not (is_verb(p, word) and "had" in auxiliaries(p, word))
        if is_verb(p, word):
            verdict = _clause_ahead(p, word, ahead)
            if verdict is not None:
                return verdict
    return False


def _clause_ahead(p: ParsedDocument, verb: int, ahead: Container[str]) -> bool | None:
    """What one clause says about its time; None where it takes its time from the clause above."""
    aux = set(auxiliaries(p, verb))
    tag = p.tags[verb]
    if aux & _COMING and "have" not in aux:
        return True
    if "to" in aux and p.deps[verb] == "xcomp" and p.lemmas[p.heads[verb]] == "be":  # "was to be signed"
        return True
    if tag == "VBD" or aux & {"have", "has", "had", "was", "were", "been", "did", "'ve"}:
        return False
    if tag == "VB":
        governor = p.heads[verb]
        order = not aux and (governor == verb or p.lemmas[governor] == "let")  # "Let us vote in May"
        return True if order or (p.lemmas[governor] in ahead and governor != verb) else None
    if tag == "VBG":
        return True if aux & _PRESENT else None
    if tag == "VBN":
        return False if is_passive(p, verb) and not aux and p.lemmas[verb] not in ahead else None
    return True if tag in ("VBZ", "VBP") else None
