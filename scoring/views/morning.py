from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import for_members
from accounts.requests import MemberRequest
from people.models import Temperature
from scoring.morning import switch_mail, turned_hot, wants_mail


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def morning(request: MemberRequest) -> HttpResponse:
    """The member's own leads that turned hot since yesterday; POST `mail` (on, off) switches the mail."""
    if request.method == "POST":
        switch_mail(request.member, on=request.POST.get("mail") == "on")
        return redirect("scoring:morning")
    context = {
        "hot": turned_hot(request.member, timezone.now()),
        "hottest": Temperature.hottest(),
        "is_mailed": wants_mail(request.member),
    }
    return render(request, "scoring/morning.html", context)
