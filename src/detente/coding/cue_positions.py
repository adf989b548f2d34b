"""Where the author stands to a cue: siding with the speaker, at a distance, or neither.

What enters: a `ParsedDocument`, a `Cue` and the lexicon. What leaves: the cue with its position: "X rightly noted",
"was right to say" and "the valid point that" side with the speaker; "falsely said", "said without evidence", "was
wrong to say" and "the bogus claim that" doubt him.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.coding.cue_extent import Cue
from detente.coding.cues import CueLexicon
from detente.syntax.clauses import is_negated
from detente.syntax.document import ParsedDocument

_BARE = frozenset({"without", "with"})


def with_position(p: ParsedDocument, cue: Cue, lexicon: CueLexicon) -> Cue:
    """Mark a cue as endorsed or doubted by the words that hang on it; denials stay denials."""
    words = list(_words_beside(p, cue))
    if cue.form in ("verb", "participle") and _lacks_proof(p, cue, lexicon):
        words.append("baselessly")
    if any(word in lexicon.disowning for word in words):
        return cue if cue.entry.factuality == "denying" else _doubted(cue)
    if any(word in lexicon.endorsing for word in words):
        return replace(cue, endorsed=True)
    return cue


def _doubted(cue: Cue) -> Cue:
    return replace(cue, endorsed=False, entry=replace(cue.entry, factuality="doubting"))


def _words_beside(p: ParsedDocument, cue: Cue) -> Iterator[str]:
    """The adverbs of a verb outside what it reports, the adjectives of a noun, what "was … to say" hangs on."""
    word = cue.word
    for child in p.children[word]:
        beside = child < word or child <= cue.last
        if p.deps[child] in ("advmod", "amod") and beside and p.quotation_of[child] == p.quotation_of[word]:
            yield p.lower[child]
    yield from (p.lower[verdict] for verdict in _verdicts(p, word) if not is_negated(p, p.heads[verdict]))


def _verdicts(p: ParsedDocument, word: int) -> Iterator[int]:
    """The adjective that judges an utterance: "was | right | to say", "is | wrong | in claiming", "… when he said"."""
    head = p.heads[word]
    if p.deps[word] == "pcomp" and p.deps[head] == "prep":
        head = p.heads[head]
    if head == word or p.deps[word] not in ("xcomp", "advcl", "pcomp"):
        return
    if p.pos[head] == "ADJ" and p.deps[head] in ("acomp", "conj", "oprd", "ROOT"):
        yield head
    elif p.deps[word] == "pcomp" or any(p.lower[c] == "when" for c in p.children[word]):
        yield from (c for c in p.children[head] if p.deps[c] == "acomp")


def _lacks_proof(p: ParsedDocument, cue: Cue, lexicon: CueLexicon) -> bool:
    """Whether the author remarks that nothing bears out what is said: "said, without evidence, that"."""
    for child in p.children[cue.word]:
        if p.deps[child] == "prep" and p.lower[child] in _BARE and p.quotation_of[child] == p.quotation_of[cue.word]:
            phrase = [t for t in p.subtree(child) if p.deps[t] in ("pobj", "dobj")]
            lacking = p.lower[child] == "without" or any(p.lower[t] in ("no", "little") for t in p.subtree(child))
            if lacking and any(p.lemmas[t] in lexicon.proofs for t in phrase[:2]):
                return True
    return False
