"""The form candidates apply by."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from conversations import refusals
from conversations.attaching import MOST_FILES, Upload
from conversations.file_rules import FileRules
from people.finding import e164


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, read into Uploads. `too_large`, `too_many` and `refused` name the file they are about."""

    rules: FileRules

    widget = SeveralFilesInput
    default_error_messages = {
        "too_large": _("%(name)s is too large: a file can have up to %(limit)s. Choose the files again."),
        "too_many": _("Choose up to %(most)s files."),
        "refused": "%(sentence)s",
    }

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        files = data if isinstance(data, list) else [data] if data else []
        if len(files) > MOST_FILES:
            raise self._error("too_many", most=MOST_FILES)
        return [self._read(file) for file in files]

    def _read(self, file: UploadedFile) -> Upload:
        name = file.name or "file"
        if (file.size or 0) > self.rules.size_limit:
            raise self._error("too_large", name=name, limit=self.rules.limit_in_words)
        try:
            return self.rules.check(Upload(name, file.read()))
        except refusals.RefusedFile as refusal:
            raise self._error("refused", sentence=str(refusal)) from refusal

    def _error(self, code: str, **values: Any) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code, params=values)


class ApplyForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(
        label=_("Email"),
        required=False,
        max_length=254,
        help_text=_("The answer comes here. Without one, leave a phone number."),
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    message = forms.CharField(label=_("Message"), required=False, max_length=20_000, widget=forms.Textarea)
    files: Any = FilesField(label=_("CV and other files"), required=False)
    consent = forms.BooleanField(label=_("I agree"))
    website = forms.CharField(required=False)  # people don't see it; programs fill it in

    def __init__(self, *args: Any, organization: Organization | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organization:
            self.fields["files"].rules = FileRules.of(organization)  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"].strip()
        if phone and not e164(phone, "cs"):
            raise forms.ValidationError(_("This doesn’t look like a phone number. Begin with + and the country."))
        return phone

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("email") and not said.get("phone") and not self.errors.keys() & {"email", "phone"}:
            self.add_error("email", gettext("Leave an email address or a phone number, so that we can answer."))
        return said

    @property
    def is_from_machine(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    @property
    def is_too_large(self) -> bool:
        return self.has_error("files", "too_large")
