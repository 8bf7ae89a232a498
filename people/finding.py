"""Finds the person somebody says they are, or makes a new one."""

from dataclasses import dataclass

import phonenumbers
from django.db import IntegrityError, transaction

from people.models import Person, PersonEmail, PersonPhone
from people.models.address import without_tag

REGIONS = {"cs": "CZ", "nl": "NL", "ru": "RU", "de": "DE", "en": "GB"}


@dataclass(frozen=True)
class Applicant:
    """What somebody says about themselves: a name and an email address or a phone number."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = ""


def e164(number: str, language: str = "en") -> str:
    """The number in E.164 form, read as one of the language's country; empty when it can't be one."""
    try:
        parsed = phonenumbers.parse(number, REGIONS.get(language, "GB"))
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def person_at(address: str) -> Person | None:
    """The person of the organization who has this email address."""
    email = PersonEmail.objects.select_related("person").filter(address=address.strip().lower()).first()
    return email.person if email else None


def knows(person: Person, address: str) -> bool:
    """Whether it is one of the person's addresses, a sub-address (anna+jobs@…) included."""
    addresses = person.known_addresses
    if addresses is None:
        addresses = [email.address for email in person.emails.all()]
    return without_tag(address) in map(without_tag, addresses)


def person_for(applicant: Applicant, *, default_language: str = "en") -> Person:
    """The person with this email address, else with this phone number, else a new candidate."""
    language = applicant.language or default_language
    number = e164(applicant.phone, language)
    person = (person_at(applicant.email) if applicant.email else None) or (
        Person.objects.filter(phones__number=number).first() if number and not applicant.email else None
    )
    if person is None:
        person = _made(applicant, language)
    if number:
        PersonPhone.objects.get_or_create(person=person, number=number)
    return person


def hold(person: Person) -> None:
    """Who begins something else with this person waits until this transaction ends."""
    Person.objects.select_for_update(no_key=True).only("pk").get(pk=person.pk)


def _made(applicant: Applicant, language: str) -> Person:
    try:
        with transaction.atomic():
            person = Person.objects.create(name=applicant.name, language=language)
            if applicant.email:
                PersonEmail.objects.create(person=person, address=applicant.email, is_primary=True)
            return person
    except IntegrityError:  # two applications of one new person at the same moment
        if existing := person_at(applicant.email):
            return existing
        raise
