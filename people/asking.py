"""What an address of a list of people asks for."""

from django.http import QueryDict

MOST_SCORE = 1_000_000


def least_score(query: QueryDict) -> int | None:
    """The lowest score that is to be shown; None for any, and where it can't be read."""
    try:
        return max(-MOST_SCORE, min(MOST_SCORE, int(query.get("score", ""))))
    except ValueError:
        return None
