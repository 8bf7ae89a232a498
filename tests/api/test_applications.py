import base64

import pytest

from conversations.models import Conversation
from tests.cast import CV

LUCIE = {"name": "Lucie Němcová", "email": "lucie@mail.example", "language": "cs"}


def application(cast, **changes):
    return {"campaign": cast.campaign.slug, "person": LUCIE} | changes


def test_an_application_names_person_conversation_and_owner(cast, api):
    cv = {"name": CV.name, "content_type": "application/pdf", "content": base64.b64encode(CV.content).decode()}
    answer = api.post("/applications", application(cast, source="Jobs.example", message="Dobrý den 👋", files=[cv]))
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert made["owner"] == {"id": str(cast.jana.pk), "name": "Jana Dvořáková", "email": "jana@northwind.example"}
    assert (made["campaign"], made["stage"]) == (cast.campaign.slug, "new")
    with cast.inside():
        conversation = Conversation.objects.get(pk=made["conversation"])
        assert conversation.owner == cast.jana
        assert conversation.assignments.count() == 1
        message = conversation.messages.get()
        assert (message.text, message.files.get().name) == ("Dobrý den 👋", CV.name)
        assert conversation.application.source == cast.source


def test_leads_go_in_turn(cast, api):
    with cast.inside():
        cast.campaign.access.update(auto_assign=True)
    owners = [
        api.post("/applications", application(cast, person=LUCIE | {"email": f"lucie{n}@mail.example"})).json()["owner"]
        for n in range(4)
    ]
    assert [owner["email"].split("@")[0] for owner in owners] == ["jana", "petr", "jana", "petr"]


def test_without_anybody_in_the_rotation_the_lead_waits(cast, api):
    with cast.inside():
        cast.campaign.access.update(auto_assign=False)
    assert api.post("/applications", application(cast)).json()["owner"] is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"campaign": "none-such"}, "campaign"),
        ({"campaign": None}, "campaign"),
        ({"person": {"name": "Nobody"}}, "person"),
        ({"person": LUCIE | {"name": "  "}}, "person.name"),
        ({"person": LUCIE | {"name": "x" * 201}}, "person.name"),
        ({"person": LUCIE | {"name": "Lucie\x00"}}, "person.name"),
        ({"person": LUCIE | {"email": "not an address"}}, "person.email"),
        ({"person": {"name": "Lucie", "phone": "12"}}, "person"),
        ({"person": LUCIE | {"language": "xx"}}, "person.language"),
        ({"person": "Lucie"}, "person.name"),
        ({"message": "x" * 100_001}, "message"),
        ({"files": [{"name": "a.txt", "content": "not base64!"}]}, "files.0.content"),
        ({"files": [{"name": "a.txt", "content": "QQ=="}] * 11}, "files"),
    ],
)
def test_bad_fields_are_named(cast, api, changes, field):
    answer = api.post("/applications", application(cast, **changes))
    assert answer.status_code == 422, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    with cast.inside():
        assert not Conversation.objects.exists()


def test_names_in_any_script_are_kept(cast, api):
    person = {"name": "محمد 🎉 \u202eabc", "email": "m@mail.example"}
    made = api.post("/applications", application(cast, person=person)).json()
    assert api.get(f"/conversations/{made['conversation']}").json()["person"]["name"].startswith("محمد 🎉")


def test_a_file_too_large_is_413(cast, api, settings):
    settings.FILE_SIZE_LIMIT = 1024
    large = {"name": "cv.pdf", "content": base64.b64encode(b"x" * 2048).decode()}
    assert api.post("/applications", application(cast, files=[large])).status_code == 413


def test_a_body_too_large_is_413(cast, api, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024
    answer = api.post("/applications", application(cast, message="x" * 2048))
    assert (answer.status_code, answer.json()["status"]) == (413, 413)


def test_a_closed_campaign_takes_no_applications(cast, api):
    with cast.inside():
        type(cast.campaign).objects.update(state="closed")
    assert api.post("/applications", application(cast)).status_code == 422
