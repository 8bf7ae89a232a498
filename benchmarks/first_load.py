"""What a browser fetches to show the inbox for the first time, compressed."""

import gzip
import os
import shutil
from contextlib import ExitStack

from playwright.sync_api import ConsoleMessage, Page, Response, sync_playwright

from benchmarks.live import _serve
from benchmarks.pages import Visitor
from benchmarks.results import Row

LIMIT_KB = 120
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
CHROMIUM += ["--disable-component-update", "--disable-sync"]


def first_load() -> list[Row]:
    """Raises when anything is asked of another host or refused by the CSP."""
    visitor = Visitor("large")
    with ExitStack() as stack, sync_playwright() as playwright:
        port = _serve(stack)
        browser = playwright.chromium.launch(executable_path=_browser(), args=CHROMIUM)
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        session = visitor.client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": f"http://127.0.0.1:{port}"}])
        sizes = _load(context.new_page(), f"http://127.0.0.1:{port}/inbox/mine/")
        browser.close()
    work = f"the inbox, {len(sizes)} requests, each gzipped"
    return [Row("first-load", sum(sizes.values()) / 1000, 1, LIMIT_KB, "kB", work)]


def _browser() -> str | None:
    return os.environ.get("BROWSER_PATH") or shutil.which("chromium") or shutil.which("google-chrome")


def _load(page: Page, url: str) -> dict[str, int]:
    responses: list[Response] = []
    complaints: list[str] = []

    def keep(response: Response) -> None:
        responses.append(response)

    def listen(said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text:
            complaints.append(said.text)

    page.on("response", keep)
    page.on("console", listen)
    page.goto(url, wait_until="networkidle")
    elsewhere = [each.url for each in responses if not each.url.startswith(url.rsplit("/inbox", 1)[0])]
    assert not elsewhere, elsewhere
    assert not complaints, complaints
    return {each.url: len(gzip.compress(each.body())) for each in responses if each.status == 200}
