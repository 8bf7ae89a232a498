"""The second factor by an app on a phone, and by the codes on paper that stand in for it."""

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from tests.cast import PASSWORD

LOGIN, ASKED = "/accounts/login/", "/accounts/2fa/authenticate/"


@pytest.fixture(autouse=True)
def stopped_clock():
    """A code holds for half a minute, which might end between making and checking it."""
    with time_machine.travel(time.time(), tick=False):
        yield


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def signing_in(cast) -> Client:
    client = Client()
    client.post(LOGIN, {"login": cast.adam.user.email, "password": PASSWORD})
    return client


@pytest.fixture
def secret(cast, settings) -> str:
    """Of the app that Adam has set up."""
    settings.ACCOUNT_RATE_LIMITS = False
    client, page = signing_in(cast), "/accounts/2fa/totp/activate/"
    asked_again = client.get(page)["Location"]
    assert client.post(asked_again, {"password": PASSWORD}).status_code == 302
    secret = client.get(page).context["form"].secret
    assert client.post(page, {"code": "000000"}).status_code == 200
    assert client.post(page, {"code": code_of(secret)}).status_code == 302
    cache.clear()  # where codes that were used are kept
    return secret


def test_the_password_alone_lets_nobody_in_any_more(cast, secret):
    client = signing_in(cast)
    assert client.get("/admin/").status_code == 302
    assert client.post(ASKED, {"code": "000000"}).status_code == 200
    assert client.get("/inbox/mine/").status_code == 302
    assert client.post(ASKED, {"code": code_of(secret)}).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_a_code_that_was_read_over_the_shoulder_is_good_for_nothing(cast, secret):
    code = code_of(secret)
    assert signing_in(cast).post(ASKED, {"code": code}).status_code == 302
    assert signing_in(cast).post(ASKED, {"code": code}).status_code == 200


def test_each_code_on_paper_opens_once(cast, secret):
    codes = Authenticator.objects.get(user=cast.adam.user, type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) >= 8
    assert all(re.fullmatch(r"[0-9a-zA-Z-]{8,}", code) for code in codes)
    assert [signing_in(cast).post(ASKED, {"code": code}).status_code for code in (codes[0], codes[0], codes[1])] == [
        302,
        200,
        302,
    ]
