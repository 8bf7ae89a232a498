"""The morning list: who turned hot since yesterday, for the recruiter whose leads they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.addressed_mail import AddressedMail
from accounts.mailing import PermanentFailure, TemporaryFailure, hand_over, notice
from accounts.models import Member
from accounts.tenancy import enter
from conversations.models import Conversation
from people.models import Temperature
from scoring.days import NIGHT_BEGINS, scoring_day
from scoring.models import MorningMail, NightRun, ScoreRecord

MAIL_FROM, MAIL_UNTIL = time(7), time(12)  # the organization's time
MOST = 50


@dataclass(frozen=True)
class Hot:
    """Somebody who turned hot, and what weighed most."""

    conversation: Conversation
    because: ScoreRecord | None


def turned_hot(member: Member, now: datetime) -> list[Hot]:
    """The member's own open leads whose person has been hot only since yesterday's night, the hottest first."""
    hottest = Temperature.hottest()
    zone = member.organization.zone
    yesterday = scoring_day(now, zone) - timedelta(days=1)
    since = datetime.combine(yesterday, time(), zone) + NIGHT_BEGINS
    mine = Conversation.objects.owned_by(member).open().select_related("person__scored__temperature", "campaign")
    is_new = {"person__scored__temperature": hottest, "person__scored__temperature_at__gte": since}
    new = mine.filter(**is_new) if hottest else mine.none()
    return [Hot(each, _heaviest(each)) for each in new.order_by("-person__scored__total", "pk")[:MOST]]


def _heaviest(conversation: Conversation) -> ScoreRecord | None:
    records = ScoreRecord.objects.filter(person=conversation.person_id).select_related("activity")
    return records.order_by("-points", "-happened_at").first()


def wants_mail(member: Member) -> bool:
    return not MorningMail.objects.filter(member=member, is_wanted=False).exists()


def switch_mail(member: Member, *, on: bool) -> None:
    MorningMail.objects.update_or_create(member=member, defaults={"is_wanted": on})


def mail_if_due(organization_id: int, now: datetime) -> int:
    """Mails the list to each member whose morning has come, once a day; returns how many. Not inside a transaction."""
    return sum(_mail(organization_id, member, now) for member in _due(organization_id, now))


def _due(organization_id: int, now: datetime) -> list[Member]:
    with enter(organization_id):
        members = Member.objects.staff().select_related("user", "organization")
        first = members.first()
        if first is None or not _is_morning(first, now):
            return []
        today = scoring_day(now, first.organization.zone)
        settled = Q(morning_mail__is_wanted=False) | Q(morning_mail__sent_for__gte=today)
        return list(members.exclude(settled))


def _is_morning(member: Member, now: datetime) -> bool:
    """In the morning by the organization's clock, and when its night is done."""
    zone = member.organization.zone
    if not MAIL_FROM <= now.astimezone(zone).time() < MAIL_UNTIL:
        return False
    nights = NightRun.objects.filter(because=NightRun.Because.NIGHT, finished_at__isnull=False)
    return nights.filter(night_of=scoring_day(now, zone)).exists()


def _mail(organization_id: int, member: Member, now: datetime) -> bool:
    """Claims the day first, so that it is one mail whatever dies; a server that is away is asked again."""
    with enter(organization_id):
        today = scoring_day(now, member.organization.zone)
        if not _claim(member, today):
            return False
        hot = turned_hot(member, now)
        mail = compose(member, hot) if hot else None
    if mail is None:
        return False
    try:
        hand_over(mail)
    except TemporaryFailure:
        with enter(organization_id):
            MorningMail.objects.filter(member=member).update(sent_for=None)
        return False
    except PermanentFailure:
        return False
    return True


def _claim(member: Member, today: date) -> bool:
    MorningMail.objects.get_or_create(member=member)
    free = Q(sent_for=None) | Q(sent_for__lt=today)
    return bool(MorningMail.objects.filter(free, member=member, is_wanted=True).update(sent_for=today))


def compose(member: Member, hot: list[Hot]) -> AddressedMail:
    """Inside the organization."""
    with override(member.language):
        subject = ngettext("%(count)d lead turned hot", "%(count)d leads turned hot", len(hot)) % {"count": len(hot)}
        url = settings.SITE_URL + reverse("scoring:morning")
        context = {"member": member, "lines": list(_lines(hot)), "heading": subject, "url": url}
    return notice(
        "morning",
        member.language,
        context,
        organization=member.organization,
        subject=f"[RecruitChat] {subject}",
        to=[member.user.email],
    )


def _lines(hot: list[Hot]) -> Iterator[dict[str, str]]:
    for each in hot:
        person = each.conversation.person
        because = str(each.because.activity or each.because) if each.because else _("several things")
        yield {
            "name": person.name,
            "chip": f"{person.temperature} {person.score}",
            "because": because,
            "url": settings.SITE_URL + reverse("conversation", args=[each.conversation.pk]),
        }
