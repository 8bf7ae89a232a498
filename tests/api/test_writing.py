"""Writing by the API: at once, with a moment to take it back, later; what became of it; saved replies; rejecting."""

from base64 import b64encode
from datetime import timedelta

from django.utils import timezone

from conversations.models import Conversation, Message, SavedReply
from gateways.models import Attempt
from tests.cast import CV

JANA, PETR = "jana@northwind.example", "petr@northwind.example"


def test_a_message_goes_at_once_or_waits_and_is_taken_back(cast, api, lead):
    said = api.post(f"/conversations/{lead.pk}/messages", {"text": "Wait", "author": JANA, "hold_seconds": 60}).json()
    assert said["delivery_state"] == "queued"
    assert api.delete(f"/messages/{said['id']}?author={PETR}").status_code == 409
    assert api.delete(f"/messages/{said['id']}?author={JANA}").status_code == 204
    assert api.delete(f"/messages/{said['id']}?author={JANA}").status_code == 404
    sent = api.post(f"/conversations/{lead.pk}/messages", {"text": "Go", "author": JANA}).json()
    assert api.delete(f"/messages/{sent['id']}?author={JANA}").status_code == 409
    (attempt,) = api.get(f"/messages/{sent['id']}/attempts").json()
    assert (attempt["state"], attempt["address"], attempt["tries"]) == ("sent", "lucie@mail.example", 1)
    unseen = {"text": "Me too", "author": PETR, "seen": 1}
    refused = api.post(f"/conversations/{lead.pk}/messages", unseen)
    assert refused.status_code == 409
    assert "Jana Dvořáková has just written" in refused.json()["detail"]
    assert api.post(f"/conversations/{lead.pk}/messages", unseen | {"seen": sent["number"]}).status_code == 201


def test_a_failed_message_is_tried_again(cast, api, lead):
    sent = api.post(f"/conversations/{lead.pk}/messages", {"text": "Go", "author": JANA}).json()
    assert api.post(f"/messages/{sent['id']}/attempts", {}).status_code == 409
    with cast.inside():
        Message.objects.filter(pk=sent["id"]).update(delivery_state="failed", delivery_reason="550 no")
        Attempt.objects.update(state="failed")
    assert api.post(f"/messages/{sent['id']}/attempts", {}).status_code == 201
    assert len(api.get(f"/messages/{sent['id']}/attempts").json()) == 2


def test_a_message_is_planned_changed_and_called_off(cast, api, lead):
    at = (timezone.now() + timedelta(days=1)).isoformat()
    asked = {"text": "Tomorrow", "author": JANA, "send_at": at}
    planned = api.post(f"/conversations/{lead.pk}/scheduled", asked).json()
    assert (planned["text"], planned["author"]["email"], planned["refusal"]) == ("Tomorrow", JANA, "")
    assert [each["id"] for each in api.get("/scheduled", author=JANA).json()["items"]] == [planned["id"]]
    assert api.get("/scheduled", author=PETR).json()["items"] == []
    assert api.put(f"/scheduled/{planned['id']}", {"text": "Later", "send_at": at}).json()["text"] == "Later"
    past = {"text": "Later", "send_at": "2001-01-01T00:00:00Z"}
    assert api.put(f"/scheduled/{planned['id']}", past).status_code == 409
    assert api.delete(f"/scheduled/{planned['id']}").status_code == 204
    assert api.delete(f"/scheduled/{planned['id']}").status_code == 404


def test_files_alone_can_be_sent_later_and_not_past_what_a_colleague_wrote(api, cast, lead):
    at = (timezone.now() + timedelta(hours=1)).isoformat()
    asked = {"author": JANA, "send_at": at, "files": [{"name": CV.name, "content": b64encode(CV.content).decode()}]}
    planned = api.post(f"/conversations/{lead.pk}/scheduled", asked).json()
    assert planned["files"] == [{"name": CV.name, "size": len(CV.content)}]
    assert api.put(f"/scheduled/{planned['id']}", {"send_at": at}).json()["files"] == planned["files"]
    assert api.post(f"/conversations/{lead.pk}/scheduled", asked | {"files": []}).status_code == 422
    with cast.inside():
        lead.reply("Hello", by=cast.petr)
    assert api.post(f"/conversations/{lead.pk}/scheduled", asked | {"seen": 1}).status_code == 409


def test_who_wrote_stop_is_not_written_to(cast, api, lead):
    with cast.inside():
        lead.receive("Stop", via="web")
    refused = api.post(f"/conversations/{lead.pk}/messages", {"text": "One more", "author": JANA})
    assert refused.status_code == 409
    assert "STOP" in refused.json()["detail"]
    assert (
        api.post(f"/conversations/{lead.pk}/messages", {"text": "A", "author": JANA, "note": True}).status_code == 201
    )


def test_saved_replies_are_kept_filled_in_and_removed(cast, api, lead):
    asked = {"title": "Thanks", "language": "cs", "text": "Dobrý den {name}, {me}"}
    kept = api.post("/saved-replies", asked).json()
    assert api.post("/saved-replies", asked).status_code == 409
    assert api.post("/saved-replies", asked | {"language": "xx"}).status_code == 422
    (filled,) = api.get(f"/conversations/{lead.pk}/saved-replies", author=PETR).json()
    assert filled["text"] == "Dobrý den Lucie Němcová, Petr Svoboda"
    assert api.put(f"/saved-replies/{kept['id']}", asked | {"title": "Thank you"}).json()["title"] == "Thank you"
    assert len(api.get("/saved-replies").json()["items"]) == 1
    assert api.delete(f"/saved-replies/{kept['id']}").status_code == 204
    with cast.inside():
        assert not SavedReply.objects.exists()


def test_an_application_is_rejected_and_taken_back(cast, api, lead):
    assert api.put(f"/conversations/{lead.pk}/rejection", {"author": JANA}).status_code == 200
    with cast.inside():
        assert Conversation.objects.get().is_rejected
    assert api.delete(f"/conversations/{lead.pk}/rejection?author={JANA}").status_code == 200
    with cast.inside():
        assert not Conversation.objects.get().is_rejected
