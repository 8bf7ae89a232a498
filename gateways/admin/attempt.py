from django.contrib import admin

from accounts.administration import OrganizationAdmin, ReadOnly
from gateways.models import Attempt


@admin.register(Attempt)
class AttemptAdmin(ReadOnly, OrganizationAdmin):
    """What went out: when it was tried, what the server said, what was reported since."""

    list_display = ["due_at", "channel", "address", "state", "tries", "sent_at", "delivered_at", "opened_at"]
    list_filter = ["state", "channel"]
    search_fields = ["address", "provider_id"]
    ordering = ["-due_at"]
    fields = [
        "channel", "address", "state", "tries", "due_at", "sent_at", "delivered_at", "opened_at", "answer",
        "provider_id",
    ]  # fmt: skip
