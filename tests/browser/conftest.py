"""A real browser before a real server: uvicorn in a thread, on the database of the test run."""

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from channels.routing import ProtocolTypeRouter
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.db import connections
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from accounts.models import Member
from recruitchat import asgi
from tests.cast import signed_in
from tests.serving import served

# Playwright's loop runs in the test's own thread, where Django would refuse to query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
BROWSER = os.environ.get("BROWSER_PATH") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIET += ["--disable-background-networking", "--disable-component-update"]
DESKTOP, PHONE = (1440, 900), (390, 844)
Visit = Callable[..., Page]

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def _served(_database: str) -> Iterator[str]:
    sockets = asgi.application.application_mapping["websocket"]
    application = ProtocolTypeRouter({"http": ASGIStaticFilesHandler(asgi.http), "websocket": sockets})
    with served(application) as port:
        yield f"http://localhost:{port}"


@pytest.fixture
def server(_served: str, db: None, settings) -> str:
    """The address of the running product; links in mails lead there too."""
    settings.SITE_URL = _served
    return _served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not shutil.which(BROWSER):
        pytest.skip(f"no browser at {BROWSER}; set BROWSER_PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(server: str, browser: Browser) -> Iterator[Visit]:
    """`visit(path, member, size=PHONE, scheme="dark")` opens a page in a browser of its own, signed in as the member.

    The test fails at its end when a page raised an error or broke the content security policy.
    """
    contexts, problems = [], []

    def complain(said: ConsoleMessage) -> None:
        if "Content Security" in said.text:
            problems.append(f"{said.location['url']}:{said.location['lineNumber']} {said.text}")

    def visit(path: str = "/", member: Member | None = None, size=DESKTOP, scheme="light", language="en") -> Page:
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(base_url=server, viewport=viewport, color_scheme=scheme, locale=language)
        contexts.append(context)
        if member:
            session = signed_in(member).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": server}])
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"{path}: {error}"))
        page.on("console", complain)
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not problems, "\n".join(problems)


@pytest.fixture
def elsewhere(server: str) -> Iterator[Callable[..., Any]]:
    """`elsewhere(cast.apply, text="Hello")`: does it in a thread of its own, as another process would.

    In the test's own thread Playwright's loop is in the way of what is sent to the live screens.
    """
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield lambda act, *args, **kwargs: executor.submit(act, *args, **kwargs).result()
        executor.submit(connections.close_all).result()


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ON_A_PHONE = {"page-has-heading-one": {"enabled": False}}  # the list, with its heading, makes room


@pytest.fixture
def accessible() -> Callable[..., None]:
    """`accessible(page)` holds the page against axe's rules for WCAG 2.2 AA; in the other colours, its contrasts."""

    def check(page: Page, without: tuple[str, ...] = ()) -> None:
        rules = ON_A_PHONE | {rule: {"enabled": False} for rule in without}
        _check(page, {"runOnly": RULES, "rules": rules})
        is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        page.emulate_media(color_scheme="light" if is_dark else "dark")
        page.evaluate("Promise.all(document.getAnimations().map(fading => fading.finished)).then(() => true)")
        _check(page, {"runOnly": {"type": "rule", "values": ["color-contrast"]}})
        page.emulate_media(color_scheme="dark" if is_dark else "light")

    return check


def _check(page: Page, options: dict[str, Any]) -> None:
    found = Axe().run(page, options=options | {"preload": False})  # it looks for imported stylesheets beside the page
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


@pytest.fixture
def shoot() -> Callable[[Page, str], None]:
    """`shoot(page, "inbox")` leaves a picture in the folder SCREENSHOTS names, if it names one."""
    folder = os.environ.get("SCREENSHOTS", "")

    def shoot(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png")

    return shoot
