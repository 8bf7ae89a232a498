"""What a delivery says, and whether it says enough: the one place, for the dialog and the API alike."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Application
from conversations.refusals import Refused
from delivery.models import Basis, Reason, Status

LONGEST_TEXT = 10_000
NO_SUCH_STATUS = gettext_lazy("There is no such status here.")
NO_SUCH_APPLICATION = gettext_lazy("There is no such application here.")
NO_SUCH_CAMPAIGN = gettext_lazy("There is no such campaign here.")
RATINGS = range(1, 6)

WITH_RATING = {Basis.QUALIFIED, Basis.REVIEW}
WITH_REASON = {Basis.NOT_QUALIFIED, Basis.NOT_INTERESTED}
WITH_NOTES = {Basis.QUALIFIED, Basis.REVIEW, Basis.SPAM, Basis.OTHER}
WITHOUT_APPLICATION = {Basis.SPAM}


class InvalidOutcome(Refused):
    """An outcome that leaves out or contradicts what its status asks for: a sentence for each field."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__(" ".join(errors.values()))


@dataclass(frozen=True)
class Outcome:
    """How a leg ended. `rating` is 1 to 5 stars; `application` is the one it is about (none for spam)."""

    status: Status
    application: Application | None
    reason: Reason | None = None
    explanation: str = ""
    notes: str = ""
    rating: int | None = None

    def cleaned(self) -> "Outcome":
        """The same without what its status doesn't ask for, and without blanks around the texts."""
        with_reason = self.status.basis in WITH_REASON
        return replace(
            self,
            rating=self.rating if self.status.basis in WITH_RATING else None,
            explanation=tidy(self.explanation) if with_reason else "",
            notes=tidy(self.notes),
        )


def check(outcome: Outcome) -> dict[str, str]:
    """What is wrong with an outcome, by field; nothing when it can be recorded."""
    basis = outcome.status.basis
    errors = {
        "status": "" if outcome.status.is_active else _("This status isn’t used any more."),
        "application": _application_error(outcome),
        "reason": _reason_error(outcome),
        "explanation": length_error(outcome.explanation),
        "notes": _notes_error(outcome),
        "rating": _rating_error(outcome.rating) if basis in WITH_RATING else "",
    }
    return {field: error for field, error in errors.items() if error}


def _application_error(outcome: Outcome) -> str:
    if outcome.application is None and outcome.status.basis not in WITHOUT_APPLICATION:
        return _("Choose the application this is about.")
    return ""


def _reason_error(outcome: Outcome) -> str:
    if outcome.reason is None:
        return _("Choose a reason.") if outcome.status.basis in WITH_REASON else ""
    if outcome.reason.status_id != outcome.status.pk or not outcome.reason.is_active:
        return wrong_reason(outcome.status)
    return ""


def wrong_reason(status: Status) -> str:
    """Said of a reason of another status or organization, and of a retired one."""
    return _("This reason doesn’t go with %(status)s.") % {"status": status.name}


def _notes_error(outcome: Outcome) -> str:
    if tidy(outcome.notes) or outcome.status.basis not in WITH_NOTES:
        return length_error(outcome.notes)
    if outcome.status.basis in WITH_RATING:
        return _("Write notes for whoever takes it on.")
    return _("Write in a word why.")


def _rating_error(rating: int | None) -> str:
    if rating is None:
        return _("Give one to five stars.")
    return "" if rating in RATINGS else _("A rating is one to five stars.")


def length_error(text: str) -> str:
    """What is wrong with the length of a text; nothing when it fits."""
    return _("Keep it under %(most)s characters.") % {"most": LONGEST_TEXT} if len(text) > LONGEST_TEXT else ""


def tidy(text: str) -> str:
    """Without what PostgreSQL can't keep, and without blanks around."""
    return text.replace("\x00", "").strip()
