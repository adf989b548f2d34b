"""What the learnt finder of attributions looks at: a parse with entity labels, paths and the cue lexicon at hand.

What enters: a `ParsedDocument`. What leaves: one `View`, whose methods describe tokens and the way between two of
them in the names from which features are built.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from detente.coding.cues import CueEntry, CueLexicon, cue_lexicon
from detente.syntax.clauses import SUBJECTS
from detente.syntax.document import ParsedDocument

MARKS = frozenset({'"', "“", "”", "''", "``"})
_FAR = 4
_INHERITS = frozenset({"conj", "xcomp", "pcomp", "advcl", "acl"})


@dataclass(frozen=True, eq=False)
class View:
    """A parsed document as the features see it."""

    p: ParsedDocument
    lexicon: CueLexicon

    @classmethod
    def of(cls, p: ParsedDocument) -> View:
        return cls(p, cue_lexicon())

    @cached_property
    def labels(self) -> Sequence[str]:
        """The label of the name that each token is part of, else an empty string."""
        out = [""] * len(self.p)
        for name in self.p.names:
            out[name.start : name.end] = [name.label] * (name.end - name.start)
        return out

    @cached_property
    def words(self) -> Sequence[str]:
        """Lower-case words, numbers and blanks levelled."""
        return ["#" if w[:1].isdigit() else "_" if w.isspace() else w for w in self.p.lower]

    def entry(self, i: int) -> CueEntry | None:
        """What the cue lexicon says about a word, with its particle where it has one."""
        lemma = self.p.lemmas[i]
        for child in self.p.children[i]:
            if self.p.deps[child] == "prt":
                found = self.lexicon.verbs.get(f"{lemma} {self.p.lower[child]}")
                if found is not None:
                    return found
        return self.lexicon.verbs.get(lemma) or self.lexicon.quoting.get(lemma)

    def subject(self, i: int) -> tuple[int, bool] | None:
        """The subject of a verb, and whether it is inherited from a clause above."""
        inherited = False
        for _ in range(_FAR):
            for child in self.p.children[i]:
                if self.p.deps[child] in SUBJECTS:
                    return child, inherited
            if self.p.deps[i] not in _INHERITS or self.p.heads[i] == i:
                return None
            i, inherited = self.p.heads[i], True
        return None

    def path(self, start: int, end: int) -> str:
        """The arcs from one token of a sentence to another, `far` beyond four of them: "^conj vnsubj"."""
        up: list[int] = [start]
        while len(up) <= _FAR and self.p.heads[up[-1]] != up[-1]:
            up.append(self.p.heads[up[-1]])
        down: list[int] = [end]
        while down[-1] not in up and len(down) <= _FAR and self.p.heads[down[-1]] != down[-1]:
            down.append(self.p.heads[down[-1]])
        if down[-1] not in up:
            return "far"
        steps = up.index(down[-1])
        if steps + len(down) - 1 > _FAR:
            return "far"
        climbed = [f"^{self.p.deps[token]}" for token in up[:steps]]
        return " ".join([*climbed, *(f"v{self.p.deps[token]}" for token in reversed(down[:-1]))])

    def before(self, i: int) -> str:
        """The word before a token, within its sentence."""
        return self.words[i - 1] if i and self.p.sentence_of[i - 1] == self.p.sentence_of[i] else "<s>"

    def after(self, i: int) -> str:
        """The word after a token, within its sentence."""
        return (
            self.words[i + 1] if i + 1 < len(self.p) and self.p.sentence_of[i + 1] == self.p.sentence_of[i] else "</s>"
        )
