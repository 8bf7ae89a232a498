"""Somebody else answers by mail: seen as such, placed by a button, and mails in the wrong place are moved."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.gateways.letters import arrive, letter, reply_address


def test_a_stranger_is_placed_and_a_mail_is_moved(cast, visit, elsewhere, accessible, shoot):
    conversation = elsewhere(cast.apply)
    elsewhere(cast.apply, "Karel Novotný", "karel@mail.example")
    address = elsewhere(reply_address, cast, conversation)
    elsewhere(arrive, cast, letter("I am her sister", sender="Anna Malá <anna@elsewhere.example>"), address)
    elsewhere(arrive, cast, letter("This is for Karel's place"), address)
    path = f"/conversations/{conversation.pk}/"
    for scheme, size in (("dark", PHONE), ("light", PHONE)):
        page = visit(path, cast.jana, size=size, scheme=scheme)
        expect(page.get_by_role("group", name="Who wrote this?")).to_be_visible()
        accessible(page)
        shoot(page, f"somebody-else-{scheme}-phone")
    page = visit(path, cast.jana)
    shoot(page, "somebody-else")
    page.get_by_role("button", name="New contact").click()
    expect(page.get_by_text(re.compile("moved a message of Anna Malá"))).to_be_visible()
    expect(page.get_by_role("group", name="Who wrote this?")).to_have_count(0)
    page.get_by_text("Why is it here?").click()
    expect(page.get_by_text("Sent by Lucie Němcová")).to_be_visible()
    shoot(page, "why-is-it-here")
    page.get_by_role("button", name="Move to another conversation").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Conversation with").fill("Karel")
    dialog.get_by_text("Karel Novotný").click()
    shoot(page, "move")
    dialog.get_by_role("button", name="Move").click()
    expect(page.get_by_text(re.compile("moved a message of Lucie Němcová"))).to_be_visible()
    expect(page.get_by_text("This is for Karel's place")).to_have_count(0)
