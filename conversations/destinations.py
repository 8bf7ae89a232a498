"""Where a member can go beside what everybody can: saved views, campaigns and workspaces, in one query."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONArray

from accounts.models import Member, Workspace
from campaigns.models import Campaign
from conversations.models import SavedView

MOST_CAMPAIGNS = 30
MOST_SAVED = 20


@dataclass(frozen=True)
class Destinations:
    """Saved views and workspaces, each with what a link needs of it, and key and name of campaigns."""

    saved: list[SavedView]
    campaigns: list[tuple[str, str]]
    workspaces: list[Workspace]


def destinations_of(member: Member) -> Destinations:
    listed = {
        "saved": SavedView.objects.visible_to(member).values(row=JSONArray("name", "query"))[:MOST_SAVED],
        "campaigns": campaigns_of(member).values(row=JSONArray("pk", "name")),
        "workspaces": member.organization.workspaces().values(row=JSONArray("pk", "name")),
    }
    arrays: dict[str, Any] = {f"listed_{name}": ArraySubquery(rows) for name, rows in listed.items()}
    found: Any = Member.objects.filter(pk=member.pk).values(**arrays).get()
    saved, campaigns, workspaces = (found[name] or [] for name in arrays)  # none() is NULL, not an empty array
    return Destinations(
        [SavedView(name=name, query=query) for name, query in saved],
        [(key, name) for key, name in campaigns],
        [Workspace(pk=UUID(key), name=name) for key, name in workspaces],
    )


def campaigns_of(member: Member) -> QuerySet[Campaign]:
    """The open campaigns of the rail: those of the workspace the member looks at."""
    shown = Campaign.objects.visible_to(member).filter(state=Campaign.State.OPEN)
    if member.chosen_workspace:
        shown = shown.filter(workspace=member.chosen_workspace)
    return shown[:MOST_CAMPAIGNS]
