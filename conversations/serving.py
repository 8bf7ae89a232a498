"""Files on their way out: never a page of ours, whatever they contain."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from conversations.attaching import SHOWN_INLINE
from conversations.contents import UNKNOWN
from conversations.models import MessageFile

# No script, no form, no address of ours: what is shown in a tab of its own stays a picture or a document.
SANDBOX = "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'none'"


def answer_with(file: MessageFile) -> HttpResponse:
    """The file as a download; inline only where its bytes were found to be an image or a PDF."""
    is_shown = file.content_type in SHOWN_INLINE
    response = HttpResponse(bytes(file.content.content), content_type=file.content_type if is_shown else UNKNOWN)
    response.headers["Content-Disposition"] = content_disposition_header(not is_shown, file.name) or "attachment"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
