"""A real browser before a real server: uvicorn in a thread, on the database of the test run."""

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright

from accounts.models import Member
from recruitchat import asgi
from tests.browser.profiles import Profiles
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


class Remembering:
    """Has the static files at hand: a new browser asks for a hundred of them before it shows its first page."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.answers: dict[str, list[dict[str, Any]]] = {}

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["path"].startswith(settings.STATIC_URL):
            for message in await self._remembered(scope, receive):
                await send(message)
        else:
            await self.application(scope, receive, send)

    async def _remembered(self, scope: dict[str, Any], receive: Any) -> list[dict[str, Any]]:
        """A browser that leaves the page meanwhile breaks its request off: half an answer is nobody else's."""
        if (whole := self.answers.get(scope["path"])) is not None:
            return whole
        said = await self._asked(scope, receive)
        if said and said[-1]["type"] == "http.response.body" and not said[-1].get("more_body"):
            self.answers[scope["path"]] = said
        return said

    async def _asked(self, scope: dict[str, Any], receive: Any) -> list[dict[str, Any]]:
        said: list[dict[str, Any]] = []

        async def listen(message: dict[str, Any]) -> None:
            message.setdefault("headers", []).append((b"cache-control", b"max-age=600"))
            said.append(message)

        await self.application(scope, receive, listen)
        return said


@pytest.fixture(scope="session")
def _served(_database: str) -> Iterator[str]:
    sockets = asgi.application.application_mapping["websocket"]
    application = ProtocolTypeRouter({"http": Remembering(ASGIStaticFilesHandler(asgi.http)), "websocket": sockets})
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


@pytest.fixture(scope="session")
def _profiles(browser: Browser, _served: str) -> Profiles:
    return Profiles(browser, _served)


@pytest.fixture
def visit(server: str, _profiles: Profiles) -> Iterator[Visit]:
    """`visit(path, member, size=PHONE, scheme="dark")` opens a page in a browser of its own, signed in as the member.

    The test fails at its end when a page raised an error or broke the content security policy.
    """

    def visit(path: str = "/", member: Member | None = None, size=DESKTOP, scheme="light", language="en") -> Page:
        profile = _profiles.lend(language)
        if member:
            session = signed_in(member).cookies["sessionid"].value
            profile.context.add_cookies([{"name": "sessionid", "value": session, "url": server}])
        page = profile.page
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=scheme)
        page.goto(path)
        return page

    yield visit
    problems = _profiles.take_back()
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
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options |= {"preload": False, "resultTypes": ["violations"]}  # it looks for imported stylesheets beside the page
    found = AxeResults(page.evaluate("options => axe.run(options)", options))
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


@pytest.fixture
def shoot() -> Callable[[Page, str], None]:
    """`shoot(page, "inbox")` leaves a picture in the folder SCREENSHOTS names, if it names one."""
    folder = os.environ.get("SCREENSHOTS", "")

    def shoot(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png")

    return shoot
