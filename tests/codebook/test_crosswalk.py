import pytest

from detente.codebook.codebook import load_codebook, read_data
from detente.codebook.crosswalk import build_crosswalk, load_crosswalk, quad_of, score_of
from detente.errors import DataError

CODINGS = [(kind.name, mode) for kind in load_codebook().types.values() for mode in (None, *kind.modes)]
CODES_MET_IN_GDELT = """
    010 011 012 013 014 015 016 017 018 019 020 0211 0214 022 023 0231 0233 0234 024 0241 0244 025 0253 026 027
    030 031 0311 032 033 0331 0341 035 0353 0356 036 037 040 041 042 043 044 045 046 050 051 052 053 054 055 056
    057 060 061 062 064 070 071 072 073 074 075 080 081 083 0831 0833 084 0841 0842 086 0862 0871 0873 0874 090
    100 1014 1031 1041 1043 1044 1053 110 111 112 1121 1123 1124 114 115 116 120 124 1241 125 127 128 129 130 131
    133 138 1383 1384 139 140 141 142 143 144 145 150 151 152 154 160 161 162 164 166 170 171 1711 1712 172 1721
    1723 1724 173 174 175 180 181 182 1821 1822 185 186 190 191 192 193 194 195 196 201
""".split()
MODES_LOST = {
    ("CONSULT", "multilateral"), ("RETREAT", "resign"), ("REQUEST", "assist"), ("REJECT", "assist"),
    ("THREATEN", "restrict"), ("THREATEN", "arrest"), ("THREATEN", "relations"), ("PROTEST", "strike"),
    ("PROTEST", "vandalize"), ("SANCTION", "withdraw"), ("SANCTION", "discontinue"), ("MOBILIZE", "weapons"),
    ("MOBILIZE", "militia"), ("COERCE", "censor"), ("COERCE", "withhold"), ("COERCE", "misinformation"),
    ("ASSAULT", "targeted"), ("ASSAULT", "primitive"), ("ASSAULT", "drone"), ("ASSAULT", "crowd-control"),
}  # fmt: skip


def code_of(kind, mode=None, contexts=(), **more):
    return load_crosswalk().code_of(kind, [mode] if mode else [], contexts, **more)


def test_the_score_is_that_of_the_modes_or_of_the_type():
    assert score_of("RETREAT") == 6.5
    assert score_of("RETREAT", ["disarm"]) == 10
    assert score_of("ASSAULT", ["beat", "aerial"]) == -8.5


def test_a_bare_accusation_scores_below_zero_though_the_manual_prints_plus_three():
    assert score_of("ACCUSE") == -3


def test_the_quad_class_is_that_of_the_type():
    assert quad_of("MOBILIZE") == "material conflict"


def test_there_are_sixteen_types_and_sixty_seven_modes_to_cross():
    assert len(CODINGS) == 16 + 67


@pytest.mark.parametrize(("kind", "mode"), CODINGS)
def test_a_type_survives_the_way_to_cameo_and_back(kind, mode):
    found = load_crosswalk().meaning_of(code_of(kind, mode))

    if (kind, mode) in {("RETREAT", None), ("RETREAT", "resign")}:
        assert found.types == ("CONCEDE", "RETREAT")
    else:
        assert found.types[0] == kind


@pytest.mark.parametrize(("kind", "mode"), CODINGS)
def test_a_mode_survives_the_way_to_cameo_and_back_unless_its_code_is_shared(kind, mode):
    found = load_crosswalk().meaning_of(code_of(kind, mode))

    assert mode is None or (found.modes == (mode,)) == ((kind, mode) not in MODES_LOST)


@pytest.mark.parametrize(
    ("kind", "mode", "contexts", "code"),
    [
        ("CONSULT", "visit", (), "042"),
        ("ASSAULT", "aerial", (), "195"),
        ("ASSAULT", None, (), "180"),
        ("ASSAULT", None, ("military", "terrorism"), "190"),
        ("AGREE", None, ("economic", "diplomatic"), "0311"),
        ("AGREE", None, ("economic", "military"), "030"),
        ("AID", None, ("human_security",), "073"),
        ("ACCUSE", "allege", ("crime", "corruption"), "1121"),
        ("SANCTION", "discontinue", ("economic",), "163"),
        ("COOPERATE", None, (), "060"),
    ],
)
def test_the_code_is_as_exact_as_mode_and_context_allow(kind, mode, contexts, code):
    assert code_of(kind, mode, contexts) == code


@pytest.mark.parametrize("status", ["future", "hypothetical", "proposed", "negated"])
def test_what_did_not_happen_has_no_code(status):
    assert code_of("ASSAULT", status=status) is None


def test_history_has_a_code():
    assert code_of("ASSAULT", status="historical") == "180"


def test_modes_that_lead_apart_leave_the_code_of_the_type():
    assert load_crosswalk().code_of("COERCE", ["arrest", "curfew"]) == "170"
    assert load_crosswalk().code_of("ASSAULT", ["aerial", "drone"]) == "195"


def test_every_code_of_a_gdelt_sample_is_known():
    assert len(CODES_MET_IN_GDELT) == 147
    assert [code for code in CODES_MET_IN_GDELT if load_crosswalk().meaning_of(code).code != code] == []


def test_only_public_statements_have_no_type():
    without = {entry.code for entry in load_crosswalk().codes.values() if not entry.types}

    assert {code[:2] for code in without} == {"01"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Make a visit", "042"),
        ("make an appeal or request", "020"),
        ("Meet at a ‘third’ location", "044"),
        ("Fight with small arms and light weapons", "193"),
        ("Abduct, hijack or take hostage", "181"),
        ("Impose embargo, boycott, or sanctions", "163"),
        ("Use tactics of violent repression", "175"),
    ],
)
def test_a_relation_is_found_by_its_name(name, code):
    assert load_crosswalk().code_named(name) == code


def test_an_unknown_name_is_told_with_the_nearest():
    with pytest.raises(DataError, match=r"Unknown CAMEO name 'Make visits'.*'Make a visit'"):
        load_crosswalk().code_named("Make visits")


def test_who_hosts_a_visit_stands_first_in_cameo_and_second_with_us():
    assert load_crosswalk().meaning_of("043").is_mirrored
    assert not load_crosswalk().meaning_of("042").is_mirrored


def test_a_code_below_a_known_one_means_what_that_means():
    assert load_crosswalk().meaning_of("0429").code == "042"


@pytest.mark.parametrize("code", ["42", "", "210", "x42"])
def test_a_code_without_a_root_is_refused(code):
    with pytest.raises(DataError, match="Unknown CAMEO code"):
        load_crosswalk().meaning_of(code)


def test_a_code_for_a_mode_that_does_not_exist_is_refused():
    table = dict(read_data("cameo.yaml"))
    table["codes"] = {**table["codes"], "042": {"name": "Make a visit", "type": "CONSULT", "mode": "vist"}}

    with pytest.raises(DataError, match=r"Unknown mode 'vist'.*code 042.*'visit'"):
        build_crosswalk(table, load_codebook())


def test_a_type_without_a_code_is_refused():
    table = dict(read_data("cameo.yaml"))
    table["exports"] = {name: row for name, row in table["exports"].items() if name != "AID"}

    with pytest.raises(DataError, match="exports of AID"):
        build_crosswalk(table, load_codebook())
