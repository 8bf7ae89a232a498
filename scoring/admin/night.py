from django.contrib import admin

from accounts.administration import OrganizationAdmin, ReadOnly
from scoring.models import NightRun


@admin.register(NightRun)
class NightRunAdmin(ReadOnly, OrganizationAdmin):
    list_display = ["night_of", "started_at", "finished_at", "records_gone", "records_added", "people_changed", "error"]
    ordering = ["-night_of"]
