import pytest
from tests import make

from detente.resolve.membership_checks import disagreement, with_disagreements
from detente.resolve.memberships import load_memberships


def _told(**fields):
    return make.membership(**{"member": "MNG", "organisation": "SCO", "status": "observer", **fields})


def test_a_beginning_that_the_table_dates_otherwise_names_its_row():
    found = disagreement(_told(since="2005"), load_memberships())

    assert found is not None
    assert found.startswith("memberships.csv line ")
    assert found.endswith(": SCO, MNG, observer, from 2004-06-17")


@pytest.mark.parametrize("since", ["2004", "2004-06", "2004-06-17", None, "2004/..", "../2005"])
def test_a_beginning_that_the_table_allows_is_no_disagreement(since):
    assert disagreement(_told(since=since), load_memberships()) is None


def test_a_founder_is_a_member_since_the_founding():
    told = make.membership(member="EGY", organisation="AL", status="member", since="1945")

    assert disagreement(told, load_memberships()) is None


def test_any_of_several_spells_may_begin_when_the_text_says():
    told = make.membership(member="EGY", organisation="AL", status="member", since="1989")

    assert disagreement(told, load_memberships()) is None


def test_leaving_is_compared_with_the_end_of_membership():
    left = make.membership(member="GBR", organisation="EU", status="withdrawn", until="2020")
    wrong = make.membership(member="GBR", organisation="EU", status="withdrawn", until="2016")

    assert disagreement(left, load_memberships()) is None
    assert "EU, GBR, member" in (disagreement(wrong, load_memberships()) or "")


@pytest.mark.parametrize(
    "fields",
    [
        {"organisation": "no-such-body", "since": "1900"},
        {"member": "some-group", "since": "1900"},
        {"status": "candidate", "since": "1900"},
    ],
    ids=["organisation", "member", "status"],
)
def test_what_the_table_does_not_cover_is_no_disagreement(fields):
    assert disagreement(_told(**fields), load_memberships()) is None


def test_the_record_keeps_what_the_text_says():
    (one,) = with_disagreements([_told(since="2005")])

    assert one.since == "2005"
    assert one.id == _told(since="2005").id
    assert one.disagrees_with is not None


@pytest.mark.model
def test_an_article_that_errs_about_an_accession_is_flagged(code):
    text = "Pakistan became an SCO observer in 2005. Mongolia became an SCO observer in 2005."
    found = {one.member: one.disagrees_with for one in code(text, published="2020-01-01").memberships}

    assert found["PAK"] is None
    assert "SCO, MNG, observer, from 2004-06-17" in (found["MNG"] or "")
