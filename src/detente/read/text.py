"""Bytes to characters, without guessing in silence.

What enters: the bytes of a text file. What leaves: exactly the characters they encode, line ends
included, so that offsets fit the file; only a byte order mark is dropped.
"""

from __future__ import annotations

import codecs
import re

from detente.errors import ReadError

MAX_CHARS = 1_000_000

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# English text of old files. Other legacy encodings would be read as one of these, so they are left out.
_LEGACY = ["cp1252", "mac_roman"]
_MAX_CHAOS = 0.1
_UNSEEN = dict.fromkeys((0x00, 0xAD, 0x200B, 0x2060, 0xFEFF))
_LINE_END = re.compile(r"\r\n?|[\n\f\v\x85\u2028\u2029]")
_GAP = re.compile(r"\n{3,}")


def decode(data: bytes, where: str) -> str:
    """Decode UTF-8, UTF-16 or UTF-32 with a byte order mark, or legacy Western text where it is clear.

    Args and errors are those of `decode_as`.
    """
    return decode_as(data, where)[0]


def decode_as(data: bytes, where: str) -> tuple[str, str]:
    """Decode as `decode` does, and name the encoding.

    Args:
        data: all bytes of the file.
        where: the file's name, for the message.

    Returns:
        The text and Python's name of the encoding, `utf-8` where nothing had to be guessed.

    Raises:
        ReadError: the bytes are no text, or the encoding is unclear.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    if encoding in ("utf-8", "utf-8-sig") and (b"\0" in data or data.startswith(b"%PDF-")):
        raise ReadError(
            f"Binary data in {where}: text (.txt) and web pages (.html) are read. Extract the text first and save "
            "it as UTF-8."
        )
    try:
        return data.decode(encoding), encoding.removesuffix("-sig")
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise _unclear(where, f"Bytes that are not {encoding.upper()}") from error
    return _decode_legacy(data, where)


def _decode_legacy(data: bytes, where: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    guesses = [
        (guess.chaos, -guess.coherence, guess.encoding, str(guess)) for guess in from_bytes(data, cp_isolation=_LEGACY)
    ]
    guesses.sort(key=lambda guess: guess[:3])
    if not guesses or guesses[0][0] > _MAX_CHAOS:
        raise _unclear(where, "Bytes of an unknown encoding")
    best, *others = guesses
    if any(other[:2] == best[:2] and other[3] != best[3] for other in others):
        raise _unclear(where, f"Bytes that may be {' or '.join(sorted(guess[2] for guess in guesses))}")
    return best[3], best[2]


def _unclear(where: str, found: str) -> ReadError:
    return ReadError(
        f"{found} in {where}: UTF-8, UTF-16 with a byte order mark and clear Windows-1252 or Mac Roman are read. "
        "Save the file as UTF-8."
    )


def check_text(text: str, where: str) -> None:
    """Raise ReadError unless the text has words and a length that can be parsed."""
    if not any(char.isalnum() for char in text):
        raise ReadError(f"Empty text in {where}: a document has at least one word. Check that the file is complete.")
    if len(text) > MAX_CHARS:
        raise ReadError(
            f"Text of {len(text):,} characters in {where}: at most {MAX_CHARS:,} are read at once. Split it, for "
            "example by chapter or article."
        )


def tidy(text: str) -> str:
    """Give the text the form that it has in every format, so that one article is one text.

    Paragraphs are parted by one empty line, lines end in a line feed and in no space, and nothing stands around the
    text. Soft hyphens, zero-width spaces and null characters are left out, as readers never see them; halves of
    surrogate pairs, which no text can hold, become the replacement character.
    """
    whole = text.translate(_UNSEEN).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _GAP.sub("\n\n", "\n".join(line.rstrip() for line in _LINE_END.split(whole))).strip()
