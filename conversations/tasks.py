from datetime import timedelta
from typing import Any

from celery import shared_task
from django.utils import timezone
from django.utils.translation import override

from accounts.doors import all_organizations
from accounts.tenancy import enter
from conversations import scheduling, withholding
from conversations.bulk import work_on
from conversations.models import BulkRun, Conversation
from conversations.one_by_one import one_by_one

BATCH = 200
AT_ONCE = 10  # conversations of a bulk run locked together
IN_ONE_TASK = 500
LEFT_ALONE = timedelta(seconds=30)
LONGEST_LOOK = 600  # seconds for the files of one organization


@shared_task
def wake_snoozed(**kwargs: Any) -> None:
    """Brings back what was snoozed until now: its thread says so, and the lists show it."""
    now = timezone.now()
    for organization_id in all_organizations():
        one_by_one(
            organization_id, lambda: Conversation.objects.open().to_wake(now), lambda each: each.wake_in_time(now)
        )


@shared_task
def send_scheduled(**kwargs: Any) -> None:
    """Says the replies whose time has come, each in a transaction of its own."""
    for organization_id in all_organizations():
        now = timezone.now()
        with enter(organization_id):
            ids = list(scheduling.due(now).values_list("pk", flat=True)[:BATCH])
        for planned_id in ids:
            with enter(organization_id):
                scheduling.say(planned_id, now)


@shared_task(time_limit=LONGEST_LOOK)
def look_through_again(*, organization_id: int, **kwargs: Any) -> None:
    withholding.look_through_again(organization_id)


@shared_task
def sweep_withheld(**kwargs: Any) -> None:
    """Has files looked through that came while the virus scanner was away."""
    for organization_id in all_organizations():
        with enter(organization_id):
            is_left = withholding.to_look_through(timezone.now()).exists()
        if is_left:
            look_through_again.apply_async(kwargs={"organization_id": organization_id}, expires=60)


@shared_task
def work_on_bulk(*, organization_id: int, run_id: str, **kwargs: Any) -> None:
    """Works through a bulk run, a few conversations in a transaction; another task goes on with a long one."""
    for _step in range(IN_ONE_TASK // AT_ONCE):
        if not _step_of_bulk(organization_id, run_id):
            return
    work_on_bulk.delay(organization_id=organization_id, run_id=run_id)


def _step_of_bulk(organization_id: int, run_id: str) -> bool:
    with enter(organization_id):
        at_work = BulkRun.objects.filter(pk=run_id, state__in=["running", "undoing"])
        run = at_work.select_for_update(skip_locked=True).first()
        if run is None:
            return False
        with override(run.by.language):
            return work_on(run, AT_ONCE)


@shared_task
def sweep_bulk(**kwargs: Any) -> None:
    """Goes on with bulk runs whose task was lost."""
    for organization_id in all_organizations():
        with enter(organization_id):
            late = BulkRun.objects.filter(state__in=["running", "undoing"])
            late = late.filter(worked_at__lt=timezone.now() - LEFT_ALONE)
            ids = [str(pk) for pk in late.values_list("pk", flat=True)[:BATCH]]
        for run_id in ids:
            work_on_bulk.delay(organization_id=organization_id, run_id=run_id)
