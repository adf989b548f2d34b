"""Pronouns and descriptions → the entity last spoken of that fits.

What enters: a draft with all names and titles resolved, and the roles that have no owner. What leaves: the
mentions that refer back. Where nothing fits, no mention is made.
"""

from __future__ import annotations

from dataclasses import replace

from detente.records import Mention
from detente.resolve.descriptions import resolve_description
from detente.resolve.draft import Draft
from detente.resolve.memory import Memory
from detente.resolve.nouns import is_state, resolve_noun
from detente.resolve.owners import RolePhrase
from detente.resolve.pronouns import PRONOUNS, resolve_pronoun

_OF_STATE = frozenset({"GOV", "MIL", "LEG", "COP", "JUD"})
_SPOKEN = 0.4  # what says less of whom it means is not referred back to


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
        elif parsed.lower[token] == "side" and parsed.lower[token - 1] in ("each", "neither"):
            resolve_noun(draft, memory, token)
        elif token in open_roles and not (open_roles[token].role.is_body and draft.mentions_at.get(token)):
            resolve_description(draft, memory, open_roles[token])
        elif (
            (
                parsed.pos[token] in ("NOUN", "PRON", "DET", "PROPN")
                or parsed.lower[token] in ("former", "latter", "two")
            )
            and token not in in_roles
            and token not in draft.name_at
        ):
            resolve_noun(draft, memory, token)
        while number < len(told) and told[number].root <= token:
            _tell_country(draft, memory, told[number])
            if told[number].score >= _SPOKEN:
                memory.add(told[number], draft.entities[told[number].entity_id])
            number += 1
        for mention in draft.mentions[before:]:
            if mention.score < _SPOKEN:
                continue
            memory.add(mention, draft.entities[mention.entity_id])


def _tell_country(draft: Draft, memory: Memory, mention: Mention) -> None:
    """ "President Doe" in a text of one country: an office without a country is that one's."""
    entity = draft.entities[mention.entity_id]
    if entity.kind != "person" or entity.country is not None or mention.form != "title":
        return
    if entity.sector in _OF_STATE and entity.role is not None:
        country = memory.only_country(mention.root)
        if country is not None and is_state(draft, country):
            draft.entities[entity.id] = replace(entity, country=country)
