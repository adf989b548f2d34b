"""Actors' names borrowed by others: by firms, ships, towns, cases in court and persons, or words that look like them.

What enters: a parsed document and the match of a name. What leaves: the verdict, by the words right beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.resolve.knowledge import Knowledge
from detente.resolve.named_things import ATTRIBUTES
from detente.resolve.names import NameMatch
from detente.resolve.tables import word_list
from detente.syntax.document import ParsedDocument

_KIN = frozenset("daughter son wife husband sister brother mother father niece nephew aunt uncle cousin".split())
_VESSELS = frozenset("liner ferry ship tanker freighter yacht steamer trawler airliner brig sloop vessel".split())
_TOWNS = frozenset({"town", "village", "hamlet", "suburb", "county", "township", "settlement"})
_DISTRICTS = _TOWNS | {"province", "parish", "municipality", "district"}


def is_borrowed(parsed: ParsedDocument, match: NameMatch) -> bool:
    """Whether a name stands for something else that is called so."""
    return any(test(parsed, match) for test in _TESTS)


def _is_shouted_word(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "WHO KILLED THE MAYOR?": a common word that is an acronym's twin, in words that are all in capitals."""
    if match.first != match.last or parsed.lower[match.first] not in word_list("acronym_twins"):
        return False
    first = last = match.first
    while first and _is_shouted(parsed, first - 1):
        first -= 1
    while last + 1 < len(parsed) and _is_shouted(parsed, last + 1):
        last += 1
    return parsed.words[match.first].isupper() and last - first > 1


def _is_shouted(parsed: ParsedDocument, token: int) -> bool:
    return parsed.words[token].isalpha() and parsed.words[token].isupper()


def _is_surname_of_somebody(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "Jane Fatah": a group's name of one word, no acronym, that ends the name of a person."""
    if match.sense.kind not in ("group", "organisation") or match.first != match.last or match.first == 0:
        return False
    if parsed.words[match.first].isupper() or parsed.pos[match.first - 1] != "PROPN":
        return False
    return any(s.label == "PERSON" and s.start < match.first == s.end - 1 for s in parsed.names)


def _is_firm(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "BNP Paribas": an acronym that begins a longer name."""
    after = match.last + 1
    if match.sense.kind not in ("group", "organisation") or match.first != match.last or after >= len(parsed):
        return False
    if not parsed.words[match.first].isupper() or parsed.heads[match.last] != after or parsed.pos[after] != "PROPN":
        return False
    is_name = parsed.words[after].istitle() and parsed.deps[match.last] == "compound"
    return is_name and any(s.label == "ORG" and s.start == match.first and s.end == after + 1 for s in parsed.names)


def _is_establishment(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "At Lula's, a grill": an owner of nothing that is named."""
    after = match.last + 1
    if match.first == 0 or parsed.lower[match.first - 1] != "at" or after + 1 >= len(parsed):
        return False
    return parsed.lower[after] in ("'s", "'") and parsed.pos[after + 1] == "PUNCT"


def is_titled(parsed: ParsedDocument, match: NameMatch, names: Sequence[NameMatch], knowledge: Knowledge) -> bool:
    """ "Constable Brazil", "Mrs Holland": a surname behind a title in capitals."""
    before = match.first - 1
    if before < 0 or match.first != match.last or match.sense.kind not in ("state", "capital"):
        return False
    if not parsed.words[before].istitle() or parsed.lower[match.last + 1 : match.last + 2] == ["'s"]:
        return False
    if parsed.lower[before] in knowledge.honorifics:
        return True
    role = next((knowledge.roles[m.sense.id] for m in names if m.sense.kind == "role" and m.last == before), None)
    if role is None or role.is_body or role.is_plural or role.sector in ("GOV", "LEG"):
        return False
    return parsed.heads[before] == match.first and parsed.deps[before] == "compound"


def _is_case(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "Nicaragua v. United States": a case before a court."""
    near = (match.first - 1, match.last + 1)
    return match.sense.kind == "state" and any(0 <= t < len(parsed) and parsed.words[t] in ("v.", "v") for t in near)


def _is_vessel(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "The Estonia", "the liner France", "renamed Norway", "wore a Panama", "her daughter India"."""
    if match.sense.kind != "state" or match.first == 0:
        return False
    before, root = match.first - 1, match.last
    near = (match.last, parsed.heads[match.last])
    if parsed.lower[before] in _VESSELS and (before in near or parsed.heads[before] in near):
        return True
    if parsed.lower[before] in _KIN or (parsed.lower[before] == "as" and parsed.lower[before - 1] == "known"):
        return True
    if parsed.lower[before] in ("a", "an") and parsed.deps[root] not in ATTRIBUTES | {"poss"}:
        return not any(c > root and parsed.deps[c] in ("relcl", "prep", "acl") for c in parsed.children[root])
    if parsed.deps[root] in ("oprd", "dobj", "advcl", "acl") and parsed.lower[before] in ("renamed", "rechristened"):
        return True
    if match.first != match.last or parsed.lower[before] != "the" or parsed.deps[root] in ATTRIBUTES | {"poss"}:
        return False
    word = parsed.lower[root]
    if parsed.words[root].isupper() or word.endswith("s") or word in word_list("states_with_article"):
        return parsed.lower[before - 1] in ("down", "up", "along") if before else False
    return parsed.words[root][:1].isupper()


def _is_town(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "The province of Luxembourg", "Lebanon and Carthage, two towns in Tennessee": a namesake within a state."""
    if match.sense.kind != "state":
        return False
    if not (len(match.sense.id) == 3 and match.sense.id.isupper()):
        return False
    if match.first > 1 and parsed.lower[match.first - 1] == "of" and parsed.lower[match.first - 2] in _DISTRICTS:
        return True
    if parsed.lower[match.last + 1 : match.last + 2] and parsed.lower[match.last + 1] in _DISTRICTS:
        return parsed.heads[match.last] == match.last + 1
    said = [c for c in parsed.children[match.last] if parsed.deps[c] == "appos"]
    said += [a for c in parsed.children[match.last] if parsed.deps[c] == "conj" for a in parsed.children[c]]
    if parsed.deps[match.last] == "conj":
        said += [c for c in parsed.children[parsed.heads[match.last]] if parsed.deps[c] == "appos"]
    return any(parsed.deps[c] == "appos" and parsed.lemmas[c] in _TOWNS for c in said)


def _is_crossing(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "The Trans-Mongolian express": a line, not who runs it."""
    before = match.first - 2
    if match.sense.kind not in ("state", "adjective"):
        return False
    return before >= 0 and parsed.lower[before + 1] == "-" and parsed.lower[before] in ("trans", "circum")


_TESTS = (
    *(_is_shouted_word, _is_surname_of_somebody, _is_firm, _is_establishment),
    *(_is_case, _is_vessel, _is_town, _is_crossing),
)
