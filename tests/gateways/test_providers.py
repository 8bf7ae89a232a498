"""Mail by the webhooks of providers: genuine or not stored, and its bytes as they came."""

import hashlib
import hmac
import json
from base64 import b64encode
from urllib.parse import urlencode

import pytest
import requests
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client, RequestFactory
from django.utils import timezone
from requests import Response

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


def signed_by_mandrill(address: str) -> tuple[bytes, str, dict[str, str]]:
    message = {"raw_msg": letter("Hello").as_bytes().decode(), "email": address, "sender": "lucie@mail.example"}
    events = json.dumps([{"event": "inbound", "msg": message}, {"event": "inbound", "msg": message}])
    said = f"http://testserver/webhooks/mail/mandrill/mandrill_events{events}"
    signature = b64encode(hmac.digest(KEY.encode(), said.encode(), "sha1")).decode()
    body = urlencode({"mandrill_events": events}).encode()
    return body, "application/x-www-form-urlencoded", {"X-Mandrill-Signature": signature}


def signed_by_mailersend(address: str) -> tuple[bytes, str, dict[str, str]]:
    recipients = {"rcptTo": [{"email": "other@elsewhere.example"}, {"email": address}]}
    told = {"raw": letter("Hello").as_bytes().decode(), "recipients": recipients, "sender": {"email": "l@mail.example"}}
    body = json.dumps({"type": "inbound.message", "data": told}).encode()
    return body, "application/json", {"Signature": hmac.new(KEY.encode(), body, hashlib.sha256).hexdigest()}


def signed_by_postal(address: str) -> tuple[bytes, str, dict[str, str]]:
    coded = b64encode(GARBLED).decode()
    body = json.dumps({"rcpt_to": address, "mail_from": "l@mail.example", "message": coded, "base64": True}).encode()
    signature = b64encode(POSTALS.sign(body, padding.PKCS1v15(), hashes.SHA1())).decode()
    return body, "application/json", {"X-Postal-Signature": signature}


POSTALS = rsa.generate_private_key(65537, 2048)
PUBLIC = POSTALS.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
SIGNING = {
    "MANDRILL_WEBHOOK_KEY": KEY,
    "MAILERSEND_INBOUND_SECRET": KEY,
    "POSTAL_WEBHOOK_KEY": "".join(PUBLIC.splitlines()[1:-1]),
}


@pytest.mark.parametrize("send", [signed_by_mandrill, signed_by_mailersend, signed_by_postal])
def test_those_that_sign(cast, address, settings, send):
    settings.ANYMAIL = SIGNING
    provider = send.__name__.removeprefix("signed_by_")
    body, content_type, signature = send(address)
    (name, value), *_ = signature.items()
    for forged in ({}, {name: ""}, {name: "x" + value[1:]}, {name: "ž"}):
        assert post(provider, body, content_type, **forged) == 401
    assert post(provider, body + b" ", content_type, **signature) == 401
    assert arrivals(cast) == []
    for _ in range(3):
        assert post(provider, body, content_type, **signature) == 200
    assert [(arrival.state, arrival.via) for arrival in arrivals(cast)] == [("understood", provider)]


@pytest.mark.filterwarnings("ignore::Warning")
def test_resend_keeps_a_mail_whose_bytes_are_fetched_for_all_whom_it_names(cast, address, settings, monkeypatch):
    secret = b64encode(KEY.encode()).decode()
    settings.ANYMAIL = BY_PASSWORD | {"RESEND_API_KEY": "key", "RESEND_INBOUND_SECRET": f"whsec_{secret}"}
    told = {"email_id": "7", "from": "Lucie <lucie@mail.example>", "to": ["Jana <jana@else.example>"], "cc": [address]}
    body, at = json.dumps({"type": "email.received", "data": told}).encode(), str(int(timezone.now().timestamp()))
    kept = {"https://api.resend.com/emails/receiving/7": b'{"raw": {"download_url": "https://kept"}}'}

    def get(url, headers, timeout):
        answer = Response()
        answer.status_code, answer._content = (200, kept[url]) if url in kept else (404, b"")
        return answer

    monkeypatch.setattr(requests, "get", get)
    signature = b64encode(hmac.digest(KEY.encode(), f"a.{at}.".encode() + body, "sha256")).decode()
    headers = {"Authorization": "Basic cHJvdmlkZXI6cGFzc3dvcmQ=", "svix-id": "a", "svix-timestamp": at}
    for forged in ("", "v1,", f"v1,x{signature[1:]}", f"v2,{signature}", "v1,ž"):
        assert post("resend", body, "application/json", **headers, **{"svix-signature": forged}) == 401
    headers["svix-signature"] = f"v1,other v1,{signature}"
    assert post("resend", body, "application/json", **headers | {"svix-timestamp": "1"}) == 401
    assert post("resend", body, "application/json", **headers) == 503
    assert arrivals(cast) == []
    kept["https://kept"] = GARBLED
    assert post("resend", body, "application/json", **headers) == 200
    assert [bytes(arrival.raw) for arrival in arrivals(cast)] == [GARBLED]


ODD = [
    b"",
    b"[]",
    b"{}",
    b"null",
    b"7",
    b"[" * 100_000,
    b'{"data": 7}',
    b'{"data": {"to": 7, "email_id": 7}}',
    b"\xff\x00",
]
ODD += [
    b'{"RawEmail": "x", "OriginalRecipient": 7}',
    b'{"RawEmail": 7, "OriginalRecipient": "x"}',
    b'{"RawEmail": "\\ud800"}',
]


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.filterwarnings("ignore::Warning")
def test_odd_bodies_of_a_provider_are_no_error_of_ours(cast, address, settings, monkeypatch, provider):
    settings.ANYMAIL = SIGNING | BY_PASSWORD | SECRETS | {"RESEND_API_KEY": "key"}
    monkeypatch.setattr("gateways.views.inbound_mail.check", lambda request, provider: None)
    for body in ODD:
        for content_type in (
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=b",
        ):
            assert post(provider, body, content_type) in {200, 400, 406, 503}
    assert arrivals(cast) == []


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
