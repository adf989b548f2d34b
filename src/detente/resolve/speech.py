"""The first person → who speaks."""

from __future__ import annotations

from detente.syntax.reading import Reading


def resolve_speech(reading: Reading) -> Reading:
    """Add mentions for the first person."""
    return reading
