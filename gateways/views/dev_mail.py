"""The mail of development: what would have gone out, and an answer to it. Nowhere else: 404."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_safe

from gateways.email.answering import answer
from gateways.email.development import folder
from gateways.email.reading import read

View = Callable[..., HttpResponse]
NAME = re.compile(r"[0-9T.]{10,40}-[0-9a-f]{8}")
SHOWN = 200
# The mail as its reader's program shows it: no script, no form, no address of ours to speak for.
SANDBOX = {
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "frame-ancestors": ["'self'"],
}


def in_development(view: View) -> View:
    @wraps(view)
    def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not settings.DEVELOPMENT:
            raise Http404
        return view(request, **kwargs)

    return checked


@in_development
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    names = sorted((path.stem for path in folder().glob("*.eml")), reverse=True)[:SHOWN]
    return render(request, "gateways/dev_mails.html", {"mails": [(name, read(_raw(name))) for name in names]})


@in_development
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail; POST answers it."""
    found, refusal, status = read(_raw(name)), "", 200
    text = request.POST.get("text", "")
    if request.method == "POST":
        try:
            answer(found, text.replace("\x00", ""), request.FILES.getlist("files"))
            return redirect(f"{request.path}?answered=1")
        except (OSError, ValueError) as error:
            refusal, status = f"The mail listener did not take it: {error}", 422
    context = {
        "name": name,
        "mail": found,
        "refusal": refusal,
        "typed": text,
        "answered": "answered" in request.GET,
    }
    return render(request, "gateways/dev_mail.html", context, status=status)


@csp_override(SANDBOX)
@in_development
@require_safe
def html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML of a mail, for a frame without an origin."""
    response = HttpResponse(read(_raw(name)).html)
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _raw(name: str) -> bytes:
    path = folder() / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        raise Http404
    return path.read_bytes()
