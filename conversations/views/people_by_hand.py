from typing import cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import for_members
from accounts.models import Member
from accounts.requests import MemberRequest
from campaigns.models import Campaign
from conversations.by_hand import add_by_hand
from conversations.models import Conversation
from conversations.refusals import Refused
from conversations.speaking import LONGEST_TEXT
from people.finding import Applicant, e164
from people.models import Person


class NewPerson(forms.Form):
    """Somebody to add and write to. Who is there already, by address, is found again."""

    name = forms.CharField(max_length=200, label=_("Name"))
    email = forms.EmailField(max_length=254, label=_("Email"))
    phone = forms.CharField(max_length=40, required=False, label=_("Phone"))
    language = forms.ChoiceField(choices=settings.LANGUAGES, label=_("Language"))
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), required=False, empty_label=_("None"), label=_("Campaign")
    )
    text = forms.CharField(
        max_length=LONGEST_TEXT, required=False, widget=forms.Textarea({"rows": 6}), label=_("First message"),
        help_text=_("Sent by email, with a link to answer by."),
    )  # fmt: skip

    def __init__(self, member: Member, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"language": member.organization.language}, use_required_attribute=True)
        cast(forms.ModelChoiceField, self.fields["campaign"]).queryset = Campaign.objects.visible_to(member).filter(
            state="open"
        )

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if phone and not e164(phone, self.data.get("language", "en")):
            raise forms.ValidationError(_("That can't be a phone number. Write it with its country: +420 601 234 567."))
        return phone

    def applicant(self) -> Applicant:
        return Applicant(**{name: self.cleaned_data[name] for name in ("name", "email", "phone", "language")})


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def new(request: MemberRequest) -> HttpResponse:
    """Adds a person by hand and writes to them."""
    form = NewPerson(request.member, request.POST if request.method == "POST" else None)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            added = add_by_hand(form.applicant(), by=request.member, campaign=asked["campaign"], text=asked["text"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("conversation", added.conversation.pk)
    status = 422 if form.errors else 200
    return render(request, "conversations/person_new.html", {"form": form}, status=status)


@require_safe
@for_members
def of_person(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The person's conversations that this member may see, as items of a list."""
    person = get_object_or_404(Person, pk=pk)
    mine = Conversation.objects.visible_to(request.member).filter(person=person).with_reading_of(request.member)
    related = mine.for_list().order_by("-last_message_at")
    if not related:
        raise Http404
    return render(request, "conversations/_of_person.html", {"conversations": related, "person": person})
