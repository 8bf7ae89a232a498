"""Real consumers on a real Valkey: who hears what, and who hears nothing."""

from unittest.mock import patch

import pytest
from asgiref.sync import sync_to_async

from accounts.models import User
from campaigns.models import CampaignAccess
from conversations import broadcasting
from conversations.live import access_changed, show_message
from conversations.models import Conversation, Message, ReplyKey
from tests.cast import Cast, signed_in
from tests.listening import listening

inside = sync_to_async


def path(conversation: Conversation) -> str:
    return f"/ws/conversations/{conversation.pk}/"


def reply(cast: Cast, conversation: Conversation, text: str) -> Message:
    with cast.inside():
        return conversation.reply(text, by=cast.petr)


def note(cast: Cast, conversation: Conversation) -> None:
    with cast.inside():
        conversation.note("Among us", by=cast.jana)


def token_of(cast: Cast, conversation: Conversation) -> str:
    with cast.inside():
        return ReplyKey.of(conversation, ReplyKey.Use.LINK).token


async def test_a_member_hears_lines_in_their_language_and_each_state_of_a_message(cast, lead):
    await inside(User.objects.filter(pk=cast.jana.user.pk).update)(language="cs")
    async with listening(path(lead), cast.jana) as jana:
        assert (await jana.hear("ready"))["who"] == cast.jana.pk.hex
        message = await inside(reply)(cast, lead, "Good morning")
        event = await jana.hear("event")
        assert f"message-{message.client_id}" in event["html"]
        assert 'data-part="thread-actions"' in (await jana.hear("standing"))["html"]
        assert "odesláno" in (await jana.hear("event"))["html"]

        def fail() -> None:
            with cast.inside():
                message.delivery_state, message.delivery_reason = "failed", "mailbox full"
                message.save()
            show_message(message)

        await inside(fail)()
        again = await jana.hear("event")
        assert again["number"] == event["number"]
        assert "mailbox full" in again["html"]


@pytest.mark.parametrize("who", ["eva", "guest", "stranger", "nobody"])
async def test_others_are_turned_away_from_the_thread(cast, lead, stranger, who):
    member = {"stranger": stranger.member, "nobody": None}.get(who, getattr(cast, who, None))
    async with listening(path(lead), member) as socket:
        assert await socket.close_code() == 4404


async def test_who_loses_access_loses_the_socket_at_once(cast, lead):
    def revoke() -> None:
        with cast.inside():
            CampaignAccess.objects.filter(member=cast.petr).delete()
            access_changed(cast.petr)

    async with listening(path(lead), cast.petr) as petr:
        await petr.hear("ready")
        await inside(revoke)()
        assert await petr.close_code() == 4403


async def test_who_has_lost_access_silently_is_asked_before_the_next_line(cast, lead):
    def revoke() -> None:
        with cast.inside():
            CampaignAccess.objects.filter(member=cast.petr).delete()

    with patch("conversations.live_socket.FRESH_SECONDS", 0):
        async with listening(path(lead), cast.petr) as petr:
            await petr.hear("ready")
            await inside(revoke)()
            await inside(note)(cast, lead)
            assert await petr.close_code() == 4403


async def test_signing_out_closes_at_the_next_question(cast, lead):
    client = await inside(signed_in)(cast.jana)
    with patch("conversations.live_socket.ASK_AGAIN_SECONDS", 0.2):
        async with listening(path(lead), session=client.cookies["sessionid"].value) as jana:
            assert (await jana.hear("now"))["number"] >= 1
            await inside(client.logout)()
            assert await jana.close_code() == 4403


async def test_colleagues_see_who_looks_and_types_and_the_candidate_only_a_reply(cast, lead):
    token = await inside(token_of)(cast, lead)
    async with (
        listening(path(lead), cast.jana) as jana,
        listening(path(lead), cast.petr) as petr,
        listening(f"/ws/c/{token}/") as candidate,
    ):
        for socket in (jana, petr, candidate):
            await socket.hear("ready")
        await petr.say({"type": "presence", "state": "noting"})
        await petr.say({"type": "presence", "state": "typing"})
        assert (await jana.hear("presence"))["state"] == "noting"
        assert (await jana.hear("presence"))["name"] == "Petr Svoboda"
        typing = await candidate.hear("presence")
        assert (typing["name"], typing["state"]) == ("Petr", "typing")
        await candidate.say({"type": "presence", "state": "typing"})
        assert (await petr.hear("presence"))["name"] == "Lucie"


async def test_the_candidate_hears_messages_and_never_a_note_or_a_line_of_the_system(cast, lead):
    async with listening(f"/ws/c/{await inside(token_of)(cast, lead)}/") as candidate:
        await candidate.hear("ready")
        await inside(note)(cast, lead)
        await inside(reply)(cast, lead, "For Lucie")
        event = await candidate.hear("event")
        assert "For Lucie" in event["html"]
        assert "header" not in event
        assert "sending" not in event["html"]


@pytest.mark.parametrize("token", ["x", "a" * 26, "%00", "a" * 5000])
async def test_a_token_that_is_none_is_turned_away(cast, token):
    async with listening(f"/ws/c/{token}/") as socket:
        assert await socket.close_code() == 4404


@pytest.mark.parametrize("use", [ReplyKey.Use.ADDRESS, ReplyKey.Use.STAFF])
async def test_the_secret_of_a_mail_address_reads_nothing(cast, lead, use):
    def secret() -> str:
        with cast.inside():
            return ReplyKey.of(lead, use).token

    async with listening(f"/ws/c/{await inside(secret)()}/") as socket:
        assert await socket.close_code() == 4404


async def test_lists_hear_of_their_campaigns_and_no_others(cast, stranger):
    async with (
        listening("/ws/inbox/", cast.petr) as petr,
        listening("/ws/inbox/", cast.eva) as eva,
        listening("/ws/inbox/", cast.sofia) as sofia,
        listening("/ws/inbox/", stranger.member) as other,
    ):
        for socket in (petr, eva, sofia, other):
            await socket.hear("ready")
        conversation = await inside(cast.apply)()
        for socket in (petr, sofia):
            item = await socket.hear("item")
            assert item["conversation"] == str(conversation.pk)
            assert f'id="item-{conversation.pk}"' in item["html"]
            assert (await socket.hear("counts")) == {"type": "counts"}
        for socket in (eva, other):
            assert await socket.receive_nothing(timeout=0.5)


async def test_a_list_without_a_session_is_turned_away(cast):
    async with listening("/ws/inbox/") as socket:
        assert await socket.close_code() == 4404


@pytest.mark.parametrize("text", ["no json", "[]", "7", '{"type": "presence"' + " " * 2000 + "}", "\x00"])
async def test_what_is_no_message_of_ours_closes_the_socket_politely(cast, lead, text):
    async with listening(path(lead), cast.jana) as jana:
        await jana.hear("ready")
        await jana.say(text)
        assert await jana.close_code() == 4400


async def test_who_floods_the_socket_is_not_passed_on_and_then_put_out(cast, lead):
    async with listening(path(lead), cast.jana) as jana, listening(path(lead), cast.petr) as petr:
        for socket in (jana, petr):
            await socket.hear("ready")
        for number in range(250):
            await jana.say({"type": "presence", "state": ("typing", "gone")[number % 2]})
        assert await jana.close_code() == 4429
        heard = 0
        while not await petr.receive_nothing(0.2):
            await petr.hear("presence")
            heard += 1
        assert heard <= 21


async def test_unknown_kinds_are_let_pass(cast, lead):
    async with listening(path(lead), cast.jana) as jana:
        await jana.hear("ready")
        for message in ({"type": "dance"}, {"type": "presence", "state": "flying"}, {"type": "presence", "state": []}):
            await jana.say(message)
        await inside(reply)(cast, lead, "Still here")
        assert await jana.hear("event")


def test_a_dead_valkey_stops_no_message(cast, lead, settings):
    broadcasting._connections.cache_clear()
    settings.REDIS_URL = "unix:///nowhere/valkey.sock"
    try:
        answer = signed_in(cast.jana).post(
            f"/conversations/{lead.pk}/messages/",
            {"text": "Said all the same", "kind": "reply"},
            headers={"HX-Request": "true"},
        )
        assert answer.status_code == 201
    finally:
        broadcasting._connections.cache_clear()
