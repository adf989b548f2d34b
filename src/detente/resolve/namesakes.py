"""Names that mean something else here: another state of the same name, a person, a dish, a team, a language.

What enters: a parsed document and the names found in it. What leaves: the names without those that name no actor,
and with the state meant where the date or the words around tell one namesake from the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from detente.resolve.borrowed import is_borrowed, is_titled
from detente.resolve.capitals_in_time import sense_on
from detente.resolve.knowledge import Knowledge
from detente.resolve.named_things import ATTRIBUTES, in_titles, is_thing
from detente.resolve.names import NameMatch, Sense
from detente.resolve.tables import word_list
from detente.syntax.document import ParsedDocument

_STATE_KINDS = frozenset({"state", "adjective", "people", "capital", "seat"})
_GIVEN = frozenset({"TCD", "JOR", "GEO", "ISR", "KEN", "IND"})  # Chad, Jordan and India are given names too
_QUARTERS = frozenset({"north", "south", "east", "west", "northern", "southern"})
_SURNAMES = frozenset({"FRA", "IRL", "NLD", "ESP"})
_SHORT = 4  # letters of an acronym that many bodies of the world share
_MEDALS = frozenset({"gold", "silver", "bronze"})
_KEPT = frozenset(
    {"farm", "farmer", "hunter", "hunt", "meat", "breast", "sandwich", "leg", "dinner", "feather", "shoot"}
)
_NAMELIKE = frozenset({"Sofia", "Victoria", "Stanley", "Hamilton", "Georgetown", "Kingston", "Douglas", "Male"})
_POULTRY = frozenset({"thanksgiving", "poultry", "roast", "carve", "stuffing", "gravy", "cranberry", "gobble"})
_OF_RIVERS = frozenset({"river", "delta", "basin", "valley", "bank", "estuary", "tributary"})
_ZAIRE = ("1971-10-27", "1997-05-17")


def settle(parsed: ParsedDocument, names: Sequence[NameMatch], knowledge: Knowledge) -> list[NameMatch]:
    """The names that stand for actors, each with the sense that it has in this document."""
    day = parsed.document.published
    known = [m for m in names if m.sense.kind != "ignore"]
    states = [m for m in known if m.sense.kind in _STATE_KINDS]
    dropped = {id(m) for m in states if is_thing(parsed, m)}
    dropped |= _sporting(parsed, states)
    given = _persons(parsed, states, known)
    others = [m for m in names if m.sense.kind == "ignore" and m.first != m.last]  # "Michael Jordan"
    dropped |= {id(m) for m in [*given, *_called_so(parsed, given, others, states)]}
    dropped |= {id(m) for m in in_titles(parsed, states, known, knowledge)}
    dropped |= {id(m) for m in states if any(test(parsed, m) for test in _TESTS)}
    dropped |= {id(m) for m in known if is_borrowed(parsed, m)}
    dropped |= {id(m) for m in states if is_titled(parsed, m, known, knowledge)}
    dropped |= {id(m) for m in _in_other_country(parsed, known, knowledge)}
    dropped |= {id(m) for m in _american(parsed, states, known, knowledge)}
    dropped |= {id(m) for m in _foreign_parties(parsed, known, knowledge)}
    out = [m for m in known if id(m) not in dropped]
    if day is not None:
        out = [_at_date(parsed, m, day) for m in out]
    out = [_congo(parsed, m, out, day, knowledge) for m in out]
    halves = [half for m in out if (half := _first_half(parsed, m, knowledge)) is not None]
    return sorted([*out, *halves], key=lambda m: m.start) if halves else out


def _first_half(parsed: ParsedDocument, match: NameMatch, knowledge: Knowledge) -> NameMatch | None:
    """ "North and South Korea": the first word stands for a state too."""
    first = match.first - 2
    if match.sense.kind not in ("state", "adjective") or match.first == match.last or first < 0:
        return None
    if parsed.lower[first + 1] != "and" or parsed.lower[first] not in _QUARTERS:
        return None
    if parsed.lower[match.first] not in _QUARTERS:
        return None
    rest = parsed.document.text[parsed.starts[match.first + 1] : match.end]
    senses = knowledge.lexicon.senses(f"{parsed.words[first]} {rest}")
    found = next((sense for sense in senses if sense.kind == match.sense.kind), None)
    return None if found is None else NameMatch(first, first, parsed.starts[first], parsed.ends[first], found)


def _is_river(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "The Jordan", "the Niger": with an article and nothing behind, the river."""
    if match.sense.kind != "state" or match.sense.id not in ("JOR", "NER", "SEN", "COD", "COG") or match.first == 0:
        return False
    if parsed.deps[match.last] in ATTRIBUTES and parsed.lemmas[parsed.heads[match.last]] in _OF_RIVERS:
        return True
    if match.sense.id in ("COD", "COG"):
        return False
    return parsed.lower[match.first - 1] == "the" and parsed.deps[match.last] not in ATTRIBUTES


def _is_bird(parsed: ParsedDocument, match: NameMatch) -> bool:
    if match.sense.id != "TUR" or match.sense.kind != "state":
        return False
    start, end = parsed.sentences[parsed.sentence_of[match.first]]
    head = parsed.lemmas[parsed.heads[match.last]] if parsed.deps[match.last] in ATTRIBUTES else ""
    return head in _KEPT or any(parsed.lemmas[t] in _POULTRY for t in range(start, end))


def _at_date(parsed: ParsedDocument, match: NameMatch, day: str) -> NameMatch:
    """A capital or adjective that was a former state's at the document's date: Belgrade in 1999."""
    sense = sense_on(parsed.document.text[match.start : match.end], match.sense, day)
    return match if sense is match.sense else replace(match, sense=sense)


def _sporting(parsed: ParsedDocument, states: Sequence[NameMatch]) -> set[int]:
    """The names of states in sentences about matches and cups: teams, which act for nobody."""
    told: dict[int, bool] = {}
    out: set[int] = set()
    for match in states:
        number = parsed.sentence_of[match.first]
        if number not in told:
            told[number] = _is_sport(parsed, *parsed.sentences[number])
        told[number] = told[number] or _plays(parsed, match.last)
    for match in states:
        if told[parsed.sentence_of[match.first]]:
            out.add(id(match))
    return out


def _plays(parsed: ParsedDocument, i: int) -> bool:
    """ "X scored five", "X beat Y": done by teams."""
    verb = parsed.heads[i]
    if parsed.deps[i] not in ("nsubj", "dobj") or parsed.pos[verb] != "VERB":
        return False
    kinds = {parsed.deps[c]: c for c in parsed.children[verb]}
    if parsed.lemmas[verb] in word_list("scoring_verbs"):
        return any(parsed.tags[c] == "CD" for c in parsed.children[verb])
    sides = [parsed.pos[kinds[dep]] for dep in ("nsubj", "dobj") if dep in kinds]
    return parsed.lemmas[verb] in ("beat", "thrash", "outplay") and sides == ["PROPN", "PROPN"]


def _is_sport(parsed: ParsedDocument, start: int, end: int) -> bool:
    lemmas = {parsed.lemmas[t] for t in range(start, end)}
    lemmas.update(
        f"{parsed.lemmas[t]}-{parsed.lemmas[t + 2]}" for t in range(start, end - 2) if parsed.words[t + 1] == "-"
    )
    lemmas.update(f"{parsed.lemmas[t]} {parsed.lemmas[t + 1]}" for t in range(start, end - 1))
    if lemmas & word_list("sport_politics"):
        return False
    if lemmas & word_list("sport_terms"):
        return True
    plays = bool(lemmas & word_list("sport_verbs"))
    if plays and len(lemmas & _MEDALS) > 1:
        return True
    if plays and _has_score(parsed, start, end):
        return True
    told = lemmas & word_list("sport_nouns")
    if any(parsed.lemmas[t] == "try" and parsed.pos[t] == "NOUN" for t in range(start, end)):
        told = told | {"try", "touch"}
    is_more = len(told) > 1 or (told and lemmas & word_list("sport_words"))
    return bool(is_more and (plays or lemmas & word_list("ball_games")))


def _has_score(parsed: ParsedDocument, start: int, end: int) -> bool:
    """ "3-0", "21-14": two small numbers with a stroke between."""
    for t in range(start, end):
        first, stroke, second = parsed.words[t].replace("–", "-").partition("-")
        if stroke and first.isdigit() and second.isdigit() and max(len(first), len(second)) < 3:
            return True
        if parsed.lower[t] == "-" and t > start and t + 1 < end:
            pair = parsed.words[t - 1], parsed.words[t + 1]
            if all(word.isdigit() and len(word) < 3 for word in pair):
                return True
    return False


def _persons(parsed: ParsedDocument, states: Sequence[NameMatch], names: Sequence[NameMatch]) -> list[NameMatch]:
    """States whose name is somebody's given name here, in front of a surname: "India Example"."""
    named = {m.first for m in names if m.sense.kind != "person"}
    persons = {t: span for span in parsed.names if span.label == "PERSON" for t in range(span.start, span.end)}
    out = []
    for match in states:
        after = match.last + 1
        if match.sense.kind not in ("state", "capital") or match.first != match.last or after >= len(parsed):
            continue
        span = persons.get(match.first)
        is_given = match.sense.id in _GIVEN and parsed.pos[after] == "PROPN" and parsed.heads[match.last] == after
        if is_given and after not in named:
            out.append(match)
        elif span is not None and span.start < match.first == span.end - 1 and _is_surname(parsed, match, named):
            out.append(match)
        elif span is not None and match.first == span.start and after < span.end and after not in named:
            out.append(match)
    return out


def _called_so(
    parsed: ParsedDocument, given: Sequence[NameMatch], others: Sequence[NameMatch], states: Sequence[NameMatch]
) -> list[NameMatch]:
    """The later "Jordan" of a text about a person of that name, unless it speaks of the state in other words too."""
    people = {t for span in parsed.names if span.label == "PERSON" for t in range(span.start, span.end)}
    texts = {parsed.lower[m.last] for m in given if m.first and m.sense.kind == "state"}
    texts |= {parsed.lower[m.last] for m in others if m.first in people and m.last in people}
    told = {m.sense.id for m in states if m.sense.kind != "state"}
    since = min((m.first for m in (*given, *others)), default=0)
    return [
        m
        for m in states
        if m.sense.kind == "state" and parsed.lower[m.last] in texts and m.sense.id not in told and m.first > since
    ]


def _is_half_word(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "Franco" or "Indo" without a hyphen behind: a general, an island."""
    if match.sense.kind != "adjective" or parsed.lower[match.last] not in word_list("first_halves"):
        return False
    return match.last + 1 >= len(parsed) or parsed.lower[match.last + 1] != "-"


def _is_given_name(parsed: ParsedDocument, match: NameMatch) -> bool:
    """Capitals that are women's and men's names, unless the parser sees a place."""
    if match.sense.kind != "capital" or parsed.words[match.first] not in _NAMELIKE:
        return False
    return all(span.label not in ("GPE", "LOC") for span in parsed.names if span.start <= match.first < span.end)


def _is_surname(parsed: ParsedDocument, match: NameMatch, named: set[int]) -> bool:
    """ "Michael Jordan", "Jack London": behind a given name that is no name of anything else."""
    before = match.first - 1
    may_be = match.sense.kind == "capital" or match.sense.id in _GIVEN | _SURNAMES
    return may_be and before not in named and parsed.pos[before] == "PROPN" and parsed.words[before].isalpha()


def _in_other_country(parsed: ParsedDocument, names: Sequence[NameMatch], knowledge: Knowledge) -> list[NameMatch]:
    """ "Lebanon, Pennsylvania": a town that is called after a state, by the region behind the comma."""
    by_first = {m.first: m for m in names}
    out = []
    for match in names:
        division = by_first.get(match.last + 2)
        if (
            division is not None
            and parsed.lower[match.last + 1] == ","
            and _is_american_georgia(match, division, knowledge)
        ):
            out += [division] if match.sense.kind == "place" else [match, division]
            continue
        if match.sense.kind not in ("state", "capital") or division is None or parsed.lower[match.last + 1] != ",":
            continue
        country = knowledge.cities.get(division.sense.id) if division.sense.kind == "place" else None
        home = knowledge.country_of(match.sense.id)
        if country in ("USA", "CAN") and division.sense.id in _divisions() and home != country:
            out.append(match)
    return out


def _is_american_georgia(match: NameMatch, division: NameMatch, knowledge: Knowledge) -> bool:
    """ "Athens, Georgia", "Rome, Georgia": behind a town's name that is none of the Caucasus."""
    if division.sense != Sense("state", "GEO") or match.sense.kind not in ("capital", "place"):
        return False
    is_place = match.sense.kind == "place"
    return (knowledge.cities.get(match.sense.id) if is_place else knowledge.country_of(match.sense.id)) != "GEO"


@cache
def _divisions() -> frozenset[str]:
    """The states and provinces that American and Canadian towns are named with."""
    return frozenset(word_list("american_states"))


def _american(
    parsed: ParsedDocument, states: Sequence[NameMatch], names: Sequence[NameMatch], knowledge: Knowledge
) -> list[NameMatch]:
    """Georgia, where the text speaks of American politics and of nothing near the Caucasus."""
    georgia = [m for m in states if m.sense.id == "GEO" and m.sense.kind == "state"]
    owning = [m for m in georgia if _owns_american_office(parsed, m, names)]
    if owning:
        return georgia
    if not georgia or any(m.sense.id == "GEO" and m.sense.kind != "state" for m in states):
        return []
    others = [m for m in names if m not in georgia]
    countries = {knowledge.cities.get(m.sense.id) if m.sense.kind == "place" else m.sense.id for m in others}
    if countries & {"GEO", "RUS", "SUN", "ARM", "AZE", "abkhazia", "south-ossetia"}:
        return []
    text = set(parsed.words)
    american = bool(text & word_list("american_politics")) or any(
        m.sense.kind == "place" and knowledge.cities.get(m.sense.id) == "USA" for m in names
    )
    return georgia if american else []


def _owns_american_office(parsed: ParsedDocument, match: NameMatch, names: Sequence[NameMatch]) -> bool:
    """ "Georgia's secretary of state", "Georgia Governor X": offices that no state of the world has."""
    after = match.last + 1
    if after < len(parsed) and parsed.lower[after] == "'s":
        after += 1
    return any(
        m.first == after
        and m.sense.kind == "role"
        and m.sense.id in ("secretary of state", "governor", "attorney general")
        for m in names
    )


def _foreign_parties(parsed: ParsedDocument, names: Sequence[NameMatch], knowledge: Knowledge) -> list[NameMatch]:
    """Short acronyms of parties ("DPP") in a text that speaks of other countries and never of theirs."""
    parties = [
        m
        for m in names
        if m.sense.kind == "group" and m.first == m.last and len(parsed.words[m.first]) <= _SHORT
        if parsed.words[m.first].isupper() and knowledge.actors[m.sense.id].sector == "PTY"
    ]
    if not parties:
        return []
    others = {_homeland(m, knowledge) for m in names if m not in parties} - {None}
    return [m for m in parties if others and knowledge.actors[m.sense.id].country not in others]


def _homeland(match: NameMatch, knowledge: Knowledge) -> str | None:
    """The state that a name of any kind speaks of; None for roles and organisations."""
    if match.sense.kind == "place":
        return knowledge.cities.get(match.sense.id)
    if match.sense.kind in ("role", "organisation", "media", "ignore"):
        return None
    if match.sense.kind == "person":
        return knowledge.persons[match.sense.id].terms[0].country
    return knowledge.country_of(match.sense.id)


def _congo(
    parsed: ParsedDocument, match: NameMatch, names: Sequence[NameMatch], day: str | None, knowledge: Knowledge
) -> NameMatch:
    """Plain "Congo" is the one at Brazzaville while the other was Zaire, or where only that one's people are named."""
    if match.sense != Sense("state", "COD") or parsed.lower[match.last] != "congo":
        return match
    if match.first != match.last and parsed.lower[match.first] != "the":
        return match
    was_zaire = day is not None and _ZAIRE[0] <= day <= _ZAIRE[1]
    start, end = parsed.sentences[parsed.sentence_of[match.first]]
    others = {_country(m, knowledge) for m in names if start <= m.first < end and m.first != match.first}
    is_western = was_zaire or ("COG" in others and parsed.lower[match.first - 1] != "of")
    return replace(match, sense=Sense("state", "COG")) if is_western else match


def _country(match: NameMatch, knowledge: Knowledge) -> str | None:
    if match.sense.kind == "person":
        return knowledge.persons[match.sense.id].terms[0].country
    return match.sense.id


def _is_club(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "Dynamo Kiev", "Old Delhi": a capital with another capitalised word in front that is part of its name."""
    before = match.first - 1
    if match.sense.kind != "capital" or before < 0 or parsed.heads[before] != match.last:
        return False
    is_name = parsed.pos[before] == "PROPN" and parsed.deps[before] == "compound" and parsed.words[before].istitle()
    return is_name and all(before >= s.end or before < s.start for s in parsed.names if s.label in ("PERSON", "DATE"))


def _is_example(parsed: ParsedDocument, match: NameMatch) -> bool:
    """ "Another Rwanda", "a second Vietnam": what happened there."""
    if match.sense.kind != "state" or match.first == 0 or parsed.deps[match.last] in ATTRIBUTES:
        return False
    return parsed.lower[match.first - 1] in ("another", "second", "next")


_TESTS = (_is_club, _is_example, _is_river, _is_bird, _is_half_word, _is_given_name)
