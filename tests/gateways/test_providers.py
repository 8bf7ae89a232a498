"""Mail by the webhooks of providers: genuine or not stored, and its bytes as they came."""

import hashlib
import hmac
import json

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from conversations.models import Conversation
from gateways.email.providers import PROVIDERS
from gateways.models import Arrival
from gateways.views.inbound_mail import inbound_mail
from tests.gateways.letters import letter, reply_address

KEY = "signing-key"
SECRETS = {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY}
BY_PASSWORD = {"WEBHOOK_SECRET": "provider:password", "BREVO_API_KEY": "key"}
GARBLED = b"From: lucie@mail.example\r\nMessage-ID: <8bit@mail.example>\r\n\r\nP\xf8ijdu ve \xe8tvrtek \x00\xff.\r\n"


@pytest.fixture
def address(cast, lead) -> str:
    return reply_address(cast, lead)


@pytest.fixture(autouse=True)
def secrets(settings):
    settings.ANYMAIL = SECRETS


def signed(**more) -> dict[str, str]:
    timestamp, token = str(int(timezone.now().timestamp())), "t" * 50
    signature = hmac.new(KEY.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": timestamp, "token": token, "signature": signature, "sender": "lucie@mail.example"} | more


def multipart(fields: dict[str, str], raw: bytes, name: str = "body-mime") -> tuple[bytes, str]:
    """A form as providers post it: the mail's bytes are what they are."""
    parts = [(key, value.encode()) for key, value in fields.items()] + [(name, raw)]
    body = b"".join(
        b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (k.encode(), v) for k, v in parts
    )
    return body + b"--b--\r\n", "multipart/form-data; boundary=b"


def post(provider: str, body: bytes, content_type: str, **headers) -> int:
    return Client().post(f"/webhooks/mail/{provider}/", body, content_type=content_type, headers=headers).status_code


def arrivals(cast) -> list[Arrival]:
    with cast.inside():
        return list(Arrival.objects.defer(None))


@pytest.mark.parametrize("raw", [letter("By webhook").as_bytes(), GARBLED])
def test_the_bytes_of_the_mail_are_stored_once(cast, address, raw):
    raw = raw.strip()
    for _ in range(3):
        assert post("mailgun", *multipart(signed(recipient=address), raw)) == 200
    (arrival,) = arrivals(cast)
    assert (bytes(arrival.raw), arrival.via, arrival.state) == (raw, "mailgun", "understood")


def test_a_thousand_times_the_same_is_once(cast, address, settings):
    """Past the middleware, which has no part in it, and half the time."""
    settings.ANYMAIL = BY_PASSWORD
    body, content_type = by_password(address)["postmark"]
    headers = {"Authorization": "Basic cHJvdmlkZXI6cGFzc3dvcmQ="}
    for _ in range(1000):
        request = RequestFactory().post("/webhooks/mail/postmark/", body, content_type=content_type, headers=headers)
        assert inbound_mail(request, "postmark").status_code == 200
    assert len(arrivals(cast)) == 1


def test_as_a_short_form_too(cast, address):
    body = "&".join(
        f"{name}={value.replace('@', '%40').replace('+', '%2B')}" for name, value in signed(recipient=address).items()
    )
    raw = "".join(f"%{byte:02X}" for byte in GARBLED)
    assert post("mailgun", f"{body}&body-mime={raw}".encode(), "application/x-www-form-urlencoded") == 200
    assert bytes(arrivals(cast)[0].raw) == GARBLED


@pytest.mark.parametrize(
    "change",
    [{"signature": "0" * 64}, {"timestamp": "1"}, {"token": "x"}, {"signature": ""}],
    ids=["signature", "timestamp", "token", "nothing"],
)
def test_what_is_not_genuine_is_refused_and_stored_nowhere(cast, address, change):
    assert post("mailgun", *multipart(signed(recipient=address) | change, b"x")) == 401
    assert arrivals(cast) == []


def test_without_a_secret_of_ours_nothing_is_genuine(cast, address, settings):
    settings.ANYMAIL = {}
    for provider in PROVIDERS:
        assert post(provider, *multipart(signed(recipient=address), b"x")) == 401
    assert post("nobody", b"", "text/plain") == 404
    assert arrivals(cast) == []


def test_an_unknown_address_is_refused_for_good(cast, stranger, address):
    unknown = "reply+aaaaaaaaaaaaaaaaaaaaaaaaaa@inbound.localhost"
    assert post("mailgun", *multipart(signed(recipient=unknown), letter().as_bytes())) == 406


def test_a_request_without_a_mail(address):
    assert post("mailgun", *multipart(signed(recipient=address), b"", name="other")) == 400


def by_password(address: str) -> dict[str, tuple[bytes, str]]:
    raw = letter("Hello").as_bytes().decode()
    envelope = json.dumps({"to": [address], "from": "lucie@mail.example"})
    headers = {"From": "lucie@mail.example", "Message-ID": "<pieces@mail.example>", "Delivered-To": address}
    return {
        "mailjet": (
            json.dumps({"Headers": headers, "Text-part": "Přijdu ve čtvrtek.", "Recipient": address}).encode(),
            "application/json",
        ),
        "brevo": (
            json.dumps({"items": [{"Headers": headers, "RawTextBody": "Přijdu ve čtvrtek."}]}).encode(),
            "application/json",
        ),
        "sendgrid": multipart({"envelope": envelope}, GARBLED, name="email"),
        "postmark": (json.dumps({"RawEmail": raw, "OriginalRecipient": address}).encode(), "application/json"),
        "sparkpost": (
            json.dumps([{"msys": {"relay_message": {"content": {"email_rfc822": raw}, "rcpt_to": address}}}]).encode(),
            "application/json",
        ),
    }


@pytest.mark.parametrize("provider", ["sendgrid", "postmark", "sparkpost", "mailjet", "brevo"])
@pytest.mark.filterwarnings("ignore::Warning")
def test_those_with_a_password(cast, address, settings, provider):
    settings.ANYMAIL = BY_PASSWORD
    sent = by_password(address)[provider]
    assert post(provider, *sent) == 401
    assert post(provider, *sent, Authorization="Basic eDp5") == 401
    assert arrivals(cast) == []
    assert post(provider, *sent, Authorization="Basic cHJvdmlkZXI6cGFzc3dvcmQ=") == 200
    assert [arrival.state for arrival in arrivals(cast)] == ["understood"]
    with cast.inside():
        assert Conversation.objects.get().messages.filter(channel="email").count() == 1
