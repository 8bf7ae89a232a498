"""Named narrowings of conversations, to be chained; each query starts from who asks."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Member, TeamMember
from campaigns.models import Campaign, CampaignAccess

if TYPE_CHECKING:
    pass


class ConversationQuerySet(models.QuerySet[Any]):
    def visible_to(self, member: Member) -> "ConversationQuerySet":
        """What this member may open: all for admins and supervisors; a recruiter's campaigns, own and granted ones;
        a guest's granted ones only."""
        if member.sees_everything:
            return self
        if member.is_guest:
            return self.filter(granted_to(member))
        campaigns = CampaignAccess.objects.filter(member=member).values("campaign")
        return self.filter(Q(campaign__in=campaigns) | Q(owner=member) | Q(granted_to(member)))

    def open(self) -> "ConversationQuerySet":
        return self.filter(state="open")

    def ended(self) -> "ConversationQuerySet":
        return self.filter(state="ended")

    def owned_by(self, member: Member) -> "ConversationQuerySet":
        return self.filter(owner=member)

    def unassigned(self) -> "ConversationQuerySet":
        return self.filter(owner=None)

    def waiting(self) -> "ConversationQuerySet":
        return self.filter(waiting_since__isnull=False)

    def awake(self, now: datetime) -> "ConversationQuerySet":
        return self.filter(Q(snoozed_until=None) | Q(snoozed_until__lte=now))

    def snoozed(self, now: datetime) -> "ConversationQuerySet":
        return self.filter(snoozed_until__gt=now)

    def to_wake(self, now: datetime) -> "ConversationQuerySet":
        """Those whose snooze is over, the longest first."""
        return self.filter(snoozed_until__lte=now).order_by("snoozed_until")

    def in_campaign(self, campaign: Campaign) -> "ConversationQuerySet":
        return self.filter(campaign=campaign)

    def of_temperature(self, slug: str) -> "ConversationQuerySet":
        return self.filter(person__temperature__slug=slug)

    def undelivered(self) -> "ConversationQuerySet":
        """Open ones in which a member wrote: they end with a delivery."""
        return self.open().filter(last_outbound_at__isnull=False)

    def with_reading_of(self, member: Member) -> "ConversationQuerySet":
        """Adds `read_number`, and `is_unread`: something inbound, or a colleague's note, after what was read."""
        from conversations.models import Reading

        read = Reading.objects.filter(conversation=OuterRef("pk"), member=member).values("number")
        return self.annotate(read_number=Coalesce(Subquery(read), 0)).annotate(
            is_unread=models.ExpressionWrapper(Q(last_inbound_number__gt=F("read_number")), models.BooleanField())
        )


def granted_to(member: Member) -> Exists:
    from conversations.models import Grant

    teams = TeamMember.objects.filter(member=member).values("team")
    return Exists(
        Grant.objects.filter(Q(member=member) | Q(team__in=teams), conversation=OuterRef("pk"), revoked_at=None)
    )
