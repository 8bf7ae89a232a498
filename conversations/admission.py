"""Who may listen at a socket. Each question enters the organization, asks, and leaves again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts import doors, presence
from accounts.models import Member
from accounts.tenancy import enter
from campaigns.models import Campaign
from conversations import groups
from conversations.models import Conversation, ReplyKey
from conversations.seeing import who_see


@dataclass(frozen=True)
class Admitted:
    """Somebody at a socket: who they are to the others, what they hear, and how far the thread or their list is."""

    id: str
    name: str
    groups: frozenset[str]
    organization_id: int | None = None
    last_number: int = 0
    newest: datetime | None = None


class Sitting(NamedTuple):
    """A member at a socket: by which session, and who."""

    session_key: str
    member_id: str


def member_to_conversation(scope: Mapping[str, Any], conversation_id: UUID) -> Admitted | None:
    """The member of this session, if they may see the conversation now. A guest has a page of their own."""
    if not (place := _place(scope)):
        return None
    with enter(place.organization_id):
        member = _member(place)
        found = Conversation.objects.visible_to(member).filter(pk=conversation_id).values_list("last_number", flat=True)
        if member.is_guest or not found:
            return None
        heard = {groups.of_conversation(conversation_id), groups.of_access(place.organization_id, member.pk)}
        return _admitted(member, heard, last_number=found[0])


def member_to_lists(scope: Mapping[str, Any]) -> Admitted | None:
    """The member of this session, with the groups of every list they see."""
    if not (place := _place(scope)):
        return None
    with enter(place.organization_id):
        member = _member(place)
        presence.seen(member, timezone.now())
        heard = {groups.of_member(place.organization_id, member.pk), groups.of_access(place.organization_id, member.pk)}
        if member.sees_everything:
            heard.add(groups.of_everyone(place.organization_id))
        else:
            campaigns = Campaign.objects.visible_to(member).values_list("pk", flat=True)
            heard |= {groups.of_campaign(place.organization_id, pk) for pk in campaigns}
        return _admitted(member, heard, newest=_newest(member))


def who_still_sees(about: tuple[int | None, UUID], sitting: frozenset[Sitting]) -> set[Sitting]:
    """Those of many at their sockets whose session still is and who still may see the conversation: asked for all."""
    organization_id, conversation_id = about
    now = timezone.now()
    keys = Session.objects.filter(session_key__in={one.session_key for one in sitting}, expire_date__gt=now)
    with enter(organization_id):
        conversation = Conversation.objects.filter(pk=conversation_id).first()
        members = {pk.hex for pk in who_see(conversation).values_list("pk", flat=True)} if conversation else set()
        sessions = set(keys.values_list("session_key", flat=True))
    return {one for one in sitting if one.member_id in members and one.session_key in sessions}


def candidate_to_conversation(token: str) -> tuple[Admitted, UUID] | None:
    """The candidate behind a reply link that is good now, and their conversation."""
    if not (organization_id := doors.organization_of_reply_key(token)):
        return None
    with enter(organization_id):
        key = ReplyKey.good(token, ReplyKey.Use.LINK).filter(member=None).select_related("conversation__person").first()
        if not key:
            return None
        conversation, person = key.conversation, key.conversation.person
        heard = frozenset({groups.of_candidate(conversation.pk)})
        return Admitted("person", person.short_name, heard), conversation.pk


def _place(scope: Mapping[str, Any]) -> doors.Place | None:
    """The place of the session in the organization it has chosen; None once it has been signed out."""
    user, session = scope.get("user"), scope.get("session")
    if not user or not user.is_authenticated or not session or not session.exists(session.session_key):
        return None
    places = doors.places_of_user(user.pk)
    chosen = session.get("organization")
    return next((place for place in places if place.organization_id == chosen), next(iter(places), None))


def _member(place: doors.Place) -> Member:
    return Member.objects.select_related("user", "organization").get(pk=place.member_id)


def _newest(member: Member) -> datetime | None:
    """When something was last said in an open conversation of their lists."""
    open_ones = Conversation.objects.visible_to(member).open()
    return open_ones.order_by("-last_message_at").values_list("last_message_at", flat=True).first()


def _admitted(member: Member, heard: set[str], **far: Any) -> Admitted:
    heard |= {groups.in_language(group, member.language) for group in heard}
    return Admitted(member.pk.hex, member.name, frozenset(heard), member.organization_id, **far)
