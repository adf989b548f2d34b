"""The same answers as data."""

from __future__ import annotations

import csv
import io

import pyarrow.parquet
import pytest


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nothing.json", 404),
        ("/records/ev-none.json", 404),
        ("/documents/none.json", 404),
        ("/search.json?kind=verdict", 400),
        ("/search.json?type=DEMAND", 400),
        ("/search.json?since=2015-99", 400),
        ("/search.json?limit=0", 400),
        ("/search.json?after=zzz", 400),
        ("/search.json?colour=red", 400),
        ("/search.csv?status=maybe", 400),
        ("/documents.json?state=lost", 400),
        ("/dyads/PAK/RUS.json?since=soon", 400),
    ],
)
def test_errors_have_one_shape(client, address, status):
    answer = client.get(address)

    assert answer.status_code == status
    assert set(answer.json()) == {"error"}
    assert set(answer.json()["error"]) == {"status", "message"}
    assert answer.json()["error"]["status"] == status
    assert answer.json()["error"]["message"]


def test_a_list_is_read_page_by_page_by_its_own_address(client):
    address, found = "/search.json?kind=event&pair=PAK,RUS&limit=100", []
    while address:
        page = client.get(address).json()
        found += [one["id"] for one in page["results"]]
        address = page["following"]

    assert len(found) == len(set(found)) == page["number"] == 406


def test_files_hold_what_the_list_holds(client):
    question = "kind=event&actor=IND&recipient=IRN&until=2014-12"
    listed = {one["id"] for one in client.get(f"/search.json?{question}&limit=1000").json()["results"]}
    table = list(csv.DictReader(io.StringIO(client.get(f"/search.csv?{question}").text, newline="")))
    parquet = pyarrow.parquet.read_table(io.BytesIO(client.get(f"/search.parquet?{question}").content))

    assert {row["id"] for row in table} == set(parquet["id"].to_pylist()) == listed
    assert len(table) == len(listed) > 1


def test_a_file_without_results_has_its_head(client):
    assert client.get("/search.csv?kind=membership").text.startswith("document_id,published,kind,id,")


def test_a_document_comes_with_its_text_and_records(client):
    found = client.get("/documents/doc-doubts.json").json()

    assert found["document"]["id"] == "doc-doubts"
    assert {one["status"] for one in found["coded"]["events"]} == {
        "proposed",
        "hypothetical",
        "future",
        "negated",
        "actual",
    }


def test_the_months_of_a_pair_are_the_same_in_both_forms(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/dyads/PAK/RUS.csv?since=2015-01&until=2015-12").text)))
    months = client.get("/dyads/PAK/RUS.json?since=2015-01&until=2015-12").json()["months"]

    assert [row["month"] for row in rows] == [f"2015-{number:02}" for number in range(1, 13)]
    assert [float(row["history"]) for row in rows] == [month["history"] for month in months]


def test_a_pair_without_events_is_told_as_such(client):
    found = client.get("/dyads/FIN/NOR.json").json()

    assert (found["verdict"], found["months"]) == ("nothing told", [])


def test_relations_are_ranked_and_thin_ones_have_no_figures(client):
    relations = client.get("/actors/PAK.json").json()["relations"]

    assert relations[0]["other"] == "RUS"
    assert relations[0]["low"] <= relations[0]["now"] <= relations[0]["high"]
    assert {one["now"] for one in relations[1:]} == {None}


def test_openapi_lists_every_answer_with_its_errors(client):
    paths = client.get("/openapi.json").json()["paths"]

    assert {"/overview.json", "/search.json", "/search.csv", "/dyads/{a}/{b}.json", "/records/{record_id}.json"} <= set(
        paths
    )
    assert all({"400", "404"} <= set(path["get"]["responses"]) for path in paths.values())
    assert not [path for path in paths if not path.endswith((".json", ".csv", ".parquet", ".graphml"))]
