"""Who did what, and when: Django's log of the admin, for what is done elsewhere as well.

The database keeps it by organization, and the application can add to it but change nothing in it (T3).
"""

import json
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from accounts.models import Member


def note(row: Model, *, by: Member, said: str | list[dict[str, Any]]) -> None:
    """Notes what a member did with a row outside the admin: a change of access, a deletion, an export.

    `said` is a sentence marked with `gettext_noop`, or a list in the form of the admin's own log
    (`{"added": {"name": "campaign access", "object": "Petr"}}`); it is told in its reader's language.
    """
    LogEntry.objects.create(
        user_id=by.user_id,
        content_type=ContentType.objects.get_for_model(row),
        object_id=str(row.pk),
        object_repr=str(row)[:200],
        action_flag=CHANGE,
        change_message=said if isinstance(said, str) else json.dumps(said),
    )
