"""What a member has typed and not sent: kept by whichever way it comes, the same on every device."""

from accounts.models import Member
from conversations.models import Conversation, Draft


def draft_of(conversation: Conversation, member: Member) -> Draft:
    """As it was typed last, anywhere; an empty one where there is none."""
    kept = Draft.objects.filter(conversation=conversation, member=member).first()
    return kept or Draft(conversation=conversation, member=member, text="")


def keep_draft(conversation: Conversation, member: Member, text: str, *, is_note: bool) -> None:
    """An empty text lets it go."""
    if text.strip():
        typed = {"text": text, "is_note": is_note}
        Draft.objects.update_or_create(conversation=conversation, member=member, defaults=typed)
    else:
        Draft.objects.filter(conversation=conversation, member=member).delete()
