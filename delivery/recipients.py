"""Who a delivery goes to: members and teams, and addresses, which are members or become guests."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Member, Role, Team
from conversations.models import Grant
from delivery.guests import email_of, make_guest
from delivery.models import Delivery, Offer, Procedure, Recipient
from delivery.outcome import InvalidOutcome

Named = Member | Team | str


def known(to: Sequence[Named]) -> list[Named]:
    """Each recipient once, in the order given; addresses of members as members, others tidied.

    Raises InvalidOutcome for what isn't an address.
    """
    addresses = {email_of(named) for named in to if isinstance(named, str)}
    members = Member.objects.select_related("user").filter(user__email__in=addresses) if addresses else []
    by_address: dict[str, Named] = {member.user.email: member for member in members}
    found = [by_address.get(email_of(named), email_of(named)) if isinstance(named, str) else named for named in to]
    return list({(type(named), getattr(named, "pk", named)): named for named in found}.values())


def check_recipients(procedure: Procedure, to: Sequence[Named]) -> None:
    """Raises InvalidOutcome when these (as `known` says them) aren't what the procedure asks for."""
    if error := _error(procedure, to):
        raise InvalidOutcome({"recipients": error})


def _error(procedure: Procedure, to: Sequence[Named]) -> str:
    if procedure.recipients == Procedure.Recipients.REQUIRED and not to:
        return _("Choose who it is delivered to.")
    if procedure.recipients == Procedure.Recipients.NONE and to:
        return _("%(status)s is delivered to nobody here.") % {"status": procedure.status.name}
    for named in to:
        if isinstance(named, Member) and not (named.is_active and named.user.is_active):
            return _("%(name)s has been switched off here.") % {"name": named.name}
    if not procedure.free_address and (free := _free(procedure, to)):
        return _("“%(address)s” isn’t offered here: choose from the list.") % {"address": free[0]}
    return ""


def _free(procedure: Procedure, to: Sequence[Named]) -> list[str]:
    """The addresses that neither belong to anybody here nor are offered."""
    offered = {offer.address.lower() for offer in offers_of(procedure) if offer.address}
    return [named for named in to if isinstance(named, str) and named not in offered]


def offers_of(procedure: Procedure) -> list[Offer]:
    """Whom the procedure offers before all others; nobody where none is set up."""
    if procedure._state.adding:
        return []
    return list(procedure.offers.select_related("member__user", "team"))


def let_in(delivery: Delivery, to: Sequence[Named]) -> list[Member | Team]:
    """Writes the recipients down and lets them see the conversation; guests to the end of this leg."""
    named = [make_guest(one) if isinstance(one, str) else one for one in to]
    rows = [(one, _grant(delivery, one)) for one in named]
    Grant.objects.bulk_create(grant for _one, grant in rows)
    Recipient.objects.bulk_create(Recipient(delivery=delivery, grant=grant, **_as(one)) for one, grant in rows)
    return named


def close_grants_of_guest(delivery: Delivery) -> None:
    """A guest who delivers onward sees no further than to the end of their leg."""
    if delivery.author.role == Role.GUEST:
        open_ended = delivery.conversation.grants.filter(member=delivery.author, until_number=None)
        open_ended.update(until_number=delivery.conversation.last_number)


def _grant(delivery: Delivery, named: Member | Team) -> Grant:
    is_guest = isinstance(named, Member) and named.is_guest
    number = delivery.conversation.last_number if is_guest else None
    return Grant(conversation=delivery.conversation, until_number=number, **_as(named))


def _as(named: Member | Team) -> dict[str, Any]:
    return {"team" if isinstance(named, Team) else "member": named}
