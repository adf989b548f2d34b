"""A text to what its JSON says; a broken one fails here and nowhere else, so that all say the same of it.

What enters: a line, or the text of a file. What leaves: the value, or a `RecordError` that the caller puts a place
before: "Unreadable row in …: no JSON (…). Mend it."
"""

from __future__ import annotations

import json
from typing import Any

from detente.errors import RecordError


def json_value(text: str, *, remedy: str) -> Any:
    """Read one whole JSON value.

    Raises:
        RecordError: it is broken, or nested too deeply; `remedy` says what to do.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        why = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
        raise RecordError(f"no JSON ({why}). {remedy}") from error


def json_object(text: str, *, remedy: str) -> dict[str, Any]:
    """Read one whole JSON object, such as a line of JSON lines.

    Raises:
        RecordError: it is broken, or another value.
    """
    value = json_value(text, remedy=remedy)
    if not isinstance(value, dict):
        raise RecordError(f"no JSON object. {remedy}")
    return value
