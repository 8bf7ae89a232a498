"""The bytes of a file; what is told of it stands with its message."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from accounts.api.input import found
from accounts.api.output import bytes_of
from accounts.api.tokens import may_read
from conversations.attaching import SHOWN_INLINE
from conversations.contents import UNKNOWN
from conversations.models import MessageFile
from conversations.serving import answer_with

router = Router(tags=["conversations"])


@router.get("/files/{id}", auth=may_read, openapi_extra=bytes_of(UNKNOWN, *sorted(SHOWN_INLINE)), summary="A file")
def file(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """404 for one that is withheld."""
    return answer_with(found(MessageFile.objects.filter(withheld="").select_related("content"), id))
