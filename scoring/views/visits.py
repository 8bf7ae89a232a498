"""What a job site asks for: the script, and a place to say that a page was looked at."""

import json
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from conversations.candidate_door import for_candidate
from conversations.models import ReplyKey
from people.robots import is_robot
from scoring.visits import address_for, visited

SCRIPT = Path(settings.BASE_DIR) / "static" / "js" / "visits.js"
LONGEST = 4_000  # bytes
HTTP_FORBIDDEN = 403


@require_safe
@cache_control(public=True, max_age=3600)
def script(request: HttpRequest) -> HttpResponse:
    """At an address that stays, since it stands in the organization's own pages."""
    answer = HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@csrf_exempt
@require_POST
def visit(request: HttpRequest, site: UUID) -> HttpResponse:
    """Nothing hangs on a cookie here: what counts is the token, the site and the origin that the browser names."""
    if len(request.body) > LONGEST:
        return HttpResponse(status=413)
    token, path = _said(request.body)
    origin = request.headers.get("Origin", "")
    if is_robot(request.headers):
        return HttpResponse(status=204)
    is_good = visited(token, path, site_id=site, origin=origin, at=timezone.now())
    return HttpResponse(status=204 if is_good else HTTP_FORBIDDEN)


def _said(body: bytes) -> tuple[str, str]:
    try:
        said = json.loads(body)
        return str(said["token"]), str(said["path"])
    except (ValueError, KeyError, TypeError):
        return "", ""


@for_candidate
@require_safe
def job_site(request: HttpRequest, key: ReplyKey) -> HttpResponse:
    """The way from the candidate's own page to the job site, for those who have one; nothing is counted by it."""
    person = key.conversation.person
    context = {"address": address_for(person), "organization": person.organization}
    return render(request, "scoring/_job_site.html", context)
