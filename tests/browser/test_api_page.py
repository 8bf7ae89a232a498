from playwright.sync_api import expect


def test_the_api_can_be_read_and_tried_under_our_policy(visit, cast):
    page = visit("/api/v1/docs", cast.jana)
    expect(page.get_by_text("Apply to a campaign")).to_be_visible()
    page.get_by_text("List campaigns").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.get_by_text("A bearer token that is good here is needed").first).to_be_visible()
