from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.tenancy import enter
from conversations.models import Conversation, Event, Message, MessageFile, ReplyKey
from people.models import Activity
from tests.cast import CV, signed_in


@pytest.fixture
def conversation(cast, once) -> Conversation:
    def begun() -> None:
        conversation = cast.apply(text="Hello from Lucie")
        with cast.inside():
            conversation.reply("Good morning from Jana", by=cast.jana, files=[CV])
            conversation.note("Strong CV, a secret", by=cast.jana, files=[CV])
            conversation.receive("I am her sister", via="email", third_party="anna@elsewhere.example")

    once(begun)
    return cast.conversation()


@pytest.fixture
def page(cast, conversation) -> str:
    with cast.inside():
        return f"/c/{ReplyKey.of(conversation, ReplyKey.Use.LINK).token}/"


def said(cast) -> list[str]:
    with cast.inside():
        return list(Message.objects.values_list("text", flat=True))


def test_it_shows_what_was_said_and_nothing_internal(page):
    answer = Client().get(page)
    html = answer.content.decode()
    assert "Hello from Lucie" in html
    assert "Good morning from Jana" in html
    assert "a secret" not in html
    assert "sister" not in html
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Language"] == "cs"


def test_what_goes_out_by_itself_is_the_organizations(cast, conversation, page):
    with cast.inside():
        conversation.say_automatically("We write on Monday")
    for path in (page, f"{page}events/?after=0"):
        assert "<span>Northwind Talent</span>" in Client().get(path).text


def test_the_candidate_answers_without_javascript(cast, page):
    answer = Client(enforce_csrf_checks=True).post(f"{page}messages/", {"text": "From the page"})
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert "From the page" in said(cast)


def test_the_same_form_sent_twice_is_one_message(cast, page):
    client_id = str(uuid4())
    for _ in range(2):
        answer = Client().post(
            f"{page}messages/", {"text": "Once", "client_id": client_id}, headers={"HX-Request": "true"}
        )
        assert answer.status_code == 201
        assert f"message-{client_id}" in answer.content.decode()
    assert said(cast).count("Once") == 1


def test_files_go_along_and_come_back(cast, page):
    Client().post(f"{page}messages/", {"files": [SimpleUploadedFile("my-cv.pdf", CV.content)]})
    with cast.inside():
        files = {file.message.kind: file for file in MessageFile.objects.select_related("message")}
    for kind in ("inbound", "outbound"):
        answer = Client().get(f"{page}files/{files[kind].pk}/{files[kind].name}")
        assert answer.content == CV.content
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert Client().get(f"{page}files/{files['note'].pk}/x").status_code == 404


@pytest.mark.parametrize(
    ("fields", "status"), [({"text": " "}, 422), ({"text": "x" * 20_001}, 422), ({"text": "x", "client_id": "no"}, 422)]
)
def test_what_cannot_be_sent_is_said(cast, page, fields, status):
    before = said(cast)
    assert Client().post(f"{page}messages/", fields).status_code == status
    assert said(cast) == before


def test_a_nul_byte_an_emoji_and_right_to_left_text(cast, page):
    assert Client().post(f"{page}messages/", {"text": "שלום 🙂"}).status_code == 302
    assert "שלום 🙂" in said(cast)
    assert Client().post(f"{page}messages/", {"text": "a\x00b"}).status_code in {302, 422}


def test_a_file_too_large_is_refused_and_the_text_kept(page):
    large = SimpleUploadedFile("large.pdf", b"0" * (21 * 1024 * 1024))
    answer = Client().post(f"{page}messages/", {"text": "Kept", "files": [large]})
    assert answer.status_code == 413
    assert "Kept" in answer.content.decode()


def test_a_rejected_candidate_reads_and_is_told_where_to_write(cast, page, conversation):
    with cast.inside():
        conversation.reject(by=cast.jana)
    html = Client().get(page).content.decode()
    assert "jobs@northwind.example" in html
    assert "<textarea" not in html
    assert Client().post(f"{page}messages/", {"text": "Please"}).status_code == 409
    assert "Please" not in said(cast)


def test_writing_after_the_end_opens_a_new_leg(cast, page, conversation):
    with cast.inside():
        conversation.end_leg(by=cast.jana, data={}, at=timezone.now())
    assert "<textarea" in Client().get(page).content.decode()
    assert Client().post(f"{page}messages/", {"text": "One more thing"}).status_code == 302
    with cast.inside():
        conversation.refresh_from_db()
        assert conversation.is_open


def test_what_was_missed_is_asked_for_by_number(cast, page, conversation):
    missed = Client().get(f"{page}events/?after=0").content.decode()
    assert "Good morning from Jana" in missed
    assert "a secret" not in missed
    assert Client().get(f"{page}events/?after=999").status_code == 204
    assert Client().get(f"{page}events/?after=nonsense").status_code == 200


BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def opened_links() -> int:
    return Activity.objects.filter(kind="link_opened").count()


def test_opening_changes_nothing_and_the_beacon_counts_once_for_each_message(cast, page, conversation):
    client = Client(headers={"User-Agent": BROWSER})
    client.get(page)
    with cast.inside():
        assert not Event.objects.filter(kind="link_opened").exists()
    for _ in range(2):
        assert client.post(f"{page}opened/").status_code == 204
    with cast.inside():
        assert opened_links() == 1
        conversation.reply("And this?", by=cast.jana)
    client.post(f"{page}opened/")
    with cast.inside():
        assert opened_links() == 2
    assert client.get(f"{page}opened/").status_code == 405


@pytest.mark.parametrize(
    "headers", [{}, {"User-Agent": "Mozilla/5.0 Mimecast/1.0"}, {"User-Agent": BROWSER, "Sec-Purpose": "prefetch"}]
)
def test_scanners_and_prefetchers_are_no_people(cast, page, headers):
    assert Client(headers=headers).post(f"{page}opened/").status_code == 204
    with cast.inside():
        assert opened_links() == 0


def test_what_is_stored_is_shown(page):
    html = Client().get(f"{page}stored/").content.decode()
    for fact in ("Lucie Němcová", "lucie@mail.example", "Support agents, Brno", CV.name):
        assert fact in html
    assert "secret" not in html


def test_stop_needs_the_button_and_can_be_undone(cast, page, conversation):
    client = Client(enforce_csrf_checks=True)
    assert client.get(f"{page}stop/").status_code == 200
    with cast.inside():
        person = conversation.person
    for fields, is_stopped in (({}, True), ({"start": "1"}, False)):
        with cast.inside():
            person.refresh_from_db()
            assert (person.stopped_at is None) == is_stopped
        assert client.post(f"{page}stop/", fields).status_code == 302
        with cast.inside():
            person.refresh_from_db()
            assert (person.stopped_at is not None) == is_stopped


@pytest.mark.parametrize("path", ["", "messages/", "events/", "opened/", "stored/", "stop/"])
def test_unknown_revoked_and_wrong_keys_open_nothing(cast, page, conversation, path):
    with cast.inside():
        ReplyKey.objects.get(use="link").revoke()
        address_token = ReplyKey.of(conversation, ReplyKey.Use.ADDRESS).token
    for token in (page.split("/")[2], address_token, "a" * 26, "x", "%00"):
        for ask in (Client().get, Client().post):
            answer = ask(f"/c/{token}/{path}")
            assert answer.status_code == 404
            assert answer["Referrer-Policy"] == "no-referrer"


def test_a_member_of_another_organization_opens_it_like_anybody(page, stranger, cast):
    assert signed_in(stranger.member).get(page).status_code == 200
    with enter(stranger.organization.pk):
        assert not Message.objects.exists()
