"""Mails that wait are taken in together, and each becomes what it would have become alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.updating import insert_once, update_each
from conversations.models import Conversation, Message
from gateways import inbox
from gateways.email import understanding
from gateways.models import Arrival
from gateways.tasks import sweep_arrivals, understand_arrivals
from gateways.waiting import LARGE, in_rounds
from recruitchat import reactions
from recruitchat.tasks import react
from tests.cast import CV
from tests.gateways.letters import arrive, letter, reply_address

NAMES = ("anna", "bara", "cyril")


@pytest.fixture
def conversations(cast, monkeypatch) -> list[Conversation]:
    monkeypatch.setattr("gateways.email.ingest.nudge", lambda arrival: None)
    monkeypatch.setattr(inbox, "GRACE", timedelta(0))
    return [cast.apply(name, f"{name}@mail.example") for name in NAMES]


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
    opened = understanding.opened

    def breaks_at_bara(arrival, language):
        if arrival.sender.startswith("bara"):
            raise RuntimeError("a bug")
        return opened(arrival, language)

    waiting = [comes(cast, each, "Hello") for each in conversations]
    with monkeypatch.context() as patched:
        patched.setattr(understanding, "opened", breaks_at_bara)
        states = [state for state, _refusal, _text in become(cast, *waiting)]
    assert states == ["understood", "stored", "understood"]
    with cast.inside():
        bara = Arrival.objects.get(sender__startswith="bara")
        assert (bara.tries, "a bug" in bara.explanation) == (1, True)
    sweep_arrivals()
    with cast.inside():
        assert Message.objects.filter(channel="email").count() == 3


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
    assert alone <= 12
    assert statements(cast, conversations, sweep_arrivals) <= alone + 8  # of its own


def statements(cast, conversations: list[Conversation], take: Callable[..., object], **facts: int) -> int:
    """How many it takes to understand a mail of each."""
    waiting = [comes(cast, each, "Hello") for each in conversations]
    with CaptureQueriesContext(connection) as asked:
        take(**facts)
    assert become(cast, *waiting) == [("understood", "", "Hello")] * len(waiting)
    return len(asked)


def test_one_of_an_address_or_a_sender_in_a_round():
    arrivals = [Arrival(envelope_to=to, sender=sender) for to, sender in ("ax", "ay", "bx", "cz", "az")]
    rounds = [[each.envelope_to + each.sender for each in several] for several in in_rounds(arrivals)]
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
