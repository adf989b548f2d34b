"""Persons of the Phoenix file of countries' actors (Open Event Data Alliance, MIT) who served for years.

Only who they were, for which state and when is taken: the file does not tell the post (ambassadors and heads of a
central bank stand beside ministers), and a person stands in it by quarters of a year. Kept are those with a
government's code over five years or more after 1989 and a name of two words or more, of states that no better
source covers; their role is "government official".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator
from pathlib import Path

from successions import Written

CODE = re.compile(r"\[([A-Z]{3})GOV(?:[A-Z]{3})? ([<>]?)(\d{6,8})(?:-(\d{6,8}))?\]")
YEARS = 5
CODES = {"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "WSB": "PSE", "KSV": "XKX"}


def read_phoenix(path: Path, known: Container[str]) -> Iterator[Written]:
    """One term for each person kept."""
    spans: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    name = ""
    for line in path.read_text("utf-8", errors="replace").splitlines():
        if line[:1] not in ("\t", " ", "+", "#", ""):
            name = line.split(";")[0].split("[")[0].strip().rstrip("_")
        for country, sign, start, end in CODE.findall(line):
            if sign != "<":
                spans[name, CODES.get(country, country)].append((_date(start), _date(end) if end else ""))
    for (name, country), held in sorted(spans.items()):
        row = _row(name, country, sorted(held))
        if row is not None and row.country in known:
            yield row


def _date(text: str) -> str:
    if len(text) == 6:
        text = ("19" if int(text[:2]) > 30 else "20") + text
    return f"{text[:4]}-{text[4:6]}"


def _row(name: str, country: str, held: list[tuple[str, str]]) -> Written | None:
    words = [word for word in name.split("_") if word]
    if len(words) < 2 or any(not re.fullmatch(r"[A-Z][A-Z'.-]*", word) for word in words) or len(words[-1]) < 3:
        return None
    start, end = held[0][0], max((end or f"{int(start[:4])}-12") for start, end in held)
    if end < "1990" or int(end[:4]) - int(start[:4]) < YEARS or not "1960" < start < "2015":
        return None
    full = " ".join(_cased(word) for word in words)
    return Written((full,), country, "GOV", "government official", "", start, end, "phoenix")


def _cased(word: str) -> str:
    if word.lower() in ("al-", "bin", "ibn", "de", "da", "van", "von", "der", "ould"):
        return word.lower() if word.lower() != "ould" else "Ould"
    return re.sub(r"[A-Z]+", lambda match: match[0].capitalize(), word).replace("Al-", "al-")
