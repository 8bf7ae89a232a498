"""What every organization can deliver with from its first day, in its own language."""

from django.utils.text import slugify
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from accounts.models import Organization
from accounts.organizing import starts_with
from delivery.models import Basis, Reason, Status

REASONS = {
    Basis.NOT_QUALIFIED: [
        _("Working hours don’t fit"),
        _("Language level too low"),
        _("Not enough experience"),
        _("No work permit"),
        _("Lives too far away"),
    ],
    Basis.NOT_INTERESTED: [
        _("Pay"),
        _("Working hours"),
        _("Took another job"),
        _("Doesn’t answer"),
        _("Changed their mind"),
    ],
}


@starts_with
def statuses(organization: Organization) -> None:
    """The six statuses, and reasons for the two that ask for one."""
    with override(organization.language):
        for position, basis in enumerate(Basis):
            status = Status.objects.create(slug=basis.value, name=str(basis.label), basis=basis, position=position)
            Reason.objects.bulk_create(
                Reason(status=status, slug=slugify(name.replace("’", "")), name=gettext(name), position=place)
                for place, name in enumerate(REASONS.get(basis, []))
            )
