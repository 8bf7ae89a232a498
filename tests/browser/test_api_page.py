from playwright.sync_api import expect


def test_the_api_can_be_read_and_tried_under_our_policy(visit, cast):
    page = visit("/api/v1/docs", cast.jana)
    expect(page.get_by_text("Apply to a campaign")).to_be_visible()
    page.get_by_text("List campaigns").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.get_by_text("A bearer token that is good here is needed").first).to_be_visible()


def test_each_operation_stands_there_once_and_the_page_leads_back(visit, cast):
    page = visit("/api/v1/docs", cast.jana, scheme="dark")
    expect(page.get_by_text("List saved replies", exact=True)).to_have_count(1)
    expect(page.locator("html")).to_have_class("dark-mode")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Back to the inbox").click()
    expect(page.get_by_role("region", name="Conversations")).to_be_visible()
