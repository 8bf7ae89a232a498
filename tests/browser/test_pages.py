"""Every page of the frame, held against axe in both colour schemes, wide and narrow."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE

LOOKS = [(DESKTOP, "light"), (PHONE, "dark")]
PAGES = ["/people/", "/people/new/", "/accounts/2fa/", "/accounts/password/change/", "/nowhere/"]
ENTRANCES = ["/accounts/login/", "/accounts/login/code/", "/accounts/password/reset/"]


@pytest.mark.parametrize(("size", "scheme"), LOOKS, ids=["desktop-light", "phone-dark"])
def test_the_pages_of_a_member_are_accessible(cast, visit, elsewhere, accessible, shoot, size, scheme):
    person = elsewhere(cast.apply).person
    page = visit("/inbox/mine/", cast.jana, size=size, scheme=scheme)
    for path in [*PAGES, f"/people/{person.pk}/"]:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        shoot(page, f"page{path.replace(str(person.pk), '1').replace('/', '-')}{size[0]}-{scheme}")
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is cut off"


@pytest.mark.parametrize(("size", "scheme"), LOOKS, ids=["desktop-light", "phone-dark"])
def test_the_entrances_are_accessible(db, visit, accessible, shoot, size, scheme):
    page = visit("/accounts/login/", size=size, scheme=scheme)
    for path in ENTRANCES:
        page.goto(path)
        shoot(page, f"entrance{path.replace('/', '-')}{size[0]}-{scheme}")
        accessible(page)


@pytest.mark.parametrize(("size", "scheme"), LOOKS, ids=["desktop-light", "phone-dark"])
def test_what_opens_by_key_is_accessible(cast, visit, elsewhere, accessible, shoot, size, scheme):
    elsewhere(cast.apply)
    page = visit("/inbox/mine/", cast.jana, size=size, scheme=scheme)
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
    shoot(page, f"goto-{size[0]}-{scheme}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("heading", name="Lucie Němcová")).to_be_visible()
    page.locator("details.me summary").click()
    shoot(page, f"me-{size[0]}-{scheme}")
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
