"""The main job, end to end: two recruiters and the candidate in real browsers, mail by real SMTP both ways."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from gateways.email.listener import listen
from people.models import Person
from tests.browser.conftest import PHONE
from tests.cast import CV, signed_in
from tests.gateways.letters import QUOTED
from tests.gateways.sink import Sink, mail_server, running

TYPED = {"name": "Lucie Němcová", "email": "lucie@mail.example", "message": "Dobrý den, mám zájem o tuto práci."}


@pytest.fixture
def sink(server) -> Iterator[Sink]:
    with mail_server() as sink:
        yield sink


@contextmanager
def listening() -> Iterator[int]:
    with running(lambda: listen("127.0.0.1", 0)) as port:
        yield port


def log(page: Page):
    return page.get_by_role("log")


def say(page: Page, text: str, box: str = "Reply") -> None:
    page.get_by_role("textbox", name=box).fill(text)
    page.get_by_role("button", name="Send").click()
    expect(log(page).get_by_text(text)).to_have_count(1)


def apply(page: Page) -> None:
    for name, value in TYPED.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[type=file]").set_input_files({"name": CV.name, "mimeType": "application/pdf", "buffer": CV.content})
    page.locator("[name=consent]").check()
    page.locator("form button.primary").click()


def answer(mail: EmailMessage, text: str) -> EmailMessage:
    reply = EmailMessage()
    reply["From"], reply["To"], reply["Subject"] = TYPED["email"], mail["Reply-To"], f"Re: {mail['Subject']}"
    reply["Message-ID"], reply["In-Reply-To"] = "<answer-1@mail.example>", mail["Message-ID"]
    reply.set_content(text + QUOTED)
    return reply


def the_mail_to_lucie(page: Page, sink: Sink) -> EmailMessage:
    for _ in range(100):
        if found := [mail for mail in sink.mails if TYPED["email"] in mail["To"] and "reply+" in str(mail["Reply-To"])]:
            return found[-1]
        page.wait_for_timeout(100)
    raise AssertionError("no mail came")


def fits_a_narrow_phone(page: Page, mail: EmailMessage) -> None:
    reader = page.context.new_page()
    reader.set_viewport_size({"width": 320, "height": 640})
    reader.set_content(mail.get_body(("html",)).get_content())
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320
    reader.close()


def test_from_application_to_outcome(cast, stranger, visit, sink):  # noqa: PLR0915
    jana = visit("/inbox/mine/", cast.jana)
    lucie = visit(reverse("apply", args=["northwind", cast.campaign.slug]), language="cs")
    apply(lucie)
    expect(lucie.locator("form")).to_have_count(0)

    lead = jana.get_by_role("region", name="Conversations").get_by_role("link", name=re.compile("Lucie Němcová"))
    news = jana.get_by_role("button", name=re.compile("1 new"))
    expect(lead.or_(news)).to_be_visible()
    if news.is_visible():
        news.click()
    lead.click()
    expect(log(jana).get_by_text(TYPED["message"])).to_be_visible()
    expect(log(jana).get_by_text(CV.name)).to_be_visible()

    say(jana, "Dobrý den, Lucie, kdy můžete nastoupit?")
    mail = the_mail_to_lucie(jana, sink)
    assert {part.get_content_type() for part in mail.walk()} >= {"text/plain", "text/html"}
    fits_a_narrow_phone(jana, mail)
    text = mail.get_body(("plain",)).get_content()
    assert "kdy můžete nastoupit?" in text
    link = re.search(r"http://\S+/c/([a-z2-7]{26})/", text)
    assert link
    assert "<reply+" in mail["Reply-To"]

    with listening() as port, smtplib.SMTP("127.0.0.1", port) as connection:
        connection.send_message(answer(mail, "Nastoupit mohu od prvního."))
    expect(log(jana).get_by_text("Nastoupit mohu od prvního.")).to_have_count(1)
    expect(log(jana).get_by_text("Jana Dvořáková <hello@")).not_to_be_visible()

    phone = visit(f"/c/{link[1]}/", size=PHONE, language="cs")
    expect(log(phone).get_by_text("Nastoupit mohu od prvního.")).to_have_count(1)
    phone.locator("textarea").fill("A směny mi nevadí.")
    phone.locator("form button.primary").click()
    expect(log(jana).get_by_text("A směny mi nevadí.")).to_have_count(1)
    expect(log(phone).get_by_text("A směny mi nevadí.")).to_have_count(1)

    address = jana.url
    petr = visit(address, cast.petr)
    expect(jana.get_by_text("Petr Svoboda is looking too")).to_be_visible()
    petr.get_by_role("tab", name="Note").click()
    say(petr, "Strong CV, ask about German.", "Note")
    expect(log(jana).get_by_text("Strong CV, ask about German.")).to_have_count(1)
    expect(log(phone).get_by_text("Strong CV, ask about German.")).to_have_count(0)

    jana.get_by_role("textbox", name="Reply").press_sequentially("^deliver ")
    dialog = jana.get_by_role("dialog", name="Deliver Lucie Němcová")
    dialog.get_by_role("radio", name="Qualified", exact=True).check()
    dialog.get_by_role("textbox", name="Notes").fill("Can start on the first.")
    dialog.get_by_text("★").nth(3).click()
    dialog.get_by_role("button", name="Next").click()
    dialog.get_by_role("combobox", name="Recipients").press_sequentially("hiring")
    jana.keyboard.press("Enter")
    dialog.get_by_role("button", name="Done").click()
    expect(dialog).not_to_be_visible()
    expect(log(petr).get_by_text("★★★★")).to_be_visible()

    team = visit("/delivered/", cast.eva)
    expect(team.get_by_role("link", name=re.compile("Lucie Němcová"))).to_be_visible()
    outcomes = visit("/reports/outcomes/", cast.sofia)
    expect(outcomes.get_by_role("table").get_by_text(re.compile("Jobs.example|No source")).first).to_be_visible()

    with cast.inside():
        person = Person.objects.get(emails__address=TYPED["email"])
        assert person.score == sum(record.points for record in person.records.all()) != 0
    for path in (jana.url, f"/people/{person.pk}/", f"/conversations/{address.rsplit('/', 2)[1]}/events/"):
        assert signed_in(stranger.member).get(path).status_code == 404
