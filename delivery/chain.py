"""The legs of conversations, one after another: who had each, since when, and how it ended."""

from dataclasses import dataclass

from django.db.models import Prefetch

from accounts.models import Member
from conversations.models import Conversation, Leg
from conversations.queries import ConversationQuerySet
from delivery.models import Delivery
from delivery.withdrawing import may_withdraw

MOST = 20


@dataclass(frozen=True)
class Link:
    """One leg; its delivery is None while it goes on."""

    leg: Leg
    delivery: Delivery | None
    may_withdraw: bool


@dataclass(frozen=True)
class Chain:
    conversation: Conversation
    links: list[Link]


def chains_of(conversations: ConversationQuerySet, member: Member) -> list[Chain]:
    """Newest conversation first, its legs in their order; a handful of queries however many."""
    legs = Leg.objects.select_related("owner__user").order_by("number")
    deliveries = Delivery.objects.with_everything().select_related("withdrawn_by__user")
    shown = conversations.select_related("campaign").prefetch_related(
        Prefetch("legs", legs), Prefetch("deliveries", deliveries)
    )
    return [_chain(conversation, member) for conversation in shown.order_by("-opened_at")[:MOST]]


def _chain(conversation: Conversation, member: Member) -> Chain:
    by_leg = {delivery.leg_id: delivery for delivery in conversation.deliveries.all()}
    links = []
    for leg in conversation.legs.all():
        delivery = by_leg.get(leg.pk)
        links.append(Link(leg, delivery, bool(delivery and may_withdraw(delivery, member))))
    return Chain(conversation, links)
