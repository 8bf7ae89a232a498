"""Mail for other programs: what became of what went out, and what came in and is no message."""

from gateways.api.arrivals import router as arrivals_router
from gateways.api.messages import router

router.add_router("", arrivals_router)

__all__ = ["router"]
