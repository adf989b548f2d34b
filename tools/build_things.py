"""Make the list of nouns for things that act for nobody: dishes, animals, plants, garments, works of art, diseases.

Run: python tools/build_things.py WORDNET

WORDNET is the folder of the WordNet 3.0 database (`data.noun`, `index.noun`), as in Debian's package wordnet-base.
A noun is taken where its commonest sense lies under one of the classes below, none of the next two is an act, a
group, a person, a weapon or the like, and no table of roles has it. The result is src/detente/resolve/data/things.txt.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT.parent / "src"))

from detente.resolve.tables import read_table  # noqa: E402

OUTPUT = ROOT.parent / "src" / "detente" / "resolve" / "data" / "things.txt"

# Classes by a word of theirs and the number of its sense.
THINGS = (
    "food.1 food.2 beverage.1 animal.1 plant.2 plant_material.1 clothing.1 footwear.1 footwear.2 furnishing.2 "
    "furniture.1 musical_instrument.1 fabric.1 jewelry.1 kitchen_utensil.1 tableware.1 plaything.1 home_appliance.1 "
    "adornment.1 floor_cover.1 bedclothes.1 lamp.1 restaurant.1 hotel.1 house.1 theater.1 place_of_worship.1 library.1 "
    "library.2 shop.1 tavern.1 farm_building.1 villa.1 villa.2 museum.1 musical_composition.1 music.1 music.2 "
    "literary_composition.1 fiction.1 poem.1 painting.1 sculpture.1 dance.1 dancing.1 movie.1 play.1 show.3 art.1 "
    "art.2 graphic_art.1 fine_arts.1 ornamentation.1 artist.1 entertainer.1 musician.1 performer.1 athlete.1 cook.1 "
    "novelist.1 poet.1 dramatist.1 singer.1 craftsman.1 craftsman.2 spouse.1 lover.1 lover.3 servant.1 disease.1 "
    "symptom.1 microorganism.1 game.1 game.2 game.3 sport.1 language.1 dialect.1 saying.1 gem.1 gem.2 pottery.1 "
    "ceramic.1 glassware.1 hairdo.1 perfume.1 toiletry.1 cosmetic.1 dress.1 condiment.1 myth.1 fairytale.1 spice.2 "
    "tobacco.1 embroidery.1 needlework.1 handwear.1 headdress.1"
).split()
NEVER = "weapon.1 military_vehicle.1 work_animal.1 hospital.1 prison.1 official.1".split()
DOUBTFUL = (
    "act.2 group.1 person.1 relation.1 attribute.2 location.1 cognition.1 phenomenon.1 weapon.1 military_vehicle.1 "
    "craft.2 event.1 possession.2 state.4 communication.1 hospital.1 prison.1"
).split()
LEFT_OUT = frozenset(
    "human male female adult royal domestic chief head interlocutor bombardment drone pro lower".split()
)

HEAD = """# Nouns for things that act for nobody, whatever state they are called after. Made by tools/build_things.py.
# version: 1; source: a selection of the nouns of WordNet 3.0, under its licence:
# This software and database is being provided to you, the LICENSEE, by Princeton University under the following
# license. By obtaining, using and/or copying this software and database, you agree that you have read,
# understood, and will comply with these terms and conditions.:
# Permission to use, copy, modify and distribute this software and database and its documentation for any purpose
# and without fee or royalty is hereby granted, provided that you agree to comply with the following copyright
# notice and statements, including the disclaimer, and that the same appear on ALL copies of the software,
# database and documentation, including modifications that you make for internal use or for distribution.
# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved.
# THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES,
# EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR
# WARRANTIES OF MERCHANT- ABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE OF THE LICENSED SOFTWARE,
# DATABASE OR DOCUMENTATION WILL NOT INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS.
# The name of Princeton University or Princeton may not be used in advertising or publicity pertaining to
# distribution of the software and/or database. Title to copyright in this software, database and any associated
# documentation shall at all times remain with Princeton University and LICENSEE agrees to preserve same.
"""


class Nouns:
    """The nouns of WordNet: senses of a word, words of a sense, and the classes above it."""

    def __init__(self, folder: Path) -> None:
        self.words: dict[str, list[str]] = {}
        self.above: dict[str, list[str]] = {}
        self.senses: dict[str, list[str]] = {}
        for fields in _lines(folder / "data.noun"):
            self._add_sense(fields)
        for fields in _lines(folder / "index.noun"):
            self.senses[fields[0]] = fields[4 + int(fields[3]) + 2 :]

    def _add_sense(self, fields: list[str]) -> None:
        sense, count = fields[0], int(fields[3], 16)
        self.words[sense] = fields[4 : 4 + 2 * count : 2]
        at = 4 + 2 * count
        pointers = (fields[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(fields[at])))
        self.above[sense] = [other for symbol, other, kind, _ in pointers if symbol == "@" and kind == "n"]

    def class_of(self, name: str) -> str:
        word, _, number = name.partition(".")
        return self.senses[word][int(number) - 1]

    def classes(self, sense: str) -> set[str]:
        out: set[str] = set()
        todo = [sense]
        while todo:
            one = todo.pop()
            if one not in out:
                out.add(one)
                todo += self.above[one]
        return out


def _lines(path: Path) -> Iterator[list[str]]:
    for line in path.read_text("latin1").splitlines():
        if not line.startswith("  "):
            yield line.partition(" | ")[0].split()


def things(nouns: Nouns, roles: set[str]) -> list[str]:
    """The nouns of the classes, in alphabetical order."""
    wanted, never, doubtful = ({nouns.class_of(name) for name in names} for names in (THINGS, NEVER, DOUBTFUL))
    out = []
    for word, senses in nouns.senses.items():
        if not re.fullmatch(r"[a-z]{3,}", word) or word in roles or word in LEFT_OUT:
            continue
        first = nouns.classes(senses[0])
        if word not in nouns.words[senses[0]] or not first & wanted or first & never:
            continue
        others = [nouns.classes(sense) for sense in senses[1:3]]
        if not any(other & never or (other & doubtful and not other & wanted) for other in others):
            out.append(word)
    return sorted(out)


def role_words() -> set[str]:
    """Every word of the table of roles."""
    out: set[str] = set()
    todo: list[object] = [read_table("roles.yaml")]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            todo += one.values()
        elif isinstance(one, list):
            todo += one
        elif isinstance(one, str):
            out.add(one)
    return out


def main() -> None:
    found = things(Nouns(Path(sys.argv[1])), role_words())
    OUTPUT.write_text(HEAD + "\n".join(found) + "\n", "utf-8")


if __name__ == "__main__":
    main()
