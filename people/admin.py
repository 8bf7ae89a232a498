from django.contrib import admin

from accounts.administration import OrganizationAdmin, PositionedAdmin
from people.models import PersonStatus, Tag


@admin.register(PersonStatus)
class PersonStatusAdmin(PositionedAdmin):
    list_display = ["name", "slug", "position"]
    list_editable = ["position"]


@admin.register(Tag)
class TagAdmin(OrganizationAdmin):
    search_fields = ["name"]
