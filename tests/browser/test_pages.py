"""Every page of the frame, held against axe in both colour schemes, wide and narrow."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Member
from conversations.models import ReplyKey
from delivery.delivering import deliver
from tests.browser.conftest import DESKTOP, PHONE
from tests.cast import Cast
from tests.delivery.outcomes import outcome

RECRUITERS = [
    "/people/", "/people/new/", "/people/{person}/", "/scheduled/", "/morning/", "/notifications/", "/delivered/",
    "/delivered/{delivery}/", "/me/hours/", "/accounts/2fa/", "/accounts/password/change/", "/nowhere/",
]  # fmt: skip
ADMINS = [
    "/campaigns/", "/campaigns/{campaign}/", "/hours/", "/quarantine/", "/reports/outcomes/",
    "/reports/outcomes/deliveries/", "/reports/outcomes/undelivered/", "/reports/outcomes/applications/",
]  # fmt: skip
ANYONE = [
    "/accounts/login/", "/accounts/login/code/", "/accounts/password/reset/", "/apply/northwind/",
    "/apply/northwind/support-agents-brno/", "/apply/northwind/support-agents-brno/done/", "/c/{token}/",
    "/c/{token}/stop/",
]  # fmt: skip


@pytest.fixture
def ids(cast: Cast, elsewhere) -> dict[str, str]:
    return elsewhere(_something_on_each_page, cast)


def _something_on_each_page(cast: Cast) -> dict[str, str]:
    conversation, ended = cast.apply(), cast.apply("Karel Novotný", "karel@mail.example")
    with cast.inside():
        conversation.reply("Good morning", by=cast.jana)
        delivery = deliver(ended, outcome(ended), by=cast.petr, to=[cast.jana])
        token = ReplyKey.of(conversation, ReplyKey.Use.LINK).token
    found = {"person": conversation.person_id, "delivery": delivery.pk, "campaign": cast.campaign.pk, "token": token}
    return {name: str(value) for name, value in found.items()}


@pytest.mark.parametrize(
    ("who", "paths"), [("jana", RECRUITERS), ("adam", ADMINS), ("", ANYONE)], ids=["recruiters", "admins", "anyone"]
)
def test_each_page_is_accessible_and_fits(cast, ids, visit, accessible, shoot, who, paths):
    member: Member | None = getattr(cast, who) if who else None
    page: Page = visit("/nowhere/", member)
    for path in paths:
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        page.goto(path.format(**ids))
        name = f"page{path.replace('/', '-')}"
        shoot(page, name)
        accessible(page)
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is cut off"
        shoot(page, f"{name}phone")


def test_what_opens_by_key_is_accessible(cast, visit, elsewhere, accessible, shoot):
    elsewhere(cast.apply)
    page = visit("/inbox/mine/", cast.jana)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    accessible(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Go to")
    expect(field).to_be_focused()
    accessible(page)
    field.fill("nemco")
    expect(page.get_by_role("listbox", name="Found").get_by_role("option").first).to_contain_text("Lucie Němcová")
    shoot(page, "goto")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("heading", name="Lucie Němcová")).to_be_visible()
    page.locator("details.me summary").click()
    shoot(page, "me")
    accessible(page)


def test_j_and_k_go_through_the_list(cast, visit, elsewhere):
    for name in ("Anna One", "Bert Two"):
        elsewhere(cast.apply, name, f"{name[:4]}@mail.example")
    page = visit("/inbox/everyone/", cast.jana)
    page.keyboard.press("j")
    heading = page.get_by_role("main").get_by_role("heading", level=2)
    expect(heading).to_have_text("Bert Two")
    page.keyboard.press("j")
    expect(heading).to_have_text("Anna One")
    page.keyboard.press("k")
    expect(heading).to_have_text("Bert Two")


def test_a_phone_shows_the_list_or_the_thread_and_the_way_back(cast, visit, elsewhere):
    elsewhere(cast.apply)
    page = visit("/inbox/everyone/", cast.jana, size=PHONE)
    link = page.get_by_role("region", name="Conversations").get_by_role("link", name="Lucie")
    link.click()
    expect(page.get_by_role("textbox", name="Reply")).to_be_visible()
    expect(link).not_to_be_visible()
    page.get_by_role("link", name="Back to the list").click()
    expect(link).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_what_a_candidate_reads_and_writes_stands_on_one_line(ids, visit, size):
    page = visit("/c/{token}/".format(**ids), size=size)
    page.wait_for_load_state("networkidle")  # lines are put in the place of the same ones meanwhile
    left = [page.locator(each).first.bounding_box()["x"] for each in ("header .avatar", ".message:not(.out)", ".box")]
    right = [(box := page.locator(each).first.bounding_box())["x"] + box["width"] for each in (".message.out", ".box")]
    assert left == [left[0]] * 3
    assert right == [right[0]] * 2


def test_the_page_of_a_rejected_candidate_is_accessible(cast, lead, visit, elsewhere, accessible):
    def reject() -> str:
        with cast.inside():
            lead.reject(by=cast.jana)
            return ReplyKey.of(lead, ReplyKey.Use.LINK).token

    page = visit(f"/c/{elsewhere(reject)}/")
    expect(page.get_by_role("note")).to_contain_text("jobs@northwind.example")
    accessible(page)
