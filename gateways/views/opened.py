import base64

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gateways import reports
from gateways.email.opening import dot_of

DOT = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")  # one transparent dot


@never_cache
@require_safe
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """The picture in a mail. Whoever fetches it gets it; that a person did is noted once."""
    dot = dot_of(token)
    if dot is None:
        raise Http404
    if request.method == "GET":
        reports.picture_fetched(dot, request.headers)
    return HttpResponse(DOT, content_type="image/gif", headers={"Cross-Origin-Resource-Policy": "cross-origin"})
