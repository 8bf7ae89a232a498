"""The Django admin: each organization's admins run their own, and never meet another's rows."""

import re
from threading import Thread
from time import sleep

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.db import ProgrammingError, connection, connections, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import ApiToken, Member, Organization, Role, Team, TeamMember, TenantModel, User, Workspace
from accounts.tenancy import across_organizations
from assignment.models import Assignment, RoutingRule
from campaigns.models import Campaign, CampaignAccess, Source
from conversations.models import Message, SavedReply
from delivery.models import Procedure, Reason, Status
from gateways.admin.refusal import IN_WORDS
from gateways.models import Arrival, Attempt, ChannelAccount, Mailbox
from gateways.refusals import ArrivalRefused
from people.models import Person, PersonStatus, Tag, Temperature
from scoring.models import InactivityRule, NightRun, RuleStatus, ScoreRecord, ScoreRule, VisitSite
from tests.cast import Cast, make_member, signed_in

PAGES = [model for model in admin.site._registry if issubclass(model, TenantModel) or model is Organization]


def url(model: type[models.Model], page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def fill(mark: str, campaign: Campaign, member: Member) -> None:
    """A row of every model in the admin, with the mark in its name."""
    workspace = Workspace.objects.first()
    workspace.name = f"Workspace {mark}"
    workspace.save()
    team = Team.objects.create(name=f"Team {mark}", slug=mark, workspace=workspace)
    TeamMember.objects.create(team=team, member=member)
    status = Status.objects.create(name=f"Status {mark}", slug=mark, basis="review")
    Reason.objects.create(status=status, name=f"Reason {mark}", slug=mark)
    Procedure.objects.create(team=team, status=status)
    Source.objects.create(name=f"Source {mark}", slug=mark)
    Tag.objects.create(name=f"Tag {mark}")
    SavedReply.objects.create(title=f"Reply {mark}", text=f"Text {mark}")
    Temperature.objects.filter(slug="hot").update(name=f"Hot {mark}")
    person_status = PersonStatus.objects.create(name=f"Person status {mark}", slug=mark)
    RuleStatus.objects.create(rule=ScoreRule.objects.first(), status=person_status)
    InactivityRule.objects.create(points=-5).statuses.add(person_status)
    VisitSite.objects.create(address=f"https://{mark}.example")
    NightRun.objects.create(night_of="2026-01-01", started_at=timezone.now(), error=f"Error {mark}")
    account = ChannelAccount.objects.create(name=f"Account {mark}", address=f"{mark}@mail.example", workspace=workspace)
    Mailbox.objects.create(account=account, host=f"{mark}.imap.example", username=f"User {mark}")
    ApiToken.issue(f"Token {mark}", ["read"], created_by=member)
    Arrival.objects.create(
        channel="email", key=mark, raw=f"Raw {mark}".encode(), envelope_from=f"{mark}@from.example", via="smtp",
        state="refused", refusal="Bounce", arrived_at=timezone.now(),
    )  # fmt: skip
    from campaigns.models import Application
    from conversations.applying import conversation_about

    person = Person.objects.create(name=f"Person {mark}")
    application = Application.objects.create(person=person, campaign=campaign, applied_at=timezone.now())
    conversation = conversation_about(application, at=timezone.now())
    Assignment.objects.create(
        conversation=conversation, leg=conversation.leg, campaign=campaign, member=member, because="by_hand",
        assigned_at=timezone.now(),
    )  # fmt: skip
    RoutingRule.objects.create(name=f"Rule {mark}", set_campaign=campaign)
    facts = {"conversation": conversation, "leg": conversation.leg, "created_at": timezone.now()}
    message = Message.objects.create(kind="outbound", text=f"Message {mark}", author=member, **facts)
    Attempt.objects.create(message=message, address=f"{mark}@to.example", state="failed", due_at=timezone.now())
    User.objects.filter(pk=member.user_id).update(name=f"Member {mark}")
    Campaign.objects.filter(pk=campaign.pk).update(name=f"Campaign {mark}")


@pytest.fixture
def filled(cast, stranger):
    with cast.inside():
        fill("ours", cast.campaign, cast.jana)
    with stranger.inside():
        fill("contoso", stranger.campaign, stranger.member)
        stranger.admin = make_member("Anna Admin", Role.ADMIN, "contoso.example")
    return stranger


def theirs(model: type[models.Model], stranger) -> models.Model:
    with stranger.inside():
        return model.objects.get(pk=stranger.organization.pk) if model is Organization else model.objects.first()


def ours(model: type[models.Model], cast: Cast) -> models.Model:
    with cast.inside():
        return model.objects.first()


def assert_nothing_of_theirs(text: str) -> None:
    if found := re.search(r".{0,80}contoso.{0,80}", text, re.IGNORECASE):
        pytest.fail(found[0])


def test_every_page_shows_the_organizations_own_rows_only(cast, filled, subtests):
    client = signed_in(cast.adam)
    for model in PAGES:
        with subtests.test(model=model._meta.label):
            walk(client, model, cast, filled)


def walk(client: Client, model: type[models.Model], cast: Cast, filled) -> None:
    mine, other = ours(model, cast), theirs(model, filled)
    listed = client.get(url(model, "changelist"))
    assert listed.status_code == 200
    assert_nothing_of_theirs(listed.content.decode())
    for page in ("change", "history"):
        shown = client.get(url(model, page, mine.pk), follow=True)
        assert shown.status_code == 200, page
        assert_nothing_of_theirs(shown.content.decode())
    for page in ("change", "history", "delete"):
        hidden = client.get(url(model, page, other.pk), follow=page == "change")
        assert_nothing_of_theirs(re.sub(str(other.pk), "", hidden.content.decode()))
        assert client.post(url(model, page, other.pk), {"post": "yes"}).status_code in {302, 403, 404, 405}
    assert theirs(model, filled).pk == other.pk
    added = client.get(url(model, "add"))
    assert added.status_code in {200, 302, 403}
    assert_nothing_of_theirs(added.content.decode())
    searched = client.get(url(model, "changelist"), {"q": "Conto"})
    assert_nothing_of_theirs(searched.content.decode())


@pytest.mark.parametrize("who", ["jana", "sofia", "guest"])
def test_nobody_but_admins_gets_in(cast, who):
    client = signed_in(getattr(cast, who))
    for model in PAGES:
        for page in ("changelist", "add"):
            assert client.get(url(model, page)).status_code == 404
    for name in ("index", "autocomplete", "jsi18n", "password_change"):
        assert client.get(reverse(f"admin:{name}")).status_code == 404
    assert client.get("/admin/nothing/at/all/").status_code == 404


def test_a_visitor_signs_in_where_the_second_factor_is_asked_for(client, db):
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.redirect_chain[-1][0] == f"{reverse('account_login')}?next=/admin/"


def test_the_form_of_sign_in_of_the_admin_itself_is_not_there(client, cast):
    answer = client.post(reverse("admin:login"), {"username": cast.adam.user.email, "password": "x"})
    assert answer.status_code == 302
    assert reverse("account_login") in answer.url


# Adding, with rows of the own organization and with foreign ones


def post(client: Client, model: type[models.Model], **data):
    return client.post(url(model, "add"), data)


def test_a_row_is_saved_into_the_organization_that_is_entered(cast, stranger):
    assert post(signed_in(cast.adam), Tag, name="German B1", organization=stranger.organization.pk).status_code == 302
    with cast.inside():
        assert Tag.objects.get().organization == cast.organization


def test_what_is_there_already_is_said_plainly(cast):
    client = signed_in(cast.adam)
    post(client, Tag, name="shifts")
    assert "already exists" in post(client, Tag, name="shifts").content.decode()


def no_inline(prefix: str) -> dict[str, str]:
    return {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}


def campaign_fields(cast, **changes) -> dict:
    with cast.inside():
        workspace = Workspace.objects.get()
    return {
        "name": "Nurses", "slug": "nurses", "state": "open", "workspace": workspace.pk, "language": "cs",
        "rotate_over": "everyone", "answer_goal_minutes": "60", "notify_addresses": "a@x.example, b@x.example",
        "access-TOTAL_FORMS": "2", "access-INITIAL_FORMS": "0", "access-0-member": cast.jana.pk,
        "access-0-auto_assign": "on", "access-1-member": cast.petr.pk, "access-1-auto_assign": "on",
    } | changes  # fmt: skip


def test_a_campaign_with_its_members_and_their_turn(cast):
    answer = post(signed_in(cast.adam), Campaign, **campaign_fields(cast))
    assert answer.status_code == 302, answer.context["errors"]
    with cast.inside():
        campaign = Campaign.objects.get(slug="nurses")
        assert [access.member.short_name for access in campaign.in_turn] == ["Jana", "Petr"]
        assert campaign.notify_addresses == ["a@x.example", "b@x.example"]
    page = signed_in(cast.adam).get(url(Campaign, "change", campaign.pk)).content.decode()
    assert "/apply/northwind/nurses" in page


def test_who_loses_access_loses_it_on_the_open_screen(cast, monkeypatch):
    sent = []
    monkeypatch.setattr("conversations.live.broadcast", lambda *broadcasts: sent.extend(broadcasts))
    page = url(Member, "change", cast.petr.pk)
    assert signed_in(cast.adam).post(page, {"role": "recruiter", "name": "Petr"}).status_code == 302
    told = [groups for groups, make in sent if make()["type"] == "access.changed"]
    assert any(cast.petr.pk.hex in group for groups in told for group in groups)


def test_the_same_member_twice_is_refused(cast):
    answer = post(signed_in(cast.adam), Campaign, **campaign_fields(cast, **{"access-1-member": cast.jana.pk}))
    assert answer.status_code == 200
    assert "duplicate" in answer.content.decode()


@pytest.mark.parametrize("field", ["access-0-member", "team", "workspace"])
def test_a_foreign_id_is_refused_where_a_campaign_names_one(cast, filled, field):
    with filled.inside():
        foreign = {
            "access-0-member": filled.member.pk,
            "team": Team.objects.first().pk,
            "workspace": Workspace.objects.first().pk,
        }[field]
    answer = post(signed_in(cast.adam), Campaign, **campaign_fields(cast, **{field: foreign}))
    assert answer.status_code == 200
    assert "Select a valid choice" in answer.content.decode()
    with cast.inside():
        assert not Campaign.objects.filter(slug="nurses").exists()


def test_a_rule_holds_for_the_statuses_that_are_ticked(cast):
    with cast.inside():
        status = PersonStatus.objects.get(slug="new")
    fields = {"activity_kind": "call", "points": "7", "days": "30", "person_kind": "candidate", "is_active": "on"}
    answer = post(signed_in(cast.adam), ScoreRule, **fields, holds_for=[status.pk])
    assert answer.status_code == 302
    with cast.inside():
        assert ScoreRule.objects.get(activity_kind="call").statuses.get() == status


def test_points_can_be_changed_in_the_list_of_rules(cast):
    with cast.inside():
        rule = ScoreRule.objects.create(activity_kind="call", points=7, days=30)
        rule.statuses.set(PersonStatus.objects.filter(slug="new"))
    row = {"form-0-id": rule.pk, "form-0-points": "9", "form-0-days": "30", "form-0-is_active": "on", "_save": "Save"}
    fields = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1"} | row
    assert signed_in(cast.adam).post(url(ScoreRule, "changelist") + "?q=&activity_kind=call", fields).status_code == 302
    with cast.inside():
        rule.refresh_from_db()
        assert (rule.points, rule.statuses.get().slug) == (9, "new")


def test_a_foreign_status_is_refused_for_a_rule(cast, filled):
    with filled.inside():
        foreign = PersonStatus.objects.first().pk
    fields = {"activity_kind": "call", "points": "7", "days": "30", "person_kind": "candidate"}
    answer = post(signed_in(cast.adam), ScoreRule, **fields, holds_for=[foreign])
    assert "not one of the available choices" in answer.content.decode()


@pytest.mark.parametrize(
    "odd",
    [
        {"points": "1000000000"}, {"points": "x"}, {"days": "0"}, {"days": "-5"}, {"activity_kind": "nothing"},
        {"person_kind": "\x00"}, {"within_minutes": "30"}, {"activity_kind": "replied_quickly"},
        {"activity_kind": "replied_quickly", "within_minutes": "1441"},
    ],
)  # fmt: skip
def test_a_rule_out_of_bounds_is_refused(cast, odd):
    fields = {"activity_kind": "call", "points": "7", "days": "30", "person_kind": "candidate"} | odd
    answer = post(signed_in(cast.adam), ScoreRule, **fields)
    assert (answer.status_code, "errorlist" in answer.content.decode()) == (200, True)


APPLICATION = {"activity_kind": "application", "days": "30", "person_kind": "candidate", "is_active": "on"}


def test_a_rule_is_tried_on_everybody_and_nothing_is_saved(cast, lead):
    fields = APPLICATION | {"points": "40"}
    answer = post(signed_in(cast.adam), ScoreRule, **fields, _try="Try it")
    text = " ".join(answer.content.decode().split())
    assert "1 person would change temperature" in text
    for said in ("Lucie Němcová", "Warm 15", "Hot 55", "it counts once: +40", 'value="40"'):
        assert said in text
    with cast.inside():
        assert not ScoreRule.objects.filter(points=40).exists()
        assert not ScoreRecord.objects.filter(points=40).exists()
    wrong = post(signed_in(cast.adam), ScoreRule, **fields | {"points": "1000000000"}, _try="Try it")
    assert "errorlist" in wrong.content.decode()


def test_a_changed_rule_is_worked_out_for_what_has_happened_already(cast, lead):
    client = signed_in(cast.adam)
    with cast.inside():
        rule = ScoreRule.objects.get(activity_kind="application")
    fields = APPLICATION | {"points": "60"}
    tried = client.post(url(ScoreRule, "change", rule.pk), fields | {"_try": "Try it"}).content.decode()
    assert "Hot 65" in tried
    client.post(url(ScoreRule, "change", rule.pk), fields)
    with cast.inside():
        assert Person.objects.get(pk=lead.person_id).score == 65
    assert "1 person changed" in client.get(reverse("admin:scoring_progress")).content.decode()


SILENCE = {"activity_kind": "", "after_days": "30", "points": "-5", "person_kind": "candidate", "is_active": "on"}


@pytest.mark.parametrize(
    "odd",
    [
        {"points": "5"}, {"points": "-1000000000"}, {"after_days": "0"}, {"after_days": "-5"}, {"repeat_days": "30"},
        {"floor": "-20"}, {"repeat_days": "30", "floor": "-1"}, {"repeat_days": "0", "floor": "-20"},
    ],
)  # fmt: skip
def test_an_inactivity_rule_out_of_bounds_is_refused(cast, odd):
    answer = post(signed_in(cast.adam), InactivityRule, **SILENCE | odd)
    assert (answer.status_code, "errorlist" in answer.content.decode()) == (200, True)


def test_an_inactivity_rule_says_what_it_does_in_words(cast):
    client = signed_in(cast.adam)
    assert post(client, InactivityRule, **SILENCE, repeat_days="30", floor="-20").status_code == 302
    text = client.get(url(InactivityRule, "changelist")).content.decode()
    assert "No activity for 30 days: −5, again every 30 days down to −20, for candidates" in text


def test_a_status_that_a_rule_names_cannot_be_deleted(cast):
    with cast.inside():
        status = PersonStatus.objects.get(slug="new")
        ScoreRule.objects.get(activity_kind="application").statuses.add(status)
    signed_in(cast.adam).post(url(PersonStatus, "delete", status.pk), {"post": "yes"})
    with cast.inside():
        assert PersonStatus.objects.filter(pk=status.pk).exists()


# Temperatures


def ranges(cast, **changes) -> dict:
    with cast.inside():
        rows = list(Temperature.objects.all())
    data = {"form-TOTAL_FORMS": str(len(rows) + 1), "form-INITIAL_FORMS": str(len(rows))}
    for number, row in enumerate(rows):
        data |= {f"form-{number}-{name}": getattr(row, name) for name in ("id", "name", "tone")}
        data |= {f"form-{number}-{name}": "" if (n := getattr(row, name)) is None else n for name in ("lower", "upper")}
    return data | {key.replace("_", "-", 2): value for key, value in changes.items()}


def test_ranges_that_leave_a_gap_are_refused_with_the_numbers(cast):
    answer = signed_in(cast.adam).post(url(Temperature, "changelist"), ranges(cast, form_1_lower="20"))
    assert "Totals from 10 to below 20 have no temperature." in answer.content.decode()


def test_new_ranges_hold_at_once(cast, lead):
    answer = signed_in(cast.adam).post(
        url(Temperature, "changelist"), ranges(cast, form_0_lower="15", form_1_upper="15"), follow=True
    )
    assert "Everybody is given their temperature now." in answer.content.decode()
    with cast.inside():
        assert Person.objects.get(pk=lead.person_id).temperature.slug == "hot"


def test_a_fourth_temperature_fits_in_and_one_can_go(cast):
    client, page = signed_in(cast.adam), url(Temperature, "changelist")
    fourth = {"form_3_name": "Горячий", "form_3_tone": "hot", "form_3_lower": "90", "form_3_upper": ""}
    assert client.post(page, ranges(cast, form_0_upper="90", **fourth)).status_code == 302
    with cast.inside():
        assert Temperature.objects.get(name="Горячий").slug == "hot-2"
    gone = {"form_0_DELETE": "on", "form_1_upper": ""}
    assert client.post(page, ranges(cast, **gone)).status_code == 302
    with cast.inside():
        assert Temperature.objects.count() == 3


def test_foreign_temperatures_cannot_be_posted(cast, stranger):
    with stranger.inside():
        foreign = Temperature.objects.first()
    answer = signed_in(cast.adam).post(
        url(Temperature, "changelist"), ranges(cast, form_0_id=foreign.pk, form_0_name="Mine now")
    )
    assert answer.status_code == 200
    with stranger.inside():
        assert Temperature.objects.get(pk=foreign.pk).name == "Hot"


# Members


def test_an_invited_member_has_an_account_without_a_password(cast):
    answer = post(signed_in(cast.adam), Member, email=" New@Northwind.example ", name="New One", role="recruiter")
    assert answer.status_code == 302
    with cast.inside():
        user = Member.objects.get(user__email="new@northwind.example").user
    assert user.name == "New One"
    assert not user.has_usable_password()


def test_who_is_invited_is_told_how_to_sign_in_and_told_again_when_asked(cast):
    adam = signed_in(cast.adam)
    post(adam, Member, email="new@northwind.example", name="New One", role="recruiter")
    told = mail.outbox[-1]
    assert told.extra_headers["Auto-Submitted"] == "auto-generated"
    assert told.to == ["new@northwind.example"]
    assert "Adam Novák has added you to Northwind Talent as Recruiter" in told.body
    assert "/accounts/login/code/" in told.body
    assert "/accounts/login/code/" in str(told.alternatives[0].content)
    with cast.inside():
        pk = Member.objects.get(user__email="new@northwind.example").pk
    again = {"action": "invite_again", "_selected_action": [str(pk), str(cast.petr.pk)]}
    assert adam.post(url(Member, "changelist"), again).status_code == 302
    assert [sent.to[0] for sent in mail.outbox[-2:]] == ["new@northwind.example", cast.petr.user.email]


def test_inviting_somebody_who_has_an_account_changes_nothing_of_theirs(cast, stranger):
    before = User.objects.get(pk=stranger.member.user_id)
    fields = {"email": before.email, "name": "Another name", "role": "recruiter"}
    assert post(signed_in(cast.adam), Member, **fields).status_code == 302
    after = User.objects.get(pk=before.pk)
    assert (after.name, after.password) == (before.name, before.password)
    assert "already" in post(signed_in(cast.adam), Member, **fields).content.decode()


def test_the_last_admin_stays(cast):
    page = url(Member, "change", cast.adam.pk)
    answer = signed_in(cast.adam).post(page, {"role": "recruiter", "is_active": "on", "name": "Adam"})
    assert "needs an admin" in answer.content.decode()


def test_a_name_is_theirs_once_they_have_signed_in(cast):
    User.objects.filter(pk=cast.jana.user_id).update(last_login=timezone.now())
    for member in (cast.jana, cast.petr):
        page = url(Member, "change", member.pk)
        assert (
            signed_in(cast.adam).post(page, {"role": "recruiter", "is_active": "on", "name": "X Y"}).status_code == 302
        )
    assert User.objects.get(pk=cast.jana.user_id).name == "Jana Dvořáková"
    assert User.objects.get(pk=cast.petr.user_id).name == "X Y"


def test_of_two_who_cease_to_be_admins_at_once_one_stays(cast):
    with cast.inside():
        Member.objects.filter(pk=cast.sofia.pk).update(role="admin")
    sofia, page, answers = signed_in(cast.sofia), url(Member, "change", cast.sofia.pk), []
    assert sofia.get(page).status_code == 200  # so that the next is quick

    def steps_down() -> None:
        answers.append(sofia.post(page, {"role": "recruiter", "is_active": "on", "name": "Sofia"}))
        connections.close_all()

    other = Thread(target=steps_down)
    with cast.inside():
        Member.objects.filter(pk=cast.adam.pk).update(role="recruiter")
        other.start()
        sleep(0.5)
    other.join()
    assert "needs an admin" in answers[0].content.decode()


def test_users_and_their_passwords_are_not_an_admins_business(cast):
    client = signed_in(cast.adam)
    for page in (url(User, "changelist"), url(User, "change", cast.jana.user_id)):
        assert client.get(page).status_code == 403
    assert "Users" not in client.get(reverse("admin:index")).content.decode()


# What the system writes, and what can't go


def test_a_token_is_shown_once(cast):
    client = signed_in(cast.adam)
    page = post(client, ApiToken, name="Job board", scopes=["read", "write"]).content.decode()
    [secret] = re.findall(r"rc_[\w-]{20,}", page)
    with cast.inside():
        token = ApiToken.objects.get(name="Job board")
        assert (token.scopes, token.created_by) == (["read", "write"], cast.adam)
    assert secret not in client.get(url(ApiToken, "change", token.pk)).content.decode()
    chosen = {"action": "revoke", "_selected_action": [token.pk]}
    assert client.post(url(ApiToken, "changelist"), chosen).status_code == 302
    with cast.inside():
        assert ApiToken.objects.get(pk=token.pk).revoked_at


def test_why_an_arrival_was_refused_is_said_in_words(cast, filled):
    assert set(IN_WORDS) == {kind.__name__ for kind in ArrivalRefused.__subclasses__()}
    adam = signed_in(cast.adam)
    for refusal, count in (("Bounce", "1 arrival"), ("NotSent", "0 arrivals")):
        page = adam.get(url(Arrival, "changelist"), {"refusal": refusal}).content.decode()
        assert count in page
        assert "came back" in page


def test_a_refused_arrival_can_be_tried_again(cast, filled):
    begun = timezone.now()
    with cast.inside():
        arrival = Arrival.objects.get()
    chosen = {"action": "try_again", "_selected_action": [arrival.pk]}
    answer = signed_in(cast.adam).post(url(Arrival, "changelist"), chosen, follow=True)
    assert "1 is tried again" in answer.content.decode()
    with cast.inside():
        again = Arrival.objects.get()
        assert (again.state, again.tries, again.understood_at > begun) == ("refused", 1, True)


@pytest.mark.parametrize("model", [Arrival, Assignment, NightRun])
def test_what_the_system_writes_is_only_looked_at(cast, filled, model):
    client, row = signed_in(cast.adam), ours(model, cast)
    assert client.get(url(model, "add")).status_code == 403
    assert client.post(url(model, "change", row.pk), {}).status_code == 403
    assert client.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_what_is_still_needed_cannot_be_deleted_and_says_by_what(cast, lead):
    with cast.inside():
        status = PersonStatus.objects.get(slug="new")
        Person.objects.update(status=status)
    for data in ({}, {"post": "yes"}):
        answer = signed_in(cast.adam).post(url(PersonStatus, "delete", status.pk), data)
        assert answer.status_code == 200
        assert "Lucie Němcová" in answer.content.decode()
    with cast.inside():
        assert PersonStatus.objects.filter(pk=status.pk).exists()


def test_a_campaign_with_applications_stays(cast, lead):
    answer = signed_in(cast.adam).post(url(Campaign, "delete", cast.campaign.pk), {"post": "yes"})
    assert answer.status_code == 200
    with cast.inside():
        assert Campaign.objects.filter(pk=cast.campaign.pk).exists()


# Who did what


def test_what_an_admin_of_two_organizations_did_in_one_is_not_told_in_the_other(cast, filled):
    with cast.inside():
        Member.objects.create(user=filled.admin.user, role=Role.ADMIN)
    client = signed_in(filled.admin)
    for organization, name in ((filled.organization, "Secret theirs"), (cast.organization, "Known ours")):
        session = client.session
        session["organization"] = organization.pk
        session.save()
        client.post(url(Tag, "add"), {"name": name}, follow=True)
    with across_organizations():
        assert LogEntry.objects.count() == 2
    page = client.get(reverse("admin:index")).content.decode()
    assert "Known ours" in page
    assert "Secret theirs" not in page


def test_the_history_of_a_row_tells_who_changed_what(cast):
    client = signed_in(cast.adam)
    client.post(url(Tag, "add"), {"name": "shifts"})
    with cast.inside():
        tag = Tag.objects.get()
    client.post(url(Tag, "change", tag.pk), {"name": "night shifts"})
    page = client.get(url(Tag, "history", tag.pk)).content.decode()
    assert "Adam Novák" in page
    assert "Changed Name" in page


def test_changes_of_access_rules_deletions_and_exports_are_kept_for_the_organization_alone(cast, stranger):
    client = signed_in(cast.adam)
    post(client, Campaign, **campaign_fields(cast))
    client.post(url(Member, "change", cast.petr.pk), {"role": "supervisor", "is_active": "on", "name": "Petr Svoboda"})
    fields = {"activity_kind": "call", "points": "7", "days": "30", "person_kind": "candidate", "is_active": "on"}
    post(client, ScoreRule, **fields)
    post(client, Tag, name="shifts")
    with cast.inside():
        tag = Tag.objects.get()
    client.post(url(Tag, "delete", tag.pk), {"post": "yes"})
    assert client.get(reverse("reports:outcomes_csv")).status_code == 200
    page = client.get(url(LogEntry, "changelist")).text
    for said in ("Petr Svoboda", "Changed Role", "Jana Dvořáková", "Added.", "shifts", "Exported the outcomes as CSV."):
        assert said in page
    with stranger.inside():
        assert not LogEntry.objects.exists()
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("change", ["DELETE FROM django_admin_log", "UPDATE django_admin_log SET object_repr = ''"])
def test_what_was_noted_stays_as_it_is(cast, change):
    post(signed_in(cast.adam), Tag, name="shifts")
    with pytest.raises(ProgrammingError, match="permission denied"), cast.inside(), connection.cursor() as cursor:
        cursor.execute(change)


# Installation staff


@pytest.fixture
def staff(db) -> Client:
    client = Client()
    client.force_login(
        User.objects.create_superuser("staff@install.example", "x"),
        backend="accounts.sign_in.Backend",
    )
    return client


def test_installation_staff_look_across_all_and_change_nothing(cast, filled, staff, subtests):
    for model in PAGES:
        with subtests.test(model=model._meta.label):
            look_across(staff, model, filled)


def look_across(staff: Client, model: type[models.Model], filled) -> None:
    page = staff.get(url(model, "changelist")).content.decode()
    assert "Contoso People" in page
    assert "Northwind Talent" in page
    row = theirs(model, filled)
    assert staff.get(url(model, "change", row.pk), follow=True).status_code == 200
    assert staff.post(url(model, "change", row.pk), {}).status_code in {302, 403}
    assert staff.get(url(model, "add")).status_code in {302, 403}


def test_installation_staff_choose_an_organization_to_work_in(cast, stranger, staff):
    chosen = {"action": "work_in", "_selected_action": [stranger.organization.pk]}
    assert staff.post(url(Organization, "changelist"), chosen).status_code == 302
    assert post(staff, Tag, name="By staff").status_code == 302
    with stranger.inside():
        assert Tag.objects.get().name == "By staff"
    assert "Northwind" not in staff.get(url(Organization, "changelist")).content.decode()
    staff.post(reverse("admin:leave_organization"))
    assert "Northwind" in staff.get(url(Organization, "changelist")).content.decode()
    with across_organizations():
        assert Tag.objects.count() == 1


def test_an_admin_cannot_choose_another_organization(cast, stranger):
    client = signed_in(cast.adam)
    chosen = {"action": "work_in", "_selected_action": [stranger.organization.pk]}
    client.post(url(Organization, "changelist"), chosen)
    session = client.session
    session["staff_organization"] = stranger.organization.pk
    session.save()
    assert "Contoso" not in client.get(url(Organization, "changelist")).content.decode()


# The second factor


def test_the_second_factor_is_asked_for_and_can_wait(cast):
    client = signed_in(cast.adam)
    assert "second factor: a passkey" in client.get(reverse("admin:index")).content.decode()
    client.post(reverse("admin:not_now"))
    assert "second factor: a passkey" not in client.get(reverse("admin:index")).content.decode()


def test_garbage_in_addresses_is_answered(cast, subtests):
    client = signed_in(cast.adam)
    for model in PAGES:
        with subtests.test(model=model._meta.label):
            send_garbage(client, model)


def send_garbage(client: Client, model: type[models.Model]) -> None:
    for pk in ("nothing", "9" * 30, "%00"):
        assert client.get(url(model, "changelist") + f"{pk}/change/").status_code in {302, 404}
    for query in ("q=%00&o=99.x&p=-1&all=", "id__exact=%00", "campaign__id__exact=x", "organization=1"):
        assert client.get(url(model, "changelist") + "?" + query).status_code in {200, 302, 400}


def test_no_member_of_another_organization_is_offered_anywhere(cast, filled):
    with cast.inside():
        assert CampaignAccess.objects.exists()
    page = signed_in(cast.adam).get(url(Campaign, "change", cast.campaign.pk)).content.decode()
    assert "Member ours" in page
    assert_nothing_of_theirs(page)
