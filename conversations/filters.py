"""The filters of the inbox: as they are read from an address, and as fields to choose from."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from campaigns.models import Campaign
from people.asking import MOST_SCORE
from people.models import Tag, Temperature

if TYPE_CHECKING:
    from conversations.listing import Listing


STATES = {"open": _("Open"), "ended": _("Ended")}
SORTS = {
    "newest": _("Newest"),
    "waiting": _("Waiting longest"),
    "hot": _("Hot and waiting"),
    "score": _("Highest score"),
}
SORTS_OF_VIEW = {"undelivered": {"oldest": _("Oldest first")}}
ALL_SORTS = SORTS | {name: title for sorts in SORTS_OF_VIEW.values() for name, title in sorts.items()}


class Filters(forms.Form):
    """The filters of an address. What can't be read is as if it weren't there."""

    campaign = forms.UUIDField(required=False)
    temperature = forms.SlugField(required=False)
    score = forms.IntegerField(required=False, min_value=-MOST_SCORE, max_value=MOST_SCORE)
    tag = forms.UUIDField(required=False)
    member = forms.UUIDField(required=False)
    state = forms.ChoiceField(choices=list(STATES.items()), required=False)
    sort = forms.ChoiceField(choices=list(ALL_SORTS.items()), required=False)
    q = forms.CharField(required=False, max_length=200)

    @classmethod
    def read(cls, query: QueryDict) -> dict[str, Any]:
        form = cls(query.dict() | {"q": query.get("q", "").replace("\x00", "")[:200]})
        form.is_valid()
        return {name: value for name, value in form.cleaned_data.items() if value or value == 0}


class Choices(forms.Form):
    """What a listing can be narrowed to, with what it is narrowed to now."""

    campaign = forms.ModelChoiceField(Campaign.objects.none(), empty_label=_("Any campaign"), label=_("Campaign"))
    temperature = forms.ModelChoiceField(
        Temperature.objects.all(), empty_label=_("Any temperature"), label=_("Temperature"), to_field_name="slug"
    )
    score = forms.IntegerField(label=_("Score from"), min_value=-MOST_SCORE, max_value=MOST_SCORE)
    tag = forms.ModelChoiceField(Tag.objects.all(), empty_label=_("Any tag"), label=_("Tag"))
    member = forms.ModelChoiceField(Member.objects.none(), empty_label=_("Anybody"), label=_("Member"))
    state = forms.ChoiceField(choices=list(STATES.items()), label=_("State"))

    def __init__(self, listing: "Listing") -> None:
        super().__init__(initial=listing.filters, auto_id="filter-%s", use_required_attribute=False)
        cast(forms.ModelChoiceField, self.fields["campaign"]).queryset = Campaign.objects.visible_to(
            listing.member
        ).order_by("name")
        cast(forms.ModelChoiceField, self.fields["member"]).queryset = (
            Member.objects.staff().select_related("user").order_by("user__name")
        )
