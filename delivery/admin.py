from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.administration import ChoicesOfOrganization, OrganizationAdmin, OrganizationInline, PositionedAdmin
from delivery.models import Offer, Procedure, Reason, Status


class ReasonInline(OrganizationInline):
    model = Reason
    prepopulated_fields = {"slug": ["name"]}
    may_delete = False  # switched off instead: old deliveries name it


@admin.register(Status)
class StatusAdmin(PositionedAdmin):
    about = _("How a conversation can end. One of your own asks for the fields of the one it is built on.")
    inlines = [ReasonInline]
    list_display = ["name", "basis", "position", "is_active"]
    list_editable = ["position", "is_active"]
    list_filter = ["basis"]


@admin.register(Reason)
class ReasonAdmin(PositionedAdmin):
    about = _("Why somebody isn’t qualified or not interested, to choose from when a conversation is delivered.")
    list_display = ["name", "status", "position", "is_active"]
    list_editable = ["position", "is_active"]
    list_filter = [("status", ChoicesOfOrganization)]
    list_select_related = ["status"]


class OfferInline(OrganizationInline):
    model = Offer


@admin.register(Procedure)
class ProcedureAdmin(OrganizationAdmin):
    about = _(
        "To whom a team delivers with a status: whether anybody has to be named, who is offered, what guests may do."
    )
    inlines = [OfferInline]
    list_display = ["team", "status", "recipients", "free_address", "guests_may_reply"]
    list_filter = [("team", ChoicesOfOrganization), ("status", ChoicesOfOrganization)]
    list_select_related = ["team", "status"]
