from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for an icon when a page names none: a picture or PDF in a tab of its own."""
    return redirect(static("img/logo.svg"))
