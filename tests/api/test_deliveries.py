import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Member
from conversations.models import Conversation
from delivery.models import Delivery, Status
from people.models import Person
from tests.api.conftest import Caller
from tests.cast import signed_in

QUALIFIED = {
    "status": "qualified",
    "notes": "Strong CV",
    "rating": 4,
    "author": "jana@northwind.example",
    "recipients": [{"team": "hiring"}],
}


def path_of(conversation: Conversation) -> str:
    return f"/conversations/{conversation.pk}/deliveries"


def test_a_delivery_ends_the_conversation(cast, api, lead):
    answer = api.post(path_of(lead), QUALIFIED)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["status"], made["rating"], made["conversation"]) == ("qualified", 4, str(lead.pk))
    assert made["application"] == str(lead.application_id)
    recipient = {"member": None, "team": "hiring", "answer": None, "answer_text": "", "answered_at": None}
    assert made["recipients"] == [recipient]
    assert made["author"]["email"] == "jana@northwind.example"
    with cast.inside():
        assert not Conversation.objects.get().is_open


def test_the_second_is_told_who_was_first(cast, api, lead):
    api.post(path_of(lead), QUALIFIED)
    again = api.post(path_of(lead), QUALIFIED | {"author": "petr@northwind.example"})
    assert again.status_code == 409
    assert "Jana Dvořáková" in again.json()["detail"]


def test_an_address_makes_a_guest(cast, api, lead):
    to = [{"email": "Boss@Client.example"}, {"member": "petr@northwind.example"}]
    made = api.post(path_of(lead), QUALIFIED | {"recipients": to}).json()
    assert [recipient["member"]["email"] for recipient in made["recipients"]] == [
        "boss@client.example",
        "petr@northwind.example",
    ]
    with cast.inside():
        assert Member.objects.get(user__email="boss@client.example").is_guest


def test_a_status_of_ones_own(cast, api, lead):
    with cast.inside():
        Status.objects.create(slug="shortlisted", name="Shortlisted", basis="review")
    made = api.post(path_of(lead), QUALIFIED | {"status": "shortlisted"}).json()
    assert (made["status"], made["basis"]) == ("shortlisted", "review")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": "none"}, "status"),
        ({"notes": " "}, "notes"),
        ({"notes": "\x00"}, "notes"),
        ({"notes": "x" * 10_001}, "notes"),
        ({"rating": None}, "rating"),
        ({"rating": 0}, "rating"),
        ({"rating": 6}, "rating"),
        ({"notes": "x" * 100_000}, "notes"),
        ({"status": "not_qualified"}, "reason"),
        ({"status": "not_qualified", "reason": "pay"}, "reason"),
        ({"application": "not an id"}, "application"),
        ({"application": "018f0000-0000-7000-8000-000000000000"}, "application"),
        ({"recipients": [{"team": "none"}]}, "recipients.0.team"),
        ({"recipients": [{"member": "max@contoso.example"}]}, "recipients.0.member"),
        ({"recipients": [{"email": "nobody"}]}, "recipients.0.email"),
        ({"recipients": [{}]}, "recipients.0"),
        ({"author": "max@contoso.example"}, "author"),
        ({"author": "greta@client.example"}, "author"),
    ],
)
@pytest.mark.usefixtures("stranger")
def test_what_is_wrong_is_named(cast, api, lead, changes, field):
    answer = api.post(path_of(lead), QUALIFIED | changes)
    assert answer.status_code == 422, answer.content
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    with cast.inside():
        assert Conversation.objects.get().is_open


def test_who_has_not_applied_gets_an_application(cast, api):
    with cast.inside():
        person = Person.objects.create(name="Nobody Applied")
        stray = Conversation.open_for(person, None, at=cast.campaign.created_at)
    assert [error["field"] for error in api.post(path_of(stray), QUALIFIED).json()["errors"]] == ["application"]
    wrong = api.post(path_of(stray), QUALIFIED | {"campaign": "none"}).json()
    assert [error["field"] for error in wrong["errors"]] == ["campaign"]
    assert api.post(path_of(stray), QUALIFIED | {"campaign": cast.campaign.slug}).json()["application"]


# What both are asked with, and the field at which each says the same.
BOTH = [
    ({"rating": 0}, "rating"),
    ({"rating": 6}, "rating"),
    ({"notes": "n" * 100_000}, "notes"),
    ({"notes": ""}, "notes"),
    ({"status": "018f0000-0000-7000-8000-000000000000"}, "status"),
    ({"reason": "018f0000-0000-7000-8000-000000000000", "status": "not_qualified"}, "reason"),
    ({"application": "018f0000-0000-7000-8000-000000000000"}, "application"),
    ({"recipients": "nobody"}, "recipients"),
]


@pytest.mark.parametrize(("changes", "field"), BOTH)
def test_the_dialog_and_the_api_say_the_same_at_the_same_field(cast, api, lead, changes, field):
    said = {"status": "qualified", "notes": "Strong CV", "rating": 4} | changes
    with cast.inside():
        slugs = dict(Status.objects.values_list("slug", "pk"))
    typed = said.pop("recipients", "")
    dialog = {"application": lead.application_id, "step": "done", "typed": typed} | said
    page = signed_in(cast.jana).post(
        reverse("delivery:new", args=[lead.pk]), dialog | {"status": slugs.get(said["status"], said["status"])}
    )
    recipients = [{"email": typed}] if typed else []
    answer = api.post(path_of(lead), said | {"author": "jana@northwind.example", "recipients": recipients})
    assert (page.status_code, answer.status_code) == (422, 422)
    [error] = answer.json()["errors"]
    assert error["field"].split(".")[0] == field
    assert re.search(rf'id="{field}-error" role="alert">{re.escape(error["message"])}<', page.text), error
    with cast.inside():
        assert not Delivery.objects.exists()


def test_one_is_withdrawn_and_listed_apart(cast, api, lead):
    made = api.post(path_of(lead), QUALIFIED).json()
    assert api.get(f"/deliveries/{made['id']}").json() == made
    refused = api.delete(f"/deliveries/{made['id']}?author=petr@northwind.example")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "author")
    assert api.delete(f"/deliveries/{made['id']}?author=jana@northwind.example").json()["withdrawn_at"]
    assert api.delete(f"/deliveries/{made['id']}?author=jana@northwind.example").status_code == 409
    assert api.get("/deliveries").json()["items"] == []
    assert [row["withdrawn_at"] is None for row in api.get("/deliveries", withdrawn="true").json()["items"]] == [False]


def test_the_document_names_every_field(db):
    schemas = Client().get("/api/v1/openapi.json").json()["components"]["schemas"]
    sent = "status application campaign reason explanation notes rating recipients author"
    shown = "id status basis application reason explanation notes rating recipients author conversation at withdrawn_at"
    assert set(schemas["DeliveryIn"]["properties"]) == set(sent.split())
    assert set(schemas["DeliveryOut"]["properties"]) == set(shown.split())


def test_somebody_elses_application_is_refused(cast, api, lead):
    other = cast.apply("Karel", "karel@mail.example")
    answer = api.post(path_of(lead), QUALIFIED | {"application": str(other.application_id)})
    assert [error["field"] for error in answer.json()["errors"]] == ["application"]


def test_the_other_organization_finds_nothing(cast, stranger, api, lead):
    api.post(path_of(lead), QUALIFIED)
    with stranger.inside():
        from accounts.models import ApiToken

        theirs = Caller(ApiToken.issue("theirs", ["read", "write"])[1])
    assert theirs.post(path_of(lead), QUALIFIED | {"author": "max@contoso.example"}).status_code == 404
    assert theirs.get("/deliveries").json() == {"items": [], "next": None}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 1),
        ({"status": "qualified"}, 1),
        ({"status": "review"}, 0),
        ({"source": "jobs-example", "campaign": "support-agents-brno", "team": "hiring"}, 1),
        ({"author": "Jana@northwind.example"}, 1),
        ({"author": "petr@northwind.example"}, 0),
        ({"from": "2020-01-01", "to": "2199-01-01"}, 1),
        ({"from": "2020-01-01T00:00:00Z", "to": "2020-01-02T00:00:00+02:00"}, 0),
        ({"to": "2020-01-01T12:00"}, 0),
    ],
)
def test_the_list_can_be_narrowed(cast, api, lead, query, count):
    api.post(path_of(lead), QUALIFIED)
    assert len(api.get("/deliveries", **query).json()["items"]) == count


@pytest.mark.parametrize("query", [{"from": "yesterday"}, {"to": "0001-01-01"}, {"from": "9999-12-31"}, {"limit": 201}])
def test_a_filter_that_makes_no_sense_is_named(cast, api, query):
    answer = api.get("/deliveries", **query)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == list(query)
