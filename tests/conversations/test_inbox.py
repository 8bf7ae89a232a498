import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from conversations.counts import numbers_of
from conversations.listing import Listing
from people.models import PersonScore, Temperature
from tests.cast import signed_in

VIEWS = ["mine", "unassigned", "everyone", "mentions", "snoozed", "undelivered"]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens(cast, lead, view):
    answer = signed_in(cast.jana).get(f"/inbox/{view}/")
    assert answer.status_code == 200


def test_the_list_stands_beside_the_conversation(cast, lead):
    page = signed_in(cast.jana).get(f"/conversations/{lead.pk}/?view=everyone").text
    assert f'id="item-{lead.pk}"' in page
    assert 'id="thread"' in page


def names(page: str) -> list[str]:
    return re.findall(r'class="who">([^<]+)<', page)


def test_each_view_holds_its_own(cast):
    one, two = cast.apply("Anna One", "a@mail.example"), cast.apply("Bert Two", "b@mail.example")
    with cast.inside():
        two.campaign.access.update(auto_assign=False)
        one.assign_to(cast.petr, because="by_hand")
        two.assign_to(None, because="by_hand")
        one.reply("Hello", by=cast.petr)
        two.note("Look @Petr", by=cast.jana, mentions=[cast.petr])
    petr = signed_in(cast.petr)
    shown = {view: names(petr.get(f"/inbox/{view}/").text) for view in VIEWS}
    assert shown == {
        "mine": ["Anna One"],
        "unassigned": ["Bert Two"],
        "everyone": ["Bert Two", "Anna One"],
        "mentions": ["Bert Two"],
        "snoozed": [],
        "undelivered": ["Anna One"],
    }


@pytest.mark.parametrize("sort", ["newest", "waiting", "score"])
def test_pages_follow_each_other_without_gap_or_repetition(cast, once, sort):
    def apply() -> None:
        for number in range(5):
            conversation = cast.apply(f"Person {number}", f"p{number}@mail.example")
            if number % 2:
                with cast.inside():
                    conversation.reply("Hello", by=cast.jana)

    once(apply)
    with cast.inside():
        seen, cursor = [], ""
        while True:
            page = Listing(cast.sofia, "everyone", QueryDict(f"sort={sort}")).page(cursor, size=2)
            seen += [conversation.person.name for conversation in page.conversations]
            if not (cursor := page.next):
                break
    assert sorted(seen) == [f"Person {number}" for number in range(5)]
    if sort == "waiting":
        assert seen == ["Person 0", "Person 2", "Person 4", "Person 3", "Person 1"]


def test_unread_is_each_members_own(cast, lead):
    with cast.inside():
        lead.mark_read(by=cast.jana)
    assert "item unread" not in signed_in(cast.jana).get("/inbox/everyone/").text
    assert "item unread" in signed_in(cast.petr).get("/inbox/everyone/").text


def test_who_may_open_the_inbox(cast, lead, stranger):
    assert signed_in(cast.guest).get("/inbox/everyone/").status_code == 404
    assert signed_in(cast.jana).get("/inbox/nonsense/").status_code == 404
    assert signed_in(cast.jana).post("/inbox/mine/").status_code == 405
    assert signed_in(cast.guest).get("/counts/").status_code == 404
    for member in (cast.eva, stranger.member):
        assert names(signed_in(member).get("/inbox/everyone/").text) == []
        assert names(signed_in(member).get("/inbox/everyone/", {"campaign": str(cast.campaign.pk)}).text) == []


def test_the_rail_counts_what_is_to_be_done(cast, lead):
    with cast.inside():
        assert numbers_of(cast.jana).views["mine"] == 1
        lead.reply("Hello", by=cast.jana)
        counts = numbers_of(cast.jana).views
    assert (counts["mine"], counts["everyone"], counts["unassigned"], counts["undelivered"]) == (0, 1, 0, 1)


def test_a_page_of_the_inbox_asks_little_of_the_database(cast, lead):
    jana = signed_in(cast.jana)
    jana.get("/inbox/everyone/")
    with CaptureQueriesContext(connection) as asked:
        jana.get("/inbox/everyone/")
    assert len(asked) <= 12, "\n".join(query["sql"][:120] for query in asked)
    assert not [query["sql"] for query in asked if "count(" in query["sql"].lower()]


def test_hot_and_waiting_puts_the_hottest_who_waits_longest_first(cast):
    """On pages of two, so that stretches end within and between pages."""
    made = {
        name: cast.apply(f"{name} X", f"{name}@mail.example") for name in ("warm1", "hot1", "warm2", "hot2", "done")
    }
    with cast.inside():
        hot = Temperature.objects.get(slug="hot")
        for name, conversation in made.items():
            if name.startswith("hot"):
                PersonScore.objects.filter(person=conversation.person_id).update(temperature=hot, total=90)
        made["done"].reply("Hello", by=cast.jana)
        listing = Listing(cast.sofia, "everyone", QueryDict("sort=hot"))
        found, cursor = [], ""
        while True:
            page = listing.page(cursor, size=2)
            found += [each.person.name.split()[0] for each in page.conversations]
            if not (cursor := page.next):
                break
        assert found == ["hot1", "hot2", "warm1", "warm2", "done"]
        best = Listing(cast.sofia, "everyone", QueryDict("score=90"))
        assert {each.person.score for each in best.page().conversations} == {90}
        assert [chosen.value for chosen in best.chosen] == ["Score from 90"]
