"""Memberships: who belongs to which organisation, as what, since when."""

from __future__ import annotations

import pytest

from detente.coding.memberships import code_memberships
from tests.conftest import Read

pytestmark = pytest.mark.model

STATES = [("Norway", "NOR"), ("Kenya", "KEN"), ("Sri Lanka", "LKA")]
states = pytest.mark.parametrize(("state", "code"), STATES, ids=[s[1] for s in STATES])

CASES = [
    ("{x}, a NATO member, sent ships.", "member"),
    ("NATO member {x} objected.", "member"),
    ("{x} is a member of NATO.", "member"),
    ("{x} joined NATO.", "member"),
    ("{x} belongs to NATO.", "member"),
    ("{x} was admitted to NATO.", "member"),
    ("{x} is part of NATO.", "member"),
    ("{x}, which is a member of NATO, objected.", "member"),
    ("Members of NATO such as {x} objected.", "member"),
    ("{x} is a founding member of NATO.", "founder"),
    ("{x} became an observer at NATO.", "observer"),
    ("{x} got observer status at NATO.", "observer"),
    ("{x} has applied to join NATO.", "applicant"),
    ("{x} left NATO.", "withdrawn"),
    ("{x} pulled out of NATO.", "withdrawn"),
    ("{x} was suspended from NATO.", "suspended"),
    ("{x} is a dialogue partner of NATO.", "dialogue-partner"),
    ("{x} was welcomed into NATO.", "member"),
    ("{x} and other NATO members objected.", "member"),
    ("NATO, made up of {x} and a dozen others, met.", "member"),
    ("{x}'s accession to NATO in 2004 was a surprise.", "member"),
    ("{x} is a candidate for NATO membership.", "candidate"),
]


@states
@pytest.mark.parametrize(("text", "status"), CASES, ids=[c[0] for c in CASES])
def test_a_membership_has_member_organisation_and_status(
    read: Read, state: str, code: str, text: str, status: str
) -> None:
    found = code_memberships(read(text.format(x=state)))

    assert [(m.member, m.organisation, m.status) for m in found] == [(code, "NATO", status)]


NONE = [
    "{x} is not a member of NATO.",
    "{x} wants to join NATO.",
    "{x} should join NATO.",
    "{x} will join NATO next year.",
    "{x}, a non-member of NATO, attended.",
    "If {x} joined NATO, others would object.",
    "{x} was invited to join NATO.",
    "NATO welcomed the decision of {x}.",
    "{x} quit the NATO meeting early.",
    "{x} joined NATO in calling for calm.",
    "{x} is part of a NATO mission.",
    "{x}'s accession to NATO is a distant hope.",
]


@states
@pytest.mark.parametrize("text", NONE)
def test_wished_denied_and_future_memberships_are_none(read: Read, state: str, code: str, text: str) -> None:
    assert code_memberships(read(text.format(x=state))) == []


def test_all_who_got_a_status_together_have_it(read: Read) -> None:
    found = code_memberships(read("India got observer status at the SCO along with Kenya, Norway and Peru."))

    assert {m.member for m in found} == {"IND", "KEN", "NOR", "PER"}
    assert {(m.organisation, m.status) for m in found} == {("SCO", "observer")}


def test_a_founding_has_the_organisation_as_member(read: Read) -> None:
    (founded,) = code_memberships(read("The African Union came into being in July 2002."))

    assert founded.member == founded.organisation
    assert (founded.status, founded.since) == ("founded", "2002-07")


def test_joining_gives_the_date_since_when(read: Read) -> None:
    (joined,) = code_memberships(read("Poland joined NATO in 1999."))

    assert (joined.member, joined.since, joined.until) == ("POL", "1999", None)


def test_leaving_gives_the_date_until_when(read: Read) -> None:
    (left,) = code_memberships(read("Qatar left OPEC in 2019."))

    assert (left.status, left.since, left.until) == ("withdrawn", None, "2019")


def test_evidence_quotes_the_text(read: Read) -> None:
    text = "Much was said. Peru, a NATO member, agreed."
    (member,) = code_memberships(read(text))

    assert text[slice(*member.evidence.span)] == member.evidence.quote == "Peru, a NATO member"


def test_an_empty_document_has_no_memberships(read: Read) -> None:
    assert code_memberships(read("")) == []


@pytest.mark.parametrize(
    ("text", "since"),
    [
        (
            "The envoy of India went to Astana on 5 July 2005 for the summit. "
            "This was the first presence of India at the SCO after getting observer status along with Kenya.",
            "2005",
        ),
        ("In 2016 Kenya held its first summit since joining NATO.", "2016"),
        ("In 2016 Kenya held its second summit since joining NATO.", None),
        ("In 2016 Kenya held its first summit since joining NATO in 2011.", "2011"),
        ("Since joining NATO, Kenya has held its first summit.", None),
    ],
    ids=["this points back", "the same clause", "a second", "a date of its own", "no date"],
)
def test_the_first_of_its_kind_after_joining_dates_the_joining_by_its_year(
    read: Read, text: str, since: str | None
) -> None:
    assert {m.since for m in code_memberships(read(text, published="2018-03-01"))} == {since}
