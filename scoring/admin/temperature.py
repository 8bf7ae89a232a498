from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseModelFormSet, modelformset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.administration import OrganizationAdmin, OrganizationForm
from people.models import Temperature
from scoring.tasks import work_out_soon
from scoring.temperatures import Range, faults


class TemperatureForm(OrganizationForm):
    class Meta:
        model = Temperature
        fields = ["name", "tone", "lower", "upper"]


class Ranges(BaseModelFormSet):
    """All of an organization's temperatures at once, since each one's end is another's beginning."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        kept = [form.cleaned_data for form in self.forms if self._is_kept(form)]
        if said := faults(Range(each["name"], each["lower"], each["upper"]) for each in kept):
            raise ValidationError([*said])

    def _is_kept(self, form: forms.ModelForm) -> bool:
        return bool(form.cleaned_data) and not form.cleaned_data.get("DELETE")

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> Temperature:
        slugs = set(Temperature.objects.values_list("slug", flat=True))
        wanted = slugify(form.cleaned_data["name"])[:40] or form.cleaned_data["tone"]
        numbered = (f"{wanted}-{number}" for number in range(2, len(slugs) + 3))
        form.instance.slug = wanted if wanted not in slugs else next(slug for slug in numbered if slug not in slugs)
        return super().save_new(form, commit)


RangesFormSet = modelformset_factory(Temperature, TemperatureForm, formset=Ranges, extra=1, can_delete=True)


@admin.register(Temperature)
class TemperatureAdmin(OrganizationAdmin):
    """One page with all of them; a single one can't be changed without its neighbours."""

    may_delete = False
    list_display = ["name", "tone", "lower", "upper"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_change_permission(request):
            return super().changelist_view(request, extra_context)
        formset = RangesFormSet(request.POST or None, queryset=self.get_queryset(request))
        if request.method == "POST" and formset.is_valid():
            return self._save(request, formset)
        context = {**self.admin_site.each_context(request), "title": _("Temperatures"), "formset": formset}
        context |= {"opts": self.opts, "media": self.media + formset.media}
        return TemplateResponse(request, "admin/people/temperature/ranges.html", context)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return redirect("admin:people_temperature_changelist")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return redirect("admin:people_temperature_changelist")

    def _save(self, request: HttpRequest, formset: Any) -> HttpResponse:
        with transaction.atomic():
            formset.save()
            work_out_soon()
        for added in formset.new_objects:
            self.log_addition(request, added, [{"added": {}}])
        for one, fields in formset.changed_objects:
            self.log_change(request, one, [{"changed": {"fields": fields}}])
        if formset.deleted_objects:
            self.log_deletions(request, formset.deleted_objects)
        self.message_user(request, _("Saved. Everybody is given their temperature now."), messages.SUCCESS)
        return redirect("admin:people_temperature_changelist")
