from django.contrib import admin

from accounts.administration import OrganizationAdmin
from conversations.models import SavedReply


@admin.register(SavedReply)
class SavedReplyAdmin(OrganizationAdmin):
    list_display = ["title", "language"]
    list_filter = ["language"]
    search_fields = ["title", "text"]
