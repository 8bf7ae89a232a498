from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.administration import OrganizationAdmin, PositionedAdmin
from people.models import PersonStatus, Tag


@admin.register(PersonStatus)
class PersonStatusAdmin(PositionedAdmin):
    about = _("Where somebody stands with you. Score rules can hold for some of them only.")
    list_display = ["name", "slug", "position"]
    list_editable = ["position"]


@admin.register(Tag)
class TagAdmin(OrganizationAdmin):
    about = _("Words of your own on people, to filter the inbox by.")
    search_fields = ["name"]
