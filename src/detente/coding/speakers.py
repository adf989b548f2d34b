"""Which entity speaks: from the noun of a cue to an entity id, made on the spot where the speaker is unnamed.

What enters: a `Reading` with mentions. What leaves: ids, and the entities that the reading did not have
("critics", "one Western diplomat", "a senior official"). A document or inquiry speaks for the institution
behind it; where none is known, nobody speaks.
"""

from __future__ import annotations

import re
import unicodedata

from detente.coding.cue_extent import Cue
from detente.coding.cues import CueLexicon
from detente.coding.documents import is_document, issuers, namesakes, owner_nouns
from detente.records import Entity, Mention
from detente.syntax.clauses import SUBJECTS, noun_modifiers, possessors
from detente.syntax.document import NamedSpan
from detente.syntax.reading import Reading

UNKNOWN = "UNK"
AUTHOR = "author"

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "you"})
_THIRD_PERSON = frozenset({"he", "she", "they", "it", "him", "her", "them", "this", "that", "these", "those"})
_NEAR = 2  # paragraphs back to the document that "the statement" may mean
_SPEAKING_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_AGENTIVE = ("ist", "man", "woman", "person", "ician")
_DESCRIPTIVE = frozenset({"amod", "compound", "nmod"})


class Speakers:
    """Resolves the speakers of one document. `new` collects the entities made on the way."""

    def __init__(self, reading: Reading, lexicon: CueLexicon) -> None:
        self.reading = reading
        self.lexicon = lexicon
        self.new: dict[str, Entity] = {}
        self.hearer: str | None = None
        self.spoken: set[str] = set()
        self._names: dict[int, list[NamedSpan]] = {}
        for name in reading.parsed.names:
            for token in range(name.start, name.end):
                self._names.setdefault(token, []).append(name)
        self._own: dict[str, bool] = {}
        self._owners: dict[int, list[str]] | None = None

    def entity(self, id: str) -> Entity | None:
        return self.reading.entities.get(id) or self.new.get(id)

    def of(self, cue: Cue, last: str | None) -> list[str]:
        """The ids of a cue's speakers, each once; `last` is who spoke last, for pronouns without a mention."""
        if cue.anonymous:
            return [self._add(Entity(UNKNOWN, "unknown", "unknown"))]
        found = dict.fromkeys(id for noun in cue.speakers for id in self.noun(noun, cue, last))
        ids = [id for id in found if id in self.reading.entities] or list(found)[:1]  # "friends and relatives" are one
        if any(self._is_document(noun) for noun in cue.speakers):  # a document that is cited is another one
            return ids
        ids = [id for id in ids if not self.is_own_voice(id)]
        self.spoken.update(ids)
        return ids

    def noun(self, noun: int, cue: Cue, last: str | None) -> list[str]:
        p = self.reading.parsed
        word = p.lower[noun]
        if p.tags[noun] == "PRP$" and cue.form == "opener" and self.hearer is not None:
            return [self.hearer]  # "I asked the envoy. His reply was …"
        if word in _FIRST_PERSON and p.tags[noun] != "NNP":
            return self._first_person(noun, cue)
        named = self._named(noun)
        if word == "they" and last is not None and self._goes_on(named, last):
            return [last]
        if named:
            return named
        if self._is_document(noun):
            provision = noun + 1 < len(p) and p.pos[noun + 1] == "NUM"  # "Article 5 states": of a treaty
            return self._behind_document(noun) or ([] if provision else self._unnamed(noun, cue))
        if p.pos[noun] == "PRON" or word in _THIRD_PERSON:
            return [last] if last is not None and self._fits(word, last) else []
        taken_up = self._taken_up(noun, last)
        return [taken_up] if taken_up is not None else self._institution(noun) or self._unnamed(noun, cue)

    def _goes_on(self, named: list[str], last: str) -> bool:
        """Whether "they said" rather means the group that has just spoken than one that has said nothing yet."""
        speaker = self.entity(last)
        is_group = speaker is not None and speaker.kind == "group"
        return is_group and bool(named) and not self.spoken.intersection(named)

    def _fits(self, pronoun: str, last: str) -> bool:
        """Whether a subject pronoun without a mention may mean whoever spoke last."""
        speaker = self.entity(last)
        is_person = speaker is not None and speaker.kind == "person"
        return pronoun == "they" or (pronoun in ("he", "she") and is_person) or (pronoun == "it" and not is_person)

    def _taken_up(self, noun: int, last: str | None) -> str | None:
        """The person that "the minister" or "the scholar" takes up again: by his role, else whoever spoke last."""
        p = self.reading.parsed
        if p.lower[p.left[noun]] != "the" or p.tags[noun] not in ("NN", "NNP") or noun - p.left[noun] > 2:
            return None
        countries = {self.reading.country(m) for m in self._modifier_mentions(noun)}
        speaker = self.entity(last) if last is not None else None
        if speaker is not None and _has_role(speaker, p.lower[noun], countries):
            return speaker.id
        for mention in reversed(self.reading.mentions):
            entity = self.reading.entities.get(mention.entity_id)
            if mention.start < p.starts[noun] and entity is not None and _has_role(entity, p.lower[noun], countries):
                return entity.id
        stands_in = p.lower[noun] in self.lexicon.stand_ins
        fits = speaker is not None and speaker.kind == "person" and (not countries or speaker.country in countries)
        return speaker.id if stands_in and speaker is not None and fits else None

    def _named(self, noun: int) -> list[str]:
        """Who a noun or its apposition names; a modifier ("the UN report") does not name the whole."""
        p = self.reading.parsed
        for token in (noun, *(c for c in p.children[noun] if p.deps[c] == "appos")):
            found = [
                m.entity_id
                for m in self.reading.at(token)
                if (m.form != "modifier" or m.root == token) and not self._is_anothers(m)
            ]
            if found:
                return found
        return []

    def _is_anothers(self, mention: Mention) -> bool:
        """Whether a description fits whom it was taken for neither in number nor in country: "officials" are no
        one man, "the deputy head of Chad's delegation" is no head of another state."""
        entity = self.reading.entities.get(mention.entity_id)
        if mention.form not in ("description", "title") or entity is None or entity.kind != "person":
            return False
        if self.reading.parsed.tags[mention.root] == "NNS":
            return True
        others = [m for m in self._modifier_mentions(mention.root) if m.entity_id != mention.entity_id]
        countries = {self.reading.country(m) for m in others}
        return mention.form == "description" and bool(countries) and entity.country not in (None, *countries)

    def is_own_voice(self, id: str) -> bool:
        """Whether a state or organisation is the institution that issues the document itself."""
        entity, author = self.reading.entities.get(id), self.reading.document.author
        if entity is None or author is None or entity.kind not in ("state", "organisation"):
            return False
        issued = f" {author.lower().replace('.', '')} "
        if " news " in issued or not any(f" {word} " in issued for word in self.lexicon.institutions):
            return False
        if id not in self._own:
            names = {entity.name, *(m.text for m in self.reading.mentions if m.entity_id == id and m.form == "name")}
            self._own[id] = any(f" {name.lower().replace('.', '')} " in issued for name in names)
        return self._own[id]

    def is_press(self, id: str) -> bool:
        """Whether an entity is a news medium, by its sector or its description."""
        entity = self.entity(id)
        if entity is None:
            return False
        return entity.sector == "MED" or entity.name.split()[-1].lower() in self.lexicon.media

    def hear(self, cue: Cue) -> None:
        """Remember whom a cue's clause addresses, for a reply that follows."""
        roots = self.reading.mentions_by_root
        heard = [mention.entity_id for t in range(cue.word + 1, cue.last + 1) for mention in roots.get(t, ())]
        self.hearer = heard[0] if heard else None

    def _first_person(self, noun: int, cue: Cue) -> list[str]:
        """The author, outside quotations and only where he addresses somebody."""
        p = self.reading.parsed
        found = [m.entity_id for m in self.reading.at(noun)]
        if p.lower[noun] != "i" or p.quotation_of[noun] is not None or cue.entry.kind != "speech":
            return []
        addressed = any(
            p.lower[t] == "to" or p.deps[t] in ("dobj", "dative") for t in range(cue.word + 1, cue.last + 1)
        )
        if not addressed:
            return []
        return found or [self._add(Entity(AUTHOR, self.reading.document.author or "the author", "person"))]

    def _is_document(self, noun: int) -> bool:
        return is_document(self.reading.parsed, noun, self.lexicon)

    def _behind_document(self, noun: int) -> list[str]:
        """The owner of a document: named beside it, else beside an earlier mention of such a document."""
        owner = self._owner(noun)
        if owner:
            return owner
        owners = self._document_owners()
        earlier = [i for i in owners if i < noun]
        p = self.reading.parsed
        alike = [i for i in earlier if p.lemmas[i] == p.lemmas[noun]]
        if p.lower[p.left[noun]] in ("the", "this") and p.left[noun] == noun - 1:
            near = p.paragraphs[max(0, p.paragraph_of[noun] - _NEAR)][0]
            alike = alike or [i for i in earlier if i >= near]
        if p.lower[noun] in self.lexicon.inquiries:
            alike = alike or [i for i in earlier if p.lower[i] in self.lexicon.inquiries]
        return owners[alike[-1]] if alike else []

    def _document_owners(self) -> dict[int, list[str]]:
        """All documents in the text that name their institution."""
        if self._owners is None:
            p = self.reading.parsed
            self._owners = {}
            for i in range(len(p)):
                if is_document(p, i, self.lexicon):
                    owner = self._owner(i)
                    if owner:
                        self._owners[i] = owner
        return self._owners

    def _owner(self, noun: int) -> list[str]:
        """Whoever owns a document or issues something in it; one that is named only, where no mention is."""
        p = self.reading.parsed
        owners = list(owner_nouns(p, noun, self.lexicon))
        found = [m.entity_id for i in owners for m in self._mentions(i)]
        if not found:
            named = [i for i in owners if any(s.label == "ORG" for s in self._names.get(i, ()))]
            found = [self._from_words(i, self._name_words(i)) for i in named]
        if not found:
            found = [id for i in issuers(p, noun) for id in (self._named(i) or self._institution(i))]
        return list(dict.fromkeys(found))[:1]

    def _institution(self, noun: int) -> list[str]:
        """The institution that "the embassy" means: the one that the text names with its owner before or later."""
        for other in namesakes(self.reading.parsed, noun, self.lexicon):
            found = self._named(other)
            if not found and self._modifier_mentions(other):
                found = [self._from_words(other, self._described(other))]
            if found:
                return found
        return []

    def _mentions(self, noun: int) -> list[Mention]:
        p = self.reading.parsed
        return [m for m in self.reading.at(noun) if p.starts[noun] < m.end and m.start < p.ends[noun]]

    def _unnamed(self, noun: int, cue: Cue) -> list[str]:
        """An entity for a speaker the reading does not know; none for what does not speak ("the attack showed")."""
        p = self.reading.parsed
        if cue.form == "label":
            words = [word.title() for word in p.words[cue.first : cue.last + 1]]
        elif self._name(noun) is not None:
            words = self._name_words(noun)
        elif "bare" in cue.entry.takes or self._can_speak(noun) or self._must_speak(noun, cue):
            words = self._described(noun)
        else:
            return []
        return [self._from_words(noun, words)] if slug(" ".join(words)) else []

    def _name(self, noun: int) -> NamedSpan | None:
        """What the parser takes for a name in a noun or its apposition."""
        p = self.reading.parsed
        tokens = (noun, *(c for c in p.children[noun] if p.deps[c] == "appos"))
        return next((s for t in tokens for s in self._names.get(t, ()) if s.label in _SPEAKING_NAMES), None)

    def _name_words(self, noun: int) -> list[str]:
        name = self._name(noun)
        words = [] if name is None else self.reading.parsed.words[name.start : name.end]
        return [word for word in words if word.lower() not in ("the", "'s")]

    def _from_words(self, noun: int, words: list[str]) -> str:
        """The id of the entity that goes by these words, made where there is none; its country is that of its owner."""
        id = slug(" ".join(words))
        if self.entity(id) is None:
            name = self._name(noun)
            person = name.label == "PERSON" if name is not None else self._is_one_person(noun)
            country = next((self.reading.country(m) for m in self._modifier_mentions(noun)), None)
            self._add(Entity(id, " ".join(words), "person" if person else "group", country=country))
        return id

    def _is_one_person(self, noun: int) -> bool:
        p = self.reading.parsed
        human = p.lemmas[noun] in self.lexicon.stand_ins or p.lemmas[noun].endswith(_AGENTIVE)
        return human and p.tags[noun] in ("NN", "NNP")

    def _can_speak(self, noun: int) -> bool:
        """Whether a common noun names people, the press or a document, or looks like a name that was missed."""
        lexicon, p = self.lexicon, self.reading.parsed
        if any(word in lexicon.people or word in lexicon.media for word in (p.lemmas[noun], p.lower[noun])):
            return True
        return p.pos[noun] == "PROPN" or p.lemmas[noun].endswith(_AGENTIVE) or self._is_document(noun)

    def _must_speak(self, noun: int, cue: Cue) -> bool:
        """Whether a common noun is the subject of what only people do ("the nominee insisted")."""
        p = self.reading.parsed
        if cue.form not in ("verb", "participle") or cue.entry.lemma in self.lexicon.evincing:
            return False
        speaks = "clause" in cue.entry.takes or "infinitive" in cue.entry.takes
        return speaks and cue.entry.kind == "speech" and p.pos[noun] == "NOUN" and p.deps[noun] in SUBJECTS

    def _modifier_mentions(self, noun: int) -> list[Mention]:
        p = self.reading.parsed
        nouns = [*possessors(p, noun), *noun_modifiers(p, noun)]
        for child in p.children[noun]:
            if p.deps[child] == "prep" and p.lower[child] in ("of", "from", "in", "for"):
                nouns.extend(c for c in p.children[child] if p.deps[c] == "pobj")
        return [m for i in nouns for m in self._mentions(i) if m.root != noun]

    def _described(self, noun: int) -> list[str]:
        """The noun with the adjectives and nouns in front of it, without articles and numerals."""
        p = self.reading.parsed
        front = [
            c for c in range(max(p.left[noun], noun - 4), noun) if p.heads[c] == noun and p.deps[c] in _DESCRIPTIVE
        ]
        return [p.words[i] for i in (*front, noun)]

    def _add(self, entity: Entity) -> str:
        if entity.id not in self.reading.entities:
            self.new.setdefault(entity.id, entity)
        return entity.id


def _has_role(entity: Entity, word: str, countries: set[str]) -> bool:
    """Whether a person holds a role of that name, in one of `countries` where any is named."""
    if entity.kind != "person" or entity.role is None or (countries and entity.country not in countries):
        return False
    return word in entity.role.lower().split()


def slug(words: str) -> str:
    """Turn a name or description into an id: "Western diplomat" to `western-diplomat`."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
