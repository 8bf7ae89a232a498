"""Step 2 of the dialog: any number of `member:ID`, `team:ID` and `email:ADDRESS`, and addresses still being typed."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import Member, Team
from delivery.models import Procedure
from delivery.outcome import LONGEST_TEXT
from delivery.recipients import Named, offers_of

MOST = 200
KINDS = ("team", "member")


class RecipientsForm(forms.Form):
    """Valid, its `to` can be delivered to as far as anybody knows before the procedure is held against it."""

    typed = forms.CharField(required=False, max_length=LONGEST_TEXT)

    procedure: Procedure | None = None  # set where the choices are shown, once the status is known

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.chosen: list[str] = self.data.getlist("recipients")[:MOST] if self.is_bound else []  # type: ignore[attr-defined]

    @property
    def to(self) -> list[Named]:
        """Who was chosen and what was typed."""
        typed = self.cleaned_data["typed"].replace(";", " ").replace(",", " ").split()
        return self.cleaned_data["chosen"] + typed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        rows = self._rows
        unknown = [value for value in self.chosen if value not in rows]
        if unknown:
            raise forms.ValidationError(_("One of them can’t be chosen here."))
        return cleaned | {"chosen": [rows[value] for value in self.chosen]}

    @property
    def values(self) -> list[str]:
        """The same as `to`, as it can be kept: an address typed is like one chosen."""
        return [_value(named) for named in self.to]

    @cached_property
    def _rows(self) -> dict[str, Named]:
        return named_by(self.chosen, self.by)

    @cached_property
    def first(self) -> list[tuple[str, str]]:
        """Whom the procedure offers first: value and name."""
        if self.procedure is None or self.by.is_guest:
            return []
        offers = [offer for offer in offers_of(self.procedure) if not offer.member or offer.member.is_active]
        return [(_value(offer.member or offer.team or offer.address), str(offer)) for offer in offers]

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        """All that is offered, those of the procedure first; until the status is known only what was chosen."""
        chosen = [(value, str(named)) for value, named in self._rows.items()]
        if self.procedure is None:
            return chosen
        others = [(_value(row), str(row)) for kind in KINDS for row in choosable_by(self.by, kind)]
        return list(dict([*self.first, *others, *chosen]).items())


def choosable_by(member: Member, kind: str) -> QuerySet[Any]:
    """Teams or colleagues; a guest knows of none."""
    if kind == "team":
        return Team.objects.none() if member.is_guest else Team.objects.order_by("name")
    staff = Member.objects.none() if member.is_guest else Member.objects.staff()
    return staff.exclude(pk=member.pk).select_related("user").order_by("user__name")


def named_by(values: list[str], by: Member) -> dict[str, Named]:
    """What these values name, as far as it is there and `by` may choose it; only that is read."""
    found: dict[str, Named] = {value: value[6:] for value in values if value.startswith("email:")}
    for kind in KINDS:
        if ids := _ids(values, kind):
            found |= {f"{kind}:{row.pk}": row for row in choosable_by(by, kind).filter(pk__in=ids)}
    return found


def _value(named: Named) -> str:
    if isinstance(named, str):
        return f"email:{named}"
    return f"{'team' if isinstance(named, Team) else 'member'}:{named.pk}"


def _ids(values: Iterable[str], kind: str) -> list[UUID]:
    found = []
    for value in values:
        name, _colon, pk = value.partition(":")
        try:
            found += [UUID(pk)] if name == kind else []
        except ValueError:
            continue
    return found
