"""Which language a text is in, as far as that can be told.

The model is that of py3langid, a naive Bayes classifier over 97 languages; the same text always gets the
same answer. It is loaded with the first text, in about half a second.
"""

from __future__ import annotations

import functools
from typing import Protocol, cast

from detente.errors import ReadError

MIN_LETTERS = 20
MAX_CHARS = 3000
MIN_PROBABILITY = 0.9


class _Classifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


@functools.cache
def _classifier() -> _Classifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return cast(_Classifier, LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))


def detect_language(text: str) -> str | None:
    """Name the text's language as an ISO 639-1 code, judging its first 3,000 characters.

    Returns:
        None where the text has fewer than 20 letters or no language reaches a probability of 0.9.
    """
    beginning = text[:MAX_CHARS]
    if sum(char.isalpha() for char in beginning) < MIN_LETTERS:
        return None
    code, probability = _classifier().classify(beginning)
    return code if probability >= MIN_PROBABILITY else None


def check_english(language: str | None, where: str) -> None:
    """Raise ReadError where the text is clearly in another language."""
    if language not in (None, "en"):
        raise ReadError(
            f"Text in language {language!r} in {where}: English is read. Translate it, or pass --any-language to "
            "read it all the same."
        )
