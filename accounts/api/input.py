"""What comes in by the API and what goes out, in the types that are the same everywhere."""

from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model, QuerySet
from django.http import Http404
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, StringConstraints

from accounts.api.problems import invalid
from accounts.models import Member


def keepable(text: str) -> str:
    """PostgreSQL keeps no NUL; JSON can spell half of a character (a lone surrogate), which is none."""
    if "\x00" in text or text.encode(errors="ignore").decode() != text:
        raise ValueError("There is a character in it that can't be kept.")
    return text


def email_address(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise ValueError(error.messages[0]) from None
    return text.lower()


def known_language(code: str) -> str:
    if code not in dict(settings.LANGUAGES):
        raise ValueError(f"One of {', '.join(dict(settings.LANGUAGES))}.")
    return code


Text = Annotated[str, AfterValidator(keepable)]
Line = Annotated[Text, StringConstraints(strip_whitespace=True, max_length=200)]
Email = Annotated[Text, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(email_address)]
Language = Annotated[Text, AfterValidator(known_language)]
Id = Annotated[str, BeforeValidator(str)]
"""An id as it goes out: a string that promises nothing else."""


class MemberOut(Schema):
    id: Id
    name: str
    email: str

    @staticmethod
    def resolve_email(member: Member) -> str:
        return member.user.email


def found[Row: Model](rows: QuerySet[Row], pk: str) -> Row:
    """The row with this id. Raises Http404 for another organization's id, or what isn't one."""
    try:
        row = rows.filter(pk=UUID(pk)).first()
    except ValueError:
        row = None
    if row is None:
        raise Http404
    return row


def staff_member(email: str, *, field: str) -> Member:
    """The active member of the organization, no guest, with this address. Raises Problem (422)."""
    member = Member.objects.staff().select_related("user").filter(user__email=email.lower()).first()
    if member is None:
        raise invalid(field, "No active member of the organization has this address.")
    return member


def named(rows: QuerySet[Any], slug: str, *, field: str) -> Any:
    """The row with this slug. Raises Problem (422)."""
    row = rows.filter(slug=slug).first()
    if row is None:
        raise invalid(field, "The organization has none of this name.")
    return row
