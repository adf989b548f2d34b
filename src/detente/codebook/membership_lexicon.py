"""The membership lexicon: which words say who belongs to which organisation, and as what.

What enters: `memberships.yaml`. What leaves: one frozen `MembershipLexicon`, tables looked up by lemma.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, get_args

from detente.codebook.codebook import read_data, require
from detente.errors import DataError
from detente.records import MembershipStatus

FILE = "codebook/memberships.yaml"
STATUSES: tuple[MembershipStatus, ...] = get_args(MembershipStatus)
_KEYS = frozenset({"lemmas", "status", "organisation", "patient"})


@dataclass(frozen=True, slots=True)
class MembershipVerb:
    """A verb that gives or takes a status. `places`: where the organisation stands, tried in this order.

    `patient`: who gets the status is the verb's patient ("the union admitted X"), not its agent ("X joined").
    """

    status: MembershipStatus
    places: tuple[str, ...]
    patient: bool


@dataclass(frozen=True, slots=True)
class MembershipLexicon:
    """All tables of `memberships.yaml`, by lemma."""

    nouns: Mapping[str, MembershipStatus]
    loose: frozenset[str]
    qualifiers: Mapping[str, MembershipStatus]
    excluding: frozenset[str]
    status_nouns: frozenset[str]
    partner_nouns: frozenset[str]
    verbs: Mapping[str, MembershipVerb]
    gains: frozenset[str]
    grants: frozenset[str]
    applies: frozenset[str]
    forfeits: frozenset[str]
    foundings: frozenset[str]
    comings: frozenset[str]
    includings: frozenset[str]
    accessions: frozenset[str]
    inside: frozenset[str]
    along: frozenset[str]
    bodies: frozenset[str]


@cache
def load_membership_lexicon() -> MembershipLexicon:
    """Read and check the lexicon; the result is kept.

    Raises:
        DataError: an entry has an unknown key or status, or no words.
    """
    return build_membership_lexicon(read_data("memberships.yaml"))


def build_membership_lexicon(data: Mapping[str, Any]) -> MembershipLexicon:
    """Make a lexicon from the content of its file."""
    plain = (
        "loose",
        "excluding",
        "status_nouns",
        "partner_nouns",
        "gains",
        "grants",
        "applies",
        "forfeits",
        "foundings",
        "comings",
        "includings",
        "accessions",
        "inside",
        "along",
        "bodies",
    )
    return MembershipLexicon(
        nouns=_statuses(data.get("nouns"), "nouns"),
        qualifiers=_statuses(data.get("qualifiers"), "qualifiers"),
        verbs=_verbs(data.get("verbs")),
        **{name: frozenset(_forms(_list(data.get(name), name))) for name in plain},
    )


def _list(value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not value or not all(isinstance(word, str) for word in value):
        raise DataError(
            f"Words {value!r} in {FILE}, {where}: a list of words is allowed. Quote words that YAML reads as yes or no."
        )
    return value


def _forms(words: Iterable[str]) -> list[str]:
    """Each word and its regular plural; parsers leave some plurals as they stand."""
    return [f for word in words for f in (word, word[:-1] + "ies" if word.endswith("y") else word + "s")]


def _statuses(table: object, where: str) -> Mapping[str, MembershipStatus]:
    if not isinstance(table, Mapping):
        raise DataError(f"No table {where!r} in {FILE}: the lexicon needs it. Add it.")
    out: dict[str, MembershipStatus] = {}
    for status, words in table.items():
        require(status, STATUSES, "status", f"{FILE}, {where}")
        for word in _forms(_list(words, f"{where}, {status}")):
            out.setdefault(word, status)
    return MappingProxyType(out)


def _verbs(rows: object) -> Mapping[str, MembershipVerb]:
    if not isinstance(rows, list):
        raise DataError(f"No list 'verbs' in {FILE}: the lexicon needs it. Add it.")
    out: dict[str, MembershipVerb] = {}
    for row in rows:
        for key in row:
            require(key, _KEYS, "key", f"{FILE}, verbs")
        status: MembershipStatus = row.get("status", "")
        require(status, STATUSES, "status", f"{FILE}, verbs")
        places = tuple(_list(row.get("organisation"), "verbs"))
        for lemma in _list(row.get("lemmas"), "verbs"):
            out[lemma] = MembershipVerb(status, places, bool(row.get("patient", False)))
    return MappingProxyType(out)
