"""Words by which the author keeps a distance from what the text tells, outside anybody's reported speech.

What enters: a `Reading` and the extent of a record. What leaves: whether the author distances himself from it: by an
adverb ("allegedly fired"), by an adjective on the deed ("an alleged attack"), by a label ("a so-called referendum"),
or by quotation marks round a word that nobody is quoted for (a "peace" operation). A name that is disowned ("the
so-called Islamic State") and a person under suspicion ("the alleged spy") say nothing about the deed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from detente.coding.cues import CueLexicon, cue_lexicon
from detente.coding.quote_marks import with_all_quotations
from detente.syntax.document import ParsedDocument, Quotation
from detente.syntax.reading import Reading

_WORDS = 3
_NEAR = 4  # tokens before a quotation mark, itself included
_PERSONAL = ("er", "or", "ist", "man", "men", "woman", "ant", "ent", "ee", "eer")
_HANGS_ON = frozenset({"amod", "compound", "nmod", "det", "poss", "nummod"})
_IN_CLAUSE = frozenset({"pobj", "dobj", "nsubj", "nsubjpass", "conj", "attr", "appos"})
_EVENTFUL = frozenset({"ment", "tion", "sion"})


def keeps_distance(reading: Reading, start: int, end: int) -> bool:
    """Whether the author distances himself from what stands at the characters [start, end)."""
    p = reading.parsed
    return any(start <= p.starts[token] < end for token in _distanced(reading))


@lru_cache(maxsize=4)
def _distanced(reading: Reading) -> tuple[int, ...]:
    """The tokens that the author keeps a distance from."""
    lexicon = cue_lexicon()
    p = reading.parsed
    marked = (*_labelled(p, lexicon), *_alleged(reading, lexicon), *_in_scare_quotes(p, lexicon))
    own = (token for token in marked if reading.statement_around(p.starts[token], p.ends[token]) is None)
    return tuple(sorted({*_hedges(p, lexicon), *own}))


def _hedges(p: ParsedDocument, lexicon: CueLexicon) -> Iterator[int]:
    """Adverbs of doubt on a verb or adjective."""
    for token, word in enumerate(p.lower):
        if word in lexicon.doubting_adverbs and p.pos[p.heads[token]] in ("VERB", "AUX", "ADJ"):
            yield token


def _labelled(p: ParsedDocument, lexicon: CueLexicon) -> Iterator[int]:
    """The common nouns under a disowning label."""
    for match in _pattern(lexicon.disowning_labels).finditer(p.document.text):
        noun = _noun_behind(p, p.token_at(match.end() - 1))
        if p.pos[noun] == "NOUN":
            yield noun


def _alleged(reading: Reading, lexicon: CueLexicon) -> Iterator[int]:
    """The deeds under an adjective of doubt; whom suspicion falls on is no deed."""
    p = reading.parsed
    for token, word in enumerate(p.lower):
        noun = p.heads[token]
        if word in lexicon.doubting_adjectives and p.deps[token] == "amod" and p.pos[noun] == "NOUN":
            if not reading.at(noun) and not _is_person(p, noun, lexicon):
                yield noun


@cache
def _pattern(labels: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, labels)))})\b", re.IGNORECASE)


def _noun_behind(p: ParsedDocument, token: int) -> int:
    """The head of the noun phrase that goes on behind a word."""
    end = p.sentences[p.sentence_of[token]][1]
    noun = next((t for t in range(token + 1, end) if p.pos[t] in ("NOUN", "PROPN", "VERB")), token)
    while p.deps[noun] in _HANGS_ON and p.heads[noun] > noun:
        noun = p.heads[noun]
    return noun


def _is_person(p: ParsedDocument, noun: int, lexicon: CueLexicon) -> bool:
    lemma = p.lemmas[noun]
    if lemma in lexicon.people or lemma in lexicon.stand_ins:
        return True
    return lemma.endswith(_PERSONAL) and lemma[-4:] not in _EVENTFUL


def _in_scare_quotes(p: ParsedDocument, lexicon: CueLexicon) -> Iterator[int]:
    """The heads of one to three words in quotation marks that go on with the clause as if there were none."""
    for quotation in with_all_quotations(p).quotations:
        tokens = _quoted(p, quotation)
        if not 1 <= len(tokens) <= _WORDS or any(not p.words[t].islower() for t in tokens):
            continue
        own = set(tokens)
        head = next((t for t in tokens if p.heads[t] not in own), tokens[-1])
        hangs = p.deps[head] in _HANGS_ON and p.pos[head] in ("NOUN", "ADJ", "VERB", "PROPN") and p.heads[head] > head
        stands = p.deps[head] in _IN_CLAUSE and p.pos[head] in ("NOUN", "PROPN")
        if (hangs or stands) and not _is_named(p, tokens[0], head, lexicon):
            yield _noun_behind(p, head - 1) if hangs else head


def _quoted(p: ParsedDocument, quotation: Quotation) -> list[int]:
    first = p.token_at(quotation.start)
    tokens = range(first, min(len(p), first + 2 * _WORDS + 3))
    if quotation.end > p.ends[tokens[-1]]:
        return []
    return [t for t in tokens if quotation.start <= p.starts[t] < quotation.end and p.words[t][0].isalnum()]


def _is_named(p: ParsedDocument, first: int, head: int, lexicon: CueLexicon) -> bool:
    """Whether words in quotation marks are a name, a title or a word that is spoken about."""
    before = range(max(0, first - _NEAR), first)
    return p.lower[p.heads[head]] == "as" or any(p.lemmas[t] in lexicon.naming for t in before)
