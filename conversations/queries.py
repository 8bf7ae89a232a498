"""Named narrowings of conversations, to be chained; each query starts from who asks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject

from accounts.models import Member, TeamMember
from campaigns.models import Campaign, CampaignAccess
from people.queries import profile

IN_LIST = (
    "owner_id",
    "campaign__name",
    "campaign__answer_goal_minutes",
    "person__name",
    "person__scored__total",
    "person__scored__temperature__name",
    "person__scored__temperature__tone",
    "state",
    "channel",
    "waiting_since",
    "last_message_at",
    "last_message_kind",
    "last_message_author",
    "last_message_text",
    "last_inbound_number",
    "snoozed_until",
)

IN_LIVE_ITEM = ("last_number", "last_outbound_at", "leg__started_at", "organization__time_zone")

NOT_SHOWN = (
    *(f"owner__{name}" for name in ("role", "availability", "away_until", "last_seen_at", "open_limit", "joined_at")),
    *(f"owner__user__{name}" for name in ("password", "last_login", "language", "time_zone", "date_joined")),
    *(f"owner__user__{name}" for name in ("is_superuser", "is_staff", "is_active")),
)


class ConversationQuerySet(models.QuerySet[Any]):
    def visible_to(self, member: Member) -> "ConversationQuerySet":
        """What this member may open: all for admins and supervisors; a recruiter's campaigns, own and granted ones;
        a guest's granted ones only."""
        if member.sees_everything:
            return self
        if member.is_guest:
            return self.filter(granted_to(member))
        return self.filter(reached_by_campaign(member) | Q(owner=member) | Q(granted_to(member)))

    def each_way_visible_to(self, member: Member) -> "list[ConversationQuerySet]":
        """What `visible_to` holds as several queries, which overlap: by campaign, as owner, by a grant."""
        if member.sees_everything:
            return [self]
        ways = [Q(owner=member), Q(pk__in=grants_to(member).values("conversation"))]
        return [self.filter(way) for way in (ways[1:] if member.is_guest else [reached_by_campaign(member), *ways])]

    def visible_otherwise_to(self, member: Member) -> "ConversationQuerySet":
        """What this member would see if they owned none of it."""
        if member.sees_everything:
            return self
        by_campaign = Q() if member.is_guest else reached_by_campaign(member)
        return self.filter(by_campaign | Q(granted_to(member)))

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

    def in_workspace(self, workspace_id: UUID) -> "ConversationQuerySet":
        return self.filter(campaign__workspace=workspace_id)

    def scored(self, at_least: int) -> "ConversationQuerySet":
        return self.filter(person__scored__total__gte=at_least)

    def of_temperature(self, slug: str) -> "ConversationQuerySet":
        return self.filter(person__scored__temperature__slug=slug)

    def undelivered(self) -> "ConversationQuerySet":
        """Open ones in which a member wrote: they end with a delivery."""
        return self.open().filter(last_outbound_at__isnull=False)

    def to_nudge(self, before: datetime, now: datetime) -> "ConversationQuerySet":
        """Undelivered ones whose leg began before that time; their owner wasn't told in this leg, the oldest first."""
        from conversations.models import Event

        told = Event.objects.filter(
            conversation=OuterRef("pk"), kind=Event.Kind.UNDELIVERED, created_at__gte=OuterRef("leg__started_at")
        )
        late = self.undelivered().awake(now).filter(owner__isnull=False, leg__started_at__lte=before)
        return late.filter(~Exists(told)).order_by("leg__started_at")

    def with_reading_of(self, member: Member) -> "ConversationQuerySet":
        """Adds `read_number`, and `is_unread`: something inbound, or a colleague's note, after what was read."""
        mine = FilteredRelation("readings", condition=Q(readings__member=member))
        return self.annotate(reading_of_member=mine, read_number=Coalesce("reading_of_member__number", 0)).annotate(
            is_unread=models.ExpressionWrapper(Q(last_inbound_number__gt=F("read_number")), models.BooleanField())
        )

    def with_what_is_planned(self) -> "ConversationQuerySet":
        """Whether members have planned something to say, so that a page needn't ask for it in vain."""
        from conversations.models import ScheduledReply

        return self.annotate(has_planned=Exists(ScheduledReply.objects.filter(conversation=OuterRef("pk"))))

    def with_draft_of(self, member: Member) -> "ConversationQuerySet":
        """Adds `draft`: None, or `text` and `is_note` of what the member has typed and not sent."""
        from conversations.models import Draft

        drafts = Draft.objects.filter(conversation=OuterRef("pk"), member=member)
        return self.annotate(draft=Subquery(drafts.values(row=JSONObject(text="text", is_note="is_note"))))

    def with_profile(self) -> "ConversationQuerySet":
        """With owner and person, and what a profile shows of the person (`people.queries.profile`)."""
        return self.select_related("owner__user", "person__status").defer(*NOT_SHOWN).annotate(**profile("person"))

    def get_locked(self, pk: UUID, member: Member) -> Any:
        """One row under its lock, to be changed in this transaction by this member.

        Raises Conversation.DoesNotExist, also where they may not open it.
        """
        found = self.select_for_update(of=("self",)).get(pk=pk)
        is_own = found.owner_id == member.pk and not member.is_guest  # as nearly always: nothing more to ask
        if not is_own and not self.visible_to(member).filter(pk=pk).exists():
            raise self.model.DoesNotExist
        found.is_read_under_lock = True
        return found

    def for_list(self) -> "ConversationQuerySet":
        """With what an item of a list shows, and nothing else of each row."""
        return self.select_related("person__scored__temperature", "campaign").only(*IN_LIST)

    def for_live_items(self) -> "ConversationQuerySet":
        """With what an item shows that is drawn live for whoever looks, and whether members see it by a grant."""
        from conversations.models import Grant

        granted = Grant.objects.filter(conversation=OuterRef("pk"), revoked_at=None)
        related = ("person__scored__temperature", "campaign", "leg", "organization")
        return self.select_related(*related).only(*IN_LIST, *IN_LIVE_ITEM).annotate(is_granted=Exists(granted))


def reached_by_campaign(member: Member) -> Q:
    return Q(campaign__in=CampaignAccess.objects.filter(member=member).values("campaign"))


def granted_to(member: Member) -> Exists:
    return Exists(grants_to(member).filter(conversation=OuterRef("pk")))


def grants_to(member: Member) -> models.QuerySet[Any]:
    """What holds now of what was granted to the member or to a team of theirs."""
    from conversations.models import Grant

    teams = TeamMember.objects.filter(member=member).values("team")
    return Grant.objects.filter(Q(member=member) | Q(team__in=teams), revoked_at=None)
