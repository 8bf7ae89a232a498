import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_inbox_is_accessible(cast, visit, accessible, shoot, size, scheme):
    conversation = cast.apply()
    page = visit("/inbox/everyone/", cast.jana, size=size, scheme=scheme)
    expect(page.get_by_role("region", name="Conversations").get_by_role("link")).to_have_count(1)
    accessible(page)
    shoot(page, f"inbox-{size[0]}-{scheme}")
    page.get_by_role("link", name=conversation.person.name).click()
    expect(page.get_by_role("main").get_by_role("heading", name=conversation.person.name)).to_be_visible()
    accessible(page)
    shoot(page, f"conversation-{size[0]}-{scheme}")
