"""What is said of a delivery, and which deliveries are asked for."""

from datetime import date, datetime, time, timedelta
from typing import Annotated

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from ninja import Field, Schema

from accounts.api.input import Email, Line, Text, found, named, staff_member
from accounts.api.lists import Asked
from accounts.api.problems import invalid
from accounts.models import Member, Organization, Team
from campaigns.models import Application, Campaign
from conversations.models import Conversation
from delivery import delivering
from delivery.guests import email_of
from delivery.models import Delivery, Reason
from delivery.models import Status as DeliveryStatus
from delivery.outcome import (
    LONGEST_TEXT,
    NO_SUCH_APPLICATION,
    NO_SUCH_CAMPAIGN,
    NO_SUCH_STATUS,
    InvalidOutcome,
    Outcome,
    wrong_reason,
)
from delivery.recipients import Named
from delivery.withdrawing import may_withdraw

MOST_RECIPIENTS = 50
YEARS = range(1970, 2200)


class RecipientIn(Schema):
    """One of: a member by address, a team by slug, or any email address, which makes a guest."""

    member: Email | None = None
    team: Line | None = None
    email: Text | None = None

    def named(self, field: str) -> Named:
        """Raises Problem (422)."""
        if [self.member, self.team, self.email].count(None) != 2:
            raise invalid(field, "One of member, team and email.")
        if self.member:
            return staff_member(self.member, field=f"{field}.member")
        if self.team:
            return named(Team.objects.all(), self.team, field=f"{field}.team")
        try:
            return email_of(self.email or "")
        except InvalidOutcome as refusal:
            raise invalid(f"{field}.email", str(refusal)) from None


class DeliveryIn(Schema):
    """What a status asks for besides is said in the answer (422) when it is missing."""

    status: Line = Field(description="qualified, not_qualified, not_interested, review, spam, other, or your own.")
    application: Text | None = Field(None, description="Without one, the one the conversation is about.")
    reason: Line | None = Field(None, description="The slug of a reason of this status.")
    campaign: Line | None = Field(None, description="A campaign's slug, where there is no application: makes one.")
    explanation: Text = Field("", description=f"Up to {LONGEST_TEXT} characters.")
    notes: Text = Field("", description=f"Up to {LONGEST_TEXT} characters.")
    rating: int | None = Field(None, description="1 to 5 stars.")
    recipients: Annotated[list[RecipientIn], Field(max_length=MOST_RECIPIENTS)] = []
    author: Email = Field(description="The address of the member who delivers.")

    def deliver(self, conversation: Conversation) -> Delivery:
        """Raises Problem, InvalidOutcome, AlreadyDelivered."""
        author = staff_member(self.author, field="author")
        to = [recipient.named(f"recipients.{place}") for place, recipient in enumerate(self.recipients)]
        return delivering.deliver(conversation, self.outcome(conversation), by=author, to=to)

    def outcome(self, conversation: Conversation) -> Outcome:
        status = DeliveryStatus.objects.filter(slug=self.status).first()
        if status is None:
            raise invalid("status", str(NO_SUCH_STATUS))
        reason = Reason.objects.filter(status=status, slug=self.reason).first() if self.reason else None
        if self.reason and reason is None:
            raise invalid("reason", wrong_reason(status))
        texts = {"explanation": self.explanation, "notes": self.notes}
        return Outcome(status, self.about(conversation), reason, rating=self.rating, **texts)

    def about(self, conversation: Conversation) -> Application | None:
        """The application that is named, the one the conversation is about, or a new one to the campaign."""
        if self.application:
            return self.named_application()
        if conversation.application or not self.campaign:
            return conversation.application
        campaign = Campaign.objects.filter(slug=self.campaign).first()
        if campaign is None:
            raise invalid("campaign", str(NO_SUCH_CAMPAIGN))
        return Application(person=conversation.person, campaign=campaign, applied_at=timezone.now())

    def named_application(self) -> Application:
        try:
            return found(Application.objects.select_related("campaign"), self.application or "")
        except Http404:
            raise invalid("application", str(NO_SUCH_APPLICATION)) from None


class Author(Schema):
    author: Email = Field(description="The address of the member in whose name it is done.")

    def member_for(self, delivery: Delivery) -> Member:
        """Who takes the delivery back. Raises Problem (422)."""
        member = staff_member(self.author, field="author")
        if delivery.withdrawn_at is None and not may_withdraw(delivery, member):
            raise invalid("author", "Who made it can withdraw it, and supervisors and admins.")
        return member


class Filters(Asked):
    """`from` and `to`: times, or days in the organization's time zone, the last one included."""

    status: Line = ""
    source: Line = Field("", description="A source's slug.")
    campaign: Line = Field("", description="A campaign's slug.")
    team: Line = Field("", description="The slug of the campaign's team.")
    author: Line = Field("", description="A member's email address.")
    withdrawn: bool = Field(False, description="Those that were withdrawn, instead of those that stand.")
    from_: Line = Field("", alias="from")
    to: Line = ""

    def narrow(self, rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
        by = {
            "status__slug": self.status,
            "application__source__slug": self.source,
            "application__campaign__slug": self.campaign,
            "conversation__campaign__team__slug": self.team,
            "author__user__email": self.author.lower(),
        }
        rows = rows.filter(withdrawn_at__isnull=not self.withdrawn)
        rows = rows.filter(**{column: value for column, value in by.items() if value})
        if self.from_:
            rows = rows.filter(delivered_at__gte=moment(self.from_, "from"))
        return rows.filter(delivered_at__lt=moment(self.to, "to", end=True)) if self.to else rows


def moment(said: str, field: str, *, end: bool = False) -> datetime:
    """The time that is meant; for a day its first moment, or with `end` the first after it. Raises Problem (422)."""
    zone = Organization.objects.get().zone
    day, time_of_day = parsed(said, field)
    if time_of_day:
        return time_of_day if time_of_day.tzinfo else time_of_day.replace(tzinfo=zone)
    return datetime.combine(day + timedelta(days=1 if end else 0), time.min, tzinfo=zone)


def parsed(said: str, field: str) -> tuple[date, datetime | None]:
    """The day, and the time when one is said."""
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise invalid(field, "A day or a time as in 2026-05-31 or 2026-05-31T08:00:00+02:00.") from None
    if at.year not in YEARS:
        raise invalid(field, f"A year from {YEARS[0]} to {YEARS[-1]}.")
    return at.date(), None if len(said) <= len("2026-05-31") else at
