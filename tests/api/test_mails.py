"""What came in, by the API: mails that were refused or wait in the quarantine, files, drafts, who asked for silence."""

import base64

import pytest

from accounts.models import ApiToken
from conversations.models import MessageFile
from gateways.models import Arrival
from tests.api.conftest import Caller
from tests.cast import CV
from tests.gateways.letters import arrive, letter, reply_address

JANA, PETR = "jana@northwind.example", "petr@northwind.example"


@pytest.fixture
def lead(cast):
    return cast.apply()


@pytest.fixture
def theirs(stranger):
    with stranger.inside():
        return Caller(ApiToken.issue("theirs", ["read", "write", "admin"])[1])


def in_state(cast, mail: Arrival, state: str) -> str:
    with cast.inside():
        Arrival.objects.filter(pk=mail.pk).update(state=state, refusal="Held")
    return f"/mails/{mail.pk}"


def test_a_mail_that_waits_is_let_in_once(cast, api, lead, theirs):
    path = in_state(cast, arrive(cast, letter("Let me in"), reply_address(cast, lead)), "held")
    (shown,) = api.get("/mails", state="held").json()["items"]
    assert (shown["sender"], shown["refusal"], f"/mails/{shown['id']}") == ("lucie@mail.example", "Held", path)
    assert api.get("/mails", state="refused").json()["items"] == []
    assert theirs.get(path).status_code == theirs.put(f"{path}/state", {"choice": "release"}).status_code == 404
    assert api.put(f"{path}/state", {"choice": "release"}).status_code == 204
    assert api.put(f"{path}/state", {"choice": "release"}).status_code == 409
    assert api.get(path).json()["state"] == "understood"


def test_what_was_refused_is_tried_again(cast, api, lead):
    path = in_state(cast, arrive(cast, letter("Once more"), reply_address(cast, lead)), "refused")
    assert api.put(f"{path}/state", {"choice": "discard"}).status_code == 409
    assert api.put(f"{path}/state", {"choice": "try_again"}).status_code == 204
    assert api.get(path).json()["state"] == "understood"
    original = api.get(f"{path}/original")
    assert (original["Content-Type"], b"Once more" in original.content) == ("message/rfc822", True)


def test_mails_are_for_those_who_administer(cast):
    for path in ("/mails", f"/mails/{cast.organization.pk}", "/mails/x/original"):
        assert Caller(cast.token("read", "write")).get(path).status_code == 403


def test_the_bytes_of_a_file(cast, api, lead, theirs):
    with cast.inside():
        lead.receive("My CV", via="web", files=[CV])
        kept = MessageFile.objects.get()
    answer = api.get(f"/files/{kept.pk}")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, CV.content, "application/pdf")
    assert theirs.get(f"/files/{kept.pk}").status_code == 404
    with cast.inside():
        MessageFile.objects.update(withheld="infected")
    assert api.get(f"/files/{kept.pk}").status_code == 404


def test_a_draft_is_the_one_of_the_composer(cast, api, lead, theirs):
    path = f"/conversations/{lead.pk}/draft"
    assert api.get(path, author=JANA).json() == {"text": "", "note": False, "updated_at": None}
    assert api.put(path, {"author": JANA, "text": "Dear Lucie", "note": True}).status_code == 204
    assert api.get(path, author=JANA).json()["text"] == "Dear Lucie"
    assert api.get(path, author=PETR).json()["text"] == ""
    assert theirs.get(path, author="max@contoso.example").status_code == 404
    assert api.put(path, {"author": JANA, "text": " "}).status_code == 204
    assert api.get(path, author=JANA).json()["updated_at"] is None


def test_who_wrote_stop_is_shown(cast, api, lead):
    path = f"/people/{lead.person_id}"
    assert api.get(path).json()["stopped_at"] is None
    arrive(cast, letter("STOP"), reply_address(cast, lead))
    assert api.get(path).json()["stopped_at"]


def test_files_alone_are_a_reply(api, lead):
    files = [{"name": CV.name, "content": base64.b64encode(CV.content).decode()}]
    said = api.post(f"/conversations/{lead.pk}/messages", {"author": JANA, "files": files})
    assert (said.status_code, [file["name"] for file in said.json()["files"]]) == (201, [CV.name])
    assert api.post(f"/conversations/{lead.pk}/messages", {"author": JANA}).status_code == 422


def test_a_third_partys_address_is_an_address(cast, api, lead):
    arrive(cast, letter(sender="Anna Malá <anna@elsewhere.example>"), reply_address(cast, lead))
    author = api.get(f"/conversations/{lead.pk}/messages").json()["items"][-1]["author"]
    assert author == {"kind": "third_party", "name": "Anna Malá", "email": "anna@elsewhere.example"}


def test_two_at_once_though_neither_says_what_they_have_seen(cast, api, lead):
    path = f"/conversations/{lead.pk}/messages"
    number = api.post(path, {"author": PETR, "text": "I call her"}).json()["number"]
    refused = api.post(path, {"author": JANA, "text": "I write to her"})
    assert (refused.status_code, "Petr" in refused.json()["detail"]) == (409, True)
    assert api.post(path, {"author": PETR, "text": "And once more"}).status_code == 201
    assert api.post(path, {"author": JANA, "text": "Seen", "seen": number}).status_code == 409
    assert api.post(path, {"author": JANA, "text": "Seen", "seen": number + 1}).status_code == 201
