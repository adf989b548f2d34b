"""Tables of marked sentences in other projects' columns."""

import json

import pytest

from detente.errors import DataError
from detente.evaluate.items import Span
from detente.evaluate.marked_pairs import MarkedPair, quad_of, read_plv, read_roles, root_of, roots

HEAD = "sentence_id\tsentence\tmarked_sentence\tsource\ttarget\tgold_penta\tgold_root"


def plv(tmp_path, *rows):
    path = tmp_path / "plv.tsv"
    lines = [f"{number}\t\t{marked}\t\t\t{quad}\t{root}" for number, (marked, quad, root) in enumerate(rows, 1)]
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return path


def roles(tmp_path, *, tagged, classes):
    path, table = tmp_path / "roles.jsonl", tmp_path / "classes.tsv"
    rows = [[word.rpartition("/") for word in line.split()] for line in tagged]
    objects = [{"tokens": [one[0] for one in row], "tags": [one[2] for one in row]} for row in rows]
    path.write_text("\n".join(map(json.dumps, objects)), encoding="utf-8")
    table.write_text("\n".join(["sentence\tpenta", *classes]), encoding="utf-8")
    return path, table


def quoted(text, spans):
    return [text[span.start : span.end] for span in spans]


def test_marks_become_spans_of_the_plain_sentence(tmp_path):
    row = read_plv(plv(tmp_path, ("<s>Peru </s>sued <t>Chile</t>.", 3, "ACCUSE")))[0]

    assert (row.id, row.text, row.root, row.quad) == ("1", "Peru sued Chile.", "ACCUSE", 3)
    assert row.pairs == (MarkedPair((Span(0, 4),), (Span(10, 15),)),)


def test_marks_within_marks_and_repeated_marks_are_kept(tmp_path):
    marked = "<s>The army of <t>Peru</t></s> left, said <t>Peru</t>."
    row = read_plv(plv(tmp_path, (marked, 2, "YIELD")))[0]

    assert quoted(row.text, row.pairs[0].sources) == ["The army of Peru"]
    assert quoted(row.text, row.pairs[0].targets) == ["Peru", "Peru"]


def test_a_row_with_one_mark_is_no_whole_pair(tmp_path):
    row = read_plv(plv(tmp_path, ("<s>Peru</s> relented.", 2, "YIELD")))[0]

    assert row.pairs[0].is_whole is False


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("<s>Peru sued <t>Chile</t>.", 3, "ACCUSE"), "Open or missing marks"),
        (("Peru</s> sued <t>Chile</t>.", 3, "ACCUSE"), "Unpaired </s>"),
        (("Peru sued Chile.", 3, "ACCUSE"), "Open or missing marks"),
        (("<s>Peru</s> sued <t>Chile</t>.", 3, "ACCUSED"), "Unknown gold_root 'ACCUSED'"),
        (("<s>Peru</s> sued <t>Chile</t>.", 7, "ACCUSE"), "Unknown quad class '7'"),
        (("<s>Peru</s> sued <t>Chile</t>.", "3\textra", "ACCUSE"), "A cell too few or too many"),
    ],
)
def test_a_faulty_row_is_named_by_its_line(tmp_path, row, message):
    path = plv(tmp_path, ("<s>Fiji</s> left <t>Chad</t>.", 2, "RETREAT"), row)

    with pytest.raises(DataError, match=message) as error:
        read_plv(path)
    assert "plv.tsv line 3" in str(error.value)


def test_a_missing_column_and_a_missing_file_are_told(tmp_path):
    (tmp_path / "other.tsv").write_text("marked_sentence\tgold_root\n")

    with pytest.raises(DataError, match=r"No column gold_penta in other\.tsv line 1"):
        read_plv(tmp_path / "other.tsv")
    with pytest.raises(DataError, match="Unreadable file"):
        read_plv(tmp_path / "none.tsv")


def test_yield_stands_for_two_types_and_is_material_cooperation():
    assert {root_of("CONCEDE"), root_of("RETREAT")} == {"YIELD"}
    assert [quad_of(one) for one in ("CONCEDE", "YIELD", "AGREE", "REQUEST", "COERCE")] == [2, 2, 1, 3, 4]
    assert len(roots()) == 15


def test_tags_are_laid_on_the_sentence_of_the_classes(tmp_path):
    tagged = "The/B-S Peruvians/I-S ’/I-S envoy/I-S sued/O Chile/B-T and/O Per\u00fa/B-T ./O"
    files = roles(tmp_path, tagged=[tagged], classes=["The Peruvians’ envoy sued Chile and Peru\u0301.\t3"])
    rows, unjoined = read_roles(*files)

    assert unjoined == 0
    found = [(quoted(rows[0].text, one.sources), quoted(rows[0].text, one.targets)) for one in rows[0].pairs]
    assert found == [(["The Peruvians’ envoy"], ["Chile"]), (["The Peruvians’ envoy"], ["Peru"])]
    assert (rows[0].root, rows[0].quad) == (None, 3)


def test_related_sides_make_a_mutual_pair(tmp_path):
    two, one = "Peru/B-R met/O Chile/B-R ./O", "Peru/B-R and/I-R Chile/I-R met/O ./O"
    files = roles(tmp_path, tagged=[two, one], classes=["Peru met Chile.\t1", "Peru and Chile met.\t1"])
    rows, _ = read_roles(*files)

    assert rows[0].pairs == (MarkedPair((Span(0, 4),), (Span(9, 14),), is_mutual=True),)
    assert rows[1].pairs == (MarkedPair((Span(0, 14),), (Span(0, 14),), is_mutual=True),)


def test_a_sentence_without_a_class_is_counted_and_left_out(tmp_path):
    files = roles(tmp_path, tagged=["Peru/B-S sued/O Chile/B-T"], classes=["Fiji slept.\t0"])

    assert read_roles(*files) == ([], 1)


@pytest.mark.parametrize(
    ("tagged", "classes", "message"),
    [
        ("Peru/B-X", ["Peru\t1"], "Unknown tag 'B-X' in roles.jsonl line 1"),
        ("Peru/B-S", ["Peru\t5"], "Unknown quad class '5' in classes.tsv line 2"),
        ("Peru/B-S", ["Peru\t1", "Peru.\t2"], "Two classes for one sentence in classes.tsv line 3"),
    ],
)
def test_faulty_roles_and_classes_are_named_by_their_line(tmp_path, tagged, classes, message):
    with pytest.raises(DataError, match=message):
        read_roles(*roles(tmp_path, tagged=[tagged], classes=classes))


def test_a_line_that_is_no_object_is_told(tmp_path):
    path, table = roles(tmp_path, tagged=[], classes=[])
    path.write_text("[]")

    with pytest.raises(DataError, match=r"Malformed roles .* in roles.jsonl line 1"):
        read_roles(path, table)
