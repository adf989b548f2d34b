"""The error tree: what detente raises, and nothing else.

    DetenteError
    ├── RecordError        a record that contradicts itself or its document
    ├── ReadError          a file or text that cannot become a document
    ├── ModelError         a language model that is missing, broken or of unknown origin
    └── DataError          a data file of ours or of the user that does not validate

Every message is `<what was found> in <where>: <what is allowed>. <What to do next>.`
"""

from __future__ import annotations


class DetenteError(Exception):
    """The root of every error that detente raises on purpose."""


class RecordError(DetenteError):
    """A record that contradicts itself or its document, such as a quote that the text does not hold."""


class ReadError(DetenteError):
    """A file or text that cannot become a document; the rest of a batch goes on."""


class ModelError(DetenteError):
    """A language model that is missing, broken or whose weights are of unknown origin."""


class DataError(DetenteError):
    """A data file that does not validate; the message names the file and the entry."""
