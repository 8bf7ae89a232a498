"""Assigning many conversations by hand: what is done to each, and how it is undone."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from assignment.assigning import assign
from assignment.models import Because
from assignment.permission import check_assignment
from conversations.bulk import BulkAction
from conversations.models import Conversation


def give(conversation: Conversation, by: Member, parameters: dict[str, Any]) -> dict[str, Any]:
    """Gives it to the member of the parameters (none: back to the queue). Raises NotAllowed, Faster, Ended."""
    member = Member.objects.select_related("user").get(pk=parameters["member"]) if parameters["member"] else None
    check_assignment(by, conversation, member)
    before = {"owner": _id(conversation.owner_id), "given_to": _id(member and member.pk)}
    because = Because.TAKEN if member == by else Because.BY_HAND
    assign(conversation, member, because=because, by=by, instead_of=conversation.owner_id)
    return before


def give_back(conversation: Conversation, by: Member, before: dict[str, Any]) -> None:
    """Makes responsible who was before, unless it has another owner by now. Raises Faster, Ended."""
    owner = Member.objects.select_related("user").filter(pk=before["owner"]).first() if before["owner"] else None
    given_to = Member.objects.get(pk=before["given_to"]).pk if before["given_to"] else None
    assign(conversation, owner, because=Because.BY_HAND, by=by, instead_of=given_to)


def _id(pk: Any) -> str:
    return str(pk) if pk else ""


ASSIGN = BulkAction("assign", _("Assign"), "assignment:bulk", give, give_back, position=20)
