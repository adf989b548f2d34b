"""Whether a capital or seat of power acts, and so stands for its state, or is only a place.

What enters: a match of such a name. What leaves: the verdict. "Moscow welcomed" acts, "visited Moscow" does not.
"""

from __future__ import annotations

from detente.resolve.names import NameMatch
from detente.resolve.tables import word_list
from detente.syntax.document import ParsedDocument

_BESIDE = frozenset({"past", "behind", "opposite", "beside", "beneath", "above", "atop", "facing"})


def acts(parsed: ParsedDocument, match: NameMatch, *, is_seat: bool) -> bool:
    """Whether a capital's or seat's name stands for the state in this place of the sentence."""
    root = match.last
    dep, head = parsed.deps[root], parsed.heads[root]
    if _is_dateline(parsed, match) or parsed.lower[match.last] in ("d.c.", "dc", "d.c"):
        return False
    if (dep == "nsubj" and parsed.lemmas[head] == "be" and _is_where(parsed, root)) or _is_called_city(parsed, root):
        return False
    if match.last + 1 < len(parsed) and parsed.lower[match.last + 1] in ("'s", "'"):
        owned = parsed.lemmas[head] if head > root else ""
        return owned not in (word_list("building_parts") if is_seat else word_list("place_heads"))
    if match.last + 2 < len(parsed) and parsed.lower[match.last + 1] == "-":
        return parsed.lower[match.last + 2] not in ("based", "born", "area", "bound", "style", "to")
    if match.last + 1 < len(parsed) and parsed.lower[match.last + 1] == "," and _place_list(parsed, match):
        return False
    if dep == "conj":
        return (
            acts(parsed, _at(match, _first(parsed, root)), is_seat=is_seat) if _first(parsed, root) != root else False
        )
    if dep in ("nsubj", "nsubjpass") and parsed.lemmas[head] in word_list("scene_verbs"):
        return is_seat
    if dep in ("nsubj", "nsubjpass", "agent", "ROOT"):
        return dep != "nsubjpass" or parsed.lemmas[head] not in word_list("motion_verbs")
    if dep == "dobj" and parsed.lemmas[head] in word_list("perception_verbs") and _has_complement(parsed, root, head):
        return True
    if dep in ("dobj", "dative", "iobj"):
        return parsed.lemmas[head] not in word_list("motion_verbs") and (
            is_seat or parsed.lemmas[head] in word_list("addressing_verbs")
        )
    if dep in ("pobj", "pcomp"):
        return _acts_under(parsed, head, is_seat)
    if dep in ("compound", "nmod", "amod", "npadvmod", "poss"):
        before = match.first - 1
        if before > 0 and parsed.lower[before] in ("with", "between", "against") and parsed.deps[before] == "prep":
            return _acts_under(parsed, before, is_seat)  # "talks with Belgrade stall", read as one noun
        if not is_seat and _begins_name(parsed, root):
            return False
        if is_seat and parsed.lemmas[head] in word_list("contest_nouns") | word_list("building_parts"):
            return False
        if is_seat or dep == "poss":
            return parsed.lemmas[head] not in word_list("place_heads")
        return parsed.lemmas[head] in word_list("capital_of") | word_list("relation_words") | word_list("insiders")
    return dep in ("appos", "attr") and is_seat


def _is_where(parsed: ParsedDocument, root: int) -> bool:
    """ "Brussels, where the alliance sits, was quiet"."""
    return any(parsed.deps[c] == "relcl" and parsed.lower[parsed.left[c]] == "where" for c in parsed.children[root])


def _begins_name(parsed: ParsedDocument, root: int) -> bool:
    """ "Vienna Philharmonic", "Moscow Exchange": in front of another capitalised word, no line being in capitals."""
    after = root + 1
    if after >= len(parsed) or parsed.heads[root] < after or parsed.pos[after] != "PROPN":
        return False
    start, end = parsed.sentences[parsed.sentence_of[root]]
    is_headline = not any(
        parsed.words[t].islower() and parsed.pos[t] in ("VERB", "NOUN", "AUX") for t in range(start, end)
    )
    return parsed.words[after][:1].isupper() and not is_headline


def _is_called_city(parsed: ParsedDocument, root: int) -> bool:
    """ "Lusaka is a quiet city", "Cairo, a city of twenty million"."""
    head = parsed.heads[root]
    said = [c for c in parsed.children[root] if parsed.deps[c] == "appos"]
    if parsed.deps[root] == "nsubj" and parsed.lemmas[head] == "be":
        said += [c for c in parsed.children[head] if parsed.deps[c] == "attr"]
        if any(parsed.lemmas[c] in word_list("town_adjectives") for c in parsed.children[head]):
            return True
    return any(parsed.lemmas[c] in ("city", "town", "capital", "metropolis", "port", "village") for c in said)


def _is_dateline(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "GENEVA, June 3 - …": where a report was written, in front of its first words."""
    start = parsed.paragraphs[parsed.paragraph_of[match.first]][0]
    shouted = all(parsed.words[t].isupper() for t in range(match.first, match.last + 1))
    after = range(match.last + 1, min(match.last + 9, len(parsed)))
    return match.first == start and shouted and any(parsed.words[t] in ("-", "--") for t in after)


def _has_complement(parsed: ParsedDocument, root: int, verb: int) -> bool:
    """ "Left Baghdad caught in the middle", "sees Moscow as a threat": not a place that is left or seen."""
    if any(parsed.deps[c] in ("acl", "relcl") for c in parsed.children[root]):
        return True
    return any(
        c > root and (parsed.deps[c] in ("oprd", "xcomp", "ccomp", "acomp") or parsed.lower[c] == "as")
        for c in parsed.children[verb]
    )


def _at(match: NameMatch, token: int) -> NameMatch:
    return NameMatch(token, token, match.start, match.end, match.sense)


def _first(parsed: ParsedDocument, i: int) -> int:
    while parsed.deps[i] == "conj" and parsed.pos[parsed.heads[i]] in ("PROPN", "NOUN"):
        i = parsed.heads[i]
    return i


def _place_list(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "Washington, D.C.", "Paris, France"."""
    after = match.last + 2
    return (
        after < len(parsed)
        and parsed.deps[after] == "appos"
        and parsed.heads[after] == match.last
        and parsed.pos[after] == "PROPN"
    )


def _acts_under(parsed: ParsedDocument, preposition: int, is_seat: bool) -> bool:
    word, governor = parsed.lower[preposition], parsed.heads[preposition]
    lemma = parsed.lemmas[governor]
    if word in ("on", "through", "for", "toward", "towards") and lemma in word_list("motion_verbs"):
        return False
    if word == "of" and not is_seat:
        return lemma in word_list("capital_of") or lemma in word_list("relation_words")
    if word in ("for", "of", "to") and lemma in word_list("contest_nouns"):
        return False
    if word in ("between", "with") and lemma in word_list("transit_nouns"):
        return False
    if word in (
        "with",
        "between",
        "by",
        "against",
        "on",
        "among",
        "for",
        "of",
        "toward",
        "towards",
        "without",
        "like",
        "versus",
    ):
        return lemma not in word_list("place_heads") or word in ("with", "between", "by", "against") or is_seat
    if word == "from" and lemma in ("come", "hear", "emanate"):
        return True
    if word in ("to", "from"):
        if lemma in word_list("motion_verbs") or lemma in word_list("place_heads"):
            return False
        is_noun = parsed.pos[governor] in ("NOUN", "ADJ")
        return (
            is_seat
            or (lemma in word_list("relation_words") and (word == "to" or is_noun))
            or (parsed.pos[governor] in ("VERB", "AUX") and lemma in word_list("giving_verbs"))
        )
    return is_seat and word not in word_list("placing_prepositions") and word not in _BESIDE
