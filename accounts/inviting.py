"""Telling somebody that they belong to an organization now, and how they get in."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.mailing import hand_over_later, notice
from accounts.models import Member


def send_invitation(member: Member, *, by: Member | None) -> None:
    """Mails it in the member's language, after the commit. It grants nothing: a code to the same address does."""
    organization = member.organization
    with override(member.language):
        subject = _("%(organization)s works with RecruitChat, and you are in") % {"organization": organization.name}
        role = member.get_role_display()
    context = {
        "member": member,
        "by": by,
        "role": role,
        "url": settings.SITE_URL + reverse("account_request_login_code"),
    }
    to = [member.user.email]
    hand_over_later(notice("invitation", member.language, context, organization=organization, subject=subject, to=to))
