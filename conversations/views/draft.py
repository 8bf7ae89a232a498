from uuid import UUID

from django import forms
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.drafting import draft_of, keep_draft
from conversations.speaking import LONGEST_TEXT
from conversations.views.thread import conversation_for


class DraftForm(forms.Form):
    text = forms.CharField(required=False, max_length=LONGEST_TEXT, strip=False)
    is_note = forms.BooleanField(required=False)


@for_members
@require_http_methods(["GET", "POST"])
def draft(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Keeps what the member has typed and not sent; an empty text lets it go. GET: as it was typed last, anywhere."""
    conversation = conversation_for(request, pk)
    if request.method == "GET":
        kept = draft_of(conversation, request.member)
        return JsonResponse({"text": kept.text, "is_note": kept.is_note})
    form = DraftForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    keep_draft(conversation, request.member, **form.cleaned_data)
    return HttpResponse(status=204)
