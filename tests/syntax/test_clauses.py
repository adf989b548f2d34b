"""The grammar of clauses finds the same agents and patients in every construction."""

from __future__ import annotations

import pytest

from detente.syntax.clauses import agents, is_verb, obliques, patients
from detente.syntax.document import ParsedDocument
from tests.conftest import Read

pytestmark = pytest.mark.model


def predicate(p: ParsedDocument, lemma: str) -> int:
    return next(i for i in range(len(p)) if p.lemmas[i] == lemma and is_verb(p, i))


@pytest.mark.parametrize(
    ("text", "lemma", "agent", "patient"),
    [
        ("Norway thanked Sweden.", "thank", ["Norway"], ["Sweden"]),
        ("Sweden was thanked by Norway.", "thank", ["Norway"], ["Sweden"]),
        ("Norway, which thanked Sweden, left.", "thank", ["Norway"], ["Sweden"]),
        ("Norway agreed to thank Sweden.", "thank", ["Norway"], ["Sweden"]),
        ("Finland urged Norway to thank Sweden.", "thank", ["Norway"], ["Sweden"]),
        ("Norway left after thanking Sweden.", "thank", ["Norway"], ["Sweden"]),
        ("Norway and Finland thanked Sweden and Iceland.", "thank", ["Norway", "Finland"], ["Sweden", "Iceland"]),
        ("Norway met Finland and thanked Sweden.", "thank", ["Norway"], ["Sweden"]),
        ("Finland accused Norway of attacking Sweden.", "attack", ["Norway"], ["Sweden"]),
        ("Sanctions imposed by Norway hurt Sweden.", "impose", ["Norway"], ["Sanctions"]),
    ],
)
def test_agents_and_patients(read: Read, text: str, lemma: str, agent: list[str], patient: list[str]) -> None:
    p = read(text).parsed
    i = predicate(p, lemma)

    assert [p.words[x] for x in agents(p, i)] == agent
    assert [p.words[x] for x in patients(p, i)] == patient


def test_coordination_is_expanded_under_a_preposition(read: Read) -> None:
    p = read("Norway talked with Sweden, Finland and Iceland.").parsed

    assert [p.words[x] for x in obliques(p, predicate(p, "talk"))["with"]] == ["Sweden", "Finland", "Iceland"]
