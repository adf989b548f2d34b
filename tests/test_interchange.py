"""Records survive JSON without loss, fit their schema, and flatten to rows."""

import csv
import dataclasses
import io
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make
from detente.errors import RecordError
from detente.interchange import (
    COLUMNS,
    coded_from_json,
    coded_to_json,
    record_schema,
    rows,
    write_csv,
    write_jsonl,
    write_parquet,
)
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

PUBLISHED_SCHEMA = Path(__file__).parents[1] / "docs" / "reference" / "records.schema.json"
RECORDS_PAGE = PUBLISHED_SCHEMA.with_name("records.md")

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
maybe_words = st.none() | words
ids = st.sampled_from(["PAK", "RUS", "SCO", "vladimir-kozin", "UNK", "a;b", "é"])
id_lists = st.lists(ids, max_size=3).map(tuple)
dates = st.sampled_from([None, "2003", "2005-10", "2005-10-26", "2005/..", "2016-04-05/2016-04-06"])
places = st.none() | st.builds(
    Place,
    words,
    st.none() | st.sampled_from(["RUS", "PAK"]),
    geonameid=st.none() | st.integers(1, 10**8),
    admin1=maybe_words,
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.none() | st.floats(-180, 180),
)
attributions = st.builds(Attribution, id_lists, st.sampled_from([None, True, False]))


@st.composite
def coded_documents(draw):
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
    optional = {name: draw(maybe_words) for name in ("title", "author", "publisher", "url", "language")}
    document = Document(id=draw(words), text=text, published=draw(dates), **optional)

    @st.composite
    def spans(draw_span):
        start = draw_span(st.integers(0, len(text) - 1))
        return start, draw_span(st.integers(start + 1, len(text)))

    proofs = spans().map(lambda span: Evidence.of(document, *span))
    proof_lists = st.lists(proofs, max_size=2).map(tuple)
    entity = st.builds(
        Entity,
        ids,
        words,
        st.sampled_from(["state", "organisation", "group", "person", "unknown"]),
        *[maybe_words] * 4,
        id_lists,
    )
    common = {"attribution": attributions, "coded_by": words}
    told = {"evidence": proofs, "also": proof_lists, **common}
    event = st.builds(
        Event,
        actors=st.lists(ids, min_size=1, max_size=3).map(tuple),
        recipients=id_lists,
        type=words,
        status=st.sampled_from(STATUSES),
        trigger=proofs,
        modes=id_lists,
        contexts=id_lists,
        date=dates,
        date_basis=st.sampled_from([None, "text", "context", "publication"]),
        due=dates,
        place=places,
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
        trigger=proofs,
        trend=st.sampled_from([None, "warming", "cooling", "steady"]),
        date=dates,
        **told,
    )
    membership = st.builds(
        Membership,
        ids,
        ids,
        st.sampled_from(["member", "founded", "dialogue-partner"]),
        since=dates,
        until=dates,
        **told,
    )
    statement = st.builds(
        Statement,
        ids,
        proofs,
        proofs,
        st.booleans(),
        *[maybe_words] * 3,
        denied=st.booleans(),
        **common,
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
        draw(st.builds(Provenance, words, words, words, words)),
        tuple(draw(st.lists(entity, max_size=3, unique_by=lambda one: one.id))),
        *(tuple(draw(st.lists(kind, max_size=2))) for kind in (mention, event, stance, membership, statement, issue)),
    )


@given(coded_documents())
@settings(max_examples=60, deadline=None)
def test_records_survive_json_without_loss(coded):
    obj = json.loads(json.dumps(coded_to_json(coded)))

    assert coded_from_json(obj, coded.document) == coded


@given(coded_documents())
@settings(max_examples=20, deadline=None)
def test_what_we_write_fits_the_schema(coded):
    jsonschema.validate(json.loads(json.dumps(coded_to_json(coded))), record_schema())


def test_the_schema_is_valid_itself():
    jsonschema.Draft202012Validator.check_schema(record_schema())


def test_the_published_schema_is_current():
    assert json.loads(PUBLISHED_SCHEMA.read_text(encoding="utf-8")) == record_schema(), (
        "run: detente schema > docs/reference/records.schema.json"
    )


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("events", Event),
        ("stances", Stance),
        ("memberships", Membership),
        ("statements", Statement),
        ("issues", Issue),
        ("mentions", Mention),
    ],
)
def test_every_field_of_a_record_is_written(name, record):
    from detente.interchange.documents import FORMS

    assert {codec.attribute for codec in FORMS[name].codecs} == {field.name for field in dataclasses.fields(record)}


def test_events_are_written_in_the_interchange_form():
    event = make.event(
        modes=("visit",), place=Place("Moscow", "RUS"), attribution=Attribution(("vladimir-kozin",)), date="2003-02"
    )

    (written,) = coded_to_json(make.coded(events=(event,)))["events"]

    assert {key: written[key] for key in ("actor", "recipient", "type", "mode", "status", "date", "place")} == {
        "actor": ["PAK"],
        "recipient": ["RUS"],
        "type": "CONSULT",
        "mode": ["visit"],
        "status": "historical",
        "date": "2003-02",
        "place": "Moscow, RUS",
    }
    assert written["attribution"] == ["vladimir-kozin"]
    assert written["endorsed"] is None
    assert make.TEXT[slice(*written["evidence"])] == written["quote"] == "Musharraf visited Moscow"
    assert make.TEXT[slice(*written["trigger"])] == "visited"


def test_quad_score_and_cameo_code_are_told_of_an_event():
    (written,) = coded_to_json(make.coded(events=(make.event(modes=("visit",)),)))["events"]

    assert (written["quad"], written["score"], written["cameo"]) == ("verbal cooperation", 4.0, "042")


def test_an_event_that_did_not_happen_has_a_score_and_no_cameo_code():
    (written,) = coded_to_json(make.coded(events=(make.event(status="negated"),)))["events"]

    assert (written["score"], written["cameo"]) == (2.5, None)


def test_an_event_of_another_codebook_has_neither_quad_nor_score_nor_code():
    (row,) = rows(make.coded(events=(make.event(type="YIELD"),)))

    assert (row["quad"], row["score"], row["cameo"]) == (None, None, None)


@pytest.mark.parametrize("change", [{"quad": "material conflict", "score": 9, "cameo": "195"}, None])
def test_what_follows_from_an_event_is_not_read_back(change):
    coded = make.coded(events=(make.event(),))
    obj = coded_to_json(coded)
    for key in ("quad", "score", "cameo"):
        del obj["events"][0][key]
    obj["events"][0].update(change or {})

    assert coded_from_json(obj, coded.document) == coded


def test_memberships_are_written_in_the_interchange_form():
    (written,) = coded_to_json(make.coded(memberships=(make.membership(since="2005"),)))["memberships"]

    assert (written["member"], written["org"], written["from"], written["to"]) == ("PAK", "SCO", "2005", None)


def test_entities_are_written_under_their_ids():
    written = coded_to_json(make.coded(entities=(make.kozin(aliases=("kozin",)),)))["entities"]

    assert written["vladimir-kozin"]["country"] == "RUS"
    assert written["vladimir-kozin"]["aliases"] == ["kozin"]


def test_the_text_is_named_and_not_repeated():
    written = coded_to_json(make.full())

    assert written["text"] == "article.txt"
    assert make.TEXT not in json.dumps(written)
    assert coded_to_json(make.full(), text_name="other.txt")["text"] == "other.txt"


def test_two_entities_of_one_id_are_refused():
    with pytest.raises(RecordError, match="Two entities 'PAK'"):
        coded_to_json(make.coded(entities=(make.entity(), make.entity(name="Pakistan again"))))


def test_records_of_another_text_are_refused():
    with pytest.raises(RecordError, match="hashes to"):
        coded_from_json(coded_to_json(make.full()), make.document("Another text."))


def test_records_of_another_schema_are_refused():
    with pytest.raises(RecordError, match="Unknown schema"):
        coded_from_json(coded_to_json(make.full()) | {"schema": "detente.records/0"}, make.document())


def test_a_quote_that_was_changed_is_refused():
    obj = coded_to_json(make.full())
    obj["events"][0]["quote"] = "Musharraf left Moscow"

    with pytest.raises(RecordError, match="must be the document's text"):
        coded_from_json(obj, make.document())


@pytest.mark.parametrize("name", ["events", "entities", "provenance", "issues"])
def test_malformed_records_are_refused_by_name(name):
    obj = coded_to_json(make.full())
    obj[name] = [{"nothing": "useful"}]

    with pytest.raises(RecordError, match=f"Malformed {name}"):
        coded_from_json(obj, make.document())


def test_every_record_becomes_one_row_with_all_columns():
    found = list(rows(make.full()))

    assert [row["kind"] for row in found] == ["event", "stance", "membership", "statement"]
    assert all(list(row) == list(COLUMNS) for row in found)


def test_rows_name_both_sides_by_id_code_and_name():
    coded = make.coded(
        entities=(make.kozin(), make.entity("USA", name="United States")),
        events=(make.event(actors=("vladimir-kozin", "USA"), recipients=("ghost",)),),
    )

    (row,) = rows(coded)

    assert (row["actors"], row["actor_codes"]) == ("vladimir-kozin;USA", "RUS:EDU;USA")
    assert row["actor_names"] == "Vladimir Kozin;United States"
    assert row["recipients"] == row["recipient_codes"] == row["recipient_names"] == "ghost"


def test_rows_put_a_membership_under_the_same_columns_as_a_pair():
    (row,) = rows(make.coded(memberships=(make.membership(since="2005", until="2017"),)))

    assert (row["actors"], row["recipients"], row["status"], row["date"], row["until"]) == (
        "PAK",
        "SCO",
        "observer",
        "2005",
        "2017",
    )


def test_csv_reads_back_as_written():
    stream = io.StringIO(newline="")
    write_csv(rows(make.full()), stream)

    found = list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))

    assert [row["quote"] for row in found] == [row["quote"] for row in rows(make.full())]
    assert found[0]["valence"] == ""
    assert found[1]["valence"] == "1.0"


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_csv_never_starts_a_text_like_a_formula(start):
    document = make.document(f"{start} visited Moscow")
    event = make.event(f"{start} visited", of=document)
    stream = io.StringIO(newline="")
    write_csv(rows(make.coded(document, events=(event,))), stream)

    (row,) = csv.DictReader(io.StringIO(stream.getvalue(), newline=""))

    assert row["quote"] == f"'{start} visited"


def test_csv_leaves_negative_numbers_as_they_are():
    stream = io.StringIO(newline="")
    write_csv(rows(make.coded(stances=(make.stance(valence=-0.5),))), stream)

    (row,) = csv.DictReader(io.StringIO(stream.getvalue(), newline=""))

    assert row["valence"] == "-0.5"


def test_json_lines_hold_one_record_each():
    stream = io.StringIO()
    write_jsonl(rows(make.full()), stream)

    assert [json.loads(line) for line in stream.getvalue().splitlines()] == list(rows(make.full()))


def test_parquet_holds_the_rows_in_their_declared_types(tmp_path):
    import pyarrow.parquet as parquet

    path = tmp_path / "records.parquet"
    write_parquet(rows(make.full()), path, rows_per_group=3)

    table = parquet.read_table(path)
    assert table.to_pylist() == list(rows(make.full()))
    assert table.schema.names == list(COLUMNS)


def test_parquet_without_rows_keeps_its_columns(tmp_path):
    import pyarrow.parquet as parquet

    path = tmp_path / "records.parquet"
    write_parquet([], path)

    assert parquet.read_table(path).schema.names == list(COLUMNS)


@pytest.mark.parametrize("name", ["events", "stances", "memberships", "statements", "issues", "mentions"])
def test_every_key_of_a_record_is_documented(name):
    section = RECORDS_PAGE.read_text(encoding="utf-8").partition(f"\n## {name}\n")[2].partition("\n## ")[0]

    assert [key for key in record_schema()["$defs"][name]["properties"] if f"`{key}`" not in section] == []


def test_every_column_is_documented():
    section = RECORDS_PAGE.read_text(encoding="utf-8").partition("\n## Rows\n")[2]

    assert [column for column in COLUMNS if f"`{column}`" not in section] == []


def test_a_place_is_written_with_its_id_and_coordinates():
    place = Place("Moscow", "RUS", 524901, "48", 55.752, 37.616)
    coded = make.coded(events=(make.event(place=place),))

    (written,) = coded_to_json(coded)["events"]
    (row,) = rows(coded)

    for found in (written, row):
        assert [found[f"place_{part}"] for part in ("country", "geonameid", "admin1", "latitude", "longitude")] == [
            "RUS",
            524901,
            "48",
            55.752,
            37.616,
        ]
    assert (written["place"], row["place"]) == ("Moscow, RUS", "Moscow")
