"""What the pages of both kinds of rules share: whom a rule is about, and trying it before it is saved."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.administration import OrganizationAdmin, OrganizationForm
from people.models import PersonStatus
from scoring.tasks import work_out_soon
from scoring.trying import TooMany, try_rule


class RulingForm(OrganizationForm):
    holds_for = forms.ModelMultipleChoiceField(
        PersonStatus.objects.none(),
        label=_("in the statuses"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: in all of them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("holds_for"):
            field.label = capfirst(field.label)  # as the labels of the model's own fields are
            field.queryset = PersonStatus.objects.all()  # type: ignore[attr-defined]
            field.initial = [] if self.instance._state.adding else list(self.instance.statuses.all())


class TriedForm(RulingForm):
    """The form with what was typed, checked and shown again instead of saved."""

    def is_valid(self) -> bool:
        super().is_valid()
        return False


class RulingAdmin(OrganizationAdmin):
    change_form_template = "admin/scoring/rule.html"
    list_filter = ["person_kind", "is_active"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("statuses")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (TriedForm, form), {}) if "_try" in request.POST else form

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, form=OrganizationForm, **kwargs)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        form = context["adminform"].form
        if "_try" in request.POST and not form.errors:
            context |= self._tried(form)
        return super().render_change_form(request, context, *args, **kwargs)

    def _tried(self, form: forms.ModelForm) -> dict[str, Any]:
        try:
            statuses = [status.pk for status in form.cleaned_data["holds_for"]]
            return {"trial": try_rule(form.instance, statuses, now=timezone.now())}
        except TooMany:
            return {"too_many": True}

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "holds_for" in form.cleaned_data:  # the list's own small form doesn't ask for it
            form.instance.statuses.set(form.cleaned_data["holds_for"])
        work_out_soon()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        work_out_soon()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        work_out_soon()
