from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail as sent
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from conversations import appointing, refusals
from conversations.models import Appointment, Event, ReplyKey
from conversations.wording import sentence
from people.models import Activity
from tests.cast import signed_in
from tests.conversations.appointments import appointment_of
from tests.gateways.letters import arrive, reply_address

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FIELDS = {"title": "Interview", "time_zone": "America/New_York", "minutes": "45", "place": "https://meet.example/1"}


def activities(cast) -> list[str]:
    with cast.inside():
        return list(Activity.objects.filter(kind__startswith="appointment").values_list("kind", flat=True))


def calendar_in(mail) -> Calendar:
    part = next(part for part in mail.message().walk() if part.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["METHOD"]
    return calendar


def test_an_appointment_is_made_by_the_persons_clock_and_goes_out_as_an_invitation(cast, lead):
    page = reverse("appointment_new", args=[lead.pk])
    client = signed_in(cast.jana)
    assert "Europe/Prague" in client.get(page).content.decode()
    with time_machine.travel(NOW, tick=False):
        answer = client.post(page, FIELDS | {"starts_at": "2026-11-27T10:00"}, headers={"HX-Request": "true"})
        assert (answer.status_code, "thread-changed" in answer.headers["HX-Trigger"]) == (200, True)
    with cast.inside():
        appointment = Appointment.objects.get()
        assert appointment.starts_at == datetime(2026, 11, 27, 15, tzinfo=UTC)
        line = Event.objects.get(kind="appointment")
        assert sentence(line).startswith("Jana Dvořáková made an appointment: Interview")
    mail = sent.outbox[-1]
    assert "27. listopadu 2026" in mail.body
    assert "10:00 (America/New_York)" in mail.body
    calendar = calendar_in(mail)
    event = calendar.walk("VEVENT")[0]
    assert calendar["METHOD"] == "REQUEST"
    assert event.decoded("dtstart") == datetime(2026, 11, 27, 15, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2026, 11, 27, 15, 45, tzinfo=UTC)
    assert (event["LOCATION"], event["SEQUENCE"], event["UID"]) == ("https://meet.example/1", 0, appointment.uid)
    assert event["ATTENDEE"] == "mailto:lucie@mail.example"
    assert event["ORGANIZER"].startswith("mailto:reply+")
    assert activities(cast) == ["appointment_made"]


@pytest.mark.parametrize(
    "odd",
    [
        {"starts_at": "2020-01-01T10:00"}, {"starts_at": "2030-01-01T10:00"}, {"starts_at": "tomorrow"},
        {"starts_at": "2027-03-14T02:30"}, {"time_zone": "Mars/Olympus"}, {"minutes": "0"}, {"title": ""},
        {"starts_at": "2026-11-27T10:00:00+01:00"}, {"place": "x" * 301},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_what_was_typed_stays(cast, lead, odd):
    with time_machine.travel(NOW, tick=False):
        fields = FIELDS | {"starts_at": "2026-11-27T10:00"} | odd
        answer = signed_in(cast.jana).post(reverse("appointment_new", args=[lead.pk]), fields)
    assert answer.status_code == 422
    assert "https://meet.example/1" in answer.content.decode() or "place" in odd
    with cast.inside():
        assert not Appointment.objects.exists()


def test_it_is_moved_and_cancelled_with_a_higher_sequence(cast, lead):
    with cast.inside():
        appointment = appointment_of(lead, by=cast.jana)
        appointing.answer(appointment, accepts=True)
    client, page = signed_in(cast.petr), reverse("appointment", args=[appointment.pk])
    at = (timezone.now() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(page, FIELDS | {"what": "move", "starts_at": at}).status_code == 302
    assert calendar_in(sent.outbox[-1]).walk("VEVENT")[0]["SEQUENCE"] == 1
    with cast.inside():
        appointment.refresh_from_db()
        assert appointment.state == "invited"
    assert client.post(page, {"what": "cancel"}).status_code == 302
    calendar = calendar_in(sent.outbox[-1])
    assert (calendar["METHOD"], calendar.walk("VEVENT")[0]["STATUS"]) == ("CANCEL", "CANCELLED")
    assert client.post(page, {"what": "cancel"}).status_code == 422
    assert activities(cast) == ["appointment_made"]


def test_the_candidate_answers_on_their_page(cast, lead):
    with cast.inside():
        appointment = appointment_of(lead, by=cast.jana)
        token = ReplyKey.of(lead, ReplyKey.Use.LINK).token
    page = reverse("candidate_appointment", args=[token, appointment.pk])
    assert "Room 5" in Client().get(f"/c/{token}/").content.decode()
    for said, state in (("accept", "accepted"), ("decline", "declined"), ("decline", "declined")):
        assert Client().post(page, {"answer": said}).status_code == 302
        with cast.inside():
            appointment.refresh_from_db()
            assert appointment.state == state
    assert Client().post(page, {"answer": "perhaps"}).status_code == 400
    with cast.inside():
        assert [e.data["what"] for e in Event.objects.filter(kind="appointment")] == ["made", "accepted", "declined"]


def test_the_profile_begins_with_those_that_are_still_open(cast, lead):
    with cast.inside():
        soon = timezone.now() + timedelta(hours=1)
        first = appointment_of(lead, by=cast.jana, starts_at=soon)
        for day in range(2, 7):
            appointing.cancel(appointment_of(lead, by=cast.jana, starts_at=soon + timedelta(days=day)), by=cast.jana)
    shown = signed_in(cast.jana).get(reverse("appointments", args=[lead.pk])).context["appointments"]
    assert len(shown) == 5
    assert shown[0] == first


def calendar_reply(
    appointment,
    *,
    partstat: str,
    address: str = "lucie@mail.example",
    attendee: str = "",
    words: str = "",
    comment: str = "",
) -> bytes:
    words = words or f"{address.partition('@')[0]} has accepted this invitation."
    calendar = (
        "BEGIN:VCALENDAR\r\nPRODID:-//Other//EN\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"
        f"UID:{appointment.uid}\r\nDTSTAMP:20261122T120000Z\r\nDTSTART:20261127T150000Z\r\nSEQUENCE:0\r\n"
        f"ATTENDEE;PARTSTAT={partstat}:mailto:{attendee or address}\r\n{comment}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    return (
        f"From: {address}\r\nTo: x\r\nSubject: Accepted: Interview\r\nMessage-ID: <{partstat}{address}>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n"
        f"Content-Type: text/plain\r\n\r\n{words}\r\n--b\r\n"
        f"Content-Type: text/calendar; method=REPLY; charset=UTF-8\r\n\r\n{calendar}\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("partstat", "address", "state"),
    [
        ("ACCEPTED", "lucie@mail.example", "accepted"),
        ("DECLINED", "Lucie@Mail.example", "declined"),
        ("TENTATIVE", "lucie@mail.example", "invited"),
        ("ACCEPTED", "brother@mail.example", "invited"),
    ],
)
def test_a_calendars_reply_is_the_persons_answer(cast, lead, partstat, address, state):
    with cast.inside():
        appointment = appointment_of(lead, by=cast.jana)
    raw = calendar_reply(appointment, partstat=partstat, address=address)
    arrival = arrive(cast, raw, reply_address(cast, lead))
    assert (arrival.state == "understood") is (state != "invited")
    with cast.inside():
        appointment.refresh_from_db()
        assert appointment.state == state
        assert not lead.messages.filter(kind="inbound", channel="email").exists()


def test_only_the_persons_own_calendar_answers_for_them(cast, lead):
    """Whoever is named in the calendar: anybody can write that, and the person may have been invited by an alias."""
    with cast.inside():
        appointment = appointment_of(lead, by=cast.jana)
    address = reply_address(cast, lead)
    for sender, attendee, state in (
        ("evil@elsewhere.example", "lucie@mail.example", "invited"),
        ("lucie@mail.example", "lucie.n@alias.example", "declined"),
    ):
        arrive(cast, calendar_reply(appointment, partstat="DECLINED", address=sender, attendee=attendee), address)
        with cast.inside():
            appointment.refresh_from_db()
            assert appointment.state == state


@pytest.mark.parametrize(
    ("words", "comment", "text"),
    [
        ("I am in hospital. Could we do Tuesday?", "", "I am in hospital. Could we do Tuesday?"),
        ("I can't accept this invitation: I am away", "", "I can't accept this invitation: I am away"),
        (
            "Lucie has declined this invitation with this note:\r\n\r\nIll",
            "",
            "Lucie has declined this invitation with this note:\n\nIll",
        ),
        ("Lucie has declined this invitation.", "COMMENT:Could we do Tuesday?\r\n", "Could we do Tuesday?"),
    ],
)
def test_words_beside_a_calendars_answer_are_a_message(cast, lead, words, comment, text):
    with cast.inside():
        appointment = appointment_of(lead, by=cast.jana)
    raw = calendar_reply(appointment, partstat="DECLINED", words=words, comment=comment)
    assert arrive(cast, raw, reply_address(cast, lead)).message.text == text
    with cast.inside():
        appointment.refresh_from_db()
        assert appointment.state == "declined"


def test_another_time_that_is_proposed_is_read(cast, lead):
    with cast.inside():
        appointment = appointment_of(lead, by=cast.jana)
    raw = calendar_reply(appointment, partstat="DECLINED", words="Tuesday?").replace(b"REPLY", b"COUNTER")
    assert arrive(cast, raw, reply_address(cast, lead)).message.text == "Tuesday?"
    with cast.inside():
        appointment.refresh_from_db()
        assert appointment.state == "invited"


def test_it_is_held_or_missed_once_it_has_begun(cast, lead):
    with cast.inside():
        held = appointment_of(lead, by=cast.jana)
        missed = appointment_of(lead, by=cast.jana)
        with pytest.raises(refusals.AppointmentAhead):
            appointing.close(held, held=True, by=cast.jana)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        client = signed_in(cast.jana)
        assert "It took place" in client.get(reverse("appointment", args=[held.pk])).content.decode()
        assert client.post(reverse("appointment", args=[held.pk]), {"what": "held"}).status_code == 302
        assert client.post(reverse("appointment", args=[missed.pk]), {"what": "missed"}).status_code == 302
        assert client.post(reverse("appointment", args=[missed.pk]), {"what": "held"}).status_code == 422
        over = client.get(reverse("appointment", args=[held.pk])).content.decode()
        assert "disabled" in over
        assert 'name="what"' not in over
    of_person = client.get(reverse("person_conversations", args=[lead.person_id])).content.decode()
    assert reverse("appointments", args=[lead.pk]) in of_person
    assert sorted(activities(cast)) == [
        "appointment_held", "appointment_made", "appointment_made", "appointment_missed",
    ]  # fmt: skip


def test_the_seeds_example(cast, lead):
    """A rule of 10 points for 60 days; an appointment is made; 10 more at once; on day 61 the night takes it away."""
    from people.models import Person, PersonScore
    from scoring import night
    from scoring.models import ScoreRecord, ScoreRule

    with cast.inside():
        ScoreRule.objects.all().delete()
        ScoreRecord.objects.all().delete()
        PersonScore.objects.all().delete()
        ScoreRule.objects.create(activity_kind="appointment_made", points=10, days=60)
    made_at = timezone.now()
    with cast.inside():
        appointment_of(lead, by=cast.jana)
    with cast.inside():
        record = ScoreRecord.objects.get()
        person = Person.objects.select_related("scored__temperature").get(pk=lead.person_id)
        assert (record.points, person.score, person.temperature.slug) == (10, 10, "warm")
        assert record.lapses_on == made_at.astimezone(ZoneInfo("Europe/Prague")).date() + timedelta(days=60)
    for day, left in ((59, 1), (61, 0)):
        night.run_if_due(cast.organization.pk, made_at + timedelta(days=day))
        with cast.inside():
            assert ScoreRecord.objects.count() == left
            person.refresh_from_db()
            assert (person.score, person.temperature.slug) == ((10, "warm") if left else (0, "cold"))
