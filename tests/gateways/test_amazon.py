"""Amazon SES: its notifications as SNS posts them, and its services as they answer, by an imitation of both."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from accounts.mailing import PermanentFailure, hand_over
from accounts.models import Workspace
from accounts.sealing import seal
from conversations.models import Message
from gateways.email.transport import transport_of
from gateways.email.webhook_keys import secret_of
from gateways.models import Arrival, ChannelAccount
from tests.gateways.letters import letter, reply_address

TOPIC = "arn:aws:sns:eu-central-1:123456789012:mail"
LATIN = b"From: lucie@mail.example\r\nMessage-ID: <8bit@mail.example>\r\n\r\nP\xf8ijdu ve \xe8tvrtek.\r\n"
SENT = {"messageId": "0102-ses", "destination": ["lucie@mail.example"]}
BOUNCED = {"emailAddress": "lucie@mail.example", "diagnosticCode": "smtp; 550 5.1.1 user unknown"}


class Amazon(BaseHTTPRequestHandler):
    """SNS confirms, S3 hands out, SES takes in; each refuses what it is told to."""

    def do_GET(self):
        self.server.asked.append(self.path)
        self._answer(404 if self.server.refuses else 200, LATIN)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(parse_qs(body.decode()).get("Token", [self.path])[0])
        if self.server.refuses:
            self._answer(
                400, b'{"message": "Address is on the suppression list"}', **{"x-amzn-ErrorType": "MessageRejected"}
            )
        elif self.path == "/":
            self._answer(
                200,
                b"<R><ConfirmSubscriptionResult><SubscriptionArn>a</SubscriptionArn></ConfirmSubscriptionResult></R>",
            )
        else:
            self._answer(200, b'{"MessageId": "0102-ses"}')

    def _answer(self, status, body, **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def amazon(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Amazon)
    server.asked, server.refuses = [], False
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    login = {"aws_access_key_id": "x", "aws_secret_access_key": "y", "region_name": "eu-central-1"}
    endpoint = {
        "endpoint_url": f"http://127.0.0.1:{server.server_port}",
        "config": {"retries": {"total_max_attempts": 1}},
    }
    settings.ANYMAIL = {"WEBHOOK_SECRET": "sns:password", "AMAZON_SES_CLIENT_PARAMS": login | endpoint}
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def account(cast) -> ChannelAccount:
    with cast.inside():
        facts = {"name": "Jobs", "address": "jobs@northwind.example", "workspace": Workspace.objects.first()}
        keys = {"username": "x", "sealed_secret": seal("y"), "server": "eu-central-1"}
        return ChannelAccount.objects.create(provider="amazon_ses", **facts, **keys)


@pytest.fixture
def address(cast, lead) -> str:
    return reply_address(cast, lead)


def posted(path, message, kind="Notification", login="sns:password", **facts):
    """As https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html has it."""
    text = message if isinstance(message, str) else json.dumps(message)
    body = {
        "Type": kind,
        "MessageId": "22b80b92",
        "TopicArn": TOPIC,
        "Message": text,
        "Timestamp": "2026-11-22T10:00:00.000Z",
    }
    headers = {"x-amz-sns-message-type": kind, "x-amz-sns-message-id": "22b80b92", "x-amz-sns-topic-arn": TOPIC}
    if login:
        headers["Authorization"] = f"Basic {base64.b64encode(login.encode()).decode()}"
    return Client().post(path, json.dumps(body | facts), content_type="text/plain; charset=UTF-8", headers=headers)


def received(address, **facts):
    receipt = {"recipients": [address], "action": {"type": "SNS", "encoding": "UTF-8"} | facts}
    content = base64.b64encode(LATIN).decode() if facts.get("encoding") == "BASE64" else letter("Hello").as_string()
    return {
        "notificationType": "Received",
        "receipt": receipt,
        "mail": {"source": "lucie@mail.example"},
        "content": content,
    }


def arrivals(cast) -> list[Arrival]:
    with cast.inside():
        return list(Arrival.objects.defer(None))


INBOUND, TRACKING = "/webhooks/mail/amazon_ses/", "/mail/tracking/amazon_ses/"


@pytest.mark.parametrize(
    ("action", "is_as_it_came"),
    [({}, False), ({"encoding": "BASE64"}, True), ({"type": "S3", "bucketName": "mails", "objectKey": "one"}, True)],
    ids=["text", "base64", "bucket"],
)
def test_a_mail_that_came_to_amazon_comes_to_us(cast, address, amazon, action, is_as_it_came):
    assert posted(INBOUND, received(address, **action)).status_code == 200
    (arrival,) = arrivals(cast)
    assert (arrival.via, arrival.state) == ("amazon_ses", "understood")
    assert (bytes(arrival.raw) == LATIN) is is_as_it_came
    assert amazon.asked == (["/mails/one"] if "bucketName" in action else [])


def test_what_amazon_keeps_and_does_not_hand_out_is_asked_for_again(cast, address, amazon):
    amazon.refuses = True
    assert posted(INBOUND, received(address, type="S3", bucketName="mails", objectKey="one")).status_code == 503
    assert arrivals(cast) == []


def test_who_does_not_know_the_password_is_asked_for_it_and_stores_nothing(cast, address, amazon, account):
    for path in (INBOUND, TRACKING, f"{TRACKING}{account.pk}/"):
        for login in ("", "sns:wrong"):
            answer = posted(path, received(address), login=login)
            assert (answer.status_code, answer["WWW-Authenticate"][:5]) == (401, "Basic")
            assert posted(path, "", "SubscriptionConfirmation", login, Token="t").status_code == 401
    assert (arrivals(cast), amazon.asked) == ([], [])


def test_what_is_no_notification_about_a_mail(cast, address, amazon):
    assert posted(INBOUND, "Successfully validated SNS topic for Amazon SES event publishing.").status_code == 200
    assert posted(INBOUND, "", "UnsubscribeConfirmation").status_code == 200
    assert posted(INBOUND, {"eventType": "Delivery", "mail": SENT}).status_code == 400
    assert posted(TRACKING, received(address)).status_code == 400
    assert posted(INBOUND, "garbled").status_code == 400
    assert posted(INBOUND, "x", MessageId="another").status_code == 401
    assert posted(INBOUND, received("reply+aaaaaaaaaaaaaaaaaaaaaaaaaa@inbound.localhost")).status_code == 406
    assert arrivals(cast) == []


def test_a_subscription_is_confirmed(amazon, account):
    known = f"recruitchat:{secret_of(account)}"
    for path, login in ((INBOUND, "sns:password"), (TRACKING, "sns:password"), (f"{TRACKING}{account.pk}/", known)):
        assert posted(path, "", "SubscriptionConfirmation", login, Token=path).status_code == 200
    assert amazon.asked == [INBOUND, TRACKING, f"{TRACKING}{account.pk}/"]
    amazon.refuses = True
    assert posted(TRACKING, "", "SubscriptionConfirmation", Token="t").status_code == 503


def test_sends_and_hears_what_became_of_it(cast, lead, amazon, account):
    with cast.inside():
        lead.reply("Good morning", by=cast.jana)
    assert amazon.asked == ["/v2/email/outbound-emails"]
    login, path = f"recruitchat:{secret_of(account)}", f"{TRACKING}{account.pk}/"
    delivery = {"eventType": "Delivery", "mail": SENT, "delivery": {"recipients": ["lucie@mail.example"]}}
    bounce = {"bounceType": "Permanent", "bounceSubType": "General", "bouncedRecipients": [BOUNCED]}
    complaint = {"complainedRecipients": [{"emailAddress": "lucie@mail.example"}]}
    for told, expected in (
        (delivery, ("delivered", "")),
        ({"notificationType": "Bounce", "mail": SENT, "bounce": bounce}, ("failed", BOUNCED["diagnosticCode"])),
        (
            {"notificationType": "Complaint", "mail": SENT, "complaint": complaint},
            ("failed", BOUNCED["diagnosticCode"]),
        ),
    ):
        assert posted(path, told, login=login).status_code == 200
        with cast.inside():
            message = Message.objects.select_related("conversation__person").get(kind="outbound")
            assert (message.delivery_state, message.delivery_reason) == expected
    assert message.conversation.person.stopped_at


def test_what_amazon_says_of_the_mail_itself_is_final(amazon, account):
    amazon.refuses = True
    mail = EmailMultiAlternatives("Hello", "Good morning", "jobs@northwind.example", ["lucie@mail.example"])
    with pytest.raises(PermanentFailure, match="suppression list"):
        hand_over(mail, transport_of(account))
