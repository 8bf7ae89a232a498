"""What the dialog sends. The rules are outcome.py's and procedures.py's; here words become rows."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from campaigns.models import Application, Campaign
from conversations.models import Conversation
from delivery.models import Reason, Status
from delivery.outcome import (
    NO_SUCH_APPLICATION,
    NO_SUCH_CAMPAIGN,
    NO_SUCH_STATUS,
    RATINGS,
    WITH_RATING,
    WITH_REASON,
    Outcome,
    check,
    wrong_reason,
)

STARS = dict(zip(RATINGS, [_("weak"), _("fair"), _("good"), _("very good"), _("excellent")], strict=True))


class SaidForm(forms.Form):
    """How it ended, whatever it is about. Valid, its `outcome` says enough."""

    status = forms.ModelChoiceField(
        Status.objects.filter(is_active=True),
        label=_("Status"),
        error_messages={"required": _("Choose a status."), "invalid_choice": NO_SUCH_STATUS},
    )
    reason = forms.ModelChoiceField(
        Reason.objects.filter(is_active=True).select_related("status"), label=_("Reason"), required=False
    )
    explanation = forms.CharField(label=_("Explanation"), required=False)
    notes = forms.CharField(label=_("Notes"), required=False)
    rating = forms.IntegerField(label=_("Rating"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome: Outcome | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        status = cleaned.get("status")
        if status is None:
            return cleaned
        if self.has_error("reason"):
            self.errors["reason"] = self.error_class([wrong_reason(status)])
        said = {name: cleaned.get(name) or "" for name in ("explanation", "notes")}
        self.outcome = Outcome(
            status=status,
            application=self.application_of(cleaned),
            reason=cleaned.get("reason") if status.basis in WITH_REASON else None,
            rating=cleaned.get("rating"),
            **said,
        ).cleaned()
        for field, error in check(self.outcome).items():
            if (place := self.place_of(field)) and place not in self.errors:
                self.add_error(place, error)
        return cleaned

    def application_of(self, cleaned: dict[str, Any]) -> Application | None:
        return None

    def place_of(self, field: str) -> str:
        """The field at which an error of the outcome is shown; none for what this form doesn't ask."""
        return field if field in self.fields else ""

    @cached_property
    def offered(self) -> list[dict[str, Any]]:
        """Each status with the fields it asks for and its reasons."""
        reasons = list(self.fields["reason"].queryset)  # type: ignore[attr-defined]
        asking = {"rating": WITH_RATING, "reason": WITH_REASON, "explanation": WITH_REASON}
        return [
            {
                "status": status,
                "asks": " ".join(field for field, bases in asking.items() if status.basis in bases),
                "reasons": [reason for reason in reasons if reason.status_id == status.pk],
            }
            for status in self.fields["status"].queryset  # type: ignore[attr-defined]
        ]


class ApplicationField(forms.ModelChoiceField):
    """One of the person's applications; the active one is at hand."""

    active: Application | None = None

    def to_python(self, value: Any) -> Any:
        if self.active and str(value) == str(self.active.pk):
            return self.active
        return super().to_python(value)


class OutcomeForm(SaidForm):
    """Step 1: that, and the application it is about. Valid, its `outcome` can be recorded."""

    application = ApplicationField(
        Application.objects.none(),
        label=_("Application"),
        required=False,
        error_messages={"invalid_choice": NO_SUCH_APPLICATION},
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(),
        label=_("Campaign"),
        required=False,
        error_messages={"invalid_choice": NO_SUCH_CAMPAIGN},
    )

    def __init__(self, *args: Any, conversation: Conversation, by: Member, **kwargs: Any) -> None:
        kwargs["initial"] = {"application": conversation.application_id}
        super().__init__(*args, **kwargs)
        self.conversation = conversation
        applications = conversation.person.applications.select_related("campaign").order_by("-applied_at")
        self._offer("application", applications)
        self.fields["application"].active = conversation.application  # type: ignore[attr-defined]
        if not conversation.application_id:
            self._offer("campaign", Campaign.objects.visible_to(by).filter(state=Campaign.State.OPEN))

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    @property
    def has_applications(self) -> bool:
        return bool(self.conversation.application_id or self.fields["application"].queryset)  # type: ignore[attr-defined]

    def place_of(self, field: str) -> str:
        return "campaign" if field == "application" and not self.has_applications else field

    def application_of(self, cleaned: dict[str, Any]) -> Application | None:
        """The chosen one, or for who has none a new one to the chosen campaign; `deliver` saves it."""
        campaign = cleaned.get("campaign")
        if self.has_applications or campaign is None:
            return cleaned.get("application")
        return Application(person=self.conversation.person, campaign=campaign, applied_at=timezone.now())
