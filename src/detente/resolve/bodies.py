"""Bodies and groups without an owner: "the regime", "the troops", "rebels in Syria", "police".

What enters: a draft, what has been spoken of so far, and a role phrase for many people or an institution. What
leaves: the mention of the last such group, else of that of the country where the clause plays or which the text
speaks of. Without a country the group stays under a slug of its own.
"""

from __future__ import annotations

from collections import Counter

from detente.resolve.draft import Draft
from detente.resolve.memory import Memory, Spoken
from detente.resolve.names import slug
from detente.resolve.nouns import called_organisation, is_state, scene_before, words
from detente.resolve.owners import RolePhrase, sector_of
from detente.resolve.tables import word_list
from detente.resolve.titles import describe, span_of
from detente.syntax.clauses import surface_subjects
from detente.syntax.document import ParsedDocument

DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "such"})
_LOCAL = frozenset(
    {"CVL", "REB", "COP", "OPP", "REF", "JUD", "LEG", "JRN", "SOC", "BUS", "CRM", "PRM", "LAB", "AGR", "MED", "REL"}
)
_UNOFFICIAL = frozenset({"BUS", "JRN", "EDU", "SOC", "REL", "MED", "LAB"})
_STATE_BODIES = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
_DOMESTIC = frozenset({"PTY", "OPP", "SOC", "JRN", "LEG", "JUD", "REL", "EDU", "LAB", "ELI"})
_COLLECTIVE = frozenset({"official", "officials", "authority", "authorities"})
_ONLOOKERS = frozenset({"analyst", "expert", "observer", "scholar", "academic", "commentator", "critic"})
_FIGHTING = frozenset(
    "war conflict fighting ceasefire cease-fire truce rebellion uprising bombing shelling siege battle".split()
)
_SIDES = frozenset("other left right east west eastern western north south northern southern far near river".split())
_ARGUMENTS = frozenset(
    {"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "poss", "dative", "attr", "agent", "ROOT"}
)


def resolve_body(draft: Draft, memory: Memory, phrase: RolePhrase) -> None:
    """Add the mention of a body or group; none where nothing fits and the word alone says too little."""
    sector, noun = sector_of(phrase, None), phrase.role.noun
    if noun in word_list("owned_only") or _is_shore(phrase):
        return
    article = draft.parsed.lower[phrase.first]
    if article in ("any", "every", "each", "no") or (article in ("a", "an") and sector in ("GOV", "MIL")):
        return
    if article in DEFINITE and _add_same(draft, memory, phrase, sector):
        return
    start, end = span_of(draft, phrase)
    name = draft.parsed.document.text[start:end]
    if noun in word_list("buildings") and not may_be_nameless(draft, phrase):
        return
    country = _country(draft, memory, phrase, sector)
    if country is not None:
        describe(draft, phrase, draft.add_group(country, sector, name), "role and country spoken of", 0.6)
    elif _says_enough(draft, phrase):
        key = slug(name) if draft.parsed.words[phrase.first][:1].isupper() and phrase.modifiers else slug(noun)
        describe(draft, phrase, draft.add_group(None, sector, name, key=key), "role alone", 0.4)
    elif draft.parsed.deps[phrase.root] in _ARGUMENTS and may_be_nameless(draft, phrase):
        describe(draft, phrase, draft.add_group(None, sector, name, key=slug(noun)), "role alone", 0.35)


def may_be_nameless(draft: Draft, phrase: RolePhrase) -> bool:
    """Whether people of whom nothing but the role is known are worth a mention: farmers are, embassies are not."""
    parsed, noun = draft.parsed, phrase.role.noun
    if noun in word_list("buildings"):
        return parsed.deps[phrase.root] in ("nsubj", "agent") and phrase.role.sector != "GOV"
    if noun in ("authority", "authorities"):
        return not _speaks(parsed, phrase.root)
    return phrase.role.sector != "GOV" and (phrase.role.sector != "MIL" or not phrase.role.is_body)


def _speaks(parsed: ParsedDocument, token: int) -> bool:
    """Whether a noun is the subject of a verb of speech: who said so is for a later stage."""
    return parsed.deps[token] == "nsubj" and parsed.lemmas[parsed.heads[token]] in words().speech


def _is_shore(phrase: RolePhrase) -> bool:
    """ "The other bank", "the west bank": of a river."""
    return phrase.role.noun == "bank" and bool(_SIDES.intersection(phrase.modifiers))


def _says_enough(draft: Draft, phrase: RolePhrase) -> bool:
    dep = draft.parsed.deps[phrase.root]
    if phrase.role.noun in draft.knowledge.weak:
        return dep == "nsubj" and phrase.role.sector not in ("CVL", "GOV", "PTY", "MIL")
    if phrase.role.sector == "MIL" and draft.parsed.lower[phrase.first] not in DEFINITE:
        return dep == "nsubj" and not phrase.modifiers
    return dep in _ARGUMENTS


def _add_same(draft: Draft, memory: Memory, phrase: RolePhrase, sector: str) -> bool:
    """ "The court", "the troops": an organisation that is called so, or the last group of the kind."""
    noun = phrase.role.noun
    word = noun.split()[-1]
    body = memory.best(phrase.root, lambda s: called_organisation(draft, s.entity, word) is not None)
    if body is not None and sector in ("JUD", "GOV", "LEG", "BUS", "MIL", "CRM"):
        key = called_organisation(draft, body.entity, word)
        describe(draft, phrase, draft.add_actor(key or body.entity.id), f"description: last {noun}")
        return True
    same = memory.best(phrase.root, lambda s: _same_group(draft, s, noun, sector))
    if same is not None:
        describe(draft, phrase, same.entity.id, f"description: last {noun}")
    return same is not None


def _same_group(draft: Draft, spoken: Spoken, noun: str, sector: str) -> bool:
    if spoken.entity.sector != sector or spoken.entity.kind not in ("group", "organisation"):
        return False
    if spoken.entity.kind == "organisation" and ":" not in spoken.entity.id:
        return False
    word = draft.parsed.lower[spoken.token]
    return word == noun.split()[-1] or sector not in ("GOV", "CVL")


def _country(draft: Draft, memory: Memory, phrase: RolePhrase, sector: str) -> str | None:
    """Whose body it is: by the place of the clause, by what is spoken of, by who acts; in this order."""
    noun = phrase.role.noun
    if noun in _ONLOOKERS and not phrase.modifiers:
        return None
    behind = _state_behind(draft, phrase.root)
    if behind is not None:
        return behind
    abroad = noun.split(" of ")[0].split()[-1] in word_list("abroad_roles")
    definite = draft.parsed.lower[phrase.first] in DEFINITE
    at_home = noun in word_list("home_forces")
    bare_troops = sector == "MIL" and phrase.role.noun in word_list("bare_troops") and not phrase.modifiers
    acted_upon = draft.parsed.deps[phrase.root] in ("dobj", "nsubjpass", "pobj")
    if sector == "CVL" and noun in draft.knowledge.weak and not acted_upon:
        return None
    acts = draft.parsed.deps[phrase.root] in ("nsubj", "nsubjpass", "agent")
    if phrase.role.is_body and sector in _UNOFFICIAL and not acts:  # "on television", "the other company"
        return None
    sender = _sender(draft, phrase.root) if sector == "MIL" else None
    if sender is not None:
        return sender
    students = sector == "EDU" and noun in ("student", "teacher")
    if bare_troops or at_home or students or sector in _LOCAL or (sector == "GOV" and not definite and not abroad):
        place = place_country(draft, phrase.root)
        if place is not None:
            return place
    plain = all(word in word_list("plain_modifiers") for word in phrase.modifiers)
    if definite and plain and not abroad and sector in _STATE_BODIES and (phrase.role.is_body or noun == "authority"):
        scorned = noun in word_list("scornful_nouns")  # nobody calls his own government so
        found = salient_state(draft, memory, phrase.root, other_than=draft.home if scorned else None)
        return found or (None if scorned else draft.home) or place_country(draft, phrase.root)
    if sector in _DOMESTIC:
        actor = _acting_country(draft, phrase.root)
        if actor is not None:
            return actor
    if at_home or sector in _LOCAL or sector in _DOMESTIC or (noun in _COLLECTIVE and plain):
        alone = memory.only_country(phrase.root)
        if alone is not None and alone in _backers(draft, phrase):
            return None
        if alone is None and sector in ("REB", "REF", "OPP"):  # armed and driven people are where the story is
            alone = _theatre(draft) or scene_before(draft, phrase.root)
        if alone is None and noun in _COLLECTIVE:
            alone = salient_state(draft, memory, phrase.root)
        return alone
    return None


def _state_behind(draft: Draft, root: int) -> str | None:
    """Whose people an of-phrase tells: "opponents of the Maldives government"."""
    parsed = draft.parsed
    for preposition in parsed.children[root]:
        if parsed.deps[preposition] == "prep" and parsed.lower[preposition] == "of":
            for noun in parsed.children[preposition]:
                if parsed.lemmas[noun] in ("government", "regime"):
                    owners = [c for c in parsed.children[noun] if c in draft.name_at]
                    found = next((draft.country_of(draft.name_at[c].sense.id) for c in owners), None)
                    if found is not None and is_state(draft, found):
                        return found
    return None


def _theatre(draft: Draft) -> str | None:
    """The state where the text says that fighting goes on most often: "the war in X", "the bombing of Y"."""
    parsed = draft.parsed
    counts: Counter[str] = Counter()
    for token, match in draft.name_at.items():
        if match.last != token or match.sense.kind not in ("state", "adjective", "capital", "place"):
            continue
        head = parsed.heads[token]
        if parsed.deps[token] == "pobj" and parsed.lower[head] in ("in", "of"):
            head = parsed.heads[head]
        elif parsed.deps[token] not in ("amod", "poss", "compound", "nmod"):
            continue
        is_place = match.sense.kind == "place"
        country = draft.place_country(match.sense.id) if is_place else draft.country_of(match.sense.id)
        if parsed.lemmas[head] in _FIGHTING and country is not None and is_state(draft, country):
            counts[country] += 1
    best = counts.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None


def salient_state(draft: Draft, memory: Memory, at: int, *, other_than: str | None = None) -> str | None:
    """The state that the text last spoke of most prominently, by itself, its bodies or its officials."""

    def fits(spoken: Spoken) -> bool:
        entity = spoken.entity
        if entity.kind == "person" and (entity.sector not in ("GOV", "MIL") or spoken.weight < 0):
            return False
        key = entity.country or entity.id
        return is_state(draft, key) and key != other_than

    found = memory.best(at, fits)
    return None if found is None else found.entity.country or found.entity.id


def _backers(draft: Draft, phrase: RolePhrase) -> set[str]:
    """The states in "Turkish-backed", "US-led": they stand behind the group, it is not theirs."""
    matches = (draft.name_at[t] for t in range(phrase.first, phrase.last) if t in draft.name_at)
    return {draft.country_of(m.sense.id) for m in matches if m.sense.kind in ("state", "adjective", "capital")}


def _sender(draft: Draft, root: int) -> str | None:
    """ "Accused X of sending troops", "Y deployed soldiers": forces that are sent are the sender's."""
    parsed, verb = draft.parsed, draft.parsed.heads[root]
    if parsed.deps[root] != "dobj" or parsed.lemmas[verb] not in word_list("sending_verbs"):
        return None
    senders = surface_subjects(parsed, verb)
    if not senders and parsed.deps[verb] == "pcomp":  # "accused X of sending"
        above = parsed.heads[parsed.heads[verb]]
        senders = [c for c in parsed.children[above] if parsed.deps[c] == "dobj"]
    return next((state for token in senders if (state := _state_at(draft, token))), None)


def _acting_country(draft: Draft, at: int) -> str | None:
    """The country of whoever acts in the sentence: it is its own opposition that a government jails."""
    parsed = draft.parsed
    start = parsed.sentences[parsed.sentence_of[at]][0]
    for token in range(start, at):
        if parsed.deps[token] in ("nsubj", "nsubjpass") and (state := _state_at(draft, token)):
            return state
    return None


def _state_at(draft: Draft, token: int) -> str | None:
    """The state that whoever is named at a token is, or acts for."""
    for mention in draft.mentions_at.get(token, ()):
        entity = draft.entities[mention.entity_id]
        country = entity.id if entity.kind == "state" else entity.country
        if country and is_state(draft, country):
            return country
    return None


def place_country(draft: Draft, at: int) -> str | None:
    """The state in which the clause plays: "in Syria", "in the towns of Jabla", "shelled Mariupol", nearest first."""
    parsed = draft.parsed
    start, end = parsed.sentences[parsed.sentence_of[at]]
    found: list[tuple[int, str]] = []
    for token in range(start, end):
        match = draft.name_at.get(token)
        if match is None or match.last != token or parsed.deps[token] not in ("pobj", "conj", "appos", "dobj"):
            continue
        if match.sense.kind in ("state", "capital") and _is_placed(draft, token):
            country = draft.country_of(match.sense.id)
            if is_state(draft, country):  # "in Brussels" is in no union
                found.append((abs(token - at), country))
        elif match.sense.kind == "place":
            state = draft.place_country(match.sense.id)
            if state is not None:
                found.append((abs(token - at), state))
    for token, country in draft.located.items():
        if start <= token < end and parsed.deps[token] in ("pobj", "conj", "appos", "dobj"):
            found.append((abs(token - at), country))
    return min(found)[1] if found else None


def _is_placed(draft: Draft, token: int) -> bool:
    parsed = draft.parsed
    while parsed.deps[token] in ("conj", "appos"):
        token = parsed.heads[token]
    preposition = parsed.lower[parsed.heads[token]]
    if preposition == "to":
        return parsed.lemmas[parsed.heads[parsed.heads[token]]] in word_list("motion_words")
    if preposition == "of":
        return parsed.lemmas[parsed.heads[parsed.heads[token]]] in word_list("place_nouns") | {"street", "suburb"}
    return parsed.deps[token] == "pobj" and (preposition == "from" or preposition in word_list("placing_prepositions"))
