from uuid import uuid4

import pytest

from people.models import Activity, Person, PersonEmail, PersonScore, Tag
from tests.cast import signed_in

ODD = ["\x00", "a" * 5000, "%_\\", "'; --", "😀", "مرحبا", "(", "a:*", "<b>"]


@pytest.fixture
def lucie(lead) -> Person:
    return lead.person


def test_the_list_is_searched_by_the_beginning_of_a_name_an_address_or_a_number(cast, lucie):
    jana = signed_in(cast.jana)
    with cast.inside():
        lucie.phones.create(number="+420601234567")
    for words in ("luc", "NEMC", "lucie@ma", "+420 601"):
        assert "Lucie Němcová" in jana.get("/people/", {"q": words}).text, words
    assert "Lucie Němcová" not in jana.get("/people/", {"q": "Petra"}).text


@pytest.mark.parametrize("words", ODD)
def test_odd_words_are_harmless(cast, lucie, words):
    assert signed_in(cast.jana).get("/people/", {"q": words, "before": words, "temperature": words}).status_code == 200


def test_who_sees_a_person(cast, stranger, lucie):
    for path in (f"/people/{lucie.pk}/", f"/people/{lucie.pk}/conversations/"):
        for member, status in [
            (cast.jana, 200),
            (cast.petr, 200),
            (cast.sofia, 200),
            (cast.eva, 404),
            (cast.guest, 404),
            (stranger.member, 404),
        ]:
            answer = signed_in(member).get(path)
            assert answer.status_code == status or (not answer.text.count("item-") and "conversations" in path), member
    assert "Lucie" not in signed_in(cast.eva).get("/people/").text
    assert "Lucie" not in signed_in(stranger.member).get("/people/").text


def test_nobody_else_changes_a_person(cast, stranger, lucie):
    for member in (cast.eva, cast.guest, stranger.member):
        for path in ("facts/", "addresses/", "tags/"):
            assert signed_in(member).post(f"/people/{lucie.pk}/{path}", {"name": "x"}).status_code == 404
    assert signed_in(cast.jana).get(f"/people/{lucie.pk}/facts/").status_code == 405


def test_facts_are_edited_and_a_wrong_one_is_named(cast, lucie):
    jana, path = signed_in(cast.jana), f"/people/{lucie.pk}/facts/"
    facts = {"name": "Lucie Nová", "kind": "candidate", "language": "de", "time_zone": "Mars/North", "status": ""}
    refused = jana.post(path, facts)
    assert refused.status_code == 422
    assert "isn’t a time zone" in refused.text or "isn&#x27;t a time zone" in refused.text
    assert "Lucie Nová" in refused.text
    assert jana.post(path, facts | {"time_zone": "Europe/Berlin"}).status_code == 302
    with cast.inside():
        lucie.refresh_from_db()
    assert (lucie.name, lucie.language) == ("Lucie Nová", "de")


def test_an_address_belongs_to_one_person(cast, lucie):
    daan = cast.apply("Daan Visser", "daan@mail.example").person
    jana = signed_in(cast.jana)
    refused = jana.post(f"/people/{daan.pk}/addresses/", {"address": "LUCIE@mail.example"})
    assert refused.status_code == 422
    assert "Lucie Němcová has this address" in refused.text
    assert jana.post(f"/people/{daan.pk}/addresses/", {"address": "neither"}).status_code == 422
    assert jana.post(f"/people/{daan.pk}/addresses/", {"address": "601 234 567"}).status_code == 302
    assert jana.post(f"/people/{daan.pk}/addresses/", {"address": "d@visser.example"}).status_code == 302
    with cast.inside():
        assert PersonEmail.objects.filter(person=daan).count() == 2


def test_the_address_that_is_written_to_can_be_changed(cast, lucie, stranger):
    jana = signed_in(cast.jana)
    path = f"/people/{lucie.pk}/addresses/"
    assert "Write to this one" not in jana.get(f"/people/{lucie.pk}/").text
    jana.post(path, {"address": "lucie@second.example"})
    with cast.inside():
        second = PersonEmail.objects.get(address="lucie@second.example")
    assert jana.get(f"/people/{lucie.pk}/").text.count("Write to this one") == 1
    for member in (cast.eva, cast.guest, stranger.member):
        assert signed_in(member).post(f"{path}{second.pk}/").status_code == 404
    assert jana.get(f"{path}{second.pk}/").status_code == 405
    assert jana.post(f"{path}{second.pk}/").status_code == 302
    with cast.inside():
        lucie = type(lucie).objects.get(pk=lucie.pk)
        assert (lucie.email, lucie.emails.filter(is_primary=True).count()) == ("lucie@second.example", 1)


def test_tags_come_and_go(cast, lucie):
    jana = signed_in(cast.jana)
    assert "German A2" in jana.post(f"/people/{lucie.pk}/tags/", {"name": " German  A2 "}).text
    assert jana.post(f"/people/{lucie.pk}/tags/", {"name": "german a2"}).status_code == 200
    assert jana.post(f"/people/{lucie.pk}/tags/", {"name": "\x00"}).status_code == 422
    with cast.inside():
        tag = Tag.objects.get()
    assert "German A2" not in jana.delete(f"/people/{lucie.pk}/tags/{tag.pk}/").text


def test_what_happened_elsewhere_is_entered_with_its_time_once(cast, lucie):
    client, page = signed_in(cast.jana), f"/people/{lucie.pk}/activities/"
    fields = {"kind": "call", "at": "2026-01-05T10:00", "text": "Wants to start in May", "client_id": str(uuid4())}
    for _ in range(2):
        assert client.post(page, fields).status_code == 302
    with cast.inside():
        call = Activity.objects.get(kind="call")
        assert (call.by, call.happened_at.isoformat()) == (cast.jana, "2026-01-05T09:00:00+00:00")
    assert "Wants to start in May" in client.get(f"/people/{lucie.pk}/").text
    assert signed_in(cast.eva).post(page, fields).status_code == 404


@pytest.mark.parametrize(
    "odd",
    [{"at": "2999-01-01T10:00"}, {"at": "1969-01-01T10:00"}, {"at": "x"}, {"kind": "application"}, {"text": "x" * 301}],
)
def test_an_entry_that_cannot_be_is_refused_and_kept(cast, lucie, odd):
    fields = {"kind": "call", "at": "2026-01-05T10:00", "text": "Typed", "client_id": str(uuid4())} | odd
    answer = signed_in(cast.jana).post(f"/people/{lucie.pk}/activities/", fields)
    assert answer.status_code == 422
    assert "errorlist" in answer.text


def test_the_list_is_sorted_and_narrowed(cast, lucie):
    daan = cast.apply("Daan Visser", "daan@mail.example").person
    with cast.inside():
        PersonScore.objects.filter(person=daan).update(total=99)
    for sort, first in (("score", "Daan"), ("coldest", "Lucie"), ("newest", "Daan"), ("name", "Daan"), ("x", "Daan")):
        text = signed_in(cast.jana).get("/people/", {"sort": sort}).text
        assert (text.index("Daan Visser") < text.index("Lucie Němcová")) is (first == "Daan"), sort
    assert "Nobody fits" in signed_in(cast.jana).get("/people/", {"status": "placed"}).text
    for score, is_there in (("16", False), ("15", True), ("-10", True), ("x", True)):
        assert ("Lucie" in signed_in(cast.jana).get("/people/", {"score": score}).text) is is_there, score
