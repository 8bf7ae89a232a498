"""Passkeys in a real browser under our content security policy, and the settings held against axe."""

from playwright.sync_api import Page, expect

from tests.cast import PASSWORD

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
SETTINGS = ["/admin/", "/admin/scoring/scorerule/"]


def with_authenticator(page: Page) -> Page:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def test_a_passkey_is_added_and_signs_in_alone(cast, visit, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    page = with_authenticator(visit("/accounts/login/?next=/accounts/2fa/webauthn/add/"))
    page.get_by_label("Email").fill("adam@northwind.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("My laptop")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    expect(page).to_have_url("/accounts/2fa/recovery-codes/")
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_role("main")).to_contain_text("My laptop")
    page.context.clear_cookies()
    page.goto("/accounts/login/?next=/admin/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url("/admin/")
    expect(page.get_by_text("second factor: a passkey")).not_to_be_visible()


def test_the_settings_are_accessible(cast, visit, accessible, shoot):
    page = visit("/admin/", cast.adam)
    for path in [*SETTINGS, f"/admin/campaigns/campaign/{cast.campaign.pk}/change/"]:
        page.goto(path)
        shoot(page, f"settings{path.replace('/', '-')[6:30]}")
        accessible(page, without=("empty-table-header",))  # Django's own, above the rows of an inline
