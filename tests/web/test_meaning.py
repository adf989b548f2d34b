"""Nothing on any page presents a proposed, denied, hypothetical, planned or merely claimed act as done."""

from __future__ import annotations

import pytest
from lxml import html

PAGES = (
    "/",
    "/search",
    "/search?kind=event&actor=IND&recipient=IRN",
    "/documents/doc-doubts",
    "/documents/doc-0000",
    "/dyads/PAK/RUS",
    "/dyads/IND/IRN",
    "/actors/PAK",
    "/actors/IND",
)
MARKS = {
    "urged India to arm Iran": "proposed",
    "India could bomb Iran": "hypothetical",
    "India will expel envoys": "planned",
    "India did not shell Iran": "denied",
    "India armed rebels in Iran": "claimed",
    "urged Pakistan to aid Russia": "proposed",
    "denied that it attacked Russia": "denied",
}


def told(page, words):
    """The innermost elements, but for inline ones, whose text has the words."""
    inline = ("mark", "span", "q")
    found = [one for one in page.iter() if isinstance(one.tag, str) and words in " ".join(one.text_content().split())]
    return [one for one in found if one.tag not in inline and not any(c in found and c.tag not in inline for c in one)]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_marks_what_is_not_done(client, address):
    page = html.fromstring(client.get(address).text)

    for words, mark in MARKS.items():
        for element in told(page, words):
            if "prose" in element.get("class", ""):
                continue  # the whole text; its pieces are tested below
            holder = next(
                one for one in (element, *element.iterancestors()) if one.tag == "article" or one.tag == "section"
            )
            standings = [one.text_content() for one in holder.find_class("standing")]
            assert "nofact" in holder.get("class", "").split(), (address, words)
            assert standings == [mark]


@pytest.mark.parametrize(
    ("address", "number"), [("/search?kind=event&actor=IND&recipient=IRN&status=proposed", 1), ("/dyads/PAK/RUS", 8)]
)
def test_the_pages_do_show_what_is_not_done(client, address, number):
    page = html.fromstring(client.get(address).text)

    assert len(page.xpath("//article[contains(@class, 'nofact')]")) >= number


def test_the_reader_sets_a_word_before_each_such_act(client):
    page = html.fromstring(client.get("/documents/doc-doubts").text)
    (prose,) = page.find_class("prose")

    assert [flag.text_content() for flag in prose.find_class("flag")] == [
        "proposed",
        "hypothetical",
        "planned",
        "denied",
        "claimed",
    ]
    assert all("nofact" in piece.get("class") for piece in prose.find_class("k-event"))


def test_a_claim_names_the_whole_chain_of_who_says_so(client):
    page = html.fromstring(client.get("/documents/doc-doubts").text)
    (chain,) = page.find_class("chain")

    assert " ".join(chain.text_content().split()) == ("According to Vladimir Kozin RUS:EDU, as told by TASS RUS:MED")


def test_no_figure_of_a_pair_rests_on_what_is_not_done(client):
    search = "/search.json?pair=PAK,RUS&status=proposed&status=negated&limit=1000"
    open_ones = {one["id"] for one in client.get(search).json()["results"]}
    pair = client.get("/dyads/PAK/RUS.json").json()
    drivers = [*pair["move"]["drivers"], *(one for turn in pair["turning_points"] for one in turn["drivers"])]

    assert len(open_ones) == 22
    assert not open_ones & set(pair["records"])
    assert not open_ones & {record for one in drivers for record in one["records"]}
    assert {one["id"] for one in pair["not_done"]} == open_ones


def test_the_chart_keeps_what_is_not_done_apart_and_claims_faint(client):
    data = client.get("/dyads/PAK/RUS/chart.json").json()["datasets"]
    other = client.get("/dyads/IND/IRN/chart.json").json()["datasets"]

    assert {one["status"] for one in data["marks"]} <= {"actual", "historical"}
    assert {one["status"] for one in other["open"]} == {"proposed", "planned", "hypothetical", "denied"}
    assert [one["quote"] for one in other["marks"] if one["claimed"]] == [
        "Kozin said, TASS reported, that India armed rebels in Iran."
    ]
