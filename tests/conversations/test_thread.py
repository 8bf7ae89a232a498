import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Member
from conversations.models import Conversation, Message, MessageFile
from tests.cast import CV, signed_in

HTMX = {"HX-Request": "true"}


def url(name: str, conversation: Conversation, query: str = "") -> str:
    return reverse(name, args=[conversation.pk]) + query


def test_the_page_shows_list_thread_and_profile(cast):
    conversation = cast.apply(text="Good morning")
    page = signed_in(cast.jana).get(url("conversation", conversation)).content.decode()
    assert "Good morning" in page
    assert 'role="log"' in page
    assert "lucie@mail.example" in page
    assert "Applied through Jobs.example" in page
    assert f"item-{conversation.pk}" in page


def test_htmx_gets_the_thread_and_the_profile_out_of_band(cast):
    conversation = cast.apply()
    page = signed_in(cast.jana).get(url("conversation", conversation), headers=HTMX).content.decode()
    assert "<html" not in page
    assert 'hx-swap-oob="innerHTML:#profile"' in page


@pytest.mark.parametrize(
    "name", ["conversation", "conversation_events", "saved_replies", "colleagues", "snooze", "rejection"]
)
def test_others_get_404(cast, stranger, name):
    conversation = cast.apply()
    for member in (cast.eva, cast.guest, stranger.member):
        assert signed_in(member).get(url(name, conversation)).status_code == 404


@pytest.mark.parametrize("name", ["messages", "draft", "reading", "snooze", "rejection", "leg"])
def test_others_change_nothing(cast, stranger, name):
    conversation = cast.apply()
    with cast.inside():
        before = conversation.events.count()
    for member in (cast.eva, cast.guest, stranger.member):
        data = {"text": "Hello", "kind": "reply", "number": "1"}
        assert signed_in(member).post(url(name, conversation), data).status_code == 404
    with cast.inside():
        assert conversation.events.count() == before
        assert not conversation.drafts.exists()


@pytest.mark.parametrize("name", ["messages", "reading", "leg"])
def test_what_changes_something_wants_a_post(cast, name):
    assert signed_in(cast.jana).get(url(name, cast.apply())).status_code == 405


def test_nobody_signed_in_is_asked_to_sign_in(cast, client):
    answer = client.get(url("conversation", cast.apply()))
    assert answer.status_code == 302


def test_events_after_a_number_are_what_the_page_missed(cast):
    conversation, client = cast.apply(), signed_in(cast.jana)
    with cast.inside():
        conversation.refresh_from_db()
        last = conversation.last_number
    assert client.get(url("conversation_events", conversation, f"?after={last}")).status_code == 204
    with cast.inside():
        conversation.reply("Here I am", by=cast.petr)
    missed = client.get(url("conversation_events", conversation, f"?after={last}")).content.decode()
    assert missed.count("<article") == 1
    assert "Here I am" in missed
    assert 'data-part="thread-actions"' in missed


def test_older_events_come_a_page_at_a_time(cast):
    conversation, client = cast.apply(), signed_in(cast.jana)
    with cast.inside():
        for number in range(60):
            conversation.note(f"Note {number:02}", by=cast.petr)
        last = conversation.last_number
    page = client.get(url("conversation", conversation)).content.decode()
    assert "Note 59" in page
    assert "Note 05" not in page
    assert f"?before={last - 49}" in page
    older = client.get(url("conversation_events", conversation, f"?before={last - 49}")).content.decode()
    assert "Note 05" in older
    assert "?before=" not in older


@pytest.mark.parametrize("after", ["x", "-1", "99999999999999999999", "1.5", "%00", "²"])
def test_a_number_that_is_none_is_as_if_it_were_not_there(cast, after):
    conversation = cast.apply()
    assert signed_in(cast.jana).get(url("conversation_events", conversation, f"?after={after}")).status_code == 200


def test_states_of_delivery_are_words(cast):
    conversation = cast.apply()
    with cast.inside():
        message = conversation.reply("Good morning", by=cast.jana)
    with cast.inside():
        Message.objects.filter(pk=message.pk).update(delivery_state="failed", delivery_reason="mailbox full")
    page = signed_in(cast.jana).get(url("conversation", conversation)).content.decode()
    assert "failed: mailbox full" in page


def test_somebody_else_is_named_as_such_and_what_they_quote_is_folded(cast):
    conversation = cast.apply()
    with cast.inside():
        conversation.receive("From my uncle", via="email", third_party="uncle@mail.example", quoted_text="> Hello")
    page = signed_in(cast.jana).get(url("conversation", conversation)).content.decode()
    assert "somebody else" in page
    assert "uncle@mail.example" in page
    assert "<details" in page


def test_what_a_candidate_writes_is_never_markup(cast):
    conversation = cast.apply(text='<script>alert(1)</script> https://a.example/?"onmouseover="x')
    page = signed_in(cast.jana).get(url("conversation", conversation)).content.decode()
    assert "<script>alert" not in page
    assert 'onmouseover="x' not in page
    assert 'rel="nofollow noopener noreferrer" target="_blank"' in page


def test_reading_is_remembered_and_never_goes_back(cast):
    conversation, client = cast.apply(), signed_in(cast.jana)
    for number, status in [("2", 204), ("1", 204), ("x", 422), ("9" * 30, 422)]:
        assert client.post(url("reading", conversation), {"number": number}).status_code == status
    with cast.inside():
        assert conversation.readings.get(member=cast.jana).number == 2


def test_snooze_and_wake(cast):
    conversation, client = cast.apply(), signed_in(cast.jana)
    assert "Tomorrow morning" in client.get(url("snooze", conversation)).content.decode()
    for bad in ["", "yesterday", "2020-01-01T10:00", "9999-99-99T00:00", "2500-01-01T00:00", "0001-01-01T00:00+14:00"]:
        refused = client.post(url("snooze", conversation), {"until": bad}, headers=HTMX)
        assert refused.status_code == 422
        assert "<dialog" in refused.content.decode()
    until = {"until": (conversation.opened_at.replace(microsecond=0).isoformat()).replace("2026", "2027", 1)}
    answer = client.post(url("snooze", conversation), {"until": until["until"][:16]}, headers=HTMX)
    assert answer.headers["HX-Trigger"] == "thread-changed" or "thread-changed" in answer.headers["HX-Trigger"]
    with cast.inside():
        conversation.refresh_from_db()
        assert conversation.snoozed_until is not None
    client.delete(url("snooze", conversation))
    with cast.inside():
        conversation.refresh_from_db()
        assert conversation.snoozed_until is None


def test_rejection_and_its_undo(cast):
    conversation, client = cast.apply(), signed_in(cast.jana)
    client.post(url("rejection", conversation), headers=HTMX)
    page = client.get(url("conversation", conversation)).content.decode()
    assert "Undo rejection" in page
    client.delete(url("rejection", conversation), headers=HTMX)
    with cast.inside():
        conversation.refresh_from_db()
        assert not conversation.is_rejected
        assert conversation.application.stage == "new"
        conversation.receive("I can write again", via="web")


def test_an_ended_conversation_is_taken_up_again(cast):
    conversation, client = cast.apply(), signed_in(cast.petr)
    with cast.inside():
        conversation.end_leg(by=cast.jana, data={"status": "Qualified", "stars": 4}, at=conversation.opened_at)
    page = client.get(url("conversation", conversation)).content.decode()
    assert "Take up again" in page
    assert "Jana Dvořáková delivered this: Qualified · ★★★★" in page
    client.post(url("leg", conversation), headers=HTMX)
    with cast.inside():
        conversation.refresh_from_db()
        assert conversation.is_open
        assert conversation.owner == cast.petr


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_thread_takes_twelve_queries_for_one_line_or_for_fifty(cast, headers):
    conversation, client = cast.apply(), signed_in(cast.jana)
    with cast.inside():
        for number in range(40):
            conversation.reply(f"Message {number}", by=cast.petr, files=[CV])
        assert MessageFile.objects.count() == 40
        assert Member.objects.count() == 6
    client.get(url("conversation", conversation))
    with CaptureQueriesContext(connection) as asked:
        client.get(url("conversation", conversation), headers=headers)
    queries = [query["sql"] for query in asked if query["sql"] not in {"BEGIN", "COMMIT"}]
    assert len(queries) <= 12, "\n".join(queries)


def test_whom_a_note_can_name_is_asked_for_when_needed(cast):
    conversation, client = cast.apply(), signed_in(cast.jana)
    assert "Petr Svoboda" not in client.get(url("conversation", conversation), headers=HTMX).text
    named = client.get(url("colleagues", conversation)).text
    assert 'data-insert="@Petr Svoboda"' in named
    assert "Jana" not in named
