"""What comes back about a mail that has left."""

import hmac
import json
from base64 import b64encode
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organization, Workspace
from accounts.sealing import seal
from conversations.models import Event, Message
from gateways.email.opening import dot_url, is_by_machine
from gateways.email.webhook_keys import secret_of
from gateways.models import Attempt, ChannelAccount
from people.models import Activity

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"


@pytest.fixture
def attempt(cast, lead) -> Attempt:
    with cast.inside():
        lead.reply("Good morning", by=cast.jana)
    with cast.inside():
        Attempt.objects.update(sent_at=timezone.now() - timedelta(minutes=1), provider_id="pm-1")
        return Attempt.objects.get()


def postmark_of(who, address) -> ChannelAccount:
    with who.inside():
        return ChannelAccount.objects.create(
            provider="postmark", name="Jobs", address=address, workspace=Workspace.objects.first()
        )


@pytest.fixture
def account(cast, attempt) -> ChannelAccount:
    """By whose provider the mail went."""
    account = postmark_of(cast, "jobs@northwind.example")
    with cast.inside():
        Attempt.objects.update(account=account)
    return account


def state(cast) -> tuple[str, str]:
    with cast.inside():
        message = Message.objects.get(kind="outbound")
        return message.delivery_state, message.delivery_reason


BOUNCE = {
    "Type": "HardBounce",
    "TypeCode": 1,
    "ID": 7,
    "Details": "smtp;550 5.1.1 no such user",
    "Email": "x@y.example",
}
COMPLAINT = {"Type": "SpamComplaint", "TypeCode": 100001, "ID": 8, "Email": "x@y.example"}


def report(account, kind="Delivery", secret=None, **facts):
    """Without an account, one of the installation's own provider."""
    body = {"RecordType": kind, "MessageID": "pm-1", "Recipient": "lucie@mail.example"} | facts
    login = b64encode(f"recruitchat:{secret or secret_of(account)}".encode()).decode()
    return Client().post(
        f"/mail/tracking/postmark/{account.pk}/" if account else "/mail/tracking/postmark/",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Basic {login}"},
    )


def fetch(attempt, agent=FIREFOX, method="get"):
    path = "/" + dot_url(attempt).partition("//")[2].partition("/")[2]
    return getattr(Client(), method)(path, headers={"User-Agent": agent})


@pytest.mark.parametrize(
    ("headers", "seconds", "expected"),
    [
        ({"User-Agent": FIREFOX}, 60, False),
        ({"User-Agent": GMAIL}, 60, False),
        ({"User-Agent": FIREFOX}, None, False),
        ({"User-Agent": FIREFOX}, 1, True),
        ({"User-Agent": FIREFOX, "Sec-Purpose": "prefetch;prerender"}, 60, True),
        ({"User-Agent": FIREFOX, "X-Purpose": "preview"}, 60, True),
        ({"User-Agent": "Mozilla/5.0"}, 60, True),
        ({"User-Agent": ""}, 60, True),
        ({}, 60, True),
        ({"User-Agent": "Mozilla/5.0 (compatible; Barracuda Sentinel)"}, 60, True),
        ({"User-Agent": "python-requests/2.32"}, 60, True),
    ],
)
def test_scanners_and_prefetchers_read_nothing(headers, seconds, expected):
    since = timedelta(seconds=seconds) if seconds is not None else None
    assert is_by_machine(headers, since) is expected


def test_an_opened_mail_is_noted_once(cast, attempt):
    for agent in ("curl/8", FIREFOX, GMAIL, FIREFOX):
        answer = fetch(attempt, agent)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/gif")
        assert "no-store" in answer["Cache-Control"]
    assert fetch(attempt, method="head").status_code == 200
    assert fetch(attempt, method="post").status_code == 405
    assert Client().get("/mail/opened/1-0~forged/").status_code == 404
    assert state(cast) == ("opened", "")
    with cast.inside():
        assert Event.objects.filter(kind="mail_opened").count() == 1
        assert Activity.objects.filter(kind="mail_opened").count() == 1
        assert Attempt.objects.get().opened_at


def test_who_follows_the_link_has_opened_the_mail(cast, attempt):
    from conversations.linking import link_opened

    with cast.inside():
        link_opened(attempt.message.conversation, now=timezone.now())
    assert state(cast) == ("opened", "")


def test_without_the_organizations_wish_there_is_no_dot(cast, lead, mailoutbox):
    with cast.inside():
        Organization.objects.update(counts_opens=False)
        lead.reply("Good morning", by=cast.jana)
    bodies = [mail.alternatives[0].content for mail in mailoutbox if "lucie@mail.example" in mail.to[0]]
    assert bodies
    assert "/mail/opened/" not in "".join(bodies)


def test_reports_move_the_state_forward_only_and_twice_is_once(cast, attempt, account):
    assert report(account, DeliveredAt="2026-11-22T10:00:00Z").status_code == 200
    assert state(cast) == ("delivered", "")
    opened = {"ReceivedAt": timezone.now().isoformat(), "UserAgent": FIREFOX, "FirstOpen": True}
    for _ in range(3):
        assert report(account, "Open", **opened).status_code == 200
    report(account, DeliveredAt="2026-11-22T10:00:00Z")
    assert state(cast) == ("opened", "")
    with cast.inside():
        assert Event.objects.filter(kind="mail_opened").count() == 1


KEY = "signing-key"
BODIES = {
    "brevo": {"event": "hard_bounce", "email": "x", "id": 1, "ts_epoch": 1, "message-id": "<pm-1>", "reason": "550 no"},
    "mailersend": {
        "type": "activity.hard_bounced",
        "data": {
            "type": "hard_bounced",
            "email": {"message": {"id": "pm-1"}, "recipient": {"email": "x"}},
            "morph": {"object": "recipient_bounce", "reason": "550 no"},
        },
    },
    "mailjet": [{"event": "bounce", "MessageID": "pm-1", "hard_bounce": True, "comment": "550 no", "time": 1}],
    "mailtrap": {"events": [{"event": "bounce", "message_id": "pm-1", "timestamp": 1, "response": "550 no"}]},
    "resend": {
        "type": "email.bounced",
        "created_at": "2026-11-22T10:00:00Z",
        "data": {"email_id": "pm-1", "to": ["x@y.example"], "bounce": {"message": "550 no"}},
    },
    "sendgrid": [{"event": "bounce", "anymail_id": "pm-1", "email": "x", "timestamp": 1, "reason": "550 no"}],
    "sparkpost": [{"msys": {"message_event": {"type": "bounce", "transmission_id": "pm-1", "raw_reason": "550 no"}}}],
}


def bounce_by(provider: str, url: str) -> tuple[bytes, str, dict[str, str]]:
    """As it comes: body, kind of content, and what proves it beside the password, by an account's own key."""
    at = str(int(timezone.now().timestamp()))
    if provider == "mailgun":
        proof = hmac.new(KEY.encode(), f"{at}token".encode(), "sha256").hexdigest()
        facts = {"event": "failed", "severity": "permanent", "timestamp": 1, "delivery-status": {"message": "550 no"}}
        facts["message"] = {"headers": {"message-id": "pm-1"}}
        told = {"signature": {"timestamp": at, "token": "token", "signature": proof}, "event-data": facts}
        return json.dumps(told).encode(), "application/json", {}
    if provider == "mandrill":
        events = json.dumps(
            [{"event": "hard_bounce", "ts": 1, "_id": "pm-1", "msg": {"_id": "pm-1", "diag": "550 no"}}]
        )
        signature = b64encode(hmac.digest(KEY.encode(), f"{url}mandrill_events{events}".encode(), "sha1")).decode()
        body = urlencode({"mandrill_events": events}).encode()
        return body, "application/x-www-form-urlencoded", {"X-Mandrill-Signature": signature}
    body = json.dumps(BODIES[provider]).encode()
    signed = {
        "mailersend": {"Signature": hmac.new(KEY.encode(), body, "sha256").hexdigest()},
        "mailtrap": {"Mailtrap-Signature": hmac.new(KEY.encode(), body, "sha256").hexdigest()},
        "resend": {
            "svix-id": "a",
            "svix-timestamp": at,
            "svix-signature": "v1,"
            + b64encode(hmac.digest(KEY.encode(), f"a.{at}.".encode() + body, "sha256")).decode(),
        },
    }
    return body, "application/json", signed.get(provider, {})


@pytest.mark.parametrize("provider", sorted({*BODIES, "mailgun", "mandrill"}))
@pytest.mark.filterwarnings("ignore::Warning")
def test_each_provider_says_what_came_back(cast, attempt, provider):
    with cast.inside():
        workspace = Workspace.objects.first()
        account = ChannelAccount(provider=provider, name="Jobs", address="jobs@northwind.example", workspace=workspace)
        key = f"whsec_{b64encode(KEY.encode()).decode()}" if provider == "resend" else KEY
        account.sealed_webhook_key = seal(key) if provider != "sendgrid" else ""
        account.save()
        Attempt.objects.update(account=account)
    path = f"/mail/tracking/{provider}/{account.pk}/"
    login = {"Authorization": f"Basic {b64encode(f'recruitchat:{secret_of(account)}'.encode()).decode()}"}
    body, content_type, proof = bounce_by(provider, f"http://recruitchat:{secret_of(account)}@testserver{path}")

    def post(body: bytes, **headers: str) -> int:
        return Client().post(path, body, content_type=content_type, headers=headers).status_code

    assert post(body, **proof) == 401
    assert not proof or post(body, **login) == 401
    assert not proof or post(body + b" ", **login, **proof) == 401
    assert state(cast) == ("sent", "")
    for _ in range(2):
        assert post(body, **login, **proof) == 200
    assert state(cast)[0] == "failed"
    assert "550 no" in state(cast)[1]
    for odd in (b"", b"[]", b"{}", b"7", b"[" * 100_000, b'{"events": 7}'):
        assert post(odd, **login, **proof) in {200, 400, 401}
    with cast.inside():
        assert Event.objects.filter(kind="mail_failed").count() == 1


def test_the_last_of_many_reports_that_come_together_counts(cast, attempt):
    """SendGrid collects what it has for half a minute."""
    with cast.inside():
        account = ChannelAccount.objects.create(
            provider="sendgrid", name="Jobs", address="jobs@northwind.example", workspace=Workspace.objects.first()
        )
        Attempt.objects.update(account=account)
    others = [{"event": "delivered", "anymail_id": f"other-{number}", "timestamp": 1} for number in range(1_010)]
    login = {"Authorization": f"Basic {b64encode(f'recruitchat:{secret_of(account)}'.encode()).decode()}"}
    body, path = json.dumps([*others, *BODIES["sendgrid"]]), f"/mail/tracking/sendgrid/{account.pk}/"
    assert Client().post(path, body, content_type="application/json", headers=login).status_code == 200
    assert state(cast)[0] == "failed"


def test_a_delivery_told_after_the_bounce_is_late(cast, attempt, account):
    for kind, facts in (("Bounce", BOUNCE), ("Delivery", {}), ("Open", {"UserAgent": FIREFOX}), ("Bounce", BOUNCE)):
        assert report(account, kind, **facts).status_code == 200
    assert state(cast)[0] == "failed"
    with cast.inside():
        assert not Event.objects.filter(kind="mail_opened").exists()


def test_a_bounce_fails_the_attempt_and_says_why(cast, attempt, account):
    for _ in range(2):
        assert report(account, "Bounce", **BOUNCE).status_code == 200
    assert state(cast)[0] == "failed"
    assert "550 5.1.1 no such user" in state(cast)[1]
    with cast.inside():
        assert Event.objects.filter(kind="mail_failed").count() == 1


def test_a_mail_that_came_back_was_read_by_nobody_whatever_opened_it(cast, attempt, account):
    fetch(attempt)
    assert report(account, "Bounce", **BOUNCE).status_code == 200
    assert state(cast)[0] == "failed"
    fetch(attempt)
    assert state(cast)[0] == "failed"


def test_a_report_is_believed_about_what_its_own_provider_has_sent(cast, stranger, attempt, account, settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": "recruitchat:installation"}
    theirs, other = postmark_of(stranger, "jobs@contoso.example"), postmark_of(cast, "other@northwind.example")
    for who, secret in ((theirs, None), (other, None), (None, "installation")):
        for kind, facts in (("Bounce", BOUNCE), ("SpamComplaint", COMPLAINT), ("Delivery", {})):
            assert report(who, kind, secret, **facts).status_code == 200
    assert state(cast) == ("sent", "")
    with cast.inside():
        assert Message.objects.get(kind="outbound").conversation.person.stopped_at is None
        Attempt.objects.update(account=None)
    report(account, "Bounce", **BOUNCE)
    assert state(cast) == ("sent", "")
    report(None, "Bounce", "installation", **BOUNCE)
    assert state(cast)[0] == "failed"


def test_who_complains_is_written_to_no_more(cast, attempt, account):
    assert report(account, "SpamComplaint", **COMPLAINT).status_code == 200
    with cast.inside():
        assert Message.objects.get(kind="outbound").conversation.person.stopped_at


def test_what_is_not_signed_is_refused_and_changes_nothing(cast, attempt, account, stranger):
    assert report(account, secret="wrong").status_code == 401
    for path, status in (("postmark/", 401), (f"postmark/{account.pk}/", 401), ("nobody/", 404)):
        answer = Client().post(f"/mail/tracking/{path}", "{}", content_type="application/json")
        assert answer.status_code == status
    assert Client().get(f"/mail/tracking/postmark/{account.pk}/").status_code == 405
    assert state(cast) == ("sent", "")
    assert report(account, MessageID="unknown").status_code == 200
    assert report(account, MessageID={"a": 1}).status_code in {200, 400}
    assert report(account, MessageID="a\x00b").status_code == 200
