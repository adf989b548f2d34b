"""A document's text cut into pieces, each with the records whose evidence covers it.

What enters: a text and cards. What leaves: `Piece`s that make up the text, in order, nothing lost. Evidence may nest
and overlap; where a record begins that tells no fact, the piece says so in a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from detente.records import Issue
from detente.web.wording import Card


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of the text.

    Attributes:
        cards: the records that they prove, the innermost last.
        begins: those of them that begin here.
        triggers: ids of the records whose naming words these are.
        issue: why the sentence gave no record, where it should have.
    """

    text: str
    cards: tuple[Card, ...]
    begins: tuple[Card, ...]
    triggers: frozenset[str]
    issue: Issue | None

    @property
    def classes(self) -> str:
        """CSS classes: kinds, tones and standings of what covers the piece; a doubtful one wins over a fact."""
        if not self.cards:
            return "uncoded" if self.issue is not None else ""
        inner = [card for card in self.cards if card.kind != "statement"]
        names = {f"k-{card.kind}" for card in self.cards}
        names |= {f"t-{tone}" for card in inner[-1:] for tone in card.tone.split()}
        if any(not card.is_fact for card in inner):
            names.add("nofact")
        return " ".join(sorted(names | ({"trigger"} if self.triggers else set())))

    @property
    def ids(self) -> str:
        return " ".join(card.id for card in self.cards)

    @property
    def flags(self) -> tuple[str, ...]:
        """Words that are set before the piece: how what begins here stands, where that is no fact."""
        doubtful = (card for card in self.begins if card.kind != "statement" or card.standing == "negated")
        return tuple(dict.fromkeys(card.mark for card in doubtful if not card.is_fact))


def pieces_of(text: str, cards: Sequence[Card], issues: Sequence[Issue] = ()) -> list[Piece]:
    """Cut a text wherever a record's evidence, its naming words or an issue begins or ends."""
    cuts = {0, len(text)}
    triggers = {card.id: _named(card) for card in cards}
    for start, end in (*((card.start, card.end) for card in cards), *triggers.values()):
        cuts |= {start, end}
    cuts |= {edge for issue in issues for edge in (issue.start, issue.end)}
    ends = sorted(cuts)
    ordered = sorted(cards, key=lambda card: (card.start, -card.end, card.kind != "statement", card.id))
    out, begun = [], set[str]()
    for start, end in pairwise(ends):
        here = tuple(card for card in ordered if card.start <= start and end <= card.end)
        named = frozenset(card.id for card in here if triggers[card.id][0] <= start and end <= triggers[card.id][1])
        begins = tuple(card for card in here if card.id not in begun)
        begun |= {card.id for card in begins}
        issue = next((one for one in issues if one.start <= start and end <= one.end), None)
        out.append(Piece(text[start:end], here, begins, named, issue))
    return out


def _named(card: Card) -> tuple[int, int]:
    start = card.start + len(card.before)
    return start, start + len(card.trigger)


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """The rest of the paragraph before and after some characters."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return text[first:start], text[end : last if last >= 0 else len(text)]
