"""Pages answer, keep their state in their address, and bring nothing from elsewhere."""

from __future__ import annotations

import re

import pytest
from lxml import html

ADDRESSES = (
    "/",
    "/documents",
    "/documents?state=foreign",
    "/documents/doc-0003",
    "/documents/doc-french",
    "/search",
    "/search?kind=stance",
    "/search?text=praised&actor=Pakistan&since=2015&until=2016-02",
    "/actors",
    "/actors/PAK",
    "/actors/vladimir-kozin",
    "/dyads/PAK/RUS",
    "/dyads/PAK/RUS?since=2015-01&until=2016-12",
    "/dyads/IND/IRN",
    "/dyads/FIN/NOR",
    "/about",
    "/add",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_whole_and_needs_nothing_from_elsewhere(client, address):
    answer = client.get(address)
    page = html.fromstring(answer.text)

    assert answer.status_code == 200
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//title/text()")
    assert page.get("lang") == "en"
    assert not page.xpath("//script[not(@src)]|//style|//*[@style]|//*[@onclick]")
    assert all(
        one.startswith("/static/") for one in page.xpath("//script/@src|//link[not(@rel='alternate')]/@href|//img/@src")
    )
    assert len(page.xpath("//*/@id")) == len(set(page.xpath("//*/@id")))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_of_a_page_leads_somewhere(client, address):
    page = html.fromstring(client.get(address).text)
    links = {one.partition("#")[0] for one in page.xpath("//main//a/@href") if one.startswith("/")}

    for link in sorted(links)[:25]:
        assert client.get(link).status_code == 200, link


def test_the_overview_tells_what_is_not_coded_and_why(client):
    page = client.get("/").text

    assert "Un discours" in page
    assert "in language &#39;fr&#39;; English is coded" in page


def test_a_name_finds_the_actor_that_it_means(client):
    assert client.get("/actors?q=pakistan", follow_redirects=False).headers["location"] == "/actors/PAK"


def test_the_sides_of_a_pair_have_one_address(client):
    answer = client.get("/dyads/RUS/PAK?since=2015-01", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/dyads/PAK/RUS?since=2015-01")


def test_dropping_a_condition_keeps_the_others(client):
    page = html.fromstring(client.get("/search?kind=event&actor=PAK&type=AID").text)
    (chips,) = page.find_class("chips")

    assert chips.xpath("a/@href") == [
        "/search?actor=PAK&type=AID",
        "/search?kind=event&type=AID",
        "/search?kind=event&actor=PAK",
    ]


def test_pages_of_results_follow_one_another_without_gap(client):
    address, seen = "/search?kind=event&pair=PAK,RUS&limit=150", []
    while address:
        page = html.fromstring(client.get(address).text)
        seen += page.xpath("//article/@id")
        address = next(iter(page.xpath("//a[@rel='next']/@href")), None)

    assert len(seen) == len(set(seen)) == int(client.get("/search.json?kind=event&pair=PAK,RUS").json()["number"])


def test_a_pair_of_which_little_is_told_gets_no_figure(client):
    page = client.get("/dyads/IND/IRN").text

    assert "Too thin to say" in page
    assert 'class="figures"' not in page


def test_a_pair_that_turns_is_told_with_the_stories_that_moved_it(client):
    page = html.fromstring(client.get("/dyads/PAK/RUS").text)
    (turning,) = page.xpath("//section[h2='Turning points']")

    assert re.match(r"2016-0[12]: −\d\.\d\d to \+\d\.\d\d", turning.xpath("string(h3)"))
    assert turning.xpath(".//a/@href")


def test_the_evidence_of_a_mark_comes_in_its_paragraph(client):
    mark = client.get("/dyads/PAK/RUS/chart.json").json()["datasets"]["marks"][0]
    panel = html.fromstring(client.get(f"/records/{mark['id']}?panel=1").text)

    assert mark["quote"] in panel.text_content()
    assert panel.xpath(f"//a[contains(@href, '#{mark['id']}')]")


def test_markup_in_a_text_stays_text(client):
    assert "<script>alert" not in client.get("/search?text=%3Cscript%3Ealert(1)").text
