"""A made-up project of known records: a pair that turns from cold to warm, steady pairs beside it, open questions."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

import make
from detente.records import Attribution, CodedDocument, Document, Entity, Event, Evidence
from detente.store.entities import Renamings
from detente.store.project import Project, create_project
from detente.store.runs import start_run
from detente.store.writer import Source, add_document, add_source, write_coding

NOW = "2026-01-01T00:00:00Z"
NAMES = {"PAK": "Pakistan", "RUS": "Russia", "IND": "India", "CHN": "China", "USA": "United States", "IRN": "Iran"}
ENTITIES = tuple(Entity(code, name, "state") for code, name in NAMES.items())
KOZIN = Entity("vladimir-kozin", "Vladimir Kozin", "person", country="RUS", sector="EDU")
TASS = Entity("tass", "TASS", "organisation", country="RUS", sector="MED")
GOOD = (("praised", "SUPPORT"), ("met", "CONSULT"), ("promised help to", "AGREE"), ("sent aid to", "AID"))
BAD = (("accused", "ACCUSE"), ("rebuffed", "REJECT"), ("put sanctions on", "SANCTION"), ("warned", "THREATEN"))
PAIRS = [(a, b) for a in NAMES for b in NAMES if a < b]


@dataclass
class Page:
    """A document that grows sentence by sentence; records quote what was written."""

    name: str
    published: str
    publisher: str
    title: str
    text: str = ""
    told: list[dict[str, object]] = field(default_factory=list)

    def tell(self, sentence: str, trigger: str, **fields: object) -> None:
        start = len(self.text)
        at = start + sentence.index(trigger)
        self.text += sentence + " "
        self.told.append({"span": (start, start + len(sentence)), "trigger": (at, at + len(trigger)), **fields})

    def coded(self, **more: object) -> CodedDocument:
        document = self.document()
        events = tuple(self._event(document, dict(one)) for one in self.told)
        return make.coded(document, entities=(*ENTITIES, KOZIN, TASS), events=events, **more)

    def document(self) -> Document:
        return Document(
            self.name,
            self.text.strip(),
            title=self.title,
            publisher=self.publisher,
            published=self.published,
            language="en",
        )

    def _event(self, document: Document, fields: dict[str, object]) -> Event:
        evidence, trigger = (Evidence.of(document, *fields.pop(name)) for name in ("span", "trigger"))
        return Event(evidence=evidence, trigger=trigger, **{"status": "actual", "date": self.published, **fields})


def relations(root: Path, *, years: int = 4, seed: int = 7) -> Project:
    """The project: Pakistan and Russia turn from cold to warm in the middle; the other pairs stay as they are."""
    dice = random.Random(seed)
    project = create_project(root, created_at=NOW)
    for month in range(years * 12):
        year, number = 2014 + month // 12, month % 12 + 1
        page = Page(f"doc-{month:04}", f"{year}-{number:02}-15", ("Wire", "Gazette")[month % 2], f"The month {month}")
        for pair in PAIRS:
            warm = 0.85 if pair == ("PAK", "RUS") and month >= years * 6 else 0.25 if pair == ("PAK", "RUS") else 0.55
            for _ in range(8 if pair == ("PAK", "RUS") else 2):
                _act(page, dice, pair, warm)
        _open_questions(page, month)
        put(project, page.coded())
    put(project, doubts().coded())
    return project


def _act(page: Page, dice: random.Random, pair: tuple[str, str], warm: float) -> None:
    a, b = pair if dice.random() < 0.5 else pair[::-1]
    verb, kind = dice.choice(GOOD if dice.random() < warm else BAD)
    page.tell(f"{NAMES[a]} {verb} {NAMES[b]}.", verb, actors=(a,), recipients=(b,), type=kind)


def _open_questions(page: Page, month: int) -> None:
    sides = {"actors": ("PAK",), "recipients": ("RUS",)}
    if month % 3 == 0:
        page.tell("Analysts urged Pakistan to aid Russia.", "aid", type="AID", status="proposed", **sides)
    if month % 8 == 1:
        page.tell("Pakistan denied that it attacked Russia.", "attacked", type="ASSAULT", status="negated", **sides)


def doubts() -> Page:
    """A document in which next to nothing is told as done."""
    page = Page("doc-doubts", "2018-02-01", "Gazette", "What may come")
    ways = (
        ("proposed", "Experts urged India to arm Iran.", "arm", "AID"),
        ("hypothetical", "If talks fail, India could bomb Iran.", "bomb", "ASSAULT"),
        ("future", "India will expel envoys of Iran in May.", "expel", "SANCTION"),
        ("negated", "India did not shell Iran.", "shell", "ASSAULT"),
    )
    for status, sentence, verb, kind in ways:
        page.tell(sentence, verb, actors=("IND",), recipients=("IRN",), type=kind, status=status)
    page.tell(
        "Kozin said, TASS reported, that India armed rebels in Iran.", "armed", actors=("IND",), recipients=("IRN",),
        type="AID", attribution=Attribution(("vladimir-kozin", "tass")),
    )  # fmt: skip
    return page


def put(project: Project, coded: CodedDocument, *, state: str = "coded", reason: str | None = None) -> None:
    document = coded.document
    with project.writing() as connection:
        run = start_run(connection, "add", {}, started_at=NOW)
        key = add_document(connection, document, run_key=run, date_source="flag", state=state, reason=reason)
        add_source(connection, key, Source(original=document.sha256, path=f"{document.id}.txt"))
        if state == "coded":
            write_coding(connection, key, coded, Renamings())
