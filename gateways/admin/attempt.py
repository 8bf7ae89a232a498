from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.administration import OrganizationAdmin, ReadOnly
from gateways.models import Attempt


@admin.register(Attempt)
class AttemptAdmin(ReadOnly, OrganizationAdmin):
    """What went out: when it was tried, what the server said, what was reported since."""

    about = _("What went out to people: when it was tried, what the server said, and what was reported since.")
    list_display = ["due_at", "channel", "address", "state", "tries", "sent_at"]
    list_filter = ["state", "channel"]
    search_fields = ["address", "provider_id"]
    ordering = ["-due_at"]
    fields = [
        "channel", "address", "state", "tries", "due_at", "sent_at", "delivered_at", "opened_at", "answer",
        "provider_id",
    ]  # fmt: skip
