"""What the system's lines in a thread say, in the language that is active."""

from collections.abc import Callable

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from conversations.models import Event
from conversations.undeliverable import plainly

Kind = Event.Kind

ASSIGNED = {
    "rotation": gettext_lazy("Assigned to %(to)s by rotation"),
    "by_hand": gettext_lazy("%(who)s assigned this to %(to)s"),
    "added": gettext_lazy("%(to)s added this person"),
    "taken": gettext_lazy("%(to)s took this on"),
    "routing_rule": gettext_lazy("Assigned to %(to)s by a routing rule"),
    "delivery": gettext_lazy("Assigned to %(to)s by the delivery"),
    "returned": gettext_lazy("Assigned to %(to)s again"),
}


def sentence(event: Event) -> str:
    """The line in words."""
    return SENTENCES.get(event.kind, lambda event: str(event.get_kind_display()))(event)


def reason_of(event: Event) -> str:
    """Why a mail failed: in plain words, and as the server said it."""
    reason = event.data.get("reason", "")
    words = plainly(reason)
    return words if words in {reason, _(reason)} else f"{words} ({reason})"


def _who(event: Event) -> str:
    return event.member.name if event.member else _("Somebody")


def _applied(event: Event) -> str:
    if source := event.data.get("source"):
        return _("Applied through %(source)s") % {"source": source}
    return _("Applied to %(campaign)s") % {"campaign": event.data.get("campaign", "")}


def _assigned(event: Event) -> str:
    data = event.data
    if not data.get("to") and data.get("because") == "unanswered":
        return _("Back to the queue: %(from)s did not answer in time") % {"from": data.get("from") or "—"}
    if not data.get("to"):
        return _("Nobody is responsible now; it was %(from)s") % {"from": data.get("from") or "—"}
    words = ASSIGNED.get(data.get("because", ""), gettext_lazy("Assigned to %(to)s"))
    if data.get("because") == "by_hand" and not event.member:
        words = gettext_lazy("Assigned to %(to)s")
    return str(words) % {"to": data["to"], "who": _who(event)}


def _delivered(event: Event) -> str:
    data = event.data
    words = _("%(who)s delivered this: %(status)s") % {"who": _who(event), "status": data.get("status", "")}
    parts = [words.rstrip(": "), data.get("reason") or "", "★" * int(data.get("stars") or 0)]
    if to := ", ".join(data.get("to") or data.get("recipients") or []):
        parts.append(_("to %(names)s") % {"names": to})
    return " · ".join(part for part in parts if part)


def _delivery_answered(event: Event) -> str:
    values = {"who": _who(event), "why": event.data.get("text", "")}
    if event.data.get("answer") == "not_a_fit":
        return _("%(who)s answered the delivery: not a fit · %(why)s") % values
    words = _("%(who)s accepted the delivery") % values
    return " · ".join(part for part in (words, values["why"]) if part)


def _delivery_withdrawn(event: Event) -> str:
    return _("%(who)s withdrew the delivery: %(status)s") % {
        "who": _who(event),
        "status": event.data.get("status", ""),
    }


def _undelivered(event: Event) -> str:
    days = int(event.data.get("days") or 0)
    words = ngettext("Not delivered for %(days)s day", "Not delivered for %(days)s days", days) % {"days": days}
    told = _("%(name)s was told") % {"name": event.data["to"]} if event.data.get("to") else ""
    return " · ".join(part for part in (words, told) if part)


def _leg_started(event: Event) -> str:
    if event.member:
        return _("%(who)s took this up again") % {"who": _who(event)}
    return _("Open again: the candidate wrote")


def _snoozed(event: Event) -> str:
    until = parse_datetime(event.data.get("until", ""))
    when = date_format(localtime(until), "SHORT_DATETIME_FORMAT") if until else ""
    return _("%(who)s snoozed this until %(when)s") % {"who": _who(event), "when": when}


def _woken(event: Event) -> str:
    return _("%(who)s woke this up") % {"who": _who(event)} if event.member else _("Back from snooze")


def _rejected(event: Event) -> str:
    return _("%(who)s rejected the application; the candidate can't write any more") % {"who": _who(event)}


def _rejection_undone(event: Event) -> str:
    return _("%(who)s took the rejection back; the candidate can write again") % {"who": _who(event)}


def _mail_failed(event: Event) -> str:
    return _("A message could not be delivered: %(reason)s") % {"reason": reason_of(event)}


def _mail_held(event: Event) -> str:
    words = _("Mails from %(sender)s are held back: ten came within ten minutes. A supervisor can let them in.")
    return words % {"sender": event.data.get("sender", "")}


def _mail_refused(event: Event) -> str:
    words = _("A mail from %(sender)s was not sent to the candidate: %(reason)s")
    return words % {"sender": event.data.get("sender", ""), "reason": reason_of(event)}


def _automatic_mail(event: Event) -> str:
    words = _("Automatic mail from %(sender)s: %(subject)s") % {
        "sender": event.data.get("sender", ""),
        "subject": event.data.get("subject") or _("(no subject)"),
    }
    return " · ".join(filter(None, [words, event.data.get("said")]))


def _message_moved(event: Event) -> str:
    facts = {"who": _who(event), "sender": event.data.get("sender", ""), "to": event.data.get("to", "")}
    return _("%(who)s moved a message of %(sender)s from here to the conversation with %(to)s") % facts


def _message_discarded(event: Event) -> str:
    facts = {"who": _who(event), "sender": event.data.get("sender", "")}
    return _("%(who)s discarded a message of %(sender)s and renewed the reply address") % facts


def _sender_known(event: Event) -> str:
    facts = {"who": _who(event), "address": event.data.get("address", ""), "name": event.data.get("name", "")}
    return _("%(who)s said that %(address)s is an address of %(name)s") % facts


def _stopped(event: Event) -> str:
    if event.data.get("because") == "complained":
        return _("The candidate marked a mail as unwanted; they are not written to any more")
    return _("The candidate asked not to be written to any more")


def _reply_held(event: Event) -> str:
    words = _("The message planned by %(who)s was not sent: %(reason)s")
    return words % {"who": _who(event), "reason": reason_of(event)}


APPOINTMENTS = {
    "made": gettext_lazy("%(who)s made an appointment: %(title)s, %(when)s"),
    "moved": gettext_lazy("%(who)s changed the appointment: %(title)s, %(when)s"),
    "cancelled": gettext_lazy("%(who)s cancelled the appointment: %(title)s, %(when)s"),
    "accepted": gettext_lazy("The candidate accepted: %(title)s, %(when)s"),
    "declined": gettext_lazy("The candidate declined: %(title)s, %(when)s"),
    "held": gettext_lazy("The appointment took place: %(title)s, %(when)s"),
    "missed": gettext_lazy("The appointment was missed: %(title)s, %(when)s"),
}


def _appointment(event: Event) -> str:
    data = event.data
    starts_at = parse_datetime(data.get("starts_at", ""))
    when = date_format(localtime(starts_at), "SHORT_DATETIME_FORMAT") if starts_at else ""
    return str(APPOINTMENTS[data["what"]]) % {"who": _who(event), "title": data.get("title", ""), "when": when}


def _routed(event: Event) -> str:
    return _("Rule “%(rule)s”: %(did)s") % {"rule": event.data.get("rule", ""), "did": event.data.get("did", "")}


SENTENCES: dict[str, Callable[[Event], str]] = {
    Kind.APPLIED: _applied,
    Kind.ROUTED: _routed,
    Kind.ASSIGNED: _assigned,
    Kind.DELIVERED: _delivered,
    Kind.DELIVERY_ANSWERED: _delivery_answered,
    Kind.DELIVERY_WITHDRAWN: _delivery_withdrawn,
    Kind.UNDELIVERED: _undelivered,
    Kind.LEG_STARTED: _leg_started,
    Kind.SNOOZED: _snoozed,
    Kind.WOKEN: _woken,
    Kind.REJECTED: _rejected,
    Kind.REJECTION_UNDONE: _rejection_undone,
    Kind.LINK_OPENED: lambda event: _("The candidate opened the reply link"),
    Kind.MAIL_FAILED: _mail_failed,
    Kind.APPOINTMENT: _appointment,
    Kind.MAIL_HELD: _mail_held,
    Kind.MAIL_REFUSED: _mail_refused,
    Kind.AUTOMATIC_MAIL: _automatic_mail,
    Kind.MESSAGE_MOVED: _message_moved,
    Kind.MESSAGE_DISCARDED: _message_discarded,
    Kind.SENDER_KNOWN: _sender_known,
    Kind.MAIL_OPENED: lambda event: _("The candidate opened the mail"),
    Kind.TAKEN_BACK: lambda event: _("%(who)s took a message back before it left") % {"who": _who(event)},
    Kind.REPLY_HELD: _reply_held,
    Kind.STOPPED: _stopped,
    Kind.STARTED: lambda event: _("The candidate may be written to again"),
}
