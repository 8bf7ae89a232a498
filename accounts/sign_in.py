from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class NoSignUp(DefaultAccountAdapter):
    """Members are invited by their organization's admins; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
