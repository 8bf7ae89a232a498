"""Walks the addresses for signing in, which are a package's: whoever asks for what, none of them fails."""

import pytest
from django.test import Client

from tests.cast import PASSWORD
from tests.walk.samples import SAMPLES, Sample, path_to, routes
from tests.walk.test_bad_input import HOSTILE

FIELDS = ("login", "email", "password", "password1", "password2", "oldpassword", "code", "credential", "name", "action")
KINDS = ("NUL", "too long")
THEIRS = [route for route in dict.fromkeys(routes()) if route.startswith("accounts/")]
ADDRESSES = [path_to(route, SAMPLES.get(route, Sample()), {}) for route in THEIRS]


@pytest.fixture
def nobody(cast, settings) -> Client:
    settings.ACCOUNT_RATE_LIMITS = False
    return Client(raise_request_exception=False)


@pytest.fixture
def adam(nobody, cast) -> Client:
    """Signed in just now, so that nothing asks again who it is."""
    adam = Client(raise_request_exception=False)
    assert adam.post("/accounts/login/", {"login": cast.adam.user.email, "password": PASSWORD}).status_code == 302
    return adam


@pytest.mark.parametrize("who", ["nobody", "adam"])
def test_no_address_for_signing_in_fails(request, who):
    client, wrong = request.getfixturevalue(who), []
    for address in (address for address in ADDRESSES if "logout" not in address):
        answers = {"GET": client.get(address)} | {
            kind: client.post(address, dict.fromkeys(FIELDS, HOSTILE[kind])) for kind in KINDS
        }
        wrong += [
            f"{address} {kind}: {answer.status_code}" for kind, answer in answers.items() if answer.status_code >= 500
        ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_stranger_in_town_is_led_nowhere_else(nobody, cast):
    for onward in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"):
        said = {"login": cast.jana.user.email, "password": PASSWORD, "next": onward}
        answer = Client().post("/accounts/login/", said)
        assert answer["Location"] == "/"
