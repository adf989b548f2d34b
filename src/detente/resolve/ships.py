"""Warships by their prefix ("HMS Ocean") and, later in the text, by the bare name: they are their navy's.

What enters: a draft before its persons are known, since a ship may bear a person's name. What leaves: the
draft's ships; their tokens are taken.
"""

from __future__ import annotations

from detente.resolve.draft import Draft


def find_ships(draft: Draft) -> None:
    """Fill `draft.ships` with first token, last token and the state whose ship it is."""
    parsed, prefixes = draft.parsed, draft.knowledge.ship_prefixes
    known: dict[str, str] = {}
    for i in range(len(parsed) - 1):
        country = prefixes.get(parsed.words[i])
        if country is None or i in draft.name_at or not _is_name(draft, i + 1):
            continue
        last = i + 1
        while last + 1 < len(parsed) and last < i + 4 and _goes_on(draft, last + 1):
            last += 1
        known[parsed.words[last]] = country
        _take(draft, i, last, country)
    for i in range(len(parsed)) if known else ():
        if parsed.words[i] in known and i not in draft.consumed:
            _take(draft, i, i, known[parsed.words[i]])


def _is_name(draft: Draft, i: int) -> bool:
    return draft.parsed.pos[i] in ("PROPN", "NOUN", "ADJ") and draft.parsed.words[i][:1].isupper()


def _goes_on(draft: Draft, i: int) -> bool:
    """A further word of the name: capitalised, or "de" and the like before one."""
    parsed = draft.parsed
    if parsed.lower[i] in ("de", "of", "la") and i + 1 < len(parsed):
        return parsed.words[i + 1][:1].isupper()
    return _is_name(draft, i) and parsed.words[i] not in draft.knowledge.ship_prefixes


def _take(draft: Draft, first: int, last: int, country: str) -> None:
    draft.ships.append((first, last, country))
    draft.consumed.update(range(first, last + 1))
