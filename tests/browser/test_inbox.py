import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from conversations.models import Conversation
from tests.browser.conftest import DESKTOP, PHONE


def test_what_was_not_loaded_says_so_and_is_asked_for_again_and_what_was_typed_stays(cast, visit):
    lead = cast.apply()
    page = visit(f"/conversations/{lead.pk}/", cast.jana)
    page.route("**/inbox/mine/*", lambda route: route.fulfill(status=500, body="broken"))
    page.get_by_role("searchbox", name="Search").fill("Lucie")
    page.get_by_role("button", name="Try again").wait_for()
    page.unroute("**/inbox/mine/*")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("link", name=re.compile("Lucie"))).to_be_visible()
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("textbox", name="Reply").fill("Not to be lost")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("link", name="Sign in again")).to_be_visible()
    expect(page.get_by_role("textbox", name="Reply")).to_have_value("Not to be lost")


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"])
def test_the_inbox_is_accessible(cast, visit, elsewhere, accessible, shoot, size, scheme):
    conversation = elsewhere(cast.apply)
    page = visit("/inbox/everyone/", cast.jana, size=size, scheme=scheme)
    expect(page.get_by_role("region", name="Conversations").get_by_role("link")).to_have_count(1)
    accessible(page)
    shoot(page, f"inbox-{size[0]}-{scheme}")
    page.get_by_role("link", name=conversation.person.name).click()
    expect(page.get_by_role("main").get_by_role("heading", name=conversation.person.name)).to_be_visible()
    accessible(page)
    shoot(page, f"conversation-{size[0]}-{scheme}")


def test_a_new_lead_appears_without_reload_and_the_rail_counts_it(cast, visit, elsewhere):
    page = visit("/inbox/mine/", cast.jana)
    conversations = page.get_by_role("region", name="Conversations")
    expect(conversations.get_by_role("link")).to_have_count(0)
    elsewhere(cast.apply)
    expect(conversations.get_by_role("link", name="Lucie Němcová")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="My leads 1")).to_be_visible()


def test_nothing_moves_under_the_pointer(cast, visit, elsewhere):
    elsewhere(cast.apply)
    elsewhere(_wait_for_two_hours, cast)
    page = visit("/inbox/everyone/", cast.jana)
    conversations = page.get_by_role("region", name="Conversations")
    expect(conversations.locator(".wait.late")).to_have_text("waiting 2 hr")  # the campaign's goal is one
    conversations.get_by_role("link").hover()
    elsewhere(cast.apply, "Daan Visser", "daan@mail.example")
    offer = page.get_by_role("button", name="1 new")
    expect(offer).to_be_visible()
    expect(conversations.get_by_role("link")).to_have_count(1)
    offer.click()
    expect(conversations.get_by_role("link")).to_have_count(2)


def test_searching_narrows_the_list_while_typing(cast, visit, elsewhere):
    elsewhere(cast.apply)
    elsewhere(cast.apply, "Daan Visser", "daan@mail.example", "Is het parttime?")
    page = visit("/inbox/everyone/", cast.jana)
    links = page.get_by_role("region", name="Conversations").get_by_role("link")
    page.get_by_role("searchbox", name="Search").fill("nemc")
    expect(links).to_have_count(1)
    expect(page).to_have_url(re.compile("q=nemc$"))


def _wait_for_two_hours(cast):
    with cast.inside():
        Conversation.objects.update(waiting_since=timezone.now() - timedelta(hours=2))
