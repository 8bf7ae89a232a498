import pytest

from accounts.models import Member
from conversations.models import Conversation
from delivery.models import Status
from tests.api.conftest import Caller

QUALIFIED = {
    "status": "qualified",
    "notes": "Strong CV",
    "rating": 4,
    "author": "jana@northwind.example",
    "recipients": [{"team": "hiring"}],
}


@pytest.fixture
def lead(cast):
    return cast.apply()


def path_of(conversation: Conversation) -> str:
    return f"/conversations/{conversation.pk}/deliveries"


def test_a_delivery_ends_the_conversation(cast, api, lead):
    answer = api.post(path_of(lead), QUALIFIED)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["status"], made["rating"], made["conversation"]) == ("qualified", 4, str(lead.pk))
    assert made["application"] == str(lead.application_id)
    assert made["recipients"] == [{"member": None, "team": "hiring", "answer": None}]
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
        ({"rating": 6}, "rating"),
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
