"""Named narrowings of deliveries, to be chained; each query starts from who asks."""

from typing import Any

from django.db import models
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.models import Member, TeamMember
from conversations.models import Conversation, Event, Reading


class RecipientQuerySet(models.QuerySet[Any]):
    def of_member(self, member: Member) -> "RecipientQuerySet":
        """The member, and the teams they are in."""
        return self.filter(Q(member=member) | Q(team__in=TeamMember.objects.filter(member=member).values("team")))


class DeliveryQuerySet(models.QuerySet[Any]):
    def standing(self) -> "DeliveryQuerySet":
        """Without those that were withdrawn."""
        return self.filter(withdrawn_at=None)

    def received_by(self, member: Member) -> "DeliveryQuerySet":
        """Those whose recipient is the member or one of their teams, unless taken back."""
        from delivery.models import Recipient

        mine = Recipient.objects.of_member(member).filter(delivery=OuterRef("pk"), grant__revoked_at=None)
        return self.filter(Exists(mine), withdrawn_at=None)

    def visible_to(self, member: Member) -> "DeliveryQuerySet":
        """Those of the conversations the member sees; a guest's are only the received ones."""
        if member.sees_everything:
            return self
        if member.is_guest:
            return self.received_by(member)
        return self.filter(Q(author=member) | Q(conversation__in=Conversation.objects.visible_to(member)))

    def with_reading_of(self, member: Member) -> "DeliveryQuerySet":
        """Adds `number`, that of its line in the thread, and `is_unread`: the member hasn't read so far."""
        lines = Event.objects.filter(
            conversation=OuterRef("conversation"), kind=Event.Kind.DELIVERED, created_at=OuterRef("delivered_at")
        )
        readings = Reading.objects.filter(conversation=OuterRef("conversation"), member=member)
        annotated = self.annotate(
            number=Subquery(lines.order_by("-number").values("number")[:1]),
            read_number=Coalesce(Subquery(readings.values("number")), 0),
        )
        is_behind = When(read_number__lt=models.F("number"), then=Value(True))
        return annotated.annotate(is_unread=Case(is_behind, default=Value(False), output_field=BooleanField()))

    def with_answer_of(self, member: Member) -> "DeliveryQuerySet":
        """Adds `answer`: the member's own where they are a recipient, else that of their team."""
        from delivery.models import Recipient

        mine = Recipient.objects.of_member(member).filter(delivery=OuterRef("pk"), grant__revoked_at=None)
        own_first = mine.order_by(models.F("member").asc(nulls_last=True))
        return self.annotate(answer=Coalesce(Subquery(own_first.values("answer")[:1]), Value("")))

    def unread_by(self, member: Member) -> "DeliveryQuerySet":
        return self.received_by(member).with_reading_of(member).filter(is_unread=True)

    def with_everything(self) -> "DeliveryQuerySet":
        """With what a list of them shows."""
        return self.select_related(
            "conversation__person__scored__temperature",
            "application__campaign",
            "status",
            "reason",
            "author__user",
            "leg",
        ).prefetch_related("recipients__member__user", "recipients__team", "recipients__answered_by__user")
