"""Slows down whoever sends the same form again and again."""

from django.core.cache import cache

HOUR_SECONDS = 3600


def too_many(sender: str, *, most: int) -> bool:
    """Counts one more from this address; True when it was more than `most` within the hour."""
    key = f"applications:{sender}"
    cache.add(key, 0, HOUR_SECONDS)
    try:
        return cache.incr(key) > most
    except ValueError:  # it lapsed between the two
        return False
