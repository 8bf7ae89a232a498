from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F, Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.administration import (
    ChangesAccess,
    ChoicesOfOrganization,
    OrganizationForm,
    OrganizationInline,
    PositionedAdmin,
)
from campaigns.models import Campaign, CampaignAccess, Source


class AccessForm(OrganizationForm):
    turn = forms.IntegerField(
        label=_("turn"), required=False, help_text=_("The smallest in Auto assign is next. Empty: after the others.")
    )

    class Meta:
        model = CampaignAccess
        fields = ["member", "auto_assign", "turn"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("turn") is None:
            last = CampaignAccess.objects.filter(campaign=self.instance.campaign_id).aggregate(last=Max("turn"))["last"]
            self.cleaned_data["turn"] = 0 if last is None else last + 1
        return cleaned


class AccessInline(OrganizationInline):
    """Who may see the campaign's conversations, and who gets its new leads, in turn."""

    model = CampaignAccess
    form = AccessForm
    ordering = ["-auto_assign", "turn", "pk"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("member__user", "campaign")


@admin.register(Campaign)
class CampaignAdmin(ChangesAccess, PositionedAdmin):
    about = _("A vacancy or a client’s project that people apply to, and who works on it.")
    inlines = [AccessInline]
    list_display = ["name", "state", "team", "language", "created_at"]
    list_filter = ["state", ("team", ChoicesOfOrganization)]
    list_select_related = ["team"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "apply_link", "state", "description", "language"]}),
        (
            _("Who works on it"),
            {"fields": ["permissions_link", "team", "workspace", "rotate_over", "says_away", "return_after_minutes"]},
        ),
        (_("Answers"), {"fields": ["notify_addresses", "answer_goal_minutes"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "apply_link", "permissions_link"]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Who has the permissions' own page open is told that they were changed here."""
        super().save_related(request, form, formsets, change)
        Campaign.objects.filter(pk=form.instance.pk).update(permissions_version=F("permissions_version") + 1)

    @admin.display(description=_("permissions"))
    def permissions_link(self, campaign: Campaign) -> str:
        if campaign._state.adding:
            return gettext("Shown when it is saved.")
        url = reverse("assignment:permissions", args=[campaign.pk])
        return format_html('<a href="{}">{}</a>', url, gettext("Arrange them in three columns"))

    @admin.display(description=_("address to apply at"))
    def apply_link(self, campaign: Campaign) -> str:
        if campaign._state.adding:
            return gettext("Shown when it is saved.")
        return format_html('<a href="{url}">{url}</a>', url=campaign.apply_url)


@admin.register(Source)
class SourceAdmin(PositionedAdmin):
    about = _("Where applications come from: a job board, an advert, a referral. Reports count by them.")
    list_display = ["name", "slug"]
