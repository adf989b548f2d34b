"""Whether an evaluation holds: predicates that are denied, refused, or only possible or urged.

What enters: a parsed document and the index of a predicate. What leaves: yes or no. "Can" and "even if"
leave a predicate real; "no longer", "anything but", "refused to" and "without" deny it.
"""

from __future__ import annotations

from detente.coding.status import modality
from detente.syntax.clauses import auxiliaries, first_conjunct, is_negated, is_verb
from detente.syntax.document import ParsedDocument


def is_unreal(p: ParsedDocument, predicate: int) -> bool:
    """Whether a predicate is only possible, conditional or urged; "can" and "even if" leave it real."""
    if modality(p, predicate) not in ("hypothetical", "proposed"):
        return False
    if is_verb(p, predicate) and {"can"} == set(auxiliaries(p, predicate)):
        return False
    near = [c for t in (predicate, p.heads[predicate]) for c in p.children[t]]
    marks = [c for t in [*near, predicate] for c in p.children[t] if p.deps[c] == "mark" and p.lower[c] == "if"]
    return not any(mark and p.lower[mark - 1] == "even" for mark in marks)


def is_denied(p: ParsedDocument, predicate: int) -> bool:
    """Whether a predicate is negated, "no longer", "anything but", "refused to" and "without" included."""
    if is_negated(p, predicate) or _is_refused(p, predicate):
        return True
    for child in p.children[predicate]:
        if p.lower[child] == "longer" and child and p.lower[child - 1] == "no":
            return True
        if p.lower[child] == "but" and child and p.lower[child - 1] in ("anything", "nothing"):
            return True
    return False


def _is_refused(p: ParsedDocument, predicate: int) -> bool:
    """Whether the verb around an infinitive undoes it ("refused to back X"), or the word "without" a gerund."""
    top = first_conjunct(p, predicate)
    if not is_verb(p, predicate) or p.deps[top] not in ("xcomp", "acl", "pcomp"):
        return False
    if p.deps[top] == "pcomp" and p.lower[p.heads[top]] not in ("without", "from"):
        return False
    return modality(p, predicate) == "negated"
