"""Records for the tests of tables and exports: Pakistan and Russia in two articles of March 2018."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

import make
from detente.exports import Group, findings_of, write_snapshot
from detente.records import CodedDocument, Place
from detente.resolve.state_codes import codes_on

TEXT = (
    "On Friday Pakistan's minister visited Moscow. Pakistan and Russia signed a pact. "
    "Russia did not arm India. =1+1 “Sanctions help nobody,” Vladimir Kozin said. Pakistan is an observer of the SCO. "
    "Pakistan and Russia are natural allies."
)
MOSCOW = Place("Moscow", "RUS", geonameid=524901, latitude=55.75, longitude=37.61)


def coded(name: str = "a", published: str = "2018-03-05", *, text: str = TEXT, **fields: Any) -> CodedDocument:
    """An article with a visit, a pact, something that did not happen, and one record of each other kind."""
    of = make.document(text, id=name, published=published, url=f"https://example.org/{name}", publisher="Agency")
    given = {
        "entities": (
            make.entity(),
            make.entity("RUS", name="Russia"),
            make.entity("IND", name="India"),
            make.entity("SCO", name="SCO", kind="organisation"),
            make.entity("PAK:GOV", name="Pakistan's minister", kind="unknown", country="PAK", sector="GOV"),
            make.kozin(),
        ),
        "events": (
            make.event("Pakistan's minister visited Moscow", "visited", of, actors=("PAK:GOV",), modes=("visit",),
                       status="actual", date="2018-03-02", date_basis="text", place=MOSCOW, inferred=("recipients",)),
            make.event("Pakistan and Russia signed a pact", "signed", of, actors=("PAK", "RUS"), recipients=(),
                       type="SUPPORT", status="actual", date="2018-03"),
            make.event("Russia did not arm India", "arm", of, actors=("RUS",), recipients=("IND",), type="AID",
                       status="negated", date="2018-03"),
        ),
        "stances": (make.stance(of=of, date="2018"),),
        "statements": (make.statement("=1+1 “Sanctions help nobody", of=of),),
        "memberships": (make.membership(of=of, since="2005"),),
        **fields,
    }  # fmt: skip
    return make.coded(of, **given)


def write(folder: Path, *documents: CodedDocument, groups: dict[str, Group] | None = None) -> Path:
    """A snapshot of the documents."""
    write_snapshot(findings_of(documents or (coded(),)), folder, codes_on=codes_on, groups=groups)
    return folder


def rows(path: Path, where: str = "true") -> list[dict[str, Any]]:
    found = duckdb.execute(f"SELECT * FROM '{path}' WHERE {where}")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
