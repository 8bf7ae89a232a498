"""A small cast for every test: one organization's people, and a recruiter of another who always tries."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.test import Client

from accounts.models import ApiToken, Member, Organization, Role, Team, TeamMember, User, Workspace
from accounts.organizing import create_organization
from accounts.tenancy import enter
from campaigns.models import Campaign, CampaignAccess, Source
from conversations.applying import apply
from conversations.attaching import Upload
from conversations.models import Conversation
from people.finding import Applicant

PASSWORD = "a-password-for-tests"


def make_member(name: str, role: str = Role.RECRUITER, domain: str = "northwind.example") -> Member:
    """A member of the organization that is entered; their address is their first name."""
    user = User.objects.create_user(f"{name.split(maxsplit=1)[0].lower()}@{domain}", PASSWORD, name=name)
    return Member.objects.create(user=user, role=role)


def make_campaign(name: str, members: list[Member], auto_assign: list[Member] | None = None, **fields) -> Campaign:
    slug = name.lower().replace(",", "").replace(" ", "-")
    campaign = Campaign.objects.create(name=name, slug=slug, workspace=Workspace.objects.first(), **fields)
    for place, member in enumerate(members):
        CampaignAccess.objects.create(
            campaign=campaign, member=member, turn=place, auto_assign=member in (auto_assign or [])
        )
    return campaign


@dataclass
class Cast:
    organization: Organization
    jana: Member  # recruiter
    petr: Member  # her colleague
    eva: Member  # recruiter without access to the campaign
    sofia: Member  # supervisor
    adam: Member  # admin
    guest: Member
    team: Team
    campaign: Campaign
    source: Source

    def inside(self) -> AbstractContextManager[None]:
        return enter(self.organization.pk)

    def apply(
        self, name: str = "Lucie Němcová", email: str = "lucie@mail.example", text: str = "Hello"
    ) -> Conversation:
        """A candidate applies; commits, so that what follows has followed when it returns."""
        with self.inside():
            applied = apply(self.campaign, Applicant(name, email, language="cs"), source=self.source, text=text)
        return self.conversation(pk=applied.conversation.pk)

    def conversation(self, **which) -> Conversation:
        with self.inside():
            return Conversation.objects.select_related("person", "owner__user", "leg", "application").get(**which)

    def token(self, *scopes: str) -> str:
        with self.inside():
            return ApiToken.issue("tests", list(scopes or ("read", "write", "admin")))[1]


@dataclass
class Stranger:
    organization: Organization
    member: Member
    campaign: Campaign

    def inside(self) -> AbstractContextManager[None]:
        return enter(self.organization.pk)


def make_cast() -> Cast:
    organization = create_organization("Northwind Talent", slug="northwind", public_email="jobs@northwind.example")
    with enter(organization.pk):
        jana, petr, eva = (make_member(name) for name in ("Jana Dvořáková", "Petr Svoboda", "Eva Malá"))
        team = Team.objects.create(name="Hiring team", slug="hiring", workspace=organization.workspaces()[0])
        TeamMember.objects.create(team=team, member=eva)
        return Cast(
            organization=organization,
            jana=jana,
            petr=petr,
            eva=eva,
            sofia=make_member("Sofia Rossi", Role.SUPERVISOR),
            adam=make_member("Adam Novák", Role.ADMIN),
            guest=make_member("Greta Guest", Role.GUEST, "client.example"),
            team=team,
            campaign=make_campaign("Support agents, Brno", [jana, petr], [jana], language="cs", team=team),
            source=Source.objects.create(name="Jobs.example", slug="jobs-example"),
        )


def make_stranger() -> Stranger:
    organization = create_organization("Contoso People", slug="contoso", public_email="jobs@contoso.example")
    with enter(organization.pk):
        member = make_member("Max Muster", domain="contoso.example")
        return Stranger(organization, member, make_campaign("Drivers, Bremen", [member], [member]))


def signed_in(member: Member) -> Client:
    """A test client of this member."""
    client = Client()
    client.force_login(member.user, backend="accounts.sign_in.Backend")
    return client


CV = Upload("Nemcova-CV.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
