"""Files that are too large, sent over a real connection: a clear answer, what was typed kept, nothing half stored."""

import base64
import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from conversations.attaching import Upload
from conversations.models import Conversation, FileContent, Message, ReplyKey
from gateways.models import Arrival
from tests.faults.conftest import Browser
from tests.gateways.letters import letter, reply_address

MB = 1_000_000


def form(text: str, megabytes: int) -> bytes:
    cv = SimpleUploadedFile("CV.pdf", b"%PDF-" + bytes(megabytes * MB))
    return encode_multipart(BOUNDARY, {"text": text, "name": text, "consent": "on", "files": cv})


def page_of(cast, conversation: Conversation) -> str:
    with cast.inside():
        return f"/c/{ReplyKey.of(conversation, ReplyKey.Use.LINK).token}/messages/"


def test_a_candidate_who_sends_too_much_keeps_their_words(cast, port):
    conversation = cast.apply()
    browser, path = Browser(port), page_of(cast, conversation)
    refused = browser.ask("POST", path, form("My dear CV", 30), Content_Type=MULTIPART_CONTENT)
    assert refused.status == 413
    assert "CV.pdf" in refused.text
    assert "My dear CV" in refused.text
    with cast.inside():
        assert not FileContent.objects.exists()
        assert Message.objects.count() == 1
    taken = browser.ask("POST", path, form("Smaller", 1), Content_Type=MULTIPART_CONTENT, HX_Request="true")
    assert taken.status == 201


def test_more_than_a_request_may_have_is_told_too(cast, port):
    path = page_of(cast, cast.apply())
    for headers in ({}, {"HX_Request": "true"}):
        refused = Browser(port).ask("POST", path, form("All my files", 60), Content_Type=MULTIPART_CONTENT, **headers)
        assert refused.status == 413
        assert "Send fewer or smaller files." in refused.text


def test_a_program_that_sends_too_much_is_answered_with_a_problem(cast, port):
    file = {"name": "CV.pdf", "content": base64.b64encode(bytes(30 * MB)).decode()}
    application = {"campaign": cast.campaign.slug, "person": {"name": "Lucie", "email": "l@mail.example"}}
    for files in ([file], [file, file]):
        body = json.dumps(application | {"files": files}).encode()
        headers = {"Authorization": f"Bearer {cast.token()}", "Content_Type": "application/json"}
        refused = Browser(port).ask("POST", "/api/v1/applications", body, **headers)
        assert (refused.status, json.loads(refused.text)["status"]) == (413, 413)
    with cast.inside():
        assert not Conversation.objects.exists()


def test_a_provider_may_bring_the_largest_mail_with_its_files_beside_it(cast, port, settings):
    """Postmark's way: 25 MB of mail, and its attachments once more. Refused, it would be given up in the end."""
    settings.ANYMAIL = {"WEBHOOK_SECRET": "provider:password"}
    file = base64.b64encode(bytes(18 * MB)).decode()
    raw = letter("My portfolio", files=[Upload("portfolio.pdf", bytes(18 * MB))]).as_bytes().decode()
    told = {"RawEmail": raw, "OriginalRecipient": reply_address(cast, cast.apply()), "Attachments": [{"Content": file}]}
    body = json.dumps(told | {"HtmlBody": "x" * 10 * MB}).encode()
    assert len(body) > settings.LARGEST_REQUEST
    headers = {"Content_Type": "application/json", "Authorization": "Basic cHJvdmlkZXI6cGFzc3dvcmQ="}
    assert Browser(port).ask("POST", "/webhooks/mail/postmark/", body, **headers).status == 200
    assert Browser(port).ask("POST", "/webhooks/mail/postmark/", body + body, **headers).status == 413
    with cast.inside():
        assert Arrival.objects.get().state == "understood"
