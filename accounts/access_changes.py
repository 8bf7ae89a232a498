"""Says that somebody's access may have changed; open screens look again at what they may show."""

from collections.abc import Callable
from functools import partial

from django.db import transaction

from accounts.models import Member
from accounts.tenancy import current_organization_id, enter

Follower = Callable[..., None]
_followers: list[Follower] = []


def follows_access(follower: Follower) -> None:
    """Registers what is called, after the commit and inside the organization, with its members."""
    _followers.append(follower)


def access_changed() -> None:
    """Called where members, teams or campaigns' access are saved. Rare, so everybody's screens look again."""
    transaction.on_commit(partial(_tell, current_organization_id()), robust=True)


def _tell(organization_id: int | None) -> None:
    with enter(organization_id):
        members = list(Member.objects.select_related("user"))
        for follower in _followers:
            follower(*members)
