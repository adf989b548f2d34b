"""Whether a capital or seat of power acts, and so stands for its state, or is only a place.

What enters: a match of such a name. What leaves: the verdict. "Moscow welcomed" acts, "visited Moscow" does not.
"""

from __future__ import annotations

from detente.resolve.names import NameMatch
from detente.syntax.document import ParsedDocument

_MOTION = frozenset(
    "visit arrive fly travel leave depart go come return reach enter tour head drive land move flee march advance live stay reside remain meet gather base bomb shell hit attack capture seize take storm besiege liberate retake recapture surround shake rock strike evacuate hold host open relocate cross see".split()
)
_PLACE_PREPOSITIONS = frozenset(
    "in at near outside inside into around across through throughout via over above within beyond off along from to".split()
)
_PLACE_HEADS = frozenset(
    "visit trip tour flight arrival departure journey return road way train bus airport embassy ambassador mission delegation travel suburb district neighborhood neighbourhood mayor resident street square summit conference meeting talks outskirts center centre east west north south hotel city capital region area university attack bombing airstrike forum".split()
)
_TALKING = frozenset(
    "talk relation tie link bond contact dialogue negotiation agreement deal pact treaty friendship alliance cooperation message letter note warning concern threat blow signal challenge call appeal pressure support aid gift concession overture embarrassment setback help opposition answer response reply proposal request demand offer blame anger dispute row rift standoff conflict war border initiative delight relief loss victory boon sanction hostility influence loyalty closeness access close loyal hostile friendly favourable favorable crucial vital important acceptable unacceptable".split()
)
TOLD = frozenset(
    "tell ask urge warn accuse blame criticise criticize condemn thank praise assure inform remind pressure press push persuade convince force irritate anger please alarm worry embarrass isolate support oppose help back sanction punish threaten trust allow let invite confront defy challenge appease approach lobby consult engage resist join follow rebuke slam deter provoke leave contain counter prompt bring cost give deny grant offer sell send lend show".split()
)


def acts(parsed: ParsedDocument, match: NameMatch, *, is_seat: bool) -> bool:
    """Whether a capital's or seat's name stands for the state in this place of the sentence."""
    root = match.last
    dep, head = parsed.deps[root], parsed.heads[root]
    if match.last + 1 < len(parsed) and parsed.lower[match.last + 1] in ("'s", "'"):
        owned = parsed.lemmas[head] if head > root else ""
        return owned not in _PLACE_HEADS or is_seat
    if match.last + 2 < len(parsed) and parsed.lower[match.last + 1] == "-":
        return parsed.lower[match.last + 2] not in ("based", "born", "area")
    if match.last + 1 < len(parsed) and parsed.lower[match.last + 1] == "," and _place_list(parsed, match):
        return False
    if dep == "conj":
        return acts(parsed, _at(match, _first(parsed, root)), is_seat=is_seat) if _first(parsed, root) != root else False
    if dep in ("nsubj", "nsubjpass", "agent", "ROOT"):
        return dep != "nsubjpass" or parsed.lemmas[head] not in _MOTION
    if dep in ("dobj", "dative", "iobj"):
        return parsed.lemmas[head] not in _MOTION and (is_seat or parsed.lemmas[head] in TOLD)
    if dep in ("pobj", "pcomp"):
        return _acts_under(parsed, head, is_seat)
    if dep in ("compound", "nmod", "amod", "npadvmod", "poss"):
        return parsed.lemmas[head] not in _PLACE_HEADS and (is_seat or parsed.pos[head] == "NOUN")
    return dep in ("appos", "attr") and is_seat


def _at(match: NameMatch, token: int) -> NameMatch:
    return NameMatch(token, token, match.start, match.end, match.sense)


def _first(parsed: ParsedDocument, i: int) -> int:
    while parsed.deps[i] == "conj" and parsed.pos[parsed.heads[i]] in ("PROPN", "NOUN"):
        i = parsed.heads[i]
    return i


def _place_list(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "Washington, D.C.", "Paris, France"."""
    after = match.last + 2
    return after < len(parsed) and parsed.deps[after] == "appos" and parsed.heads[after] == match.last and parsed.pos[after] == "PROPN"


def _acts_under(parsed: ParsedDocument, preposition: int, is_seat: bool) -> bool:
    word, governor = parsed.lower[preposition], parsed.heads[preposition]
    lemma = parsed.lemmas[governor]
    if word in ("with", "between", "by", "against", "on", "among", "for", "of", "toward", "towards", "without", "like", "versus"):
        return lemma not in _PLACE_HEADS or word in ("with", "between", "by", "against") or is_seat
    if word in ("to", "from"):
        if lemma in _MOTION or lemma in _PLACE_HEADS:
            return False
        return is_seat or lemma in _TALKING or parsed.pos[governor] in ("VERB", "AUX") and lemma in _ADDRESSED
    return is_seat and word not in _PLACE_PREPOSITIONS


_ADDRESSED = frozenset(
    "say appeal apologise apologize object respond reply sell give offer lend come belong complain turn look speak write talk provide supply deliver concede yield bow pledge promise propose demand seek win obtain get receive expect require distance learn hear be".split()
)
