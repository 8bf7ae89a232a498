"""What the dialog sends. The rules are outcome.py's and procedures.py's; here words become rows."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from campaigns.models import Application, Campaign
from conversations.models import Conversation
from delivery.models import Reason, Status
from delivery.outcome import LONGEST_TEXT, RATINGS, WITH_REASON, Outcome, check

STARS = dict(zip(RATINGS, [_("weak"), _("fair"), _("good"), _("very good"), _("excellent")], strict=True))


class OutcomeForm(forms.Form):
    """Step 1. Valid, its `outcome` can be recorded."""

    application = forms.ModelChoiceField(Application.objects.none(), label=_("Application"), required=False)
    campaign = forms.ModelChoiceField(Campaign.objects.none(), label=_("Campaign"), required=False)
    status = forms.ModelChoiceField(
        Status.objects.none(), label=_("Status"), error_messages={"required": _("Choose a status.")}
    )
    reason = forms.ModelChoiceField(Reason.objects.none(), label=_("Reason"), required=False)
    explanation = forms.CharField(label=_("Explanation"), required=False, max_length=LONGEST_TEXT)
    notes = forms.CharField(label=_("Notes"), required=False, max_length=LONGEST_TEXT)
    rating = forms.TypedChoiceField(
        label=_("Rating"), choices=list(STARS.items()), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, conversation: Conversation, by: Member, **kwargs: Any) -> None:
        kwargs["initial"] = {"application": conversation.application_id}
        super().__init__(*args, **kwargs)
        self.conversation = conversation
        self.outcome: Outcome | None = None
        applications = conversation.person.applications.select_related("campaign").order_by("-applied_at")
        choices: dict[str, Any] = {
            "application": applications,
            "campaign": Campaign.objects.visible_to(by).filter(state=Campaign.State.OPEN),
            "status": Status.objects.filter(is_active=True),
            "reason": Reason.objects.filter(is_active=True).select_related("status"),
        }
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        status = cleaned.get("status")
        if status is None:
            return cleaned
        asked = {name: cleaned.get(name) or "" for name in ("explanation", "notes")}
        self.outcome = Outcome(
            status=status,
            application=self._application(cleaned),
            reason=cleaned.get("reason") if status.basis in WITH_REASON else None,
            rating=cleaned.get("rating"),
            **asked,
        ).cleaned()
        for field, error in check(self.outcome).items():
            if field not in self.errors:
                self.add_error(field if field != "application" or self.has_applications else "campaign", error)
        return cleaned

    @property
    def has_applications(self) -> bool:
        return bool(self.fields["application"].queryset)  # type: ignore[attr-defined]

    def _application(self, cleaned: dict[str, Any]) -> Application | None:
        """The chosen one, or for who has none a new one to the chosen campaign; `deliver` saves it."""
        campaign = cleaned.get("campaign")
        if self.has_applications or campaign is None:
            return cleaned.get("application")
        return Application(person=self.conversation.person, campaign=campaign, applied_at=timezone.now())
