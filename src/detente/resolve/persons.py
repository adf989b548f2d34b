"""Persons named in the text: full names, names after a title, and surnames once the full name is known.

What enters: a draft with its name matches. What leaves: the draft's person spans, one entity for all
spellings of a name that the document uses for one person.
"""

from __future__ import annotations

from detente.resolve.draft import Draft, PersonSpan
from detente.resolve.names import slug, split
from detente.resolve.tables import given_names
from detente.syntax.document import ParsedDocument

_PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "bint", "abu", "van", "von", "der", "den", "de", "da", "di", "du", "dos", "la", "le"}
    | {"ul", "ur", "ben", "ter", "-", "ould", "zu", "y", "af", "st."}
)
_GIVEN = frozenset({"TCD", "JOR", "GEO", "ISR", "KEN"})  # Chad, Jordan, Georgia, Israel, Kenya are given names too
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_MONTHS = frozenset({"March", "April", "May", "June", "August"})
_BEFORE_MONTHS = frozenset("in since until till by last next this early late mid of during before after from".split())
_WOMEN = frozenset({"mrs", "mrs.", "ms", "ms.", "lady", "madame", "mme"})
_MEN = frozenset({"mr", "mr.", "sir", "lord"})
_SITES = frozenset(
    "airport airfield street avenue boulevard highway stadium square bridge hospital university school library mosque "
    "museum park plaza dam arena theater theatre mausoleum barracks tunnel prize award".split()
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def find_persons(draft: Draft) -> None:
    """Fill `draft.persons` in the order of the text."""
    spans: dict[int, PersonSpan] = {}
    for first, last, known in _candidates(draft):
        if any(token in draft.person_at or token in draft.consumed for token in range(first, last + 1)):
            continue
        span = PersonSpan(first, last, known or "", "name")
        spans[first] = span
        for token in range(first, last + 1):
            draft.person_at[token] = span
    aliases = _identify(draft, [spans[first] for first in sorted(spans)])
    _surnames(draft, aliases, spans)
    draft.persons = [spans[first] for first in sorted(spans)]


def _candidates(draft: Draft) -> list[tuple[int, int, str | None]]:
    """Spans of names with two words or more, known ones first, then those after titles, then the parser's."""
    parsed = draft.parsed
    out: list[tuple[int, int, str | None]] = []
    for match in draft.names:
        if match.sense.kind == "person" and match.first == match.last and _is_no_surname(draft, match.first):
            continue
        if match.sense.kind == "person" and not _part_of_longer_name(draft, match.first, match.last):
            out.append((match.first, match.last, match.sense.id))
    for first in range(len(parsed)):
        if _opens_name(draft, first):
            last = _run(draft, first)
            if last is not None:
                out.append((first, last, None))
    for first in range(2, len(parsed)):
        if parsed.lower[first - 1] == "," and _stands_beside_title(draft, first):
            last = _run(draft, first)
            closed = last is not None and last + 1 < len(parsed) and parsed.lower[last + 1] in (",", "-", "(")
            if last is not None and closed and 1 <= last - first <= 3:
                out.append((first, last, None))
    out += [(i, i, None) for i in range(2, len(parsed)) if parsed.lower[i - 1] == "'s" and _is_owned_surname(draft, i)]
    for span in parsed.names:
        if span.label == "PERSON":
            trimmed = _trim(draft, span.start, span.end - 1)
            if trimmed and (_word_count(draft, *trimmed) > 1 or _stands_alone(draft, *trimmed)):
                out.append((*trimmed, None))
    return out


def _stands_beside_title(draft: Draft, first: int) -> bool:
    """ "The finance minister, Jane Doe,": a name between commas behind a title in lower case."""
    parsed = draft.parsed
    if first in draft.name_at or parsed.pos[first] != "PROPN" or not parsed.words[first][:1].isupper():
        return False
    return _is_title(draft, first - 2) and not parsed.words[first - 2][:1].isupper()


def _owning_state(draft: Draft, first: int) -> str | None:
    """ "Pakistan's Sharif": the state in front."""
    if first < 2 or draft.parsed.lower[first - 1] != "'s":
        return None
    owner = draft.name_at.get(first - 2)
    return draft.country_of(owner.sense.id) if owner is not None and owner.sense.kind == "state" else None


def _is_owned_surname(draft: Draft, i: int) -> bool:
    parsed = draft.parsed
    if i in draft.name_at or parsed.pos[i] != "PROPN" or not parsed.words[i][:1].isupper() or draft.day is None:
        return False
    owner = _owning_state(draft, i)
    surname = parsed.lower[i]
    return owner is not None and draft.knowledge.of_country_called(owner, surname, draft.day) is not None


def _stands_alone(draft: Draft, first: int, last: int) -> bool:
    """Whether a single word taken for a person is one: it acts or owns, and is no place or acronym."""
    parsed = draft.parsed
    if first != last or first in draft.name_at or parsed.pos[first] != "PROPN" or parsed.words[first].isupper():
        return False
    return parsed.deps[first] in ("nsubj", "nsubjpass") and len(parsed.words[first]) > 2


def _is_capitalised(draft: Draft, i: int) -> bool:
    word = draft.parsed.words[i]
    return word[:1].isupper() and draft.parsed.pos[i] in ("PROPN", "NOUN", "ADJ", "X", "VERB")


def _part_of_longer_name(draft: Draft, first: int, last: int) -> bool:
    """Whether a single known surname stands with another given name ("Jeb Bush") or opens that of a firm or site."""
    if _names_site(draft.parsed, last + 1):
        return True
    if first != last:
        return False
    parsed = draft.parsed
    before, after = first - 1, last + 1
    if before >= 0 and parsed.pos[before] == "PROPN" and before not in draft.name_at and not _is_title(draft, before):
        if parsed.words[before][:1].isupper() and parsed.sentence_of[before] == parsed.sentence_of[first]:
            return parsed.heads[before] == first or parsed.deps[first] == "compound"
    if after < len(parsed) and parsed.pos[after] == "PROPN" and after not in draft.name_at:
        return parsed.heads[first] == after and parsed.words[after][:1].isupper()
    return False


def _names_site(parsed: ParsedDocument, after: int) -> bool:
    """Whether the words behind a name make it that of a site: "International Airport", "Avenue"."""
    for token in range(after, min(after + 3, len(parsed))):
        if parsed.pos[token] != "PROPN" or not parsed.words[token][:1].isupper():
            return False
        if parsed.lower[token] in _SITES:
            return True
    return False


def _is_title(draft: Draft, i: int) -> bool:
    """Whether a token ends a role or honorific that stands in front of names."""
    if draft.parsed.lower[i] in draft.knowledge.honorifics:
        return True
    match = draft.name_at.get(i)
    if match is None or match.last != i or match.sense.kind != "role":
        return False
    role = draft.knowledge.roles[match.sense.id]
    return not role.is_body and not role.is_plural and role.sector != "CVL"


def _opens_name(draft: Draft, i: int) -> bool:
    """Whether a capitalised word directly follows a title."""
    if (
        i == 0
        or not _is_capitalised(draft, i)
        or draft.parsed.words[i] in _DAYS
        or not _is_title(draft, i - 1)
        or _is_title(draft, i)
    ):
        return False
    return draft.parsed.pos[i] == "PROPN" and draft.parsed.sentence_of[i] == draft.parsed.sentence_of[i - 1]


def _run(draft: Draft, first: int) -> int | None:
    """The last token of the capitalised run from `first`, particles and initials included."""
    parsed, last, i = draft.parsed, None, first
    if first in draft.name_at and draft.name_at[first].sense.kind not in ("person", "capital", "role"):
        return None
    while i < len(parsed) and parsed.sentence_of[i] == parsed.sentence_of[first]:
        match = draft.name_at.get(i)
        if match is not None and match.sense.kind not in ("person", "role", "capital") and i != first:
            break
        if match is not None and match.sense.kind == "role" and parsed.lower[i] == parsed.words[i]:
            break
        if parsed.words[i][:1].isupper() and parsed.pos[i] == "PROPN":
            last = i
        elif parsed.lower[i] not in _PARTICLES or i == first:
            break
        i += 1
    return last


def _trim(draft: Draft, first: int, last: int) -> tuple[int, int] | None:
    """A recognised span without titles in front, possessives behind and names of other things inside."""
    parsed = draft.parsed
    while first <= last and (
        _is_title(draft, first) or parsed.lower[first] in ("the", "a", '"') or _other(draft, first)
    ):
        match = draft.name_at.get(first)
        first = match.last + 1 if match is not None else first + 1
    stop = first
    while (
        stop <= last
        and not _other(draft, stop)
        and (parsed.words[stop][:1].isupper() or parsed.lower[stop] in _PARTICLES or parsed.lower[stop] in _SUFFIXES)
    ):
        stop += 1
    last = stop - 1
    while last >= first and not parsed.words[last][:1].isalpha():
        last -= 1
    if first > last or parsed.document.text[parsed.starts[first] : parsed.ends[last]] in draft.knowledge.cities:
        return None
    inside = draft.name_at.get(last)
    if inside is not None and inside.sense.kind in ("place", "capital") and inside.first <= first:
        return None
    return (first, last) if all(parsed.pos[i] != "VERB" for i in range(first, last + 1)) else None


def _names_state(draft: Draft, i: int) -> bool:
    match = draft.name_at.get(i)
    return match is not None and match.sense.kind == "state" and not (i and _is_title(draft, i - 1))


def _other(draft: Draft, i: int) -> bool:
    match = draft.name_at.get(i)
    return (
        match is not None
        and match.sense.kind not in ("person", "role", "place", "capital")
        and match.sense.id not in _GIVEN
    )


def _word_count(draft: Draft, first: int, last: int) -> int:
    return sum(1 for i in range(first, last + 1) if draft.parsed.words[i][:1].isupper())


def _identify(draft: Draft, spans: list[PersonSpan]) -> dict[str, str]:
    """Give each span its entity; return what a surname stands for in this document."""
    text, parsed = draft.parsed.document.text, draft.parsed
    aliases: dict[str, str] = {}
    for span in spans:
        name = text[parsed.starts[span.first] : parsed.ends[span.last]]
        pieces = [piece.lower() for piece in split(name) if piece[0].isalnum()]
        if not pieces:
            continue
        if len(pieces) == 1 and _is_another_sex(draft, span):
            span.entity_id = slug(f"{parsed.lower[span.first - 1]} {name}")
        if not span.entity_id:
            short = len(pieces) == 1 or span.first == span.last
            known = None if short else draft.knowledge.by_ends.get((pieces[0], pieces[-1]))
            known = known or aliases.get(" ".join(pieces)) or _office_holder(draft, span, pieces)
            span.entity_id = known or (aliases.get(pieces[-1], "") if short else "") or slug(name)
            if not short and not known:
                previous = aliases.get(pieces[-1])
                if previous and draft.entities[previous].name.lower().startswith(pieces[0]):
                    span.entity_id = previous
        draft.add_person(span.entity_id, name)
        if len(pieces) > 1:
            _learn(aliases, pieces, span.entity_id)
        elif span.entity_id in draft.knowledge.persons and len(name) > 2:
            aliases.setdefault(pieces[0], span.entity_id)
    return aliases


def _office_holder(draft: Draft, span: PersonSpan, pieces: list[str]) -> str | None:
    """ "Prime Minister Singh": who of that surname held the office at the date, in the country named with it."""
    title = draft.name_at.get(span.first - 1)
    owner = _owning_state(draft, span.first)
    if owner is not None and draft.day is not None:
        return draft.knowledge.of_country_called(owner, pieces[-1], draft.day)
    if draft.day is None or title is None or title.sense.kind != "role" or len(pieces) > 2:
        return None
    found = draft.knowledge.in_office_called(title.sense.id, pieces[-1], draft.day)
    if len(found) > 1:
        named = {draft.country_of(m.sense.id) for m in draft.names if m.sense.kind in ("state", "adjective", "capital")}
        found = [(country, key) for country, key in found if country in named]
    return found[0][1] if len({key for _, key in found}) == 1 else None


def _is_another_sex(draft: Draft, span: PersonSpan) -> bool:
    """ "Mrs" in front of the surname of a man of the tables: his wife or somebody else, not he."""
    title = draft.parsed.lower[span.first - 1] if span.first else ""
    person = draft.knowledge.persons.get(span.entity_id)
    given = person.name.split()[0] if person is not None else ""
    return (title in _WOMEN and given in given_names("male")) or (title in _MEN and given in given_names("female"))


def _learn(aliases: dict[str, str], pieces: list[str], entity_id: str) -> None:
    for size in (1, 2):
        key = " ".join(pieces[-size:])
        if size < len(pieces) and len(key) > 2:
            aliases.setdefault(key, entity_id)
    if len(pieces) == 3 and len(pieces[0]) < 5:  # Korean, Chinese and Vietnamese names put the family first
        aliases.setdefault(pieces[0], entity_id)


def _is_capital_before(draft: Draft, i: int, entity_id: str, spans: dict[int, PersonSpan]) -> bool:
    """ "WASHINGTON (AP)" above a text about a Ms Washington: a capital, as long as she is not named."""
    match = draft.name_at.get(i)
    if match is None or match.sense.kind != "capital":
        return False
    return all(span.first > i for span in spans.values() if span.entity_id == entity_id)


def _is_no_surname(draft: Draft, i: int) -> bool:
    """ "In May", "The Hague", "a variant called Xi": a month, a word of a longer name, a label."""
    parsed, match = draft.parsed, draft.name_at.get(i)
    if match is not None and match.first != match.last and match.sense.kind in ("capital", "seat", "place"):
        return True
    if parsed.words[i] in _MONTHS and i and parsed.lower[i - 1] in _BEFORE_MONTHS:
        return True
    return _is_label(draft, i)


def _is_label(draft: Draft, i: int) -> bool:
    """ "The variant would have been called Xi": what something is called."""
    parsed = draft.parsed
    return parsed.deps[i] == "oprd" and parsed.lemmas[parsed.heads[i]] in ("call", "name", "dub", "christen", "label")


def _surnames(draft: Draft, aliases: dict[str, str], spans: dict[int, PersonSpan]) -> None:
    """Find the later mentions by surname alone."""
    parsed = draft.parsed
    for i in range(len(parsed)):
        if (
            i in draft.person_at
            or i in draft.consumed
            or not parsed.words[i][:1].isupper()
            or parsed.pos[i] not in ("PROPN", "NOUN", "ADJ")
        ):
            continue
        if _is_no_surname(draft, i):
            continue
        entity_id = aliases.get(" ".join(p.lower() for p in split(parsed.words[i]) if p[0].isalnum()))
        if entity_id is None or _names_state(draft, i) or _other(draft, i) or _part_of_longer_name(draft, i, i):
            continue
        if _is_capital_before(draft, i, entity_id, spans):
            continue
        first = i
        while first > 0 and parsed.lower[first - 1] in _PARTICLES and first - 1 not in draft.person_at:
            first -= 1
        if parsed.lower[first] == "-":
            first += 1
        span = PersonSpan(first, i, entity_id, "surname of a person named before")
        spans[first] = span
        for token in range(first, i + 1):
            draft.person_at[token] = span
