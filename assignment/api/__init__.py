"""Who is responsible: given with an application, and changed by hand."""

from assignment.api.owners import router

__all__ = ["router"]
