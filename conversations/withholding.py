"""Files of mails that came while the virus scanner was away: held back, and looked through when it is there again."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.identifiers import earliest_id
from accounts.tenancy import enter
from conversations import live, scanning
from conversations.models import MessageFile
from conversations.refusals import NotScanned, ScannerAway

MOST_AT_ONCE = 20
ASKED_FOR = timedelta(days=7)  # what the scanner refuses to look at for so long stays held back


def to_look_through(now: datetime) -> QuerySet[MessageFile]:
    """In no order, so that one which the scanner can't read is in nobody's way."""
    return MessageFile.objects.not_scanned().filter(pk__gte=earliest_id(now - ASKED_FOR)).order_by("?")


def look_through_again(organization_id: int) -> None:
    """Not to be called inside a transaction: looking for viruses takes a while."""
    with enter(organization_id):
        ids = list(to_look_through(timezone.now()).values_list("pk", flat=True)[:MOST_AT_ONCE])
    for pk in ids:
        try:
            _look_through(organization_id, pk)
        except ScannerAway:
            return
        except NotScanned:
            continue


def _look_through(organization_id: int, pk: UUID) -> None:
    """Raises NotScanned."""
    with enter(organization_id):
        file = MessageFile.objects.select_related("content", "message").filter(pk=pk).first()
    if file is None:
        return
    found = scanning.infection(bytes(file.content.content))[: scanning.LONGEST_NAME]
    with enter(organization_id):
        MessageFile.objects.not_scanned().filter(pk=pk).update(withheld=found)
    live.show_message(file.message)
