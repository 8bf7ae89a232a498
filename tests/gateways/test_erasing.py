"""What came from somebody goes with them."""

from gateways.email.ingest import ingest
from gateways.models import Arrival, ChannelAccount
from people.models import Person
from tests.gateways.letters import arrive, letter, reply_address


def test_a_persons_deletion_leaves_nothing_of_their_mails_but_that_they_came(cast):
    with cast.inside():
        ChannelAccount.objects.create(
            name="Jobs", address="jobs@inbound.localhost", campaign=cast.campaign, workspace=cast.campaign.workspace
        )
    conversation, said = cast.apply(), letter("About my health", sender="Lucie <lucie@mail.example>")
    arrive(cast, said, "jobs@inbound.localhost")
    other = cast.apply("Eva", "eva@mail.example")
    arrive(cast, letter("I am Eva", sender="eva@mail.example"), reply_address(cast, other))
    with cast.inside():
        conversation.delete()
        Person.objects.get(pk=conversation.person_id).delete()
    with cast.inside():
        lucies, evas = Arrival.objects.defer(None).order_by("arrived_at")
        assert (bytes(lucies.raw), lucies.sender, lucies.subject, lucies.recipients) == (b"", "", "", [])
        assert (bool(evas.raw), evas.sender) == (True, "eva@mail.example")
    ingest(said.as_bytes(), envelope_to="jobs@inbound.localhost", envelope_from="", via="smtp")
    with cast.inside():
        assert Arrival.objects.count() == 2
        assert not Person.objects.filter(emails__address="lucie@mail.example").exists()


def test_a_message_that_is_taken_away_takes_its_mail_along(cast):
    message = arrive(cast, letter("Oh"), reply_address(cast, cast.apply())).message
    with cast.inside():
        message.delete()
    with cast.inside():
        assert bytes(Arrival.objects.get().raw) == b""
