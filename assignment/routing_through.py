"""Applying the routing rules to a conversation: each once, each with a line in the thread."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from assignment.assigning import assign
from assignment.hours import Schedule
from assignment.models import Because, Holiday, RoutingRule, RuleUse
from assignment.permission import can_own
from assignment.routing import Facts, chosen
from assignment.schedules import own_stretches
from campaigns.models import Application, Campaign
from conversations import refusals
from conversations.models import Conversation, Event, Grant
from people.models import PersonTag


def route(event: Event) -> None:
    """Goes through the rules for an application or a message; a third party's message is nobody's to route."""
    conversation = event.conversation
    if not conversation.is_open or (event.message and event.message.third_party):
        return
    if not (rules := active_rules()):
        return
    used = _used(conversation)
    rules = [rule for rule in rules if rule.pk not in used]
    for rule in chosen(rules, facts_of(event)) if rules else []:
        with transaction.atomic():
            apply_rule(rule, conversation)


def active_rules() -> list[RoutingRule]:
    """Without what they set: mostly none is chosen."""
    return list(RoutingRule.objects.filter(is_active=True))


def facts_of(event: Event) -> Facts:
    conversation, message = event.conversation, event.message
    came_to = message.arrivals.values_list("envelope_to", flat=True) if message else []
    earlier = conversation.messages.filter(event__number__lt=event.number)
    return Facts(
        channel=message.channel if message else conversation.channel,
        accounts=tuple(address.lower() for address in came_to),
        campaign=conversation.campaign_id,
        text=message.text if message else "",
        language=conversation.person.language,
        source=conversation.application.source_id if conversation.application else None,
        is_within_hours=organization_schedule(conversation.organization).is_open(timezone.now()),
        is_new=not earlier.exists(),
    )


def organization_schedule(organization: Any) -> Schedule:
    days_off = Holiday.objects.filter(member=None).values_list("day", flat=True)
    return Schedule(organization.zone, tuple(own_stretches(None)), frozenset(days_off))


def apply_rule(rule: RoutingRule, conversation: Conversation) -> None:
    """Does what the rule says, unless it was done in this conversation before; the line names what was done."""
    _use, is_first = RuleUse.objects.get_or_create(rule=rule, conversation=conversation)
    if not is_first:
        return
    did = [*_Doing(rule, conversation).all()]
    with override(conversation.organization.language), conversation.changing():
        data = {"rule": rule.name, "did": ", ".join(did) or _("nothing could be done")}
        Event.record(conversation, Event.Kind.ROUTED, at=timezone.now(), data=data)


@dataclass(frozen=True)
class _Doing:
    """The actions of a rule, each in words when it was done."""

    rule: RoutingRule
    conversation: Conversation

    def all(self) -> list[str]:
        with override(self.conversation.organization.language):
            done = [self.campaign(), self.team(), self.tag(), self.owner(), self.answer()]
        return [words for words in done if words]

    def campaign(self) -> str:
        campaign = self.rule.set_campaign
        if campaign is None or campaign.state != Campaign.State.OPEN or self.conversation.campaign_id == campaign.pk:
            return ""
        now = timezone.now()
        with self.conversation.changing() as conversation:
            person, defaults = conversation.person, {"applied_at": now}
            application, _new = Application.objects.get_or_create(person=person, campaign=campaign, defaults=defaults)
            conversation.campaign, conversation.application = campaign, application
        return _("campaign %(name)s") % {"name": campaign}

    def team(self) -> str:
        if self.rule.set_team is None:
            return ""
        Grant.objects.get_or_create(conversation=self.conversation, team=self.rule.set_team, revoked_at=None)
        return _("team %(name)s") % {"name": self.rule.set_team}

    def tag(self) -> str:
        if self.rule.set_tag is None:
            return ""
        PersonTag.objects.get_or_create(person=self.conversation.person, tag=self.rule.set_tag)
        return _("tag %(name)s") % {"name": self.rule.set_tag}

    def owner(self) -> str:
        owner = self.rule.set_owner
        if owner is None or not can_own(owner) or self.conversation.owner_id is not None:
            return ""
        try:
            assign(self.conversation, owner, because=Because.ROUTING_RULE, instead_of=None)
        except refusals.Refused:
            return ""
        return _("given to %(name)s") % {"name": owner.name}

    def answer(self) -> str:
        if not self.rule.answer:
            return ""
        fields = {"first_name": self.conversation.person.short_name, "campaign": self.conversation.campaign or ""}
        text = self.rule.answer
        for name, value in fields.items():
            text = text.replace("{" + name + "}", str(value))
        return _("answered automatically") if self.conversation.say_automatically(text) else ""


def _used(conversation: Conversation) -> set[Any]:
    return set(RuleUse.objects.filter(conversation=conversation).values_list("rule", flat=True))
