"""One made-up project for all tests that only read, and a client that asks its site."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

import make
from detente.records import Document
from detente.web.app import Site, create_app
from web import worlds


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    with worlds.relations(tmp_path_factory.mktemp("web") / "relations") as project:
        french = Document("doc-french", "Le président a parlé.", title="Un discours", language="fr")
        worlds.put(project, make.coded(french), state="foreign", reason="in language 'fr'; English is coded")
        yield Site(project=project, now=lambda: worlds.NOW)


@pytest.fixture(scope="session")
def client(site):
    with TestClient(create_app(site), base_url="http://localhost") as asking:
        yield asking
