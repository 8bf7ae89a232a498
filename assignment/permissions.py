"""Who has access to a campaign and who is in Auto assign, saved as one document."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access_changes import access_changed
from accounts.history import note
from accounts.models import Member
from assignment.tasks import work_off_queue_of_id
from assignment.turn import locked_rotation
from campaigns.models import Campaign, CampaignAccess
from conversations.refusals import Refused


class ChangedMeanwhile(Refused):
    """Somebody else saved the permissions after these were opened."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else has saved these permissions meanwhile. Yours are not saved yet."))


class NotPermitted(Refused):
    """The document can't be saved; the sentence says why."""


@dataclass(frozen=True)
class Permissions:
    """The members with access, and of them those in Auto assign in the order of the turn, next first.

    `version` is the one that was seen when they were arranged, `seen` the order of Auto assign then.
    """

    access: Sequence[UUID]
    auto_assign: Sequence[UUID]
    version: int
    seen: Sequence[UUID] = ()


def permissions_of(campaign: Campaign) -> Permissions:
    """The permissions as they are."""
    access = list(CampaignAccess.objects.filter(campaign=campaign).order_by("pk").values_list("member", flat=True))
    turns = list(campaign.in_turn.values_list("member", flat=True))
    return Permissions(access, turns, campaign.permissions_version, turns)


def save_permissions(campaign: Campaign, asked: Permissions, *, by: Member | None) -> Permissions:
    """Makes it so, in one transaction, and notes what `by` changed.

    Raises ChangedMeanwhile, NotPermitted; then nothing is saved.

    Whoever is new in Auto assign gets what waits. Whoever stays there keeps their turn among the others, unless the
    order itself was changed.
    """
    with transaction.atomic():
        rotation = locked_rotation(campaign)
        campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
        if campaign.permissions_version != asked.version:
            raise ChangedMeanwhile
        _check(asked)
        now = permissions_of(campaign)
        rows = CampaignAccess.objects.filter(campaign=campaign)
        rows.exclude(member__in=asked.access).delete()
        added = [pk for pk in asked.access if pk not in set(now.access)]
        CampaignAccess.objects.bulk_create(CampaignAccess(campaign=campaign, member_id=pk) for pk in added)
        rows.exclude(member__in=asked.auto_assign).update(auto_assign=False)
        order = order_of_turn(now.auto_assign, asked.seen, asked.auto_assign)
        for turn, pk in enumerate(order, start=rotation.last_turn + 1):
            rows.filter(member=pk).update(auto_assign=True, turn=turn)
        rotation.last_turn += len(order)
        rotation.save(update_fields=["last_turn"])
        campaign.permissions_version += 1
        campaign.save(update_fields=["permissions_version"])
        access_changed()
        work_off_queue_of_id(campaign.organization_id)
        saved = permissions_of(campaign)
        if by and (changes := changes_between(now, saved)):
            note(campaign, by=by, said=changes)
        return saved


def changes_between(before: Permissions, after: Permissions) -> list[dict[str, Any]]:
    """Who was let in, who was shut out, and whether Auto assign is another, in the form of the admin's log."""
    came, went = (set(one.access) - set(other.access) for one, other in ((after, before), (before, after)))
    names = dict(Member.objects.filter(pk__in=came | went).values_list("pk", "user__name"))
    listed = [("added", pk) for pk in came] + [("deleted", pk) for pk in went]
    changes: list[dict[str, Any]] = [{what: {"name": "campaign access", "object": names[pk]}} for what, pk in listed]
    same = list(before.auto_assign) == list(after.auto_assign)
    return changes if same else [*changes, {"changed": {"fields": ["auto_assign"]}}]


def order_of_turn(now: Sequence[UUID], seen: Sequence[UUID], asked: Sequence[UUID]) -> list[UUID]:
    """The order in which turns come after a save: as asked, where those who stay were put into another order than was
    seen. Otherwise those who stay keep the order they have now (leads may have been given out meanwhile), and who is
    new comes before whom they were put."""
    stay = [pk for pk in now if pk in asked]
    if [pk for pk in asked if pk in stay] != [pk for pk in seen if pk in stay]:
        return list(asked)
    order = stay
    for place in range(len(asked) - 1, -1, -1):
        if asked[place] not in order:
            before = next((pk for pk in asked[place + 1 :] if pk in order), None)
            order.insert(order.index(before) if before else len(order), asked[place])
    return order


def _check(asked: Permissions) -> None:
    if len(set(asked.access)) != len(asked.access) or len(set(asked.auto_assign)) != len(asked.auto_assign):
        raise NotPermitted(_("A member stands there twice."))
    if not set(asked.auto_assign) <= set(asked.access):
        raise NotPermitted(_("Only members with access can be in Auto assign."))
    if Member.objects.staff().filter(pk__in=asked.access).count() != len(asked.access):
        raise NotPermitted(_("One of them is no active member of this organization."))
