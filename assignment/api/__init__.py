"""Who is responsible: given with an application, changed by hand, by whom and since when; who can take leads."""

from assignment.api.availability import router as availability
from assignment.api.history import router as history
from assignment.api.owners import router
from assignment.api.permissions import router as permissions

for part in (history, availability, permissions):
    router.add_router("", part)

__all__ = ["router"]
