"""What members change about a person by hand."""

from django import forms
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.organization import validate_time_zone
from people.finding import e164
from people.happening import changed, happened
from people.models import Activity, Person, PersonEmail, PersonPhone, PersonTag, Tag

LONGEST_TAG = 60


class Facts(forms.ModelForm):
    time_zone = forms.CharField(
        required=False, max_length=64, validators=[validate_time_zone], label=_("Time zone"), help_text="Europe/Prague"
    )

    class Meta:
        model = Person
        fields = ["name", "kind", "status", "language", "time_zone"]

    def save(self, commit: bool = True) -> Person:
        person = super().save(commit)
        if {"kind", "status"} & set(self.changed_data):
            changed(person)
        return person


class Address(forms.Form):
    """An email address or a phone number to add to a person."""

    address = forms.CharField(max_length=254, label=_("Email address or phone number"))

    def __init__(self, person: Person, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.person = person

    def clean_address(self) -> str:
        address = self.cleaned_data["address"].strip()
        if "@" not in address:
            if number := e164(address, self.person.language):
                return number
            raise forms.ValidationError(
                _("That is neither an email address nor a phone number such as +420 601 234 567.")
            )
        email = str(forms.EmailField().clean(address)).lower()
        if other := PersonEmail.objects.filter(address=email).select_related("person").first():
            raise forms.ValidationError(_("%(name)s has this address."), params={"name": other.person.name})
        return email

    def add(self) -> None:
        address = self.cleaned_data["address"]
        if "@" not in address:
            PersonPhone.objects.get_or_create(person=self.person, number=address)
            return
        try:
            with transaction.atomic():
                is_first = not self.person.emails.exists()
                PersonEmail.objects.create(person=self.person, address=address, is_primary=is_first)
        except IntegrityError:  # a colleague added it at the same moment
            self.add_error("address", _("Somebody has this address."))


def write_to(email: PersonEmail) -> None:
    """Mails to the person go to this one of their addresses from now on."""
    with transaction.atomic():
        theirs = PersonEmail.objects.select_for_update().filter(person=email.person_id)
        list(theirs.order_by("pk"))  # locked: only one can be the primary
        theirs.exclude(pk=email.pk).update(is_primary=False)
        theirs.filter(pk=email.pk).update(is_primary=True)


def add_tag(person: Person, name: str) -> Tag | None:
    """Tags the person; None when the name is empty or too long. The same tag twice is one."""
    name = " ".join(name.replace("\x00", "").split())
    if not name or len(name) > LONGEST_TAG:
        return None
    tag = Tag.objects.filter(name__iexact=name).first() or Tag.objects.get_or_create(name=name)[0]
    _given, is_new = PersonTag.objects.get_or_create(person=person, tag=tag)
    if is_new:
        now = timezone.now()
        subject = f"{person.pk}:{tag.pk}:{now.isoformat()}"
        happened(Activity.Kind.TAG_ADDED, person_id=person.pk, subject=subject, at=now)
    return tag


def remove_tag(person: Person, tag: Tag) -> None:
    PersonTag.objects.filter(person=person, tag=tag).delete()
