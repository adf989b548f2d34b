"""Records become reports: sides, months, stories, and what is left out."""

import numpy as np
import pyarrow
import pytest

import make as records
from detente.errors import RecordError
from detente.measure.build import by_speaker, reports_of, reports_of_rows, reports_of_table
from detente.measure.expansion import expand
from detente.measure.regard import not_happened, regards
from detente.measure.reports import month_number
from measure.make import row


def told(*rows, **options):
    return reports_of_rows(rows, **options)


def pairs(built):
    reports = built.reports
    return [(reports.names[a], reports.names[b]) for a, b in zip(reports.actor, reports.recipient, strict=True)]


def test_people_and_bodies_stand_for_their_country():
    assert pairs(told(row(actor_codes="PAK:GOV", recipient_codes="RUS:MIL"))) == [("PAK", "RUS")]


def test_a_mutual_act_stands_once_in_each_direction():
    built = told(row(actor_codes="PAK;RUS", recipient_codes=None))

    assert pairs(built) == [("PAK", "RUS"), ("RUS", "PAK")]
    assert built.reports.mutual.all()


def test_a_summit_is_divided_and_counted_whole_only_on_demand():
    sides = [f"S{number}" for number in range(20)]
    divided, whole = list(expand(sides, [])), list(expand(sides, [], "whole"))

    assert len(divided) == len(whole) == 380
    assert sum(one.share for one in divided if one.actor == "S0") == pytest.approx(1)
    assert sum(one.share for one in whole) == 380


def test_an_act_on_two_is_divided_between_them():
    assert told(row(recipient_codes="RUS;CHN")).reports.share.tolist() == [0.5, 0.5]


def test_the_month_is_the_events_else_that_of_publication():
    months = [told(row(date=date)).reports.month[0] for date in ("2017-11", "2017-12-30/2018-01-02", None, "2017")]

    assert months == [month_number(text) for text in ("2017-11", "2017-12", "2018-03", "2018-03")]


def test_what_cannot_be_used_is_counted_by_reason():
    built = told(
        row("a", date=None, published=None),
        row("b", recipient_codes=None),
        row("c"),
        row("c"),
        {"kind": "statement", "id": "d"},
    )

    assert len(built.reports) == 1
    assert built.left_out == {"no month": 1, "one side only": 1, "told twice in the files": 1}


def test_members_of_a_happening_share_a_story():
    built = told(row("a"), row("b"), row("c"), stories={"a": "ha-1", "c": "ha-1"})

    assert built.reports.story[0] == built.reports.story[2] != built.reports.story[1]


def test_the_order_of_rows_leaves_no_trace():
    rows = [row("a"), row("b", actor_codes="CHN"), row("c", type="AID")]
    one, other = told(*rows).reports, told(*rows[::-1]).reports

    assert one.names == other.names
    assert all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in ("actor", "story", "type", "record")
    )


def test_who_speaks_can_part_the_sources():
    built = told(row("a"), row("b", attribution="vladimir-kozin;tass"), source=by_speaker)

    assert built.reports.sources == ("document", "tass")


@pytest.mark.parametrize(
    "fields", [{"type": "DEMAND"}, {"status": "maybe"}, {"date": "20180229"}, {"probability": "high"}, {"modes": "fly"}]
)
def test_a_malformed_event_is_named(fields):
    with pytest.raises(RecordError, match="Malformed event 'ev-1'"):
        told(row(**fields))


def test_coded_documents_and_arrow_tables_give_the_same_as_rows():
    event = records.event(status="actual", date="2003-02", date_basis="text")
    coded = records.coded(entities=(records.entity(), records.entity("RUS", name="Russia")), events=(event,))
    built = reports_of([coded])

    assert pairs(built) == [("PAK", "RUS")]
    assert built.rows[event.id]["quote"] == "Musharraf visited Moscow"
    assert pairs(reports_of_table(pyarrow.Table.from_pylist([row()]))) == [("PAK", "RUS")]


def test_proposals_are_counted_apart_each_record_once():
    built = told(row("a", status="proposed", actor_codes="PAK;RUS", recipient_codes=None), row("b"))

    assert not_happened(built.reports, "RUS", "PAK") == {(month_number("2018-02"), "proposed"): 1}


def test_stances_are_told_by_holder_and_month():
    stance = {**row("st-1"), "kind": "stance", "valence": 0.5, "mutual": False, "type": None}
    found = regards(
        [stance, {**stance, "id": "st-2", "valence": 1.0}, {**stance, "id": "st-3", "mutual": True}], "RUS", "PAK"
    )

    assert [(one.holder, one.valence, one.records) for one in found] == [
        ("PAK", 0.75, ("st-1", "st-2")),
        ("PAK–RUS", 0.5, ("st-3",)),
    ]
