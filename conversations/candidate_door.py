"""The candidate's door: a reply link that is good opens one conversation, and nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from accounts import doors
from accounts.tenancy import enter
from conversations.models import ReplyKey

View = Callable[..., HttpResponse]


def for_candidate(view: View) -> View:
    """Calls the view with the reply key instead of its token, in the candidate's language, or answers 404.

    No CSRF token is asked for: nothing here hangs on a cookie, and who can forge the address may write anyway. So the
    page also works where a mail program opens it without cookies.
    """

    @csrf_exempt
    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        organization_id = doors.organization_of_reply_key(token)
        if not organization_id:
            return kept_private(not_found(request))
        with enter(organization_id):
            key = _key(token)
            if key is None:
                return kept_private(not_found(request))
            key.token = token  # as it was told, under whatever SECRET_KEY
            conversation = key.conversation
            with translation.override(conversation.person.language), timezone.override(conversation.organization.zone):
                response = view(request, key, *args, **kwargs)
                response.headers["Content-Language"] = translation.get_language()
                return kept_private(response)

    return opened


def _key(token: str) -> ReplyKey | None:
    related = (
        "conversation__organization",
        "conversation__campaign",
        "conversation__person",
        "conversation__owner__user",
    )
    return ReplyKey.good(token, ReplyKey.Use.LINK).filter(member=None).select_related(*related).first()


def not_found(request: HttpRequest) -> HttpResponse:
    """A link that leads nowhere, or not any more; says nothing about which."""
    return render(request, "conversations/candidate_not_found.html", status=404)


def kept_private(response: HttpResponse) -> HttpResponse:
    """The address is a secret: it goes to no other site, no search engine and no shared cache."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    if not response.has_header("Cache-Control"):
        add_never_cache_headers(response)
    return response
