"""Who may ask, and what a browser may load."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from detente.web.app import create_app

TOKEN = "a-token-of-some-length"


@pytest.fixture
def guarded(site):
    """A site for others than this machine, which needs the token."""
    app = create_app(replace(site, token=TOKEN, hosts=None))
    return TestClient(app, base_url="http://example.org")


def test_the_policy_allows_only_our_own_files(client):
    headers = client.get("/").headers

    assert "script-src 'self';" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_another_name_for_loopback_is_refused(client):
    answer = client.get("/overview.json", headers={"host": "evil.example:8421"})

    assert answer.status_code == 421
    assert "error" in answer.json()


@pytest.mark.parametrize("host", ["localhost:8421", "127.0.0.1:1", "[::1]:8421"])
def test_loopback_may_ask_by_its_names(client, host):
    assert client.get("/overview.json", headers={"host": host}).status_code == 200


def test_a_form_of_another_site_is_refused(client):
    assert client.post("/add", data={"text": "x"}, headers={"origin": "http://evil.example"}).status_code == 403


def test_without_the_token_nothing_is_told(guarded):
    answer = guarded.get("/")

    assert answer.status_code == 401
    assert "Pakistan" not in answer.text
    assert guarded.get("/search.json").json()["error"]["status"] == 401


@pytest.mark.parametrize("wrong", ["", "a-token-of-some-lengt", TOKEN + "x"])
def test_a_wrong_token_opens_nothing(guarded, wrong):
    assert guarded.get("/search.json", headers={"authorization": f"Bearer {wrong}"}).status_code == 401


def test_programs_send_the_token_and_browsers_keep_it(guarded):
    assert guarded.get("/search.json", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200

    answer = guarded.get(f"/login?token={TOKEN}", follow_redirects=False)

    assert "HttpOnly" in answer.headers["set-cookie"]
    assert guarded.get("/").status_code == 200


def test_what_has_not_changed_is_not_sent_again(client):
    tag = client.get("/dyads/PAK/RUS.json").headers["etag"]

    answer = client.get("/dyads/PAK/RUS.json", headers={"if-none-match": tag})

    assert (answer.status_code, answer.content) == (304, b"")
    assert client.get("/dyads/PAK/IRN.json").headers["etag"] != tag
