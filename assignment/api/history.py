from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from accounts.api.input import Id, MemberOut, found
from accounts.api.lists import Asked, Page, page
from accounts.api.tokens import may_read
from conversations.models import Conversation

router = Router()


class PassedOverOut(Schema):
    """Who was considered before and didn't get it: `why` is away, offline, off_hours, at_limit or had_it."""

    member: Id
    name: str
    why: str


class AssignmentOut(Schema):
    """`member` null: it went back to the queue. `by` null: nobody's hand did it."""

    id: Id
    member: MemberOut | None
    because: str
    by: MemberOut | None
    at: datetime
    passed_over: list[PassedOverOut]

    @staticmethod
    def resolve_at(assignment: Any) -> datetime:
        return assignment.assigned_at


@router.get(
    "/conversations/{id}/assignments",
    auth=may_read,
    response=Page[AssignmentOut],
    summary="List who was responsible, newest first",
    tags=["conversations"],
)
def assignments(request: HttpRequest, id: str, asked: Query[Asked]) -> dict[str, Any]:  # noqa: A002
    conversation = found(Conversation.objects.all(), id)
    return page(conversation.assignments.select_related("member__user", "by__user"), asked, by=("-id",))
