"""Parsed document → mentions and entities: the order in which the steps of resolution run.

What enters: a `ParsedDocument` and the `Knowledge`. What leaves: mentions in the order of the text and the
entities they refer to. First names, then titles, then capitals, at last pronouns and descriptions.
"""

from __future__ import annotations

from detente.records import Entity, Mention
from detente.resolve.coreference import resolve_references
from detente.resolve.draft import Draft
from detente.resolve.kin import add_kin
from detente.resolve.knowledge import Knowledge
from detente.resolve.naming import add_names
from detente.resolve.persons import find_persons
from detente.resolve.phrases import find_role_phrases
from detente.resolve.ships import find_ships
from detente.resolve.titles import add_role_mentions
from detente.resolve.unknown import add_unknown
from detente.syntax.document import ParsedDocument


def resolve(parsed: ParsedDocument, knowledge: Knowledge) -> tuple[list[Mention], dict[str, Entity]]:
    """Find who is meant. Every mention's entity is among the entities; mentions may share a span."""
    draft = Draft(parsed, knowledge)
    find_ships(draft)
    find_persons(draft)
    phrases = find_role_phrases(draft)
    unresolved = add_role_mentions(draft, phrases)
    add_kin(draft)
    add_names(draft)
    add_unknown(draft)
    resolve_references(draft, phrases, unresolved)
    draft.mentions.sort(key=lambda m: (m.start, m.end, m.root))
    used = {mention.entity_id for mention in draft.mentions}
    return draft.mentions, {key: entity for key, entity in draft.entities.items() if key in used}
