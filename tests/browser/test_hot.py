import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from conversations.models import ReplyKey
from scoring.models import ScoreRule, VisitSite

ASK = "May we see which jobs you look at?"


@pytest.fixture
def job_site(server: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Another origin, with the script on its page; the site's id is put in later."""
    facts: dict[str, str] = {}

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            words = f'data-ask="{ASK}" data-yes="Yes" data-no="No"'
            script = f'<script src="{server}/visits/script.js" data-site="{facts.get("site")}" {words} async></script>'
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Jobs</title><h1>Jobs</h1>{script}".encode())

        def log_message(self, *args: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}", facts
    httpd.shutdown()


def test_a_visit_of_the_job_site_turns_the_chip_on_the_recruiters_screen(cast, visit, elsewhere, job_site, shoot):
    """From the reply link to another origin, asked for consent, counted, seen in the inbox without reload."""
    address, facts = job_site
    conversation = elsewhere(cast.apply)

    def prepare() -> str:
        with cast.inside():
            ScoreRule.objects.create(activity_kind="website_visit", points=100, days=30)
            facts["site"] = str(VisitSite.objects.create(address=f"{address}/").pk)
            return ReplyKey.of(conversation, ReplyKey.Use.LINK).token

    token = elsewhere(prepare)
    inbox = visit("/inbox/mine/", cast.jana)
    lead = inbox.get_by_role("region", name="Conversations").get_by_role("link", name="Lucie Němcová")
    expect(lead).to_contain_text("Warm")
    candidate = visit(f"/c/{token}/")
    candidate.get_by_role("link", name="Všechna volná místa: Northwind Talent").click()
    expect(candidate.get_by_role("heading", name="Jobs")).to_be_visible()
    expect(candidate).not_to_have_url(re.compile("rc="))
    expect(lead).not_to_contain_text("Hot")
    candidate.get_by_role("button", name="Yes").click()
    expect(lead).to_contain_text("Hot")
    assert not [cookie for cookie in candidate.context.cookies() if cookie["domain"] == "127.0.0.1"]
    shoot(inbox, "chip-turned")
