"""Who may open a view at all. Inside it, queries start from `request.member`; a stranger gets 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.requests import MemberRequest

View = Callable[..., HttpResponse]


def for_members(view: View) -> View:
    """Recruiters, supervisors and admins; a guest gets 404, a visitor the sign-in page."""
    return _for(view, lambda member: not member.is_guest)


def for_guests_too(view: View) -> View:
    """Every member, guests included: the view itself narrows what they see."""
    return _for(view, lambda member: True)


def for_admins(view: View) -> View:
    return _for(view, lambda member: member.is_admin)


def for_supervisors(view: View) -> View:
    return _for(view, lambda member: member.sees_everything)


def _for(view: View, may: Callable[[Any], bool]) -> View:
    @wraps(view)
    def checked(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _signed_out(request)
        if request.member is None:
            return render(request, "accounts/no_place.html", status=403)
        if not may(request.member):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def _signed_out(request: MemberRequest) -> HttpResponse:
    """The sign-in page; but to a script, whose page may hold something typed, a sentence with a link to it."""
    if request.headers.get("HX-Request"):
        return render(request, "accounts/_signed_out.html", status=401)
    return redirect_to_login(request.get_full_path() if request.method in {"GET", "HEAD"} else "/")
