"""Guests: people a conversation was delivered to by email, who see what was delivered to them and nothing else."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.models import Member, Role
from accounts.organizing import invite
from delivery.outcome import InvalidOutcome

LONGEST_ADDRESS = 254


def email_of(typed: str) -> str:
    """The address in the form it is kept. Raises InvalidOutcome."""
    address = typed.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        address = ""
    if not address or len(address) > LONGEST_ADDRESS:
        raise InvalidOutcome({"recipients": _("“%(typed)s” isn’t an email address.") % {"typed": typed[:80]}})
    return address


def make_guest(address: str) -> Member:
    """A new guest at this address (of nobody here yet), who signs in with a code sent to it."""
    guest, _made = Member.objects.get_or_create(user=invite(address), defaults={"role": Role.GUEST})
    return guest
