"""Whether a person may be called by a role noun: "the minister", "the general", "the king".

What enters: an entity and the noun. What leaves: yes or no, by the role that the entity has.
"""

from __future__ import annotations

from detente.records import Entity
from detente.resolve.draft import Draft
from detente.resolve.nouns import words

_TITLES = (
    frozenset({"president"}),
    frozenset({"prime minister", "premier", "chancellor", "taoiseach"}),
    frozenset({"king", "queen", "emir", "sultan", "emperor", "monarch"}),
)


def has_role(draft: Draft, entity: Entity, noun: str) -> bool:
    """Whether a person may be called by a role noun: by the same word or a related one."""
    role = (entity.role or "").lower().replace("-", " ")
    last = noun.split()[-1] if " of " not in noun else noun.split(" of ")[0].split()[-1]
    if role.startswith("former ") or (role.endswith(" elect") and "elect" not in noun):
        return False
    if noun == "incumbent":
        return "president" in role or "prime minister" in role
    if noun.replace("-", " ") in role:
        return True
    if last in ("minister", "secretary", "president") and noun != last:
        return False
    if _holds_another(entity, noun, role):
        return False
    if noun == "general" and _is_soldier(draft, entity):
        return True
    for line in words().same_role:
        if noun in line or last in line:
            if any(word in role for word in line):
                return True
    return noun == "official" and entity.sector == "GOV"


def _holds_another(entity: Entity, noun: str, role: str) -> bool:
    """ "The king" is no prime minister, "the president" no leader of the opposition."""
    own = next((titles for titles in _TITLES if noun in titles), None)
    if own is None or any(title in role for title in own):
        return False
    if entity.sector in ("OPP", "PTY", "REB"):
        return True
    return any(title in role for titles in _TITLES for title in titles)


def _is_soldier(draft: Draft, entity: Entity) -> bool:
    person = draft.knowledge.persons.get(entity.id)
    return person is not None and any(
        term.sector == "MIL" and (draft.day is None or term.start <= draft.day) for term in person.terms
    )
