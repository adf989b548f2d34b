"""Relatives of a known person: "the wife of X", "X's brother Y", who are not X.

What enters: a draft whose persons are known. What leaves: a mention for each noun of kinship with an owner, of a
person of the owner's country in the sector of elites and their families; with a name beside it, that person's.
"""

from __future__ import annotations

from detente.resolve.draft import Draft, PersonSpan
from detente.resolve.names import slug
from detente.resolve.tables import word_list
from detente.syntax.clauses import objects_of_preposition


def add_kin(draft: Draft) -> None:
    """Add the mentions of relatives; those of persons without a country stay as they are."""
    parsed = draft.parsed
    for token, lemma in enumerate(parsed.lemmas):
        if lemma in word_list("kinship") and parsed.pos[token] == "NOUN":
            owner = _owner(draft, token)
            if owner is not None:
                _add_relative(draft, token, owner)


def _owner(draft: Draft, token: int) -> str | None:
    """The person in front of "'s brother" or behind "brother of"."""
    parsed = draft.parsed
    for child in parsed.children[token]:
        if parsed.deps[child] == "poss" and child in draft.person_at:
            return draft.person_at[child].entity_id
        if parsed.deps[child] == "prep" and parsed.lower[child] == "of":
            for noun in objects_of_preposition(parsed, child):
                if noun in draft.person_at:
                    return draft.person_at[noun].entity_id
    return None


def _add_relative(draft: Draft, token: int, owner: str) -> None:
    parsed, known = draft.parsed, draft.entities[owner]
    named = _name_beside(draft, token)
    if known.country is None or (named is not None and draft.entities[named.entity_id].country is not None):
        return
    role = f"{parsed.lemmas[token]} of {known.name}"
    key = slug(role) if named is None else named.entity_id
    name = role if named is None else draft.entities[key].name
    draft.add_person(key, name, country=known.country, sector="ELI", role=role)
    if named is None:
        draft.add_mention(parsed.starts[token], parsed.ends[token], key, token, "title", f"relative of {owner}", 0.6)


def _name_beside(draft: Draft, token: int) -> PersonSpan | None:
    """ "His son Jim", "her husband, Jim Example,": the name that says who the relative is."""
    parsed = draft.parsed
    after = token + 1
    if after < len(parsed) and parsed.lower[after] == ",":
        after += 1
    span = draft.person_at.get(after)
    return span if span is not None and parsed.sentence_of[after] == parsed.sentence_of[token] else None
