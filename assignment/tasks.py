"""The queue of unassigned leads, worked off oldest first."""

from typing import Any

from celery import shared_task

from accounts.doors import all_organizations
from accounts.models import Member
from accounts.tenancy import enter
from assignment.assigning import give_to_next, is_waiting
from conversations.models import Conversation

BATCH = 100


@shared_task
def work_off_queues(**kwargs: Any) -> None:
    """Every organization's queue; also finds leads whose reaction was lost."""
    for organization_id in all_organizations():
        work_off_queue(organization_id=organization_id)


def work_off_queue_of(member: Member) -> None:
    """Who becomes available gets what has waited for them, without waiting for the beat."""
    work_off_queue.delay(organization_id=member.organization_id, member_id=str(member.pk))


@shared_task
def work_off_queue(*, organization_id: int, member_id: str | None = None, **kwargs: Any) -> None:
    """The unassigned leads of each campaign, or of those that this member is in Auto assign of."""
    with enter(organization_id):
        queued = Conversation.objects.open().unassigned().filter(campaign__access__auto_assign=True)
        if member_id:
            queued = queued.filter(campaign__access__auto_assign=True, campaign__access__member=member_id)
        campaigns = list(queued.order_by().values_list("campaign", flat=True).distinct())
    for campaign_id in campaigns:
        _work_off(organization_id, campaign_id)


def _work_off(organization_id: int, campaign_id: Any) -> None:
    """Each lead in its own transaction, until nobody can take one."""
    with enter(organization_id):
        queue = Conversation.objects.open().unassigned().filter(campaign=campaign_id).order_by("opened_at")
        leads = list(queue[:BATCH])
    for conversation in leads:
        with enter(organization_id):
            if give_to_next(conversation) is None and is_waiting(conversation):
                return
