"""Deliveries for other programs."""

from delivery.api.deliveries import router

__all__ = ["router"]
