"""How an organization begins: with what every organization needs to work without any set-up.

Apps add their own first rows with `starts_with` in `AppConfig.ready`.
"""

from collections.abc import Callable

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import Member, Organization, Role, User, Workspace
from accounts.tenancy import across_organizations, enter

Starter = Callable[[Organization], None]
_starters: list[Starter] = []


def starts_with(starter: Starter) -> Starter:
    """Registers first rows of an app: called inside the new organization."""
    _starters.append(starter)
    return starter


@transaction.atomic
def create_organization(name: str, *, slug: str, public_email: str, **fields: object) -> Organization:
    """Makes the organization with one workspace and every app's first rows."""
    with across_organizations():
        organization = Organization.objects.create(name=name, slug=slug, public_email=public_email, **fields)
    with enter(organization.pk):
        Workspace.objects.create(name=name, slug="main")
        for starter in _starters:
            starter(organization)
    return organization


def create_admin(organization: Organization, *, email: str, name: str, password: str | None) -> Member:
    """Makes the first admin of an organization, or makes a user who is there already its admin."""
    with transaction.atomic():
        user = User.objects.filter(email=email.strip().lower()).first() or User.objects.create_user(
            email, password, name=name
        )
        with enter(organization.pk):
            member, _ = Member.objects.update_or_create(user=user, defaults={"role": Role.ADMIN, "is_active": True})
    return member


def invite(email: str, *, name: str = "") -> User:
    """The user with this address; made when there is none, without a password: they sign in with a code.

    A user who is there already keeps their name, and whoever invites isn't told.
    """
    made = {"name": name, "password": make_password(None)}
    return User.objects.get_or_create(email=email.strip().lower(), defaults=made)[0]
