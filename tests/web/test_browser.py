"""The site in a real browser: runs where DETENTE_CHROMIUM names a Chromium and Playwright's client is installed."""

from __future__ import annotations

import os
import socket
import threading
import time
from urllib.parse import urlsplit

import pytest

CHROMIUM = os.environ.get("DETENTE_CHROMIUM")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="DETENTE_CHROMIUM names no browser")
PHONE = {"width": 390, "height": 844}
PAGES = ("/", "/search", "/documents", "/documents/doc-doubts", "/actors/PAK", "/dyads/PAK/RUS", "/about", "/add")


@pytest.fixture(scope="module")
def address(site):
    """The site, served by a thread on a free port."""
    import uvicorn

    from detente.web.app import create_app

    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(site), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        made = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def page(browser, request):
    """A page that fails the test on an error in its console and on any request that leaves this machine."""
    wrong: list[str] = []
    context = browser.new_context(**getattr(request, "param", {}))
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    opened.on("console", lambda told: wrong.append(told.text) if told.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda asked: wrong.append(asked.url) if _leaves(asked.url) else None)
    yield opened
    context.close()
    assert wrong == []


def _leaves(url: str) -> bool:
    return urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname != "127.0.0.1"


def test_from_a_mark_to_the_sentence_in_two_clicks(page, address):
    page.goto(f"{address}/dyads/PAK/RUS")
    page.wait_for_selector(".chart[data-drawn]")
    page.locator(".chart path[aria-roledescription='point']").first.click(force=True)
    page.wait_for_selector("#evidence-record")
    quoted = page.locator("#evidence blockquote .p").inner_text()

    page.locator("#evidence .source a").click()
    page.wait_for_selector(".prose .lit")

    assert page.locator(".prose .lit").all_inner_texts()
    assert quoted in page.locator(".prose").inner_text()


def test_a_search_is_reached_by_key(page, address):
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("sanctions")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?text=sanctions")

    assert page.locator("article.record").count() > 0


def test_the_theme_is_switched_and_kept(page, address):
    page.goto(address)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("[data-theme-switch]").click()
    page.goto(f"{address}/about")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


@pytest.mark.parametrize("page", [{"viewport": PHONE}], indirect=True)
@pytest.mark.parametrize("where", PAGES)
def test_no_page_is_wider_than_a_phone(page, address, where):
    page.goto(f"{address}{where}")
    if "/dyads/" in where:
        page.wait_for_selector(".chart[data-drawn]")

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_the_figures_stand_in_the_table(page, address):
    page.goto(f"{address}/dyads/PAK/RUS")
    page.locator("summary").click()

    assert page.locator("details tbody tr").count() == 50
