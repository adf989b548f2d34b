"""Hypothesis strategies: coded documents with every kind of record and every character."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from detente.records import (
    STATUSES,
    Attribution,
    CodedDocument,
    Document,
    Entity,
    Event,
    Evidence,
    Issue,
    Membership,
    Mention,
    Place,
    Provenance,
    Stance,
    Statement,
)

characters = st.characters(exclude_categories=["Cs"])
words = st.text(characters, max_size=8)
maybe_words = st.none() | words
ids = st.sampled_from(["PAK", "RUS", "SCO", "vladimir-kozin", "UNK", "PAK:GOV", "a;b", 'é"', "%_*"]) | st.text(
    characters, min_size=1, max_size=4
)
id_lists = st.lists(ids, max_size=3).map(tuple)
days = st.dates(datetime.date(1815, 1, 1), datetime.date(2100, 12, 31)).map(datetime.date.isoformat)
moments = st.builds(lambda day, length: day[:length], days, st.sampled_from([4, 7, 10]))
dates = st.none() | moments | st.tuples(moments, moments | st.just("..")).map("/".join) | moments.map("../{}".format)
attributions = st.builds(Attribution, id_lists, st.sampled_from([None, True, False]))
places = st.none() | st.builds(
    Place,
    words,
    st.none() | ids,
    geonameid=st.none() | st.integers(1, 2**62),
    admin1=maybe_words,
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.none() | st.floats(-180, 180),
)


@st.composite
def coded_documents(draw: st.DrawFn) -> CodedDocument:
    text = draw(st.text(characters, min_size=1, max_size=40))
    header = {name: draw(maybe_words) for name in ("title", "author", "publisher", "url", "language")}
    document = Document(id=draw(words), text=text, published=draw(dates), **header)

    @st.composite
    def spans(draw_span: st.DrawFn) -> tuple[int, int]:
        start = draw_span(st.integers(0, len(text) - 1))
        return start, draw_span(st.integers(start + 1, len(text)))

    proofs = spans().map(lambda span: Evidence.of(document, *span))
    proof_lists = st.lists(proofs, max_size=2).map(tuple)
    told = {"attribution": attributions, "coded_by": words}
    entity = st.builds(
        Entity,
        ids,
        words,
        st.sampled_from(["state", "organisation", "group", "person", "unknown"]),
        country=st.none() | ids,
        sector=maybe_words,
        role=maybe_words,
        affiliation=maybe_words,
        aliases=id_lists,
    )
    event = st.builds(
        Event,
        st.lists(ids, min_size=1, max_size=3).map(tuple),
        id_lists,
        st.sampled_from(["CONSULT", "ACCUSE", "NOT-IN-THE-CODEBOOK"]),
        st.sampled_from(STATUSES),
        proofs,
        proofs,
        modes=id_lists,
        contexts=id_lists,
        date=dates,
        date_basis=st.sampled_from([None, "text", "context", "publication"]),
        due=dates,
        place=places,
        also=proof_lists,
        inferred=id_lists,
        probability=st.none() | st.floats(0, 1),
        **told,
    )
    stance = st.builds(
        Stance,
        ids,
        ids,
        st.booleans(),
        st.floats(-1, 1),
        proofs,
        proofs,
        trend=st.sampled_from([None, "warming", "cooling", "steady"]),
        date=dates,
        also=proof_lists,
        **told,
    )
    membership = st.builds(
        Membership,
        ids,
        ids,
        st.sampled_from(["member", "observer"]),
        proofs,
        since=dates,
        until=dates,
        also=proof_lists,
        **told,
    )
    statement = st.builds(
        Statement,
        ids,
        proofs,
        proofs,
        st.booleans(),
        role=maybe_words,
        affiliation=maybe_words,
        venue=maybe_words,
        denied=st.booleans(),
        **told,
    )
    issue = spans().flatmap(lambda span: st.builds(Issue, words, words, *map(st.just, span), st.just(document.id)))
    mention = spans().flatmap(
        lambda span: st.builds(
            Mention,
            *map(st.just, span),
            words,
            ids,
            st.integers(0, 99),
            st.sampled_from(["name", "pronoun"]),
            words,
            st.floats(0, 1),
        )
    )
    return CodedDocument(
        document,
        draw(st.builds(Provenance, words, words, words, words, words)),
        tuple(draw(st.lists(entity, max_size=3, unique_by=lambda one: one.id))),
        *(tuple(draw(st.lists(kind, max_size=3))) for kind in (mention, event, stance, membership, statement, issue)),
    )
