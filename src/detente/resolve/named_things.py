"""Things that carry a state's name and act for nobody: dishes and breeds, languages, buildings, works, firms.

What enters: a parsed document and the match of a state's or people's name. What leaves: the verdict, by what kind
of word the name stands with: a noun for a thing, the rest of a proper name, or a word that tells a language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from detente.resolve.knowledge import Knowledge
from detente.resolve.names import NameMatch
from detente.resolve.tables import read_table, things, word_list
from detente.syntax.document import NamedSpan, ParsedDocument

ATTRIBUTES = frozenset({"amod", "compound", "nmod"})
_TITLES = frozenset({"FAC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "LANGUAGE", "LOC"})
_NAMES = _TITLES | {"ORG"}
_OWN = frozenset({"his", "her", "my", "your"})
_LEARNING = frozenset("speak learn teach understand study read write translate master know practise practice".split())
_ACTING = frozenset({"role", "body", "organisation", "group", "person", "media"})
_SEATS_OF_LEARNING = frozenset({"university", "college", "school", "institute", "academy", "hospital"})
_KINDS = ("weed", "wort", "berry", "fish", "bird", "moth", "nut", "bread", "grass", "hound", "bush", "lily")
_INNER = frozenset({"and", "of", "for", "&"})
_WORDS = frozenset({"PROPN", "NOUN", "ADJ", "NUM", "X"})


def is_thing(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "French fries", "Persian cats", "in Russian", "Indian-born": a kind of thing, a language, somebody's origin."""
    root, after = match.last, match.last + 1
    if match.sense.kind not in ("adjective", "people", "state"):
        return False
    if after + 1 < len(parsed) and parsed.lower[after] == "-" and match.sense.kind != "people":
        return parsed.lower[after + 1] in word_list("origin_forms") or _is_cultural(parsed, _last_head(parsed, root))
    if match.sense.kind == "adjective" and _is_no_adjective(parsed, match):
        return True
    if parsed.lemmas[parsed.heads[root]] == "one" and parsed.deps[root] in ATTRIBUTES:
        return True  # "a Persian carpet … the Ottoman one"
    if parsed.deps[root] in ATTRIBUTES and parsed.heads[root] > root:
        return _modifies_thing(parsed, root)
    if match.sense.kind == "adjective" and parsed.lower[match.first - 1 if match.first else 0] in _OWN:
        return True  # "his Spanish is poor"
    if match.sense.id == "baltic-states" and match.sense.kind == "adjective":  # "the Baltic" is the sea
        return True
    return match.sense.kind == "adjective" and _is_language(parsed, root)


def _last_head(parsed: ParsedDocument, token: int) -> int:
    """The noun that a chain of attributes ends at: "an Irish-American bricklayer"."""
    while parsed.heads[token] > token and parsed.deps[token] in ATTRIBUTES | {"npadvmod"}:
        token = parsed.heads[token]
    return token


def _is_no_adjective(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "Polish the brass", "the King's Indian": a verb, a move."""
    before, after = match.first - 1, match.last + 1
    opens = match.first == parsed.sentences[parsed.sentence_of[match.first]][0]
    if opens and after < len(parsed) and parsed.tags[after] in ("DT", "PRP$"):
        return True
    return before > 0 and parsed.lower[before] == "'s" and parsed.deps[match.last] in ("dobj", "pobj")


def _modifies_thing(parsed: ParsedDocument, root: int) -> bool:
    head, after = parsed.heads[root], root + 1
    if after < head and parsed.heads[after] == head and _is_cultural(parsed, after) and parsed.pos[root] == "ADJ":
        return not _is_traded(parsed, head)
    beside = [c for c in parsed.children[head] if parsed.deps[c] == "conj"]
    if parsed.deps[head] == "conj":
        beside.append(parsed.heads[head])
    if any(_is_cultural(parsed, other) for other in beside):
        return True
    return _is_cultural(parsed, head) and not parsed.words[head][:1].isupper() and not _is_traded(parsed, head)


def _is_cultural(parsed: ParsedDocument, token: int) -> bool:
    """Whether a noun is one for things; an unknown plural is looked up in the singular."""
    lemma = parsed.lemmas[token]
    if not parsed.words[token][:1].islower():
        return False
    known = lemma in things() or lemma in word_list("cultural_nouns") or lemma.endswith(_KINDS)
    return (
        known
        or parsed.lower[token] in things()
        or parsed.lower[token] in word_list("cultural_nouns")
        or (parsed.tags[token] == "NNS" and lemma.endswith("s") and lemma[:-1] in things())
    )


def _is_traded(parsed: ParsedDocument, token: int) -> bool:
    """Whether the sentence is about trade, in which goods stand for the state that sells them."""
    start, end = parsed.sentences[parsed.sentence_of[token]]
    return any(parsed.lemmas[t] in word_list("trade_words") for t in range(start, end))


def _is_language(parsed: ParsedDocument, i: int) -> bool:
    """ "Speaks Turkish", "wrote in Russian", "fluent in Mandarin"."""
    head = parsed.heads[i]
    if i and parsed.lower[i - 1] in ("the", "a", "an"):
        return parsed.lower[head] == "from" and parsed.lemmas[parsed.heads[head]] in (
            "translate",
            "translation",
            "render",
        )
    if parsed.deps[i] == "dobj":
        return parsed.lemmas[head] in _LEARNING
    if parsed.deps[i] == "nsubjpass":
        return parsed.lemmas[head] in _LEARNING
    if parsed.deps[i] == "conj" and parsed.pos[head] in ("PROPN", "ADJ", "NOUN"):
        return head != i and _is_language(parsed, head)
    return parsed.deps[i] == "pobj" and parsed.lower[head] in ("in", "into", "from")


def in_titles(
    parsed: ParsedDocument, states: Sequence[NameMatch], names: Sequence[NameMatch], knowledge: Knowledge
) -> Iterator[NameMatch]:
    """States in the longer name of a building, event, law, work, firm or language."""
    acting = {t for m in names if m.sense.kind in _ACTING for t in range(m.first, m.last + 1)}
    roles = {m.first for m in names if m.sense.kind in ("role", "body", "organisation")}
    by_first = {m.first: m for m in names}
    spans = [s for s in parsed.names if s.label in _TITLES and 1 < s.end - s.start < 7]
    for match in states:
        if any(_is_in_title(parsed, match, span, roles) for span in spans):
            yield match
        elif _begins_name(parsed, match, acting, by_first, knowledge) or _ends_name(parsed, match, acting, knowledge):
            yield match


def _is_in_title(parsed: ParsedDocument, match: NameMatch, span: NamedSpan, roles: set[int]) -> bool:
    if match.first < span.start or match.last >= span.end or match.last - match.first + 1 == span.end - span.start:
        return False
    if not span.start <= parsed.heads[match.last] < span.end or parsed.heads[match.last] == match.last:
        return False
    return not roles.intersection(range(span.start, span.end)) and _is_capital_name(parsed, match, span)


def _is_capital_name(parsed: ParsedDocument, match: NameMatch, span: NamedSpan) -> bool:
    """Whether the rest of a span is in capital letters too."""
    rest = [t for t in range(span.start, span.end) if not match.first <= t <= match.last and parsed.words[t].isalpha()]
    told = [t for t in rest if parsed.pos[t] not in ("DET", "ADP", "CCONJ", "PART")]
    return bool(told) and all(parsed.words[t][:1].isupper() for t in told)


def _begins_name(
    parsed: ParsedDocument, match: NameMatch, acting: set[int], by_first: dict[int, NameMatch], knowledge: Knowledge
) -> bool:
    """ "The Polish Rider", "Korea Composite", "American Express": in front of capitalised words that name no body."""
    first = match.last + 1
    if first + 2 < len(parsed) and parsed.lower[first] in _SEATS_OF_LEARNING and parsed.lower[first + 1] == "of":
        if parsed.words[first][:1].isupper() and first + 2 in by_first:
            return True  # "the American University of Beirut"
    if match.sense.kind not in ("adjective", "state") or not _is_written_as_name(parsed, first):
        return False
    last = _end_of_name(parsed, first)
    run = range(first, last + 1)
    if parsed.sentence_of[first] != parsed.sentence_of[match.first]:
        return False
    if any(t in by_first and by_first[t].sense.kind not in ("adjective", "role") for t in run):
        return False
    if parsed.lower[last] in _firms() and parsed.lower[last] not in knowledge.roles and parsed.heads[match.last] in run:
        return True
    if acting.intersection(run):
        return False
    labels = {s.label for s in parsed.names if s.start < last + 1 and s.end > first}
    if labels & {"PERSON", "NORP", "GPE"} or _is_headline(parsed, match.first):
        return False
    whole = any(s.start <= match.first and s.end > first and s.label in _NAMES for s in parsed.names)
    head = parsed.heads[match.last]
    if head not in run and (not whole or (head > last and parsed.words[head].islower())):
        return False
    return not any(_is_body_word(parsed, t, knowledge) for t in run)


def _is_commercial(parsed: ParsedDocument, match: NameMatch) -> bool:
    return parsed.document.text[match.start : match.end] in word_list("commercial_banks_of")


def _end_of_name(parsed: ParsedDocument, first: int) -> int:
    """The last token of a capitalised run, over small words inside it: "Centre for Media and Culture"."""
    end = parsed.sentences[parsed.sentence_of[first]][1]
    last = token = first
    while token + 1 < end:
        token += 1
        if _is_written_as_name(parsed, token):
            last = token
        elif parsed.lower[token] not in _INNER or token - last > 1:
            break
    return last


def _ends_name(parsed: ParsedDocument, match: NameMatch, acting: set[int], knowledge: Knowledge) -> bool:
    """ "The Gulf of Oman", "the Duke of Edinburgh", "City of Canberra", "Rose of Lebanon": behind a name and "of"."""
    of = match.first - 1 if match.first and parsed.lower[match.first - 1] != "the" else match.first - 2
    if of > 0 and parsed.lower[of] in ("de", "del", "du", "di") and parsed.words[of - 1][:1].isupper():
        return True
    if of < 1 or parsed.lower[of] != "of" or not parsed.words[of - 1][:1].isupper():
        return False
    named = of - 1
    if parsed.lower[named] in word_list("named_of") or parsed.lower[named] in word_list("named_things"):
        return parsed.lower[named] != "bank" or _is_commercial(parsed, match)
    if match.sense.kind not in ("state", "capital") or named in acting or _is_headline(parsed, match.first):
        return False
    opens = named == parsed.sentences[parsed.sentence_of[named]][0]
    if parsed.pos[named] != "PROPN" or opens or parsed.tags[named] == "NNPS":
        return False
    return not _is_body_word(parsed, named, knowledge)


@cache
def _firms() -> frozenset[str]:
    """Words that end the name of a firm."""
    return frozenset(read_table("contexts.yaml")["organisation_words"]["BUS"]) | {"tobacco", "insurance"}


def _is_written_as_name(parsed: ParsedDocument, token: int) -> bool:
    if token >= len(parsed) or not parsed.words[token][:1].isupper() or len(parsed.words[token]) < 2:
        return False
    return parsed.pos[token] in _WORDS and parsed.words[token].isalpha()


def _is_headline(parsed: ParsedDocument, token: int) -> bool:
    """Whether verbs and nouns of a sentence are capitalised too, so that capitals tell nothing."""
    start, end = parsed.sentences[parsed.sentence_of[token]]
    return not any(parsed.words[t].islower() and parsed.pos[t] in ("VERB", "NOUN", "AUX") for t in range(start, end))


def _is_body_word(parsed: ParsedDocument, token: int, knowledge: Knowledge) -> bool:
    word = parsed.lower[token]
    return word in knowledge.roles or word in _body_words() or parsed.lemmas[token].lower() in _body_words()


@cache
def _body_words() -> frozenset[str]:
    """Words in the names of bodies that act for their state or against it."""
    words = read_table("contexts.yaml")["organisation_words"]
    public = (word for sector in ("PTY", "REB", "LEG", "GOV", "JUD", "COP") for word in words[sector])
    return word_list("body_words").union(public)
