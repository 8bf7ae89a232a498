from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def back(request: HttpRequest) -> HttpResponse:
    """To the page the request came from; home when that isn't one of ours."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host() or not came_from.path.startswith("/"):
        return redirect("home")
    return redirect("/" + came_from.path.lstrip("/") + (f"?{came_from.query}" if came_from.query else ""))
