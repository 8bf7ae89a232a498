from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel, TenantModel


class BulkRun(AddressedModel):
    """One action on many conversations, asked for by a member and worked through in the background.

    `action` names it in `conversations.bulk`; `parameters` is what it was asked with.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")

    action = models.CharField(max_length=40)
    by = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    parameters = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    began_at = models.DateTimeField(db_default=Now())
    worked_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(
                fields=["organization", "worked_at"],
                condition=models.Q(state__in=["running", "undoing"]),
                name="bulk_run_at_work",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} ({self.get_state_display()})"


class BulkItem(TenantModel):
    """A conversation of a bulk run: whether it is done, or why not, and what it was before, to undo it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        REFUSED = "refused"
        UNDONE = "undone"
        KEPT = "kept"  # was to be undone, and couldn't

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="items")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    sentence = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "run", "conversation"], name="bulk_item_once")]
        indexes = [models.Index(fields=["run", "state", "id"], name="bulk_item_next")]

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.state}"
