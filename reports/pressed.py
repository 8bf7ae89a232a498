"""What a page behind a number is narrowed to, in words."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from delivery.models import Basis, Reason, Recipient, Status
from people.templatetags.points import minus
from reports.filters import NONE, Filters, is_asked
from reports.known import MODELS, WITHOUT

LABELS = {
    "campaign": _("Campaign"),
    "team": _("Team"),
    "temperature": _("Temperature"),
    "score": _("Score from"),
    "source": _("Source"),
    "member": _("Member"),
    "basis": _("Status"),
    "status": _("Status"),
    "reason": _("Reason"),
    "rating": _("Rating"),
    "answer": _("What recipients answered"),
}
ANSWERED = {"answered": _("Answered"), **dict(Recipient.Answer.choices)}


def pressed(filters: Filters) -> Iterator[tuple[str, str]]:
    """The label and the value of each filter that holds; what isn't there any more has no value."""
    for name, label in LABELS.items():
        if is_asked(asked := filters.values.get(name)):
            yield str(label), str(_name(name, asked) or "–")


def _name(name: str, asked: Any) -> Any:
    if asked == NONE:
        return WITHOUT.get(name)
    if name in MODELS:
        model, column = MODELS[name]
        return model.objects.filter(pk=asked).values_list(column, flat=True).first()
    return VALUES[name](asked)


VALUES: dict[str, Callable[[Any], Any]] = {
    "basis": dict(Basis.choices).get,
    "status": lambda slug: Status.objects.filter(slug=slug).first(),
    "reason": lambda pk: Reason.objects.filter(pk=pk).first(),
    "score": minus,
    "rating": lambda stars: "★" * stars,
    "answer": ANSWERED.get,
}
