import pytest

from accounts.models import ApiToken
from conversations.models import Conversation
from people.models import PersonScore
from tests.api.conftest import Caller
from tests.cast import CV

JANA = "jana@northwind.example"


def test_a_conversation_is_shown_whole(cast, api, lead):
    with cast.inside():
        lead.reply("Good morning", by=cast.jana)
    shown = api.get(f"/conversations/{lead.pk}").json()
    assert shown["person"] == {
        "id": str(lead.person_id),
        "name": "Lucie Němcová",
        "email": "lucie@mail.example",
    }
    assert (shown["state"], shown["campaign"], shown["owner"]["email"]) == ("open", cast.campaign.slug, JANA)
    assert shown["waiting_since"] is None
    assert shown["last_message_at"].endswith("Z")
    assert [leg["number"] for leg in shown["legs"]] == [1]
    assert shown["application"] == str(lead.application_id)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 1),
        ({"owner": JANA}, 1),
        ({"owner": "nobody"}, 0),
        ({"campaign": "support-agents-brno", "state": "open"}, 1),
        ({"state": "ended"}, 0),
        ({"waiting": "true"}, 1),
        ({"waiting": "false"}, 0),
        ({"temperature": "hot"}, 0),
        ({"min_score": 1, "max_score": 50}, 1),
        ({"min_score": 51}, 0),
        ({"max_score": 0}, 0),
        ({"q": "nemcova"}, 1),
        ({"q": "hello"}, 1),
        ({"q": "%"}, 0),
        ({"q": "german"}, 0),
        ({"q": '"a OR -'}, 0),
    ],
)
def test_the_list_can_be_narrowed(cast, api, lead, query, count):
    answer = api.get("/conversations", **query)
    assert answer.status_code == 200, answer.content
    assert len(answer.json()["items"]) == count


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"state": "asleep"}, "state"),
        ({"waiting": "perhaps"}, "waiting"),
        ({"min_score": 2**31}, "min_score"),
        ({"q": "\x00"}, "q"),
        ({"q": "x" * 201}, "q"),
        ({"order": "warmest"}, "order"),
        ({"limit": 0}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"cursor": "garbage"}, "cursor"),
        ({"cursor": "x" * 2000}, "cursor"),
    ],
)
def test_a_filter_that_makes_no_sense_is_named(cast, api, query, field):
    answer = api.get("/conversations", **query)
    assert answer.status_code == 422, answer.content
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_pages_have_no_gaps_and_nothing_twice_while_rows_are_added(cast, api):
    there = {str(cast.apply(email=f"lucie{n}@mail.example").pk) for n in range(7)}
    seen, cursor = [], ""
    while cursor is not None:
        shown = api.get("/conversations", limit=2, cursor=cursor).json()
        assert len(shown["items"]) <= 2
        seen += [item["id"] for item in shown["items"]]
        cursor = shown["next"]
        late = cast.apply(email=f"late{len(seen)}@mail.example")
        with cast.inside():
            late.reply("Welcome", by=cast.jana)
            Conversation.objects.get(pk=seen[0]).receive("Me again", via="web")
    assert len(seen) == len(set(seen))
    assert there <= set(seen)


def test_the_highest_score_first_page_by_page(cast, api):
    totals = {f"lucie{n}@mail.example": total for n, total in enumerate([5, 70, 5, -3, None])}
    for email in totals:
        cast.apply(email=email)
    with cast.inside():
        PersonScore.objects.filter(person__emails__address="lucie4@mail.example").delete()
        for email, total in totals.items():
            PersonScore.objects.filter(person__emails__address=email).update(total=total or 0)
    for path, address in (
        ("/conversations", lambda item: item["person"]["email"]),
        ("/people", lambda item: item["emails"][0]),
    ):
        seen, cursor = [], ""
        while cursor is not None:
            shown = api.get(path, order="score", limit=2, cursor=cursor).json()
            seen += [address(item) for item in shown["items"]]
            cursor, last = shown["next"], cursor
        assert [totals[one] for one in seen] == [70, 5, 5, -3, None]
        assert len(set(seen)) == 5
        assert api.get(path, cursor=last).status_code == 422  # a place in another order


def test_messages_are_told_oldest_first_with_their_authors(cast, api, lead):
    with cast.inside():
        lead.reply("Good morning", by=cast.jana, files=[CV])
        lead.note("Seems fine", by=cast.petr)
        lead.receive("From my wife's address", via="email", third_party="karel@mail.example", quoted_text="> hello")
    shown = api.get(f"/conversations/{lead.pk}/messages").json()["items"]
    assert [(message["direction"], message["author"]["kind"], message["author"]["name"]) for message in shown] == [
        ("inbound", "person", "Lucie Němcová"),
        ("outbound", "member", "Jana Dvořáková"),
        ("note", "member", "Petr Svoboda"),
        ("inbound", "third_party", "karel@mail.example"),
    ]
    assert shown[0]["delivery_state"] is None
    assert shown[1]["delivery_state"]
    assert [file["name"] for file in shown[1]["files"]] == [CV.name]
    assert shown[3]["has_quoted_text"]


def test_messages_come_in_pages_while_more_are_written(cast, api, lead):
    seen: list[str] = []
    cursor = ""
    while cursor is not None and len(seen) < 9:
        with cast.inside():
            lead.note(f"Note {len(seen)}", by=cast.petr)
        shown = api.get(f"/conversations/{lead.pk}/messages", limit=1, cursor=cursor).json()
        seen += [message["text"] for message in shown["items"]]
        cursor = shown["next"]
    assert seen[:3] == ["Hello", "Note 0", "Note 1"]


def test_a_message_is_written_in_a_members_name(cast, api, lead):
    answer = api.post(f"/conversations/{lead.pk}/messages", {"text": "Dobrý den", "author": JANA})
    assert answer.status_code == 201, answer.content
    assert (answer.json()["direction"], answer.json()["author"]["email"]) == ("outbound", JANA)
    note = api.post(f"/conversations/{lead.pk}/messages", {"text": "Psst 🤫", "author": JANA, "note": True})
    assert note.json()["direction"] == "note"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"author": "greta@client.example"}, "author"),
        ({"author": "nobody@northwind.example"}, "author"),
        ({"author": None}, "author"),
        ({"text": ""}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": "x" * 100_001}, "text"),
        ({"text": "nul\x00"}, "text"),
        ({"text": "half an emoji \ud83d"}, "text"),
        ({"text": 5}, "text"),
        ({"note": "perhaps"}, "note"),
    ],
)
def test_a_message_that_cannot_be_is_refused(cast, api, lead, changes, field):
    answer = api.post(f"/conversations/{lead.pk}/messages", {"text": "Hello", "author": JANA} | changes)
    assert answer.status_code == 422, answer.content
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_an_inactive_author_is_refused(cast, api, lead):
    with cast.inside():
        type(cast.petr).objects.filter(pk=cast.petr.pk).update(is_active=False)
    said = {"text": "Hello", "author": "petr@northwind.example"}
    assert api.post(f"/conversations/{lead.pk}/messages", said).status_code == 422


def test_an_ended_conversation_takes_no_reply(cast, api, lead):
    with cast.inside():
        lead.end_leg(by=cast.jana, data={}, at=lead.opened_at)
    answer = api.post(f"/conversations/{lead.pk}/messages", {"text": "Hello", "author": JANA})
    assert (answer.status_code, bool(answer.json()["detail"])) == (409, True)


def test_it_is_assigned_by_hand_and_sent_back(cast, api, lead):
    path = f"/conversations/{lead.pk}/assignment"
    shown = api.put(path, {"owner": "petr@northwind.example"})
    assert (shown.status_code, shown.json()["owner"]["name"]) == (200, "Petr Svoboda")
    with cast.inside():
        type(cast.campaign).objects.get().access.update(auto_assign=False)
    assert api.put(path, {"owner": None}).json()["owner"] is None


@pytest.mark.parametrize("owner", ["greta@client.example", "nobody@x.example", "eva@northwind.example", "x", 5])
def test_only_who_works_on_a_campaign_can_own(cast, api, lead, owner):
    answer = api.put(f"/conversations/{lead.pk}/assignment", {"owner": owner})
    assert answer.status_code == 422, answer.content
    assert [error["field"] for error in answer.json()["errors"]] == ["owner"]


def test_a_person_is_shown_with_score_and_applications(cast, api, lead):
    shown = api.get(f"/people/{lead.person_id}").json()
    assert (shown["name"], shown["emails"], shown["language"]) == ("Lucie Němcová", ["lucie@mail.example"], "cs")
    assert [application["campaign"] for application in shown["applications"]] == [cast.campaign.slug]
    assert sum(record["points"] for record in shown["records"]) == shown["score"]


@pytest.mark.parametrize("path", ["/conversations/{id}", "/conversations/{id}/messages", "/people/{id}"])
def test_nothing_of_another_organization_is_there(cast, stranger, lead, path):
    with stranger.inside():
        theirs = Caller(ApiToken.issue("theirs", ["read", "write"])[1])
    for pk in (lead.pk, lead.person_id, "nothing", "%F0%9F%91%8B", "a" * 5000):
        answer = theirs.get(path.format(id=pk))
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    said = {"text": "Hello", "author": "max@contoso.example"}
    assert theirs.post(f"/conversations/{lead.pk}/messages", said).status_code == 404
    assert theirs.put(f"/conversations/{lead.pk}/assignment", {"owner": None}).status_code == 404
    assert theirs.get("/conversations").json()["items"] == []
