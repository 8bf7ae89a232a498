from django.db import migrations

from accounts.row_level_security import ProtectRows


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial")]

    operations = [
        ProtectRows(
            "Message",
            "Conversation",
            "Event",
            "FileContent",
            "MessageFile",
            "Leg",
            "Reading",
            "Draft",
            "Mention",
            "Grant",
            "ReplyKey",
            "SavedReply",
            "Move",
            "ScheduledReply",
            "ScheduledFile",
            "BulkRun",
            "BulkItem",
            "Appointment",
            "Invitation",
            "SavedView",
        ),
    ]
