"""What users may import from `detente` does not change by accident."""

import detente

PUBLIC = [
    "Attribution",
    "CodedDocument",
    "Coder",
    "DataError",
    "DetenteError",
    "Document",
    "Entity",
    "Event",
    "Evidence",
    "Issue",
    "Membership",
    "Mention",
    "ModelError",
    "Place",
    "Provenance",
    "ReadError",
    "RecordError",
    "Stance",
    "Statement",
    "load",
]


def test_the_public_names_are_these():
    assert sorted(detente.__all__) == PUBLIC


def test_every_public_name_exists():
    assert [name for name in detente.__all__ if not hasattr(detente, name)] == []
