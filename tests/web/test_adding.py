"""A pasted text is stored, coded and shown; a changed project changes the answers."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from detente.web.app import Site, create_app
from ingest.stub_coder import StubCoder
from store.projects import NOW, new_project

TEXT = "Pakistan visited Russia.\r\nIndia accused China.\r\n\r\nThe weather was fine in Iran and India."


@pytest.fixture
def adding(tmp_path):
    coder = StubCoder()
    with new_project(tmp_path / "project") as project:
        site = Site(project=project, now=lambda: NOW, load_coder=lambda: coder)
        with TestClient(create_app(site), base_url="http://localhost") as asking:
            yield asking


def test_a_pasted_text_leads_to_its_records(adding):
    answer = adding.post("/add", data={"text": TEXT, "title": "Two acts", "publisher": "Wire", "published": "2018-03"})

    assert answer.status_code == 200
    assert "<h1>Two acts</h1>" in answer.text
    assert adding.get("/search.json?kind=event").json()["number"] == 2
    (listed,) = adding.get("/documents.json").json()["results"]
    assert (listed["publisher"], listed["published"]) == ("Wire", "2018-03")


def test_the_same_text_again_leads_to_the_same_document(adding):
    first, second = (adding.post("/add", data={"text": TEXT}, follow_redirects=False) for _ in range(2))

    assert first.headers["location"] == second.headers["location"]
    assert adding.get("/search.json").json()["number"] == 2


def test_an_added_text_changes_tag_and_figures(adding):
    before = adding.get("/dyads/PAK/RUS.json")
    adding.post("/add", data={"text": TEXT, "published": "2018-03-02"})

    after = adding.get("/dyads/PAK/RUS.json", headers={"if-none-match": before.headers["etag"]})

    assert before.json()["verdict"] == "nothing told"
    assert after.status_code == 200
    assert len(after.json()["records"]) == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [({"text": " \r\n "}, "No text"), ({"text": TEXT, "published": "March"}, "Malformed date")],
    ids=["nothing", "date"],
)
def test_what_is_wrong_is_told_beside_what_was_typed(adding, given, told):
    answer = adding.post("/add", data={**given, "title": "My title"})

    assert answer.status_code == 400
    assert told in answer.text
    assert 'value="My title"' in answer.text
    assert adding.get("/documents.json").json()["number"] == 0


def test_a_site_for_reading_takes_nothing(client):
    assert client.post("/add", data={"text": TEXT}).status_code == 400
    assert 'href="/add"' not in client.get("/").text
