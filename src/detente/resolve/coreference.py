"""Pronouns and descriptions → the entity last spoken of that fits.

What enters: a draft with all names and titles resolved, and the roles that have no owner. What leaves: the
mentions that refer back. Where nothing fits, no mention is made.
"""

from __future__ import annotations

from detente.resolve.descriptions import resolve_description
from detente.resolve.draft import Draft
from detente.resolve.memory import Memory
from detente.resolve.nouns import resolve_noun
from detente.resolve.owners import RolePhrase
from detente.resolve.pronouns import PRONOUNS, resolve_pronoun


def resolve_references(draft: Draft, phrases: list[RolePhrase], unresolved: list[RolePhrase]) -> None:
    """Add mentions for pronouns, descriptions and roles without an owner, reading from left to right."""
    parsed, memory = draft.parsed, Memory(draft.parsed)
    told = sorted(draft.mentions, key=lambda m: (m.root, m.start))
    open_roles = {phrase.root: phrase for phrase in unresolved}
    in_roles = {token for phrase in phrases for token in range(phrase.first, phrase.last + 1)}
    number = 0
    for token in range(len(parsed)):
        before = len(draft.mentions)
        if parsed.lower[token] in PRONOUNS:
            resolve_pronoun(draft, memory, token)
        elif token in open_roles:
            resolve_description(draft, memory, open_roles[token])
        elif (
            parsed.pos[token] in ("NOUN", "PRON", "DET", "PROPN")
            and token not in in_roles
            and token not in draft.name_at
        ):
            resolve_noun(draft, memory, token)
        while number < len(told) and told[number].root <= token:
            memory.add(told[number], draft.entities[told[number].entity_id])
            number += 1
        for mention in draft.mentions[before:]:
            memory.add(mention, draft.entities[mention.entity_id])
