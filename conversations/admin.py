from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.administration import OrganizationAdmin
from conversations.models import SavedReply


@admin.register(SavedReply)
class SavedReplyAdmin(OrganizationAdmin):
    about = _("What members insert with / while they write, in the person’s language.")
    list_display = ["title", "language"]
    list_filter = ["language"]
    search_fields = ["title", "text"]
