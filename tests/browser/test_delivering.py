"""Delivering and assigning, by a recruiter who has only a keyboard."""

import re

import pytest
from playwright.sync_api import expect

from conversations.signals import quietly
from delivery.delivering import deliver
from tests.browser.conftest import DESKTOP, PHONE
from tests.delivery.outcomes import outcome


def open_dialog(page):
    page.get_by_role("button", name="Deliver").click()
    return page.get_by_role("dialog", name="Deliver Lucie Němcová")


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_conversation_is_delivered_with_the_keyboard_alone(cast, lead, visit, accessible, shoot):
    """From `^deliver ` to Done without a mouse; what was typed stays, and a second person sees it arrive."""
    eva = visit("/delivered/", cast.eva)
    page = visit(f"/conversations/{lead.pk}/", cast.jana)
    reply = page.get_by_role("textbox", name="Reply")
    reply.focus()
    page.keyboard.type("Kept ^deliver ")
    dialog = page.get_by_role("dialog", name="Deliver Lucie Němcová")
    expect(dialog.get_by_role("combobox", name="Application")).to_have_text(re.compile("Support agents, Brno"))
    expect(dialog.get_by_role("radio", name="Qualified", exact=True)).to_be_focused()
    press(page, "Space", "Tab")
    page.keyboard.type("Can start 1 December")
    press(page, "Tab", "Tab", "Tab", "Enter")
    expect(dialog.get_by_text("Give one to five stars.")).to_be_visible()
    expect(dialog.get_by_role("textbox", name="Notes")).to_have_value("Can start 1 December")
    expect(dialog.get_by_role("radio", name="Qualified", exact=True)).to_be_focused()
    press(page, "Tab", "Tab", "Space", "ArrowRight", "ArrowRight", "ArrowRight")
    expect(dialog.get_by_role("radio", name=re.compile("4 stars"))).to_be_checked()
    shoot(page, "deliver-1")
    accessible(page)
    press(page, "Tab", "Tab", "Enter")
    expect(dialog.get_by_role("combobox", name="Recipients")).to_be_focused()
    page.keyboard.type("hiring")
    press(page, "Enter")
    page.keyboard.type("boss@client.example")
    press(page, "Enter")
    expect(dialog.get_by_role("button", name="Remove boss@client.example")).to_be_visible()
    shoot(page, "deliver-2")
    accessible(page)
    press(page, "Tab", "Tab", "Tab", "Enter")
    expect(dialog).not_to_be_visible()
    expect(page.get_by_text("Lucie Němcová delivered: Qualified.")).to_be_visible()
    expect(page.get_by_role("tab", name="Reply by email")).to_be_focused()
    assert page.locator("textarea[name=text]").input_value() == "Kept "
    log = page.get_by_role("log", name="Messages")
    expect(log.get_by_text("Qualified · ★★★★")).to_be_visible()
    eva.get_by_role("button", name=re.compile("Jana Dvořáková delivered Lucie Němcová to you")).click()
    eva.get_by_role("button", name="Accept").click()
    expect(eva.get_by_text("Hiring team: accepted (Eva Malá)").first).to_be_visible()
    shoot(eva, "answered")
    accessible(eva)
    expect(log.get_by_text("Eva Malá accepted the delivery")).to_be_visible()
    expect(page.get_by_role("complementary").get_by_role("button", name="Withdraw")).to_be_visible()
    shoot(page, "delivered")
    accessible(page)


def test_the_fields_follow_the_status(cast, lead, visit):
    """What is said of it at the end covers, on a phone too, nothing that is typed or pressed."""
    page = visit(f"/conversations/{lead.pk}/", cast.jana, size=PHONE)
    dialog = open_dialog(page)
    reason, rating = dialog.get_by_role("combobox", name="Reason"), dialog.get_by_role("radiogroup", name="Rating")
    expect(reason).not_to_be_visible()
    dialog.get_by_role("radio", name="Not interested").check()
    expect(rating).not_to_be_visible()
    reason.select_option("Took another job")
    dialog.get_by_role("radio", name="Not qualified").check()
    expect(reason).to_have_value("")
    dialog.get_by_role("radio", name="Review").check()
    expect(reason).not_to_be_visible()
    expect(rating).to_be_visible()
    dialog.get_by_role("radio", name="Not interested").check()
    reason.select_option("Pay")
    dialog.get_by_role("button", name="Next").click()
    expect(dialog.get_by_role("listbox")).to_be_visible()
    dialog.get_by_role("button", name="Done").click()  # what is offered closes under this press, not before
    expect(page.get_by_role("log", name="Messages").get_by_text("Not interested")).to_be_visible()
    expect(page.locator("#stage")).to_have_text("Delivered")
    said, composer = page.locator(".notice").bounding_box(), page.locator(".composer").bounding_box()
    header = page.locator("live-thread > header").bounding_box()
    assert header["y"] + header["height"] <= said["y"] < said["y"] + said["height"] <= composer["y"]


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")])
def test_the_dialog_fits_every_screen(cast, lead, visit, accessible, shoot, size, scheme):
    page = visit(f"/conversations/{lead.pk}/", cast.jana, size=size, scheme=scheme)
    dialog = open_dialog(page)
    dialog.get_by_role("radio", name="Not qualified").check()
    shoot(page, f"deliver-{size[0]}-{scheme}")
    accessible(page)


def test_a_conversation_is_assigned_by_typing_a_name(cast, lead, visit, accessible, shoot):
    page = visit(f"/conversations/{lead.pk}/", cast.adam)
    page.get_by_role("button", name="Assign").click()
    dialog = page.get_by_role("dialog", name="Assign Lucie Němcová")
    expect(dialog.get_by_role("searchbox", name="Search members")).to_be_focused()
    shoot(page, "assign")
    accessible(page)
    page.keyboard.type("svobo")
    expect(dialog.get_by_role("button", name="Jana")).not_to_be_visible()
    page.keyboard.press("Enter")
    expect(dialog).not_to_be_visible()
    expect(page.get_by_text("assigned this to Petr Svoboda")).to_be_visible()


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_a_guest_reads_what_was_delivered_to_them(cast, lead, visit, accessible, shoot, size, scheme):
    with cast.inside():
        deliver(lead, outcome(lead), by=cast.jana, to=["greta@client.example"])
    page = visit("/", cast.guest, size=size, scheme=scheme)
    shoot(page, f"received-{size[0]}-{scheme}")
    accessible(page)
    page.get_by_role("link", name=re.compile("Lucie Němcová")).click()
    expect(page.get_by_role("log", name="Messages").get_by_text("Hello")).to_be_visible()
    shoot(page, f"shown-{size[0]}-{scheme}")
    accessible(page)


def test_the_outcome_report(cast, visit, accessible, shoot):
    with cast.inside(), quietly():
        for number, status in enumerate(
            ["qualified", "qualified", "review", "not_qualified", "not_interested", "spam"]
        ):
            conversation = cast.apply(f"C {number}", f"c{number}@mail.example")
            deliver(conversation, outcome(conversation, status), by=cast.jana, to=[])
    page = visit("/reports/outcomes/", cast.sofia, size=PHONE, scheme="dark")
    expect(page.get_by_role("row", name=re.compile("Jobs.example"))).to_be_visible()
    shoot(page, "outcomes")
    accessible(page)
