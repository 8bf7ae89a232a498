"""Sets the stage: an organization with its colleagues, team, campaigns, sources and a program's token."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.doors import organization_of_slug
from accounts.models import ApiToken, Member, Organization, Role, Team, TeamMember, User, Workspace
from accounts.organizing import create_organization
from accounts.tenancy import enter
from campaigns.models import Campaign, CampaignAccess, Source
from conversations.models import SavedReply
from recruitchat.demo.house_rules import set_house_rules
from recruitchat.demo.organizations import Plan

PASSWORD = "try-recruitchat"
TEAM = "hiring-team"
SAVED_REPLIES = {
    "en": ("Pick a time", "Hello {first_name}, here is the link to our conversation about {campaign}: {link}. {me}"),
    "cs": ("Vyberte si čas", "Dobrý den, {first_name}, zde je odkaz na náš rozhovor o místě {campaign}: {link}. {me}"),
    "nl": ("Kies een tijd", "Hallo {first_name}, hier is de link naar ons gesprek over {campaign}: {link}. {me}"),
    "ru": ("Выберите время", "Здравствуйте, {first_name}! Ссылка на наш разговор о вакансии {campaign}: {link}. {me}"),
    "de": ("Termin wählen", "Guten Tag {first_name}, hier der Link zu unserem Gespräch über {campaign}: {link}. {me}"),
}


@dataclass
class Stage:
    """An organization that history can be played on."""

    plan: Plan
    organization: Organization
    members: list[Member]
    team: Team
    campaigns: list[Campaign]
    sources: list[Source]
    api_token: str

    @property
    def recruiters(self) -> list[Member]:
        return [member for member in self.members if member.role == Role.RECRUITER]

    @property
    def supervisor(self) -> Member:
        return next(member for member in self.members if member.role == Role.SUPERVISOR)


def load_stage(plan: Plan) -> Stage | None:
    """The stage as it was set before, its token aside, which can't be had again."""
    organization_id = organization_of_slug(plan.slug)
    if organization_id is None:
        return None
    with enter(organization_id):
        addresses = [colleague.email(plan.domain) for colleague in plan.colleagues]
        return Stage(
            plan=plan,
            organization=Organization.objects.get(pk=organization_id),
            members=list(Member.objects.filter(user__email__in=addresses).select_related("user").order_by("pk")),
            team=Team.objects.get(slug=TEAM),
            campaigns=list(Campaign.objects.filter(slug__in=[vacancy.slug for vacancy in plan.vacancies])),
            sources=list(Source.objects.filter(name__in=plan.sources)),
            api_token="",
        )


@transaction.atomic
def set_stage(plan: Plan) -> Stage:
    organization = create_organization(
        plan.name,
        slug=plan.slug,
        public_email=f"jobs@{plan.domain}",
        time_zone=plan.time_zone,
        language=plan.language,
    )
    with enter(organization.pk):
        members = _members(plan)
        team = _team(members)
        set_house_rules(members, timezone.localdate())
        for language, (title, text) in SAVED_REPLIES.items():
            SavedReply.objects.create(language=language, title=title, text=text)
        return Stage(
            plan=plan,
            organization=organization,
            members=members,
            team=team,
            campaigns=[_campaign(vacancy, members, team) for vacancy in plan.vacancies],
            sources=[
                Source.objects.create(name=name, slug=name.lower().replace(" ", "-").replace(".", "-"))
                for name in plan.sources
            ],
            api_token=issue_token(),
        )


def issue_token() -> str:
    admin = Member.objects.filter(role=Role.ADMIN).first()
    return ApiToken.issue("Demo", ["read", "write", "admin"], created_by=admin)[1]


def _members(plan: Plan) -> list[Member]:
    password = make_password(PASSWORD)
    return [
        Member.objects.create(
            user=User.objects.create(email=colleague.email(plan.domain), name=colleague.name, password=password),
            role=colleague.role,
        )
        for colleague in plan.colleagues
    ]


def _team(members: list[Member]) -> Team:
    team = Team.objects.create(name="Hiring team", slug=TEAM, workspace=Workspace.objects.get())
    for member in [*members[3:5]]:
        TeamMember.objects.create(team=team, member=member)
    return team


def _campaign(vacancy, members: list[Member], team: Team) -> Campaign:
    campaign = Campaign.objects.create(
        name=vacancy.name,
        slug=vacancy.slug,
        description=vacancy.description,
        language=vacancy.language,
        rotate_over=vacancy.rotate_over,
        team=team,
        workspace=Workspace.objects.get(),
    )
    for turn, member in enumerate(member for member in members if member.role == Role.RECRUITER):
        CampaignAccess.objects.create(campaign=campaign, member=member, turn=turn, auto_assign=turn < 3)
    return campaign
