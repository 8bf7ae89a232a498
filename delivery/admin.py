from django.contrib import admin

from accounts.administration import ChoicesOfOrganization, OrganizationAdmin, OrganizationInline, PositionedAdmin
from delivery.models import Offer, Procedure, Reason, Status


class ReasonInline(OrganizationInline):
    model = Reason
    prepopulated_fields = {"slug": ["name"]}
    may_delete = False  # switched off instead: old deliveries name it


@admin.register(Status)
class StatusAdmin(PositionedAdmin):
    inlines = [ReasonInline]
    list_display = ["name", "basis", "position", "is_active"]
    list_editable = ["position", "is_active"]
    list_filter = ["basis"]


@admin.register(Reason)
class ReasonAdmin(PositionedAdmin):
    list_display = ["name", "status", "position", "is_active"]
    list_editable = ["position", "is_active"]
    list_filter = [("status", ChoicesOfOrganization)]
    list_select_related = ["status"]


class OfferInline(OrganizationInline):
    model = Offer


@admin.register(Procedure)
class ProcedureAdmin(OrganizationAdmin):
    inlines = [OfferInline]
    list_display = ["team", "status", "recipients", "free_address", "guests_may_reply"]
    list_filter = [("team", ChoicesOfOrganization), ("status", ChoicesOfOrganization)]
    list_select_related = ["team", "status"]
