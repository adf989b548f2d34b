"""The first person → who speaks: "I" and "we" inside a statement, and outside in the document's own voice.

What enters: a reading whose statements are known. What leaves: the reading with a mention for each first
person that can be resolved, and the entity `author` where the document's author speaks of himself.
"""

from __future__ import annotations

from dataclasses import replace

from detente.records import Entity, Mention
from detente.resolve.draft import home_of
from detente.resolve.knowledge import Knowledge, load_knowledge
from detente.resolve.names import slug
from detente.resolve.tables import word_list
from detente.syntax.clauses import objects_of_preposition
from detente.syntax.reading import Reading

_SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
_ADDRESSED = frozenset({"you", "your", "yours", "yourself", "yourselves"})
_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "COP", "SPY", "JUD", "UNO", "IGO"})


def resolve_speech(reading: Reading) -> Reading:
    """Add mentions for the first person. What is already resolved is kept; entities may gain `author`."""
    parsed = reading.parsed
    tokens = [i for i, word in enumerate(parsed.lower) if _is_first_person(reading, i, word)]
    addressed = [m for i, word in enumerate(parsed.lower) if word in _ADDRESSED for m in _addressees(reading, i)]
    if not tokens and not addressed:
        return reading
    entities = dict(reading.entities)
    found: list[Mention] = []
    institution: str | bool | None = False
    for token in tokens:
        plural = parsed.lower[token] in _PLURAL
        speaker = _speaker_at(reading, token)
        if speaker is not None:
            entity_id, reason = _spoken_by(entities, speaker, plural=plural), "first person of the speaker"
        elif not plural:
            entity_id, reason = _author(reading, entities), "first person of the author"
        else:
            if institution is False:
                institution = _institution(reading, entities, load_knowledge())
            entity_id, reason = institution or None, "first person of the institution"  # type: ignore[assignment]
        if entity_id is not None:
            found.append(_mention(reading, token, entity_id, reason))
            found.extend(_country_of_ours(reading, token, entity_id, entities))
    mentions = sorted([*reading.mentions, *found, *addressed], key=lambda m: (m.start, m.end, m.root))
    return replace(reading, mentions=mentions, entities=entities)


def _is_first_person(reading: Reading, i: int, word: str) -> bool:
    if word not in _SINGULAR and word not in _PLURAL:
        return False
    parsed = reading.parsed
    if word == "us" and parsed.words[i] != "us":
        return parsed.words[i] == "Us" and parsed.tags[i] == "PRP"
    if word == "i" and parsed.words[i] == "i":
        return False
    if word == "mine":
        return parsed.pos[i] == "PRON"
    return any(m.root == i for m in reading.mentions) is False


def _mention(reading: Reading, token: int, entity_id: str, reason: str) -> Mention:
    parsed = reading.parsed
    start, end = parsed.starts[token], parsed.ends[token]
    return Mention(start, end, parsed.document.text[start:end], entity_id, token, "pronoun", reason, 0.8)


def _speaker_at(reading: Reading, token: int) -> str | None:
    """Who utters the words at a token: the smallest statement around it, else a quotation that a statement shares."""
    start, end = reading.parsed.starts[token], reading.parsed.ends[token]
    around = reading.statement_around(start, end)
    if around is not None:
        return around.speaker
    number = reading.parsed.quotation_of[token]
    if number is None:
        return None
    quotation = reading.parsed.quotations[number]
    for statement in reading.statements:
        if statement.content.start < quotation.end and quotation.start < statement.content.end:
            return statement.speaker
    return None


def _spoken_by(entities: dict[str, Entity], speaker: str, *, plural: bool) -> str:
    """ "We" of an official is the state or organisation he acts for; of others it is the speaker."""
    entity = entities.get(speaker)
    if not plural or entity is None or entity.country is None:
        return speaker
    if entity.kind == "person" and entity.sector not in _OFFICIAL:
        return speaker
    country = entity.country
    if country not in entities:
        entities[country] = _actor_entity(country, load_knowledge())
    return country


def _actor_entity(key: str, knowledge: Knowledge) -> Entity:
    actor = knowledge.actors.get(key)
    if actor is None:
        return Entity(key, key, "unknown")
    kind = "state" if actor.kind == "state" else "organisation" if actor.kind == "organisation" else "group"
    return Entity(key, actor.name, kind, country=actor.country, sector=actor.sector, aliases=actor.aliases)  # type: ignore[arg-type]


def _author(reading: Reading, entities: dict[str, Entity]) -> str:
    """The entity of whoever signs the document: a known person keeps his id, everybody else is `author`."""
    name = reading.document.author
    if name and slug(name) in entities and entities[slug(name)].kind == "person":
        return slug(name)
    if name:
        known = load_knowledge().persons.get(slug(name))
        if known is not None:
            term = next((t for t in known.terms if t.covers(reading.document.published)), known.terms[-1])
            entities[known.id] = Entity(
                known.id, known.name, "person", country=term.country, sector=term.sector, role=term.role
            )
            return known.id
    entities.setdefault("author", Entity("author", name or "the author", "person", sector="JRN"))
    return "author"


def _institution(reading: Reading, entities: dict[str, Entity], knowledge: Knowledge) -> str | None:
    """The state or organisation that the document speaks for, None where it speaks for nobody."""
    found = home_of(reading.document, knowledge)
    if found is not None:
        entities.setdefault(found, _actor_entity(found, knowledge))
        return found
    return _first_voice(reading)


def _first_voice(reading: Reading) -> str | None:
    """In a text that speaks as an institution, the first subject of a declarative verb in its first sentences."""
    parsed = reading.parsed
    said = [(s.content.start, s.content.end) for s in reading.statements]
    if len(said) > 2 or reading.document.author:
        return None
    for first, last in parsed.sentences[:4]:
        for token in range(first, last):
            if parsed.deps[token] == "nsubj" and parsed.lemmas[parsed.heads[token]] in word_list("institutional_verbs"):
                for mention in reading.at(token):
                    entity = reading.entities.get(mention.entity_id)
                    if entity is not None and entity.kind in ("state", "organisation"):
                        return entity.id if entity.country is None else entity.country
    return None


def _addressees(reading: Reading, token: int) -> list[Mention]:
    """ "You" in what is said to somebody: the object of the verb of speech ("he told the envoy: …")."""
    parsed = reading.parsed
    around = reading.statement_around(parsed.starts[token], parsed.ends[token])
    if around is None or reading.mentions_by_root.get(token):
        return []
    cue = range(parsed.token_at(around.cue.start), parsed.token_at(around.cue.end - 1) + 1)
    verb = next((t for t in cue if parsed.pos[t] == "VERB"), None)
    heard: list[int] = []
    for child in parsed.children[verb] if verb is not None else ():
        if parsed.deps[child] in ("dobj", "dative"):
            heard.append(child)
        elif parsed.deps[child] == "prep" and parsed.lower[child] == "to":
            heard += objects_of_preposition(parsed, child)
    ids = dict.fromkeys(m.entity_id for noun in heard for m in reading.mentions_by_root.get(noun, ()))
    return [_mention(reading, token, key, "second person: who is spoken to") for key in ids]


def _country_of_ours(reading: Reading, token: int, entity_id: str, entities: dict[str, Entity]) -> list[Mention]:
    """ "Our country", "our nation": the state itself."""
    parsed = reading.parsed
    head = parsed.heads[token]
    if parsed.lower[token] != "our" or parsed.lemmas[head] not in ("country", "nation") or head < token:
        return []
    entity = entities.get(entity_id)
    country = entity.country if entity is not None and entity.country else entity_id
    if country not in entities:
        return []
    text = parsed.document.text[parsed.starts[token] : parsed.ends[head]]
    return [Mention(parsed.starts[token], parsed.ends[head], text, country, head, "description", "our country", 0.8)]
