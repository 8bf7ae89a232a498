from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.administration import OrganizationAdmin, OrganizationForm
from gateways.admin.account_form import HIGHEST_PORT
from gateways.models import Mailbox


class MailboxForm(OrganizationForm):
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=HIGHEST_PORT, initial=993)
    password = forms.CharField(
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kept sealed and never shown. Left empty, the one that is kept stays."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if account := cast("Any", self.fields.get("account")):  # not where it is only looked at
            account.queryset = account.queryset.filter(channel="email")

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not password and not self.instance.sealed_password:
            raise ValidationError(_("Without its password the mailbox can’t be read."))
        return password

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not Mailbox(encryption=said.get("encryption", "")).is_safe:
            self.add_error("encryption", _("Its password would go through the open network. Choose TLS or STARTTLS."))
        return said

    def save(self, commit: bool = True) -> Mailbox:
        if password := self.cleaned_data["password"]:
            self.instance.password = password
        self.instance.problem = ""  # that was of the settings before
        return super().save(commit)


@admin.register(Mailbox)
class MailboxAdmin(OrganizationAdmin):
    """Whence the mails of an address are fetched by IMAP, and whether that works."""

    about = _("Mail of these addresses is fetched by IMAP. If it can’t be, the problem says why.")
    form = MailboxForm
    list_display = ["account", "host", "username", "is_active", "looked_at", "problem"]
    list_select_related = ["account"]
    fields = [
        "account", "host", "port", "encryption", "username", "password", "folder", "since", "is_active", "looked_at",
        "problem",
    ]  # fmt: skip
    readonly_fields = ["looked_at", "problem"]
