"""What a candidate who waits in the queue is told, and whether it came true."""

from datetime import datetime, timedelta
from statistics import median

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Member
from assignment.giving import is_waiting
from assignment.hours import Schedule, after_work
from assignment.models import Promise
from assignment.schedules import schedules_of
from assignment.turn import in_turn
from campaigns.models import Campaign
from conversations.models import Conversation, Leg

RECENT = timedelta(days=14)
MOST_ANSWERS = 1000
ROUNDED_TO = timedelta(minutes=15)


def promise_answer(conversation: Conversation, now: datetime | None = None) -> Promise | None:
    """Tells the candidate that nobody is there, and by when to expect an answer. Once for each wait; None when there
    is nothing to tell: nobody gives out leads here, or the campaign keeps silent, the person isn't written to, or
    somebody was given the lead a moment ago, while this looked for who could take it."""
    campaign, now = conversation.campaign, now or timezone.now()
    members = [access.member for access in in_turn(campaign).select_related("member__organization")] if campaign else []
    if not campaign or not members or not campaign.says_away or conversation.waiting_since is None:
        return None
    if not is_waiting(conversation):
        return None
    if Promise.objects.filter(conversation=conversation, waiting_since=conversation.waiting_since).exists():
        return None
    due_at = expected_answer(campaign, members, now)
    try:
        with transaction.atomic():
            promise = Promise.objects.create(
                conversation=conversation,
                campaign=campaign,
                waiting_since=conversation.waiting_since,
                promised_at=now,
                due_at=due_at,
            )
    except IntegrityError:
        return None
    if conversation.say_automatically(words_of(promise), at=now) is None:
        promise.delete()
        return None
    return promise


def expected_answer(campaign: Campaign, members: list[Member], now: datetime) -> datetime:
    """By when these members will have answered: their hours, and the usual time of their answers."""
    schedules: list[Schedule] = list(schedules_of(members).values())
    at = after_work(schedules, now, usual_answer(campaign, now)) or now + timedelta(days=7)
    seconds = ROUNDED_TO.total_seconds()
    return datetime.fromtimestamp(-(-at.timestamp() // seconds) * seconds, tz=at.tzinfo)


def usual_answer(campaign: Campaign, now: datetime) -> timedelta:
    """The median time to the first answer in the campaign's last 14 days; its goal as long as there are none."""
    legs = Leg.objects.filter(conversation__campaign=campaign, first_answer_at__gt=now - RECENT)
    times = list(legs.order_by("-first_answer_at").values_list("started_at", "first_answer_at")[:MOST_ANSWERS])
    if not times:
        return timedelta(minutes=campaign.answer_goal_minutes)
    seconds = [(answered - started).total_seconds() for started, answered in times if answered]
    return timedelta(seconds=median(seconds))


def words_of(promise: Promise) -> str:
    """In the candidate's language, the time in the organization's zone."""
    person, organization = promise.conversation.person, promise.conversation.organization
    with override(person.language), timezone.override(organization.zone):
        local = timezone.localtime(promise.due_at)
        words = _("Thank you for your message. Nobody is here to answer right now. You will hear from us by %(time)s.")
        return words % {"time": date_format(local, "l j. F, H:i") if _is_far(promise) else date_format(local, "H:i")}


def break_late(now: datetime) -> int:
    """Counts promises whose time has passed without an answer as broken."""
    return Promise.objects.filter(kept=Promise.Kept.OPEN, due_at__lt=now).update(kept=Promise.Kept.BROKEN)


def _is_far(promise: Promise) -> bool:
    return timezone.localtime(promise.due_at).date() != timezone.localtime(promise.promised_at).date()
