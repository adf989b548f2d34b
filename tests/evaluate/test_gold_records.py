"""Records of who did what to whom, in the form of PLOVER's gold standard records."""

import json

import pytest

import make
from detente.errors import DataError
from detente.evaluate.gold_records import coded_dyads, read_gsr, score_texts

STATES = frozenset(("PER", "CHL", "ROU", "FJI"))
TEXT = "Peru sued Chile, and Chile expelled envoys in Lima."


def record(event="ACCUSE", source=("PER",), target=("CHL",), **fields):
    sides = {
        name: [{"actorText": code, "code": code[:3], "sector": code[4:]} for code in codes]
        for name, codes in (("source", source), ("target", target))
    }
    return {"text": TEXT, "event": event, **sides, **fields}


def gold(tmp_path, *records):
    path = tmp_path / "records.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return read_gsr(path, STATES)


def dyads(*events, entities=()):
    document = make.document(TEXT)
    made = (
        make.event(TEXT, "sued", of=document, type=type_, actors=actors, recipients=recipients, status=status)
        for type_, actors, recipients, status in (one if len(one) == 4 else (*one, "actual") for one in events)
    )
    return coded_dyads(make.coded(document, events=tuple(made), entities=tuple(entities)), STATES)


def values(tmp_path, records, *events, **fields):
    texts = gold(tmp_path, *records).texts
    scores = score_texts(texts, [dyads(*events, **fields)])
    return {level: round(by["f1"].value, 3) for level, by in scores.figures.items()}


def test_type_and_both_countries_have_to_agree(tmp_path):
    right, other_type = ("ACCUSE", ("PER",), ("CHL",)), ("REJECT", ("PER",), ("CHL",))

    assert values(tmp_path, [record()], right) == {"strict": 1, "strict with sectors": 1, "quad": 1, "pair": 1}
    assert values(tmp_path, [record()], other_type) == {"strict": 0, "strict with sectors": 0, "quad": 1, "pair": 1}
    assert values(tmp_path, [record()], ("ACCUSE", ("CHL",), ("PER",)))["pair"] == 0


def test_a_reciprocal_type_holds_in_either_order(tmp_path):
    meeting = [record("CONSULT")]

    assert values(tmp_path, meeting, ("CONSULT", ("CHL",), ("PER",)))["strict"] == 1
    assert values(tmp_path, meeting, ("CONSULT", ("CHL", "PER"), ()))["strict"] == 1
    assert values(tmp_path, [record("ASSAULT")], ("ASSAULT", ("CHL", "PER"), ()))["strict"] == 1


def test_records_of_one_text_count_once_each_and_alike_ones_once(tmp_path):
    found = gold(tmp_path, record(), record(), record("CONSULT"), record("CONSULT", ("CHL",), ("PER",)))

    assert found.records == 4
    assert [dyad.label for dyad in found.texts[0].dyads] == ["PER → CHL ACCUSE", "PER ↔ CHL CONSULT"]


def test_only_pairs_of_different_states_count(tmp_path):
    rows = [record(target=("PER",)), record(target=("IGO",)), record(source=("PER", "FJI"), target=("CHL",))]

    labels = [dyad.label for dyad in gold(tmp_path, *rows).texts[0].dyads]

    assert labels == ["PER → CHL ACCUSE", "FJI → CHL ACCUSE"]


def test_sectors_are_compared_beside_and_a_state_acts_by_its_government(tmp_path):
    army = make.entity("PER:MIL", kind="group", country="PER", sector="MIL")
    act = ("ACCUSE", ("PER:MIL",), ("CHL",))

    assert values(tmp_path, [record(source=("PER/MIL",))], act, entities=[army])["strict with sectors"] == 1
    assert values(tmp_path, [record(source=("PER/GOV",))], act, entities=[army]) == {
        "strict": 1,
        "strict with sectors": 0,
        "quad": 1,
        "pair": 1,
    }


def test_older_names_of_types_and_codes_are_understood(tmp_path):
    rows = [record("YIELD", source=("ROM",)), record("disapprove")]
    acts = [("RETREAT", ("ROU",), ("CHL",)), ("ACCUSE", ("PER",), ("CHL",))]

    assert values(tmp_path, rows, *acts)["strict"] == 1


def test_a_code_may_carry_its_sector_and_a_side_may_be_one_object(tmp_path):
    found = gold(tmp_path, record() | {"source": {"code": "PERMIL"}})

    assert found.texts[0].dyads[0].source.sectors == {"MIL"}


def test_an_unknown_type_is_told_and_counts_as_missed(tmp_path):
    found = gold(tmp_path, record("JAYWALK"))
    scores = score_texts(found.texts, [dyads(("ACCUSE", ("PER",), ("CHL",)))])

    assert found.unknown_types == {"JAYWALK": 1}
    assert scores.figures["strict"]["recall"].value == 0
    assert scores.type_given_pair.value == 0
    assert scores.missed == ((TEXT, "PER → CHL JAYWALK"),)


def test_pairs_count_once_whatever_their_types(tmp_path):
    rows = [record(), record("REJECT"), record("CONSULT")]

    assert values(tmp_path, rows, ("ACCUSE", ("PER",), ("CHL",)))["pair"] == 1


def test_events_said_not_to_have_happened_are_left_out():
    assert dyads(("ACCUSE", ("PER",), ("CHL",), "negated")) == ()


def test_texts_without_an_interstate_record_weigh_on_precision_in_one_table_only(tmp_path):
    texts = gold(tmp_path, record(), record(target=("PER",), text="Peru sued Peruvians.")).texts
    scores = score_texts(texts, [dyads(("ACCUSE", ("PER",), ("CHL",)))] * 2)

    assert scores.figures["strict"]["precision"].value == 0.5
    assert scores.interstate_texts["strict"]["precision"].value == 1


@pytest.mark.parametrize(
    ("given", "iso"), [("19950418", "1995-04-18"), ("1995-04-18T00:00", "1995-04-18"), ("x", None)]
)
def test_a_date_is_taken_where_it_is_one(tmp_path, given, iso):
    assert gold(tmp_path, record(date=given)).texts[0].published == iso


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "Unreadable records"),
        ("{}", "No list of records"),
        ('[{"text": "a"}]', "Malformed record .* records.json record 1"),
        ('[{"text": " ", "event": "AID"}]', "Empty text in records.json record 1"),
        ("[3]", "Malformed record"),
    ],
)
def test_faulty_files_are_told(tmp_path, content, message):
    path = tmp_path / "records.json"
    path.write_text(content)

    with pytest.raises(DataError, match=message):
        read_gsr(path, STATES)
