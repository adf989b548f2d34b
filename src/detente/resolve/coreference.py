"""Pronouns and descriptions → the entity last spoken of that fits.
"""

from __future__ import annotations

from detente.resolve.draft import Draft
from detente.resolve.phrases import RolePhrase


def resolve_references(draft: Draft, phrases: list[RolePhrase], unresolved: list[RolePhrase]) -> None:
    """Add mentions for pronouns, descriptions and roles without an owner."""
