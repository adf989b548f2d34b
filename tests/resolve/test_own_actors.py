"""A user's own actors: what CSV and PETRARCH files add and replace, and what is wrong with a broken one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.errors import DataError
from detente.resolve.knowledge import Knowledge, load_knowledge
from detente.resolve.names import Sense
from detente.resolve.own_actors import read_actors, with_actors
from detente.resolve.petrarch import PetrarchCode, read_petrarch
from detente.resolve.who import Candidate, who_is

HEADER = "name,kind,id,country,sector,role,start,end,aliases"
PETRARCH = """# a comment
CORAL_FRONT_
+FRONT_FOR_THE_CORAL_COAST_ ; whence
\t[FJIREB]
JANE_DOE_ [FJIELI 850101-991231]
\t[FJIGOV >20260115] [---]
VITI_LEVU_GOVERNMENT_SEAT_
\t[FJI]
UNITED_NATIONS_
+UNITED_NATIONS_OF_THE_WORLD_
\t[IGOUNO]
SOMEBODY_ [---]
+SOMEBODY_ELSE_
ATLANTIS_COAST_  [FJI]
+ATLANTIC_COAST_OF_FIJI_
REEF_WATCH_(RW)_ [NGOENV]
"""


def joined(tmp_path: Path, *rows: str, name: str = "mine.csv") -> Knowledge:
    path = tmp_path / name
    path.write_text("\n".join((HEADER, *rows) if name.endswith(".csv") else rows), encoding="utf-8")
    return with_actors(load_knowledge(), [path])


def first(name: str, knowledge: Knowledge, on: date = date(2026, 3, 1)) -> Candidate:
    return who_is(name, on, knowledge=knowledge).candidates[0]


def test_without_files_nothing_changes() -> None:
    assert with_actors(load_knowledge(), ()) is load_knowledge()


def test_a_person_holds_the_office_that_the_file_gives(tmp_path: Path) -> None:
    knowledge = joined(tmp_path, "Jane Doe,person,,FJI,GOV,Foreign Minister,2026-01-15,,J. Doe|Ratu Doe")

    found = first("foreign minister of Fiji", knowledge)
    assert found.id == first("Ratu Doe", knowledge).id == first("Jane Q. Doe", knowledge).id == "jane-doe"
    assert found.offices[0].source.endswith("mine.csv")


def test_a_person_of_ours_has_the_terms_of_the_file(tmp_path: Path) -> None:
    knowledge = joined(tmp_path, "Khawaja Asif,person,,PAK,GOV,Prime Minister,2026-02,,")

    assert [office.role for office in first("Khawaja Asif", knowledge).offices] == ["Prime Minister"]
    assert first("prime minister of Pakistan", knowledge).id == "khawaja-asif"
    assert len(load_knowledge().persons["khawaja-asif"].terms) > 1


def test_a_name_of_the_file_stands_before_ours(tmp_path: Path) -> None:
    knowledge = joined(tmp_path, "Coral Front,group,coral,FJI,REB,,,,Guam|SCO")

    for name in ("Coral Front", "Guam", "SCO"):
        found = first(name, knowledge)
        assert (found.id, found.kind, found.country, found.sector) == ("coral", "group", "FJI", "REB")
    assert knowledge.lexicon.find_text("the SCO in Pakistan") == [Sense("group", "coral"), Sense("state", "PAK")]


def test_an_actor_may_act_for_another_one_of_the_file(tmp_path: Path) -> None:
    knowledge = joined(
        tmp_path, "Coral Army,group,,ATL,MIL,,,,", "# our own", "Atlantis,state,ATL,,,,,,Republic of Atlantis"
    )

    assert first("Coral Army", knowledge).country == "ATL"
    assert first("Republic of Atlantis", knowledge).kind == "state"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Jane Doe,person,,FJI", "4 fields in .*mine.csv line 3: 9 columns"),
        (",group,,,,,,,", "No name in .* line 3"),
        ("Jane,robot,,,,,,,", "Unknown kind 'robot' in .* line 3: one of state, organisation, group, person"),
        ("Jane,group,,,XXX,,,,", "Unknown sector 'XXX' in .* line 3"),
        ("Jane,group,,ZZZ,,,,,", "Unknown country 'ZZZ' in .* line 3"),
        ("Jane,person,,,,,,,", "No country of person 'Jane' in .* line 3"),
        ("Jane,person,,FJI,,,2026-13,,", "Unknown date '2026-13' in .* line 3"),
        ("Jane,person,,FJI,,,2026-02,2025,", "End '2025' before start '2026-02' in .* line 3"),
        ("???,group,,,,,,,", "No id for '\\?\\?\\?' in .* line 3"),
    ],
)
def test_a_faulty_row_is_told_with_its_line(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        joined(tmp_path, "# a comment counts as a line", row)


@pytest.mark.parametrize("header", ["", "name", "name,kind,colour", "name,kind,kind"])
def test_a_header_needs_name_and_kind_and_nothing_unknown(header: str) -> None:
    with pytest.raises(DataError, match="name and kind are needed"):
        list(read_actors([header, "Jane,group"], name="mine.csv"))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="Unreadable file"):
        with_actors(load_knowledge(), [tmp_path / "none.csv"])


def test_the_petrarch_form_is_read() -> None:
    found = {entry.names[0]: entry for entry in read_petrarch(PETRARCH.splitlines(), name="mine.txt")}

    assert found["Coral Front"].names == ("Coral Front", "Front for the Coral Coast")
    assert found["Jane Doe"].codes == (
        PetrarchCode("FJI", "ELI", "1985-01-01", "1999-12-31"),
        PetrarchCode("FJI", "GOV", "2026-01-15", ""),
    )
    assert list(found) == [
        "Coral Front",
        "Jane Doe",
        "Viti Levu Government Seat",
        "United Nations",
        "Atlantis Coast",
        "Reef Watch",
    ]


def test_a_petrarch_file_adds_to_what_is_known(tmp_path: Path) -> None:
    knowledge = joined(tmp_path, PETRARCH, name="mine.txt")

    group, person = first("Front for the Coral Coast", knowledge), first("Jane Doe", knowledge)
    assert (group.id, group.kind, group.country, group.sector) == ("coral-front", "group", "FJI", "REB")
    assert (person.id, person.kind, person.sector) == ("jane-doe", "person", "GOV")
    assert first("Viti Levu Government Seat", knowledge).id == "FJI"
    assert first("United Nations of the World", knowledge).id == first("United Nations", knowledge).id == "UN"
    assert first("Atlantic Coast of Fiji", knowledge).id == "FJI"
    assert first("Reef Watch", knowledge).kind == "organisation"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[FJIGOV]", "Code 'FJIGOV' without a name in mine.txt line 1"),
        ("A_B_\n\nC_D_", "Name 'A B' without a code in mine.txt line 1"),
        ("A_B_ [FJIGOV", "Open bracket in mine.txt line 1"),
        ("A_B_ [FJI/GOV]", "Unknown code 'FJI/GOV' in mine.txt line 1"),
        ("A_B_\n[FJIGOV 2004017-20060101]", "Unknown date '2004017' in mine.txt line 2"),
        ("A_B_ [FJIGOV 20040107]", "Unknown dates '20040107' in mine.txt line 1"),
        ("SOLDIER_ [~MIL]", "Agent code in mine.txt line 1"),
    ],
)
def test_a_faulty_petrarch_line_is_told(text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        list(read_petrarch(text.splitlines(), name="mine.txt"))


@pytest.mark.model
def test_the_coder_reads_the_users_actors(tmp_path: Path) -> None:
    import detente

    path = tmp_path / "mine.csv"
    path.write_text(f"{HEADER}\nCoral Front,group,,FJI,REB,,,,\n", encoding="utf-8")
    coded = detente.load("en_core_web_sm", actors=[path])("Fijian troops attacked the Coral Front on Monday.")

    assert "coral-front" in {entity.id for entity in coded.entities}
