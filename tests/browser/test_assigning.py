"""The columns of Permissions by mouse and by keyboard, a claim seen by two, and many assigned from the list."""

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from assignment.assigning import assign
from tests.cast import Cast

PHONE = (390, 844)


def column(page: Page, title: str):
    return page.locator("section.column", has=page.get_by_role("heading", name=title))


def test_members_are_arranged_by_mouse_and_by_keyboard(cast: Cast, visit, shoot, accessible):
    page = visit(reverse("assignment:permissions", args=[cast.campaign.pk]), cast.adam)
    accessible(page)
    sofia, search = page.get_by_role("button", name="Sofia Rossi"), page.get_by_role("searchbox", name="Search members")
    search.fill("rossi")
    expect(page.locator("permission-columns li:visible")).to_have_count(1)
    search.fill("")
    sofia.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(column(page, "Auto assign").get_by_role("button", name="Sofia Rossi")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-said]")).to_have_text("Sofia Rossi: Auto assign, 1 of 2")
    if settings.HAS_BROWSER_PACKAGES:
        expect(page.locator("permission-columns[data-ready]")).to_be_visible()
        eva, target = page.get_by_role("button", name="Eva Malá"), column(page, "Members with access").locator("ul")
        box, place = eva.bounding_box(), target.bounding_box()
        page.mouse.move(box["x"] + 20, box["y"] + 10)
        page.mouse.down()
        page.mouse.move(place["x"] + 40, place["y"] + 60, steps=8)
        page.mouse.move(place["x"] + 42, place["y"] + 62, steps=3)
        page.mouse.up()
        expect(column(page, "Members with access").get_by_role("button", name="Eva Malá")).to_be_visible()
    expect(page.get_by_text("There are changes that are not saved.")).to_be_visible()
    shoot(page, "permissions")
    with page.expect_event("dialog") as asked:
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.get_by_role("link", name=cast.campaign.name).first.click(no_wait_after=True)
    assert asked.value.type == "beforeunload"
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Permissions are saved.")).to_be_visible()
    with cast.inside():
        assert [access.member for access in cast.campaign.in_turn] == [cast.sofia, cast.jana]
        assert cast.campaign.access.filter(member=cast.eva).exists() is settings.HAS_BROWSER_PACKAGES
    dark = visit(reverse("assignment:permissions", args=[cast.campaign.pk]), cast.adam, size=PHONE, scheme="dark")
    accessible(dark)
    shoot(dark, "permissions-phone")


def test_two_see_one_claim_and_the_second_is_told_who(cast: Cast, visit, elsewhere):
    conversation = cast.apply()
    elsewhere(_back_to_queue, cast, conversation)
    path = f"/conversations/{conversation.pk}/"
    first, second = visit(path, cast.sofia), visit(path, cast.adam)
    for page in (first, second):
        page.get_by_role("button", name="Assign").first.click()
        expect(page.get_by_role("button", name="Take it")).to_be_visible()
    first.get_by_role("button", name="Take it").click()
    expect(first.get_by_role("log").get_by_text("Sofia Rossi took this on")).to_be_visible()
    expect(second.get_by_role("log").get_by_text("Sofia Rossi took this on")).to_be_attached()
    second.get_by_role("button", name="Take it").click()
    expect(second.get_by_text("Sofia Rossi has this conversation now.")).to_be_visible()


def test_all_that_match_are_assigned_from_the_list_and_undone(cast: Cast, visit, shoot, accessible):
    for number in range(3):
        cast.apply(f"Person {number}", f"p{number}@mail.example")
    page = visit("/inbox/everyone/", cast.sofia)
    page.get_by_role("button", name="Select several").click()
    page.get_by_role("checkbox", name="Select Person 1").check()
    expect(page.get_by_text("1 selected")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Select all 3 that match").click()
    expect(page.get_by_text("3 selected")).to_be_visible()
    shoot(page, "selecting")
    page.locator("#selection").get_by_role("button", name="Assign").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Petr Svoboda").click()
    expect(dialog.get_by_text("3 done.")).to_be_visible()
    shoot(page, "bulk-done")
    dialog.get_by_role("button", name="Undo").click()
    expect(dialog.get_by_text("3 undone.")).to_be_visible()
    with cast.inside():
        assert cast.jana.leads.count() == 3


def _back_to_queue(cast: Cast, conversation) -> None:
    with cast.inside():
        cast.campaign.access.update(auto_assign=False)
        assign(conversation, None, because="by_hand")
