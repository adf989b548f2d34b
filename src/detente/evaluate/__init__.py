"""How well coded articles agree with annotated ones: matching, agreement, precision and recall."""

from detente.evaluate.items import Article, read_article
from detente.evaluate.scores import Difference, Score, Scores, match, score

__all__ = ["Article", "Difference", "Score", "Scores", "match", "read_article", "score"]
