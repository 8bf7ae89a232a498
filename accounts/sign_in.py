from email.utils import formataddr
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest

from accounts.doors import USER_WITH_PLACES
from accounts.mailing import hand_over_later
from accounts.models import User


class Backend(AuthenticationBackend):
    """Signs in by address and password; finds the user of a session together with their places."""

    def get_user(self, user_id: int) -> User | None:
        user = next(iter(User.objects.raw(USER_WITH_PLACES, [user_id])), None)
        return user if user and self.user_can_authenticate(user) else None


class ByInvitation(DefaultAccountAdapter):
    """Members are invited by their organization's admins; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_from_email(self) -> str:
        return formataddr(("RecruitChat", settings.DEFAULT_FROM_EMAIL))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A slow mail server keeps nobody who signs in waiting."""
        site = {"email": email, "site": settings.SITE_URL}
        no_answer = {"Auto-Submitted": "auto-generated"}  # RFC 3834, 5
        hand_over_later(self.render_mail(template_prefix, email, context | site, headers=no_answer))


def who_tries(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The address somebody tries to sign in as, for counting failures of each apart."""
    return ((credentials or {}).get("email") or request.POST.get("login", "")).strip().lower()
