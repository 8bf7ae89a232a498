"""Routing rules: which fit, what they do, and what is refused."""

import pytest
from django.urls import reverse

from assignment.models import RoutingRule
from assignment.routing import Facts, answers_in_circle, chosen, fits, says
from campaigns.models import Campaign
from conversations.models import Event
from people.models import Tag
from tests.cast import make_campaign, signed_in
from tests.gateways.letters import arrive, letter, reply_address

LATE = Facts(channel="email", text="Dobrý den, hledám BRIGÁDU.", language="cs", is_within_hours=False)


@pytest.mark.parametrize(
    ("conditions", "does_fit"),
    [
        ({}, True),
        ({"channel": "email"}, True),
        ({"channel": "whatsapp"}, False),
        ({"words": "brigadu, part-time"}, True),
        ({"words": "brig"}, False),
        ({"words": "hledam brigadu"}, True),
        ({"language": "cs"}, True),
        ({"language": "de"}, False),
        ({"hours": "outside"}, True),
        ({"hours": "within"}, False),
        ({"account": "jobs@x.example"}, False),
    ],
)
def test_conditions(conditions, does_fit):
    assert fits(RoutingRule(name="r", **conditions), LATE) is does_fit


def test_first_match_or_all():
    one, two, three = (RoutingRule(name=name) for name in "abc")
    assert chosen([one, two, three], LATE) == [one]
    one.goes_on = True
    assert chosen([one, two, three], LATE) == [one, two]


def test_first_match_or_all_is_set_for_several_at_once(cast, rule):
    client = signed_in(cast.adam)
    chosen_rules = {"_selected_action": [rule.pk]}
    for action, goes_on in (("apply_all", True), ("apply_first", False)):
        client.post("/admin/assignment/routingrule/", chosen_rules | {"action": action})
        with cast.inside():
            rule.refresh_from_db()
            assert rule.goes_on is goes_on


def test_rules_that_would_answer_each_other():
    ping = RoutingRule(name="ping", words="hello", answer="Good bye")
    pong = RoutingRule(name="pong", words="bye", answer="Hello again")
    assert answers_in_circle(ping, [pong]) is pong
    assert answers_in_circle(RoutingRule(name="echo", words="echo", answer="echo"), []).name == "echo"
    assert answers_in_circle(ping, [RoutingRule(name="x", words="salary", answer="Hello")]) is None
    assert says("Good bye", "bye, hello")


@pytest.fixture
def rule(cast):
    with cast.inside():
        other = make_campaign("Team lead, Utrecht", [cast.petr], [cast.petr])
        return RoutingRule.objects.create(
            name="Part time",
            words="part-time",
            set_campaign=other,
            set_tag=Tag.objects.create(name="part-time"),
            set_owner=cast.petr,
            set_team=cast.team,
            answer="Thank you, {first_name}. We look at part-time jobs on Mondays.",
        )


def test_a_rule_does_all_it_says_once_with_a_line(cast, rule):
    lead = cast.apply(text="Do you have a part-time job?")
    with cast.inside():
        lead.receive("part-time, please", via="web")
    with cast.inside():
        lead.refresh_from_db()
        assert lead.campaign.name == "Team lead, Utrecht"
        assert [tag.name for tag in lead.person.tags.all()] == ["part-time"]
        assert lead.grants.get().team == cast.team
        said = lead.messages.get(kind="outbound")
        assert said.text.startswith("Thank you, Lucie.")
        line = Event.objects.get(conversation=lead, kind=Event.Kind.ROUTED)
        assert "campaign Team lead, Utrecht" in line.data["did"]
        assert "answered automatically" in line.data["did"]
    page = signed_in(cast.sofia).get(reverse("conversation", args=[lead.pk])).text
    assert "Rule “Part time”" in page


def test_who_stopped_gets_no_automatic_answer(cast, rule):
    lead = cast.apply(text="STOP")
    with cast.inside():
        lead.receive("part-time", via="web")
        assert not lead.messages.filter(kind="outbound").exists()


def test_no_rule_answers_a_mail_that_nothing_automatic_may_answer(cast, rule):
    lead = cast.apply()
    with cast.inside():
        RoutingRule.objects.update(only_new=False)
    arrival = arrive(
        cast, letter("A part-time job, please", **{"List-Id": "<jobs.list.example>"}), reply_address(cast, lead)
    )
    with cast.inside():
        assert arrival.message.must_not_answer
        assert lead.person.tags.exists()
        assert not lead.messages.filter(kind="outbound").exists()


def submit(cast, **fields):
    data = {"name": "A rule", "position": 0, "is_active": "on", "only_new": "on"} | fields
    return signed_in(cast.adam).post("/admin/assignment/routingrule/add/", data)


def test_what_the_settings_refuse(cast, rule, stranger):
    with cast.inside():
        closed = make_campaign("Closed one", [], state=Campaign.State.CLOSED)
    assert "Say what the rule does" in submit(cast).text
    assert "is closed: nobody can be sent there" in submit(cast, set_campaign=closed.pk).text
    circle = submit(cast, words="mondays", answer="No part-time here")
    assert "would answer each other" in circle.text
    assert submit(cast, set_campaign=stranger.campaign.pk).status_code == 200  # not among the choices
    with cast.inside():
        assert RoutingRule.objects.count() == 1


def test_tried_on_a_sample_nothing_is_saved(cast, rule):
    tried = submit(cast, words="night", answer="We do.", position=5, sample="Is there part-time at night?")
    assert "Applied in this order: Part time." in tried.text
    with cast.inside():
        assert RoutingRule.objects.count() == 1
    assert submit(cast, words="night", answer="We do.").status_code == 302
