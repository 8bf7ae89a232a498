"""Mail's decisions by the API: who a stranger is, where a message belongs, whom a member knows of."""

from conversations.models import Conversation
from people.finding import person_at
from tests.gateways.letters import arrive, letter, reply_address

JANA = "jana@northwind.example"
ANNA = "Anna Malá <anna@elsewhere.example>"


def test_who_a_stranger_is(cast, api, lead):
    message = arrive(cast, letter("I am her sister", sender=ANNA), reply_address(cast, lead)).message
    said = {"choice": "theirs", "author": JANA}
    assert api.put(f"/messages/{message.pk}/sender", said | {"choice": "somebody"}).status_code == 422
    assert api.put(f"/messages/{message.pk}/sender", said).status_code == 204
    assert api.put(f"/messages/{message.pk}/sender", said).status_code == 409
    with cast.inside():
        assert person_at("anna@elsewhere.example") == lead.person


def test_a_person_added_by_hand_is_written_to(cast, api):
    asked = {"person": {"name": "Olena", "email": "olena@mail.example"}, "campaign": cast.campaign.slug, "author": JANA}
    made = api.post("/conversations", asked | {"text": "Good morning"})
    assert (made.status_code, made.json()["owner"]["email"]) == (201, JANA)
    assert api.post("/conversations", asked).json()["id"] == made.json()["id"]
    assert api.post("/conversations", asked | {"campaign": "none"}).status_code == 422
    with cast.inside():
        assert Conversation.objects.get().messages.get().text == "Good morning"
