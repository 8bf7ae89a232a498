"""People and their scores for other programs."""

from scoring.api.people import router

__all__ = ["router"]
