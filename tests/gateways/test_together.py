"""Mails that wait are taken in together, and each becomes what it would have become alone."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.updating import insert_once, update_each
from conversations.models import Conversation, Message, MessageFile
from gateways import inbox
from gateways.email import understanding
from gateways.models import Arrival
from gateways.tasks import sweep_arrivals, understand_arrivals
from gateways.waiting import LARGE, MOST_DEATHS, PAUSES, in_rounds, is_given_up
from recruitchat import reactions
from recruitchat.tasks import react
from tests.cast import CV
from tests.gateways.letters import arrive, letter, reply_address

NAMES = ("anna", "bara", "cyril")


@pytest.fixture
def conversations(cast, once, monkeypatch) -> list[Conversation]:
    monkeypatch.setattr("gateways.email.ingest.nudge", lambda arrival: None)
    monkeypatch.setattr(inbox, "GRACE", timedelta(0))
    return once(lambda: [cast.apply(name, f"{name}@mail.example") for name in NAMES])


def comes(cast, conversation: Conversation, text: str, **facts) -> Arrival:
    mail = letter(text, sender=f"{conversation.person.name}@mail.example", **facts)
    return arrive(cast, mail, reply_address(cast, conversation))


def become(cast, *arrivals: Arrival) -> list[tuple[str, str, str]]:
    """State, refusal and text of each, once they have been understood together."""
    inbox.understand_waiting(cast.organization.pk)
    with cast.inside():
        found = Arrival.objects.select_related("message").in_bulk([arrival.pk for arrival in arrivals])
        rows = [found[arrival.pk] for arrival in arrivals]
        return [(row.state, row.refusal, row.message.text if row.message else "") for row in rows]


def test_one_that_is_refused_undoes_no_other(cast, conversations):
    with cast.inside():
        conversations[1].reject(by=cast.jana)
    waiting = [comes(cast, each, f"I am {each.person.name}", files=[CV]) for each in conversations]
    waiting.append(comes(cast, conversations[0], "I am away", Auto_Submitted="auto-replied"))
    assert become(cast, *waiting) == [
        ("understood", "", "I am anna"),
        ("refused", "RejectedCandidate", ""),
        ("understood", "", "I am cyril"),
        ("refused", "AutoReply", ""),
    ]
    with cast.inside():
        assert [message.files.count() for message in Message.objects.filter(channel="email")] == [1, 1]


def test_one_that_breaks_breaks_no_other_and_is_tried_again(cast, conversations, monkeypatch):
    take_in = understanding.take_in

    def breaks_at_bara(received):
        if any("bara" in one.origin.sender for one in received):
            raise RuntimeError("the disk is full")
        return take_in(received)

    waiting = [comes(cast, each, "Hello") for each in conversations]
    with monkeypatch.context() as patched:
        patched.setattr(understanding, "take_in", breaks_at_bara)
        states = [state for state, _refusal, _text in become(cast, *waiting)]
    assert states == ["understood", "stored", "understood"]
    with cast.inside():
        bara = Arrival.objects.get(sender__startswith="bara")
        assert (bara.tries, "disk is full" in bara.explanation) == (1, True)
    sweep_arrivals()
    with cast.inside():
        assert Message.objects.filter(channel="email").count() == 2  # its pause isn't over
    come_due(cast)
    sweep_arrivals()
    with cast.inside():
        assert Message.objects.filter(channel="email").count() == 3


class Killed(BaseException):
    """What a worker's end looks like from inside."""


def come_due(cast) -> None:
    with cast.inside():
        Arrival.objects.update(due_at=timezone.now())


def test_one_that_kills_its_worker_is_taken_alone_and_in_the_end_unread(cast, conversations, monkeypatch):
    opened = inbox.opened

    def dies_of_bara(arrival, language):
        if arrival.sender.startswith("bara"):
            raise Killed
        return opened(arrival, language)

    monkeypatch.setattr(inbox, "opened", dies_of_bara)
    waiting = [comes(cast, each, "Hello") for each in conversations]
    with pytest.raises(Killed):
        understand_arrivals(organization_id=cast.organization.pk)
    assert {state for state, _refusal, _text in become(cast, *waiting)} == {"stored"}
    for _ in range(MOST_DEATHS):
        come_due(cast)
        with suppress(Killed):
            sweep_arrivals()
    come_due(cast)
    sweep_arrivals()
    assert become(cast, *waiting) == [("understood", "", text) for text in ("Hello", "", "Hello")]
    with cast.inside():
        file = MessageFile.objects.select_related("content").get()
        assert (file.name, bytes(file.content.content)) == ("original.eml", bytes(waiting[1].raw))


def test_one_that_cant_be_read_is_a_message_with_the_original_attached(cast, conversations, monkeypatch):
    def breaks(arrival, language):
        raise RuntimeError("a bug")

    monkeypatch.setattr(inbox, "opened", breaks)
    assert become(cast, comes(cast, conversations[0], "Hello")) == [("understood", "", "")]
    with cast.inside():
        message = Message.objects.get(channel="email")
        assert (message.doubt, message.files.get().name) == ("", "original.eml")


def test_one_that_cant_be_read_is_read_by_nobody_who_refuses_it_either(cast, conversations, monkeypatch):
    def breaks(*args):
        raise Killed

    with cast.inside():
        conversations[0].reject(by=cast.jana)
    waiting = comes(cast, conversations[0], "Hello")
    with cast.inside():
        Arrival.objects.update(tries=MOST_DEATHS)
    monkeypatch.setattr("gateways.email.letter.judged", breaks)
    monkeypatch.setattr("gateways.email.letter.read", breaks)
    come_due(cast)
    sweep_arrivals()
    with cast.inside():
        waiting.refresh_from_db()
        assert (waiting.refusal, waiting.answer_due_at) == ("RejectedCandidate", None)


def test_a_maze_with_a_calendar_in_it_is_a_message_with_the_original_attached(cast, conversations):
    mail = letter("Hello", sender="anna@mail.example").as_bytes().partition(b"\n\n")[0]
    head = b"\n".join(line for line in mail.split(b"\n") if not line.startswith((b"Content-", b"MIME-")))
    parts = b"--x\nContent-Type: text/calendar\n\npart\n" * 1_000
    raw = head + b"\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n" + parts
    arrival = arrive(cast, raw, reply_address(cast, conversations[0]))
    assert become(cast, arrival) == [("understood", "", "")]


def test_pauses_grow_until_a_mail_is_given_up():
    def given_up(tries: int, explanation: str) -> bool:
        return is_given_up(Arrival(tries=tries, explanation=explanation))

    assert list(PAUSES) == sorted(PAUSES)
    assert [given_up(tries, "") for tries in (1, MOST_DEATHS, MOST_DEATHS + 1)] == [False, False, True]
    assert [given_up(tries, "a full disk") for tries in (MOST_DEATHS + 1, len(PAUSES), len(PAUSES) + 1)] == [
        False, False, True,
    ]  # fmt: skip


def test_nobody_waits_for_a_conversation_while_a_mail_is_read(cast, conversations, monkeypatch):
    opened = inbox.opened

    def answered_meanwhile(arrival, language):
        assert not connection.in_atomic_block
        with cast.inside():
            conversations[0].reply("Are you there?", by=cast.jana)
        return opened(arrival, language)

    monkeypatch.setattr(inbox, "opened", answered_meanwhile)
    assert become(cast, comes(cast, conversations[0], "Yes")) == [("understood", "", "Yes")]


def test_who_was_slower_than_another_worker_takes_nothing_in(cast, conversations, monkeypatch):
    opened, waiting = inbox.opened, comes(cast, conversations[0], "I am away", Auto_Submitted="auto-replied")

    def overtaken(arrival, language):
        monkeypatch.setattr(inbox, "opened", opened)
        come_due(cast)
        inbox.understand(cast.organization.pk, str(arrival.pk))
        return opened(arrival, language)

    monkeypatch.setattr(inbox, "opened", overtaken)
    assert become(cast, waiting) == [("refused", "AutoReply", "")]
    with cast.inside():
        assert conversations[0].events.filter(kind="automatic_mail").count() == 1


def test_several_of_one_conversation_keep_their_order_and_large_ones_come_too(cast, conversations):
    texts = ["One", "Two" + "x" * LARGE, "Three"]
    waiting = [comes(cast, conversations[0], text) for text in texts]
    become(cast, *waiting)
    with cast.inside():
        said = conversations[0].messages.filter(channel="email").order_by("event__number")
        assert sorted(message.text[:5] for message in said) == ["One", "Three", "Twoxx"]
        numbers = list(conversations[0].events.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))


def test_ten_take_hardly_more_statements_than_one(cast, conversations, monkeypatch):
    monkeypatch.setattr(react, "delay", lambda **facts: None)
    monkeypatch.setattr(reactions, "MOST_IN_A_TASK", 1)
    alone = statements(cast, conversations, understand_arrivals, organization_id=cast.organization.pk)
    assert alone <= 18
    assert statements(cast, conversations, sweep_arrivals) <= alone + 8  # of its own


def statements(cast, conversations: list[Conversation], take: Callable[..., object], **facts: int) -> int:
    """How many it takes to understand a mail of each."""
    waiting = [comes(cast, each, "Hello") for each in conversations]
    with CaptureQueriesContext(connection) as asked:
        take(**facts)
    assert become(cast, *waiting) == [("understood", "", "Hello")] * len(waiting)
    return len(asked)


def test_one_of_an_address_or_a_sender_in_a_round():
    letters = [SimpleNamespace(arrival=Arrival(envelope_to=to, sender=by)) for to, by in ("ax", "ay", "bx", "cz", "az")]
    rounds = [[one.arrival.envelope_to + one.arrival.sender for one in several] for several in in_rounds(letters)]
    assert rounds == [["ax", "cz"], ["ay", "bx"], ["az"]]
    assert in_rounds([]) == []


def test_rows_are_written_together_and_once(cast):
    with cast.inside():
        first, second = (Arrival(key=key, raw=b"x", via="smtp", arrived_at=cast.apply().opened_at) for key in "ab")
        assert [insert_once(first), insert_once(second)] == [True, True]
        assert not insert_once(Arrival(key="a", raw=b"y", via="smtp", arrived_at=first.arrived_at))
        first.explanation, second.explanation, second.tries = "one", "two", 3
        update_each([first, second], ["explanation", "tries", "answered_at"])
        kept = Arrival.objects.order_by("key").values_list("explanation", "tries", "answered_at")
        assert list(kept) == [("one", 0, None), ("two", 3, None)]
        update_each([], ["tries"])
