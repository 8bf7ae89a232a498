"""An application as another program says it; `assignment.api` takes it in, since the answer names the owner."""

import base64
import binascii
from typing import Annotated, Any, Self

from django.conf import settings
from django.utils.text import slugify
from ninja import Field, Schema
from pydantic import BeforeValidator, model_validator

from accounts.api.input import Email, Id, Language, Line, MemberOut, Text, named
from accounts.api.problems import Problem, invalid
from campaigns.models import Campaign, Source
from conversations.applying import Applied, apply
from conversations.attaching import MOST_FILES, Upload
from conversations.speaking import LONGEST_TEXT
from people.finding import Applicant, e164


class ApplicantIn(Schema):
    """A name, and an email address or a phone number or both."""

    name: Annotated[Line, Field(min_length=1)]
    email: Email | None = None
    phone: Annotated[Text, Field(max_length=40)] | None = None
    language: Annotated[Language | None, BeforeValidator(lambda said: said or None)] = None

    @model_validator(mode="after")
    def can_be_reached(self) -> Self:
        if not (self.email or self.phone):
            raise ValueError("An email address or a phone number is needed.")
        if self.phone and not e164(self.phone, self.language or "en"):
            raise ValueError("This isn't a phone number; write it as +420 601 234 567.")
        return self

    def applicant(self) -> Applicant:
        return Applicant(self.name, self.email or "", self.phone or "", self.language or "")


class FileIn(Schema):
    """`content` is base64. The content type is found by looking into the file; what is said of it is not relied on."""

    name: Annotated[Text, Field(min_length=1, max_length=255)]
    content_type: Annotated[Text, Field(max_length=120)] = ""
    content: str = Field(json_schema_extra={"contentEncoding": "base64"})

    def upload(self, field: str) -> Upload:
        """Raises Problem: 413 when it is too large, 422 when it isn't base64."""
        if len(self.content) > settings.FILE_SIZE_LIMIT * 4 // 3 + 4:
            mib = settings.FILE_SIZE_LIMIT // settings.MIB
            raise Problem(413, f"A file may have {mib} MiB.", errors={field: f"Larger than {mib} MiB."})
        try:
            return Upload(self.name, base64.b64decode("".join(self.content.split()), validate=True))
        except (binascii.Error, ValueError):
            raise invalid(f"{field}.content", "This isn't base64.") from None


class ApplicationIn(Schema):
    campaign: Line = Field(description="The campaign's slug.")
    person: ApplicantIn
    source: Annotated[Line, Field(max_length=120)] = Field(
        "", description="Where it came from; a new name makes a new source."
    )
    message: Annotated[Text, Field(max_length=LONGEST_TEXT)] = ""
    files: Annotated[list[FileIn], Field(max_length=MOST_FILES)] = []

    def apply(self) -> Applied:
        """Takes the application in. Raises Problem, Rejected."""
        campaign = named(Campaign.objects.all(), self.campaign, field="campaign")
        if campaign.state != Campaign.State.OPEN:
            raise invalid("campaign", "This campaign is closed.")
        files = [file.upload(f"files.{place}") for place, file in enumerate(self.files)]
        source = source_named(self.source)
        return apply(campaign, self.person.applicant(), source=source, text=self.message, files=files)


def source_named(name: str) -> Source | None:
    """The source with this name or slug; an unknown one is made, so that no application is lost for its sake."""
    if not name:
        return None
    known = Source.objects.filter(name__iexact=name).first() or Source.objects.filter(slug=name).first()
    if known:
        return known
    slug = slugify(name)[:80] or slugify(name, allow_unicode=True)[:80] or "source"
    return Source.objects.get_or_create(slug=slug, defaults={"name": name})[0]


class ApplicationOut(Schema):
    """`owner`: the member it was given to, or null when it waits in the queue."""

    id: Id
    person: Id
    conversation: Id
    campaign: str
    stage: str
    owner: MemberOut | None


def application_to_show(applied: Applied) -> dict[str, Any]:
    application, conversation = applied.application, applied.conversation
    return {
        "id": application.pk,
        "person": application.person_id,
        "conversation": conversation.pk,
        "campaign": application.campaign.slug,
        "stage": application.stage,
        "owner": conversation.owner,
    }
