from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from accounts.api.input import Email, found, staff_member
from accounts.api.problems import invalid
from accounts.api.tokens import may_write
from assignment.assigning import assign
from assignment.giving import give_to_next
from assignment.models import Because
from assignment.permission import NotAllowed, check_assignment
from conversations.api.applications import ApplicationIn, ApplicationOut, application_to_show
from conversations.api.output import ConversationOut, conversations_to_show
from conversations.models import Conversation

router = Router()


@router.post(
    "/applications",
    auth=may_write,
    response={201: ApplicationOut},
    summary="Apply to a campaign",
    tags=["conversations"],
)
def applications(request: HttpRequest, said: ApplicationIn) -> Status[dict[str, Any]]:
    applied = said.apply()
    # In the same transaction, so that the answer can name the owner. A conversation nobody else can see yet is
    # locked by nobody, so taking the rotation's lock after its own can't end in a deadlock; others wait for the task.
    if applied.is_new:
        give_to_next(applied.conversation)
    return Status(201, application_to_show(applied))


class AssignmentIn(Schema):
    owner: Email | None = Field(description="The member's address; null sends it back to the queue.")


@router.put(
    "/conversations/{id}/assignment",
    auth=may_write,
    response=ConversationOut,
    summary="Assign a conversation",
    tags=["conversations"],
)
def assignment(request: HttpRequest, id: str, said: AssignmentIn) -> Conversation:  # noqa: A002
    conversation = found(conversations_to_show(), id)
    member = staff_member(said.owner, field="owner") if said.owner else None
    try:
        check_assignment(None, conversation, member)
    except NotAllowed as refusal:
        raise invalid("owner", str(refusal)) from None
    assign(conversation, member, because=Because.BY_HAND)
    return found(conversations_to_show(), id)
