from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.administration import OrganizationAdmin, OrganizationForm
from people.models import PersonStatus
from scoring.models import ScoreRule


class RuleForm(OrganizationForm):
    holds_for = forms.ModelMultipleChoiceField(
        PersonStatus.objects.none(),
        label=_("holds for statuses"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: the rule holds for all."),
    )

    class Meta:
        model = ScoreRule
        fields = ["activity_kind", "points", "days", "person_kind", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("holds_for"):
            field.queryset = PersonStatus.objects.all()  # type: ignore[attr-defined]
            field.initial = [] if self.instance._state.adding else list(self.instance.statuses.all())


@admin.register(ScoreRule)
class ScoreRuleAdmin(OrganizationAdmin):
    form = RuleForm
    list_display = ["activity_kind", "points", "days", "person_kind", "statuses_held", "is_active"]
    list_editable = ["points", "days", "is_active"]
    list_filter = ["person_kind", "is_active"]
    ordering = ["person_kind", "activity_kind"]
    fields = ["activity_kind", "points", "days", "person_kind", "holds_for", "is_active"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("statuses")

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, form=OrganizationForm, **kwargs)

    @admin.display(description=_("holds for"))
    def statuses_held(self, rule: ScoreRule) -> str:
        return ", ".join(status.name for status in rule.statuses.all()) or gettext("all")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "holds_for" in form.cleaned_data:  # the list's own small form doesn't ask for it
            form.instance.statuses.set(form.cleaned_data["holds_for"])
        said = _("It counts for what happens from now on; what has happened already follows tonight at 02:00.")
        self.message_user(request, said)
