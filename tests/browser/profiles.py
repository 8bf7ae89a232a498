"""The browsers of people who never meet, each with a tab that is used again.

A new browser loads a hundred files of ours, and a new tab starts a process that reads them all anew: that took longer
than what most tests do in it.
"""

from collections import defaultdict
from contextlib import suppress
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Error, Page

KEPT_BY_PAGES = {"origin": "*", "storageTypes": "local_storage,indexeddb,service_workers,cache_storage"}


class Profile:
    """One browser. `problems`: the errors its page raised, and where it broke the content security policy."""

    def __init__(self, context: BrowserContext) -> None:
        self.context, self.problems = context, list[str]()
        self.page = self._new_page()

    def _new_page(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        page.on("console", self._listen)
        return page

    def _listen(self, said: ConsoleMessage) -> None:
        if "Content Security" in said.text:
            self.problems.append(f"{said.location['url']}:{said.location['lineNumber']} {said.text}")

    def forget(self) -> None:
        """As new, but for the product's own files."""
        self.context.set_offline(False)
        self.context.clear_cookies()
        if self.page.is_closed():
            self.page = self._new_page()
        for page in self.context.pages:
            if page != self.page:
                page.close()
        self._leave(self.page)
        self.context.new_cdp_session(self.page).send("Storage.clearDataForOrigin", KEPT_BY_PAGES)
        self.problems.clear()

    def _leave(self, page: Page) -> None:
        page.unroute_all()
        page.mouse.move(0, 0)
        with suppress(Error):  # a page that was never opened keeps nothing
            page.evaluate("sessionStorage.clear()")
        page.on("dialog", leave)
        page.goto("about:blank")
        page.remove_listener("dialog", leave)


def leave(dialog: Dialog) -> None:
    """What a page asks that has something unsaved."""
    dialog.accept()


class Profiles:
    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.free: dict[str, list[Profile]] = defaultdict(list)
        self.lent: list[tuple[str, Profile]] = []

    def lend(self, language: str) -> Profile:
        profile = self.free[language].pop() if self.free[language] else self._new(locale=language)
        self.lent.append((language, profile))
        return profile

    def _new(self, **options: Any) -> Profile:
        return Profile(self.browser.new_context(base_url=self.address, reduced_motion="reduce", **options))

    def take_back(self) -> list[str]:
        """All that were lent; the problems their pages had."""
        problems = [problem for _language, profile in self.lent for problem in profile.problems]
        while self.lent:
            language, profile = self.lent.pop()
            profile.forget()
            self.free[language].append(profile)
        return problems
