"""What was delivered to a member or to one of their teams."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import for_guests_too
from accounts.models import Member
from accounts.requests import MemberRequest
from conversations.models import Conversation
from delivery.answering import recipient_of
from delivery.lines import lines_for
from delivery.models import Delivery, Recipient
from delivery.queries import DeliveryQuerySet
from delivery.taking_up import may_write
from people.asking import least_score
from people.keyset import Keyset, Stretch, by_score, moment, page_of

PAGE = 30
ANSWERS = {answer.value or "none": answer for answer in Recipient.Answer}
NEWEST = Keyset("delivered_at", is_descending=True, read=moment)
SORTS: dict[str, tuple[Any, list[Stretch]]] = {
    "newest": (_("Newest"), [(NEWEST, {})]),
    "score": (_("Highest score"), by_score(NEWEST, person="conversation__person__")),
}


@require_safe
@for_guests_too
def received(request: MemberRequest) -> HttpResponse:
    """Delivered to me, a page at a time; `answer` narrows to those that have it of me, `score` to those whose person
    has at least that, `sort` orders. Scores are for staff: a guest neither narrows nor sorts by them."""
    rows = _received_by(request.member).with_answer_of(request.member)
    answer = request.GET.get("answer", "")
    if answer in ANSWERS:
        rows = rows.filter(answer=ANSWERS[answer])
    asked = QueryDict() if request.member.is_guest else request.GET
    least = least_score(asked)
    if least is not None:
        rows = rows.filter(conversation__person__scored__total__gte=least)
    sort = asked["sort"] if asked.get("sort") in SORTS else "newest"
    found, following = page_of(rows, SORTS[sort][1], after=request.GET.get("before", ""), size=PAGE)
    context = {"deliveries": found, "next": following, "answers": ANSWERS, "answer": answer, "score": least}
    orders = {"sort": sort, "sorts": [(name, title) for name, (title, _stretches) in SORTS.items()]}
    return render(request, "delivery/received.html", context | orders)


@require_safe
@for_guests_too
def shown(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One delivery with its conversation."""
    return show(request, delivery_for(request, pk))


@require_safe
@for_guests_too
def latest(request: MemberRequest, pk: UUID) -> HttpResponse:
    """To the latest delivery of a conversation, as which a guest knows it; a colleague sees the conversation itself."""
    if not request.member.is_guest:
        return redirect("conversation", get_object_or_404(Conversation.objects.visible_to(request.member), pk=pk).pk)
    received = Delivery.objects.received_by(request.member).filter(conversation=pk)
    if delivery := received.order_by("-delivered_at").first():
        return redirect("delivery:shown", delivery.pk)
    raise Http404


def delivery_for(request: MemberRequest, pk: UUID) -> Delivery:
    """The delivery, if it was made to this member. Raises Http404."""
    return get_object_or_404(
        _received_by(request.member).select_related("conversation__owner__user", "conversation__campaign"), pk=pk
    )


def _received_by(member: Member) -> DeliveryQuerySet:
    return Delivery.objects.received_by(member).with_reading_of(member).with_everything()


def show(request: MemberRequest, delivery: Delivery, *, status: int = 200, **refused: str) -> HttpResponse:
    """The page; `sentence` or `answer_error` says why what was asked for didn't happen, and what was typed stands
    there again."""
    conversation = delivery.conversation
    conversation.mark_read(by=request.member, number=delivery.number)  # type: ignore[attr-defined]
    recipient = recipient_of(delivery, request.member)
    context = {
        "delivery": delivery,
        "conversation": conversation,
        "events": lines_for(request.member, conversation),
        "is_mine": conversation.is_open and conversation.owner == request.member,
        "may_write": may_write(delivery, request.member),
        "recipient": recipient,
        "is_answerable": recipient.answered_by in {None, request.member},
        "typed": request.POST.get("text", ""),
    }
    return render(request, "delivery/shown.html", context | refused, status=status)
