"""Small articles for the stub coder, in many different words."""

from __future__ import annotations

import random
from pathlib import Path

from ingest.stub_coder import STATES

_FILLER = (
    "about above across after again against almost already although among another answer around asked became because "
    "before began behind believe better between brought building business called carried certain children clear close "
    "coming common complete course decided different during early either enough every example father feeling figure "
    "found friends further general given going government great greater group happened having heard herself history "
    "house however human important indeed interest itself knowledge known large later least leaving letter light "
    "little living making matter means members minutes moment morning mother moved myself natural nearly necessary "
    "never night nothing number often opened order others outside people perhaps period place point political position "
    "possible power present probably problem process public question quite rather reached really reason received "
    "remember result right second seemed sense service several should showed social something sometimes special spoke "
    "state still street strong system taken themselves things though thought through together toward turned under "
    "until usually various voice waiting walked wanted water whether which while white whole whose without women world "
    "would writing written years young"
).split()


def article(number: int, *, words: int = 40) -> str:
    """An article with an event, a stance and a statement, and words that no other has in this order."""
    chance = random.Random(number)
    one, other, third = chance.sample(sorted(STATES), 3)
    verb = chance.choice(["visited", "accused", "met"])
    filler = " ".join(chance.choices(_FILLER, k=words))
    return (
        f"{one} {verb} {other} in the spring. {third} distrusts {one}. "
        f"Report {number} of the agency tells of {filler}. "
        f"{other} said that the talks were useful. The weather was fine. {third} joined the SCO."
    )


def write_articles(folder: Path, count: int) -> Path:
    """Write articles to one file each, in folders of 50."""
    for number in range(count):
        part = folder / f"{number // 50:02}"
        part.mkdir(parents=True, exist_ok=True)
        (part / f"{number:04}.txt").write_text(article(number), encoding="utf-8")
    return folder
