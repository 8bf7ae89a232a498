"""Which application a mail to a mailbox is about, and whose: by the campaign, and by whom it was passed on for."""

import pytest

from campaigns.models import Campaign
from conversations.models import Conversation, Message
from gateways.models import ChannelAccount
from people.models import Person
from tests.cast import make_campaign
from tests.gateways.letters import arrive, letter

BOARD = "Jobs.example <noreply@jobs.example>"


@pytest.fixture
def conversation(cast) -> Conversation:
    return cast.apply()


@pytest.fixture
def drivers(cast) -> Campaign:
    with cast.inside():
        return make_campaign("Drivers, Prague", [cast.jana], [cast.jana])


@pytest.fixture
def mailbox(cast):
    """The address of a mailbox for this campaign, or for none."""

    def made(campaign: Campaign | None) -> str:
        address = f"{'jobs' if campaign is None else campaign.pk.hex}@inbound.localhost"
        with cast.inside():
            facts = {"campaign": campaign, "workspace": cast.campaign.workspace}
            ChannelAccount.objects.get_or_create(address=address, defaults={"name": "Jobs", **facts})
        return address

    return made


def test_another_campaigns_mailbox_is_another_application(cast, conversation, drivers, mailbox):
    message = arrive(cast, letter("I drive, too"), mailbox(drivers)).message
    with cast.inside():
        other = message.conversation
        assert (other.campaign, other.person, message.found_by) == (drivers, conversation.person, "new")
        assert other.application.campaign == drivers
    again = arrive(cast, letter("And lorries"), mailbox(drivers)).message
    assert (again.conversation_id, again.found_by) == (other.pk, "sender")
    about_the_first = arrive(cast, letter("About Brno"), mailbox(cast.campaign)).message
    assert about_the_first.conversation_id == conversation.pk


def test_rejected_for_one_and_welcome_for_another(cast, conversation, drivers, mailbox):
    with cast.inside():
        conversation.reject(by=cast.jana)
    assert arrive(cast, letter("Please"), mailbox(cast.campaign)).refusal == "RejectedCandidate"
    other = arrive(cast, letter("I drive"), mailbox(drivers)).message
    assert other.conversation_id != conversation.pk
    for to in (mailbox(None), mailbox(cast.campaign)):
        assert arrive(cast, letter(f"Any news? {to}"), to).message.conversation_id == other.conversation_id


def test_a_rejected_candidate_may_write_to_the_public_address(cast, conversation, mailbox):
    """To which the answer to a rejected candidate's mail sends them."""
    with cast.inside():
        conversation.reject(by=cast.jana)
    message = arrive(cast, letter("A question"), mailbox(None)).message
    assert (message.conversation_id != conversation.pk, message.third_party) == (True, "")


def test_a_job_boards_mails_are_the_applicants(cast, mailbox):
    for name in ("anna", "bob"):
        reply_to = f"{name.title()} <{name}@mail.example>"
        message = arrive(
            cast, letter(f"{name} applies", sender=BOARD, Reply_To=reply_to), mailbox(cast.campaign)
        ).message
        assert (message.sender, message.third_party, message.doubt) == (
            f"{name.title()} via noreply@jobs.example <{name}@mail.example>", "", "",
        )  # fmt: skip
    with cast.inside():
        people = Person.objects.order_by("name").values_list("name", "emails__address")
        assert list(people) == [("Anna", "anna@mail.example"), ("Bob", "bob@mail.example")]


@pytest.mark.parametrize(
    "headers",
    [
        {"sender": "applications@jobs.example", "Reply_To": "anna@mail.example"},
        {"sender": "'Anna' via Jobs <team@northwind.example>", "X_Original_From": "Anna <anna@mail.example>",
         "List_Post": "<mailto:team@northwind.example>", "Reply_To": "team@northwind.example"},
    ],
)  # fmt: skip
def test_so_are_those_of_forms_and_groups(cast, mailbox, headers):
    arrive(cast, letter("I apply", **headers), mailbox(cast.campaign))
    with cast.inside():
        assert Person.objects.get().email == "anna@mail.example"


def test_whom_we_know_is_not_taken_for_somebody_else(cast, conversation, mailbox):
    message = arrive(cast, letter("I", Reply_To="lucie@elsewhere.example"), mailbox(None)).message
    assert (message.conversation_id, message.third_party) == (conversation.pk, "")


def test_a_list_wants_the_answers_for_itself(cast, mailbox):
    mail = letter(sender="anna@mail.example", List_Post="<mailto:l@x.example>", Reply_To="l@x.example")
    arrive(cast, mail, mailbox(cast.campaign))
    with cast.inside():
        assert Person.objects.get().email == "anna@mail.example"


def test_anybody_can_say_to_pass_on_a_mail_of_somebody_we_know(cast, conversation, mailbox):
    mail = letter("STOP", sender="noreply@evil.example", Reply_To="lucie@mail.example")
    message = arrive(cast, mail, mailbox(cast.campaign)).message
    sender = "lucie@mail.example via noreply@evil.example <lucie@mail.example>"
    assert (message.conversation_id, message.third_party, message.doubt) == (conversation.pk, sender, "stranger")
    with cast.inside():
        assert Person.objects.get().stopped_at is None
        assert Message.objects.get(pk=message.pk).sender == sender
