"""People, their activities and their scores for other programs."""

from scoring.api.activities import router as activities_router
from scoring.api.people import router

router.add_router("", activities_router)

__all__ = ["router"]
