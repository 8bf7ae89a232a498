from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from conversations.models import Conversation, Draft, Mention, Message, SavedReply
from conversations.saved_replies import replies_for
from people.models import Person
from tests.cast import CV, Cast, signed_in

HTMX = {"HX-Request": "true"}


def say(cast: Cast, conversation: Conversation, headers=HTMX, **said):
    address = reverse("messages", args=[conversation.pk])
    return signed_in(cast.jana).post(address, {"kind": "reply", **said}, headers=headers)


def test_a_reply_answers_with_its_line_and_the_draft_goes(cast, lead):
    client_id = uuid4()
    with cast.inside():
        Draft.objects.create(conversation=lead, member=cast.jana, text="Good mor")
    answer = say(cast, lead, text="Good morning", client_id=client_id)
    assert answer.status_code == 201
    assert f'id="message-{client_id}"' in answer.content.decode()
    with cast.inside():
        assert not Draft.objects.exists()


def test_sent_twice_it_is_said_once(cast, lead):
    client_id = uuid4()
    first, second = (say(cast, lead, text="Once", client_id=client_id) for _ in range(2))
    assert first.status_code == second.status_code == 201
    with cast.inside():
        assert lead.messages.filter(kind="outbound").count() == 1


def test_without_script_the_page_comes_again_with_what_was_typed(cast, lead):
    assert say(cast, lead, headers={}, text="Good morning").status_code == 302
    with cast.inside():
        lead.end_leg(by=cast.jana, data={}, at=lead.opened_at)
    refused = say(cast, lead, headers={}, text="Typed and kept")
    assert refused.status_code == 422
    assert "Typed and kept" in refused.content.decode()
    assert "has ended" in refused.content.decode()


def test_a_colleagues_unseen_reply_is_named(cast, lead):
    with cast.inside():
        lead.refresh_from_db()
        seen = lead.last_number
        lead.reply("From Petr", by=cast.petr)
        lead.refresh_from_db()
    refused = say(cast, lead, text="From Jana", seen_number=seen)
    assert refused.status_code == 409
    assert "Petr Svoboda has just written" in refused.content.decode()
    assert say(cast, lead, text="From Jana", seen_number=lead.last_number).status_code == 201


@pytest.mark.parametrize(
    "said",
    [
        {"text": "   "},
        {"text": "x" * 100_001},
        {"text": "a\x00b"},
        {"text": "a", "kind": "shout"},
        {"text": "a", "client_id": "no-uuid"},
        {"text": "a", "seen_number": "many"},
        {"text": "a", "seen_number": "-1"},
        {"text": "a", "seen_number": "9" * 40},
    ],
)
def test_what_cannot_be_said_is_refused_in_words(cast, lead, said):
    refused = say(cast, lead, **said)
    assert refused.status_code == 422
    assert 'role="alert"' in refused.content.decode()
    with cast.inside():
        assert not Message.objects.exclude(kind="inbound").exists()


@pytest.mark.parametrize("text", ["😀🇨🇿", "שלום עולם", "a" * 5000, "<b>&amp;</b>"])
def test_any_text_is_said_as_it_is(cast, lead, text):
    assert say(cast, lead, text=text).status_code == 201
    with cast.inside():
        assert lead.messages.get(kind="outbound").text == text


def test_a_file_of_30_mb_is_refused_and_nothing_is_sent(cast, lead):
    large = SimpleUploadedFile("film.mp4", b"\0" * (30 * settings.MIB))
    refused = say(cast, lead, text="See the film", files=[large])
    assert refused.status_code == 413
    assert "film.mp4 is too large" in refused.content.decode()
    with cast.inside():
        assert not lead.messages.filter(kind="outbound").exists()


def test_several_files_go_along_and_too_many_do_not(cast, lead):
    files = [SimpleUploadedFile(f"cv-{number}.pdf", CV.content) for number in range(11)]
    assert say(cast, lead, files=files[:3]).status_code == 201
    with cast.inside():
        assert lead.messages.get(kind="outbound").files.count() == 3
    for file in files:
        file.seek(0)
    assert say(cast, lead, files=files).status_code == 413


def test_a_note_mentions_those_who_can_see_it(cast, lead):
    text = "@Petr Svoboda and @Eva Malá and @Jana Dvořáková, call her"
    assert say(cast, lead, kind="note", text=text).status_code == 201
    with cast.inside():
        assert [mention.member for mention in Mention.objects.all()] == [cast.petr]


def test_a_draft_is_each_members_own_and_goes_when_emptied(cast, lead):
    address = reverse("draft", args=[lead.pk])
    client = signed_in(cast.jana)
    assert client.post(address, {"text": "Half a thou", "is_note": "on"}).status_code == 204
    page = client.get(reverse("conversation", args=[lead.pk])).content.decode()
    assert "Half a thou</textarea>" in page
    assert client.get(address).json() == {"text": "Half a thou", "is_note": True}  # as another open device asks
    assert signed_in(cast.petr).get(address).json()["text"] == ""
    colleague = signed_in(cast.petr).get(reverse("conversation", args=[lead.pk])).content.decode()
    assert "Half a thou" not in colleague
    assert client.post(address, {"text": "a\x00"}).status_code == 422
    assert client.post(address, {"text": " "}).status_code == 204
    with cast.inside():
        assert not Draft.objects.exists()


def test_a_saved_reply_without_a_campaign_names_the_organization(cast):
    with cast.inside():
        SavedReply.objects.create(title="Link", language="en", text="About {campaign}")
        person = Person.objects.create(name="Anna", language="en")
        conversation = Conversation.open_for(person, None, at=timezone.now())
        assert [reply.text for reply in replies_for(conversation, me=cast.jana)] == ["About Northwind Talent"]


def test_saved_replies_are_filled_in_with_the_persons_language_first(cast, lead, django_assert_num_queries):
    with cast.inside():
        SavedReply.objects.create(title="A thank you", language="en", text="Hello {name}, {me} {unknown} {0}")
        SavedReply.objects.create(title="Podekovani", language="cs", text="{first_name}: {campaign} {link}")
        SavedReply.objects.bulk_create(SavedReply(title=f"Link {n}", language="de", text="{link}") for n in range(3))
        replies_for(lead, me=cast.jana)
        with django_assert_num_queries(2):  # the replies, and the link
            czech, english, *_others = replies_for(lead, me=cast.jana)
        assert czech.text.startswith("Lucie: Support agents, Brno http")
        assert english.text == "Hello Lucie Němcová, Jana Dvořáková {unknown} {0}"
    answer = signed_in(cast.jana).get(reverse("saved_replies", args=[lead.pk]))
    assert answer.content.decode().index("Podekovani") < answer.content.decode().index("A thank you")
