from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.administration import OrganizationAdmin, OrganizationForm
from gateways.models import Mailbox


class MailboxForm(OrganizationForm):
    password = forms.CharField(
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kept sealed and never shown. Left empty, the one that is kept stays."),
    )

    def save(self, commit: bool = True) -> Mailbox:
        if password := self.cleaned_data["password"]:
            self.instance.password = password
        return super().save(commit)


@admin.register(Mailbox)
class MailboxAdmin(OrganizationAdmin):
    """Whence the mails of an address are fetched by IMAP, and whether that works."""

    form = MailboxForm
    list_display = ["account", "host", "username", "is_active", "looked_at", "problem"]
    list_select_related = ["account"]
    fields = [
        "account", "host", "port", "encryption", "username", "password", "folder", "since", "is_active", "looked_at",
        "problem",
    ]  # fmt: skip
    readonly_fields = ["looked_at", "problem"]
