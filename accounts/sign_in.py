from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class NoSignUp(DefaultAccountAdapter):
    """Members are invited by their organization's admins; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def who_tries(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The address somebody tries to sign in as, for counting failures of each apart."""
    return ((credentials or {}).get("email") or request.POST.get("login", "")).strip().lower()
