from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.administration import OrganizationAdmin, PositionedAdmin, organization_of
from accounts.models import FileKind, Organization, Workspace


class OrganizationDetails(forms.ModelForm):
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [(zone, zone) for zone in sorted(available_timezones())],
        help_text=_("Its nights begin at 02:00 in this zone, and working hours are told in it."),
    )

    file_kinds = forms.MultipleChoiceField(
        label=_("Kinds of files taken"),
        choices=FileKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("By what a file contains, whatever its name says. What comes by mail is kept in any case."),
    )

    class Meta:
        model = Organization
        fields = [
            "name",
            "public_email",
            "time_zone",
            "language",
            "undelivered_after_days",
            "recruiters_may_take",
            "recruiters_may_hand_over",
            "file_size_limit",
            "file_kinds",
            "counts_opens",
        ]


@admin.register(Organization)
class OrganizationPage(OrganizationAdmin):
    """Its admins change their own. Installation staff see all, and choose here which one to work in."""

    form = OrganizationDetails
    may_add = may_delete = False  # begun by `manage.py create_organization`
    list_display = ["name", "slug", "public_email", "time_zone", "language"]
    search_fields = ["name", "slug"]
    readonly_fields = ["slug"]
    actions = ["work_in"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organization]:
        rows, organization = Organization.objects.order_by("name"), organization_of(request)
        return rows.filter(pk=organization.pk) if organization else rows

    def get_list_display(self, request: HttpRequest) -> Any:
        return self.list_display

    def get_list_filter(self, request: HttpRequest) -> Any:
        return []

    def get_list_select_related(self, request: HttpRequest) -> Any:
        return False

    def has_work_in_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_staff)

    @admin.action(description=_("Work in this organization"), permissions=["work_in"])
    def work_in(self, request: HttpRequest, chosen: QuerySet[Organization]) -> HttpResponse | None:
        if len(chosen) != 1:
            self.message_user(request, _("Choose one organization."), messages.WARNING)
            return None
        request.session["staff_organization"] = chosen[0].pk
        return redirect("admin:index")


@admin.register(Workspace)
class WorkspaceAdmin(PositionedAdmin):
    about = _("They divide an organization by client or country. With one of them nobody sees the word.")
    list_display = ["name", "slug"]
