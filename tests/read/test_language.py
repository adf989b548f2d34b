"""Language is told where it is clear, and left open where it is not."""

import pytest

from detente.read.language import MIN_LETTERS, detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Russia and Pakistan agreed to hold joint exercises in the autumn, officials said.", "en"),
        ("Der Präsident traf am Montag den russischen Außenminister in Moskau zu Gesprächen.", "de"),
        ("Le ministre des affaires étrangères a rencontré son homologue à Paris hier soir.", "fr"),
        ("Министр иностранных дел России Сергей Лавров встретился с послом в Москве вчера.", "ru"),
        ("Putin Xi Jinping Kremlin Beijing", None),
        ("", None),
        ("1" * 500, None),
    ],
)
def test_clear_languages_are_named_and_unclear_ones_left_open(text, language):
    assert detect_language(text) == language


def test_short_texts_are_not_judged():
    assert detect_language("ü" * (MIN_LETTERS - 1)) is None


def test_the_same_text_always_gets_the_same_answer():
    text = "El presidente se reunió con el ministro de exteriores en Madrid."

    assert len({detect_language(text) for _ in range(5)}) == 1
