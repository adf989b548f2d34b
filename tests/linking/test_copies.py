"""Reprints are found; articles that share a subject are no copies."""

import random

import numpy as np
import pytest

from detente.linking.copies import find_copies, jaccard, sketch
from detente.linking.reports import Article
from detente.linking.settings import load_settings
from detente.linking.words import runs, stems, vector

WORDS = [f"word{number}" for number in range(3_000)]
SETTINGS = load_settings()


def text(seed: int, length: int = 400) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def article(name: str, words: list[str], published: str | None = "2018-03-05") -> Article:
    joined = " ".join(words)
    return Article(name, published, runs(joined, SETTINGS.shingle_words), vector(stems(joined)))


def found(*articles: Article) -> dict[str, str]:
    return {copy.document_id: copy.original for copy in find_copies(articles, SETTINGS).values()}


def test_a_reprint_with_another_beginning_and_end_is_a_copy_of_the_earlier_article():
    words = text(1)

    assert found(article("a", words, "2018-03-06"), article("b", [*text(2, 20), *words[:370]])) == {"a": "b"}


def test_articles_with_the_same_words_in_another_order_are_no_copies():
    words = text(1)

    assert found(article("a", words), article("b", sorted(words))) == {}


def test_the_same_words_a_month_later_are_no_copy():
    assert found(article("a", text(1)), article("b", text(1), "2018-04-05")) == {}


def test_short_texts_are_not_compared():
    assert found(article("a", text(1, 12)), article("b", text(1, 12))) == {}


def test_copies_do_not_chain():
    words = text(1, 600)
    articles = [article(f"{start:03}", words[start : start + 300]) for start in range(0, 301, 60)]

    copies = found(*articles)

    assert copies
    assert not set(copies) & set(copies.values())


def test_the_order_of_the_articles_does_not_matter():
    words = text(1)
    articles = [article(f"a{number}", [*words, *text(number, 40)]) for number in range(6)]
    expected = find_copies(articles, SETTINGS)

    assert find_copies(articles[::-1], SETTINGS) == expected
    assert len(expected) == 5


@pytest.mark.parametrize("kept", [100, 200, 300, 380])
def test_the_sketch_estimates_the_similarity(kept):
    words = text(1)
    a, b = (runs(" ".join(one), 5) for one in (words, [*words[:kept], *text(2, 400 - kept)]))

    assert abs(float(np.mean(sketch(a) == sketch(b))) - jaccard(a, b)) < 0.15


def test_the_similarity_of_a_copy_is_exact():
    words = text(1)
    shared, other = words[:300], text(2, 100)
    copy = find_copies([article("a", words), article("b", [*shared, *other])], SETTINGS)["b"]

    assert copy.similarity == pytest.approx(296 / (2 * 396 - 296), abs=0.002)


def test_hashes_are_the_same_on_every_machine():
    assert runs("one two three four five six", 5).tolist() == [4062429535, 4288253396]
    assert sketch(runs("one two three four five six", 5))[:3].tolist() == [3551825820, 105584391, 1751640469]
