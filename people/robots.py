"""Which requests no person made: scanners of mail, previews of links, crawlers, what a browser fetches in advance."""

import re
from collections.abc import Mapping

ROBOTS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|scan|preview|fetch|monitor|lighthouse|facebookexternalhit|whatsapp|telegram"
    r"|skypeuripreview|mimecast|barracuda|proofpoint|safelinks|symantec|forcepoint|trendmicro|sophos|bitdefender"
    r"|curl|wget|python|java/|okhttp|go-http|libwww|axios|node-fetch|httpclient",
    re.IGNORECASE,
)
SHORTEST = len("Mozilla/5.0")
IN_ADVANCE = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def is_robot(headers: Mapping[str, str]) -> bool:
    """Whether a machine asks: by its name, by having none, or because nobody looks at what is fetched yet."""
    agent = headers.get("User-Agent", "")
    if any(
        "prefetch" in headers.get(name, "").lower() or "preview" in headers.get(name, "").lower() for name in IN_ADVANCE
    ):
        return True
    return len(agent) < SHORTEST or bool(ROBOTS.search(agent))
