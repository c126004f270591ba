"""Real Chromium, started once; each test has a window of its own."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from django.core.handlers.base import BaseHandler
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from baken.match.engine import default_engine
from baken.web.catalogue import load_catalogue
from tests.web.conftest import FakeEngine
from tests.web.desk.made import without_trail

Open = Callable[..., Page]
OURS = ("localhost", "127.0.0.1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that stands in this folder drives a browser."""
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


def again(*values: object) -> Any:
    """Values of a walk that another one differs from in language or colours alone: of it
    `make test-all` makes sure, so that `make test` has time for what differs in what happens.
    """
    return pytest.param(*values, marks=pytest.mark.again)


IN_EACH_LANGUAGE = ["", again("/en"), again("/fr")]


def click_through(page: Page, selector: str) -> None:
    """Click on what leads to another page, and wait for that one: a click alone may be over before
    the browser leaves, and what looks next then sees the page before.
    """
    with page.expect_navigation():
        page.click(selector)


def press_through(page: Page, key: str = "Enter") -> None:
    """The same by a key."""
    with page.expect_navigation():
        page.keyboard.press(key)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium. Without one the tests fail: what was not looked at is not well."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("no Chromium on this machine: apt-get install chromium, or make test does it")
    # Playwright runs a loop in this thread; the tests themselves are not asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(autouse=True)
def nothing_outside(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No window of any test asks something of another site."""
    outside, opens = [], browser.new_context

    def watch(request: Request) -> None:
        if request.url.startswith(("data:", "blob:")):
            return
        if urlsplit(request.url).hostname not in OURS:
            outside.append(request.url)

    def watched(**options: Any) -> BrowserContext:
        context = opens(**options)
        context.on("request", watch)
        return context

    monkeypatch.setattr(browser, "new_context", watched)
    yield
    assert outside == [], "a page asks something of another site"


@pytest.fixture(scope="session")
def in_turn() -> Iterator[None]:
    """One request after the other. The threads of the server here share one connection to a
    database in memory, so two at once would stand in one transaction; the site gives each its own,
    and `handover/test_crash.py` lets workers of the site do the same at one moment.
    """
    turn, answer = threading.RLock(), BaseHandler.get_response

    def get_response(handler: BaseHandler, request: Any) -> Any:
        with turn:
            return answer(handler, request)

    with patch.object(BaseHandler, "get_response", get_response):
        yield


@pytest.fixture
def open_page(
    browser: Browser,
    transactional_db: None,
    records: None,
    fake: FakeEngine,
    in_turn: None,
    live_server: Any,
) -> Iterator[Open]:
    """Opens an address of the site; options are those of a browser context."""
    contexts = []

    def opened(address: str = "/", width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 800}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    without_trail()


@pytest.fixture
def real_page(browser: Browser, transactional_db: None, live_server: Any) -> Iterator[Page]:
    """A narrow window on the site with the real engine and the whole catalogue."""
    load_catalogue()
    default_engine()
    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()
