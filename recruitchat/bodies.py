"""What a request brings is taken in whole before anybody works on it, so that a slow sender holds a file and no thread.

More than a request may have is read and thrown away: a browser that is cut off while it sends shows its own error page
instead of our answer.
"""

import asyncio
from collections.abc import Awaitable, Callable
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext

MIB = 1024 * 1024
IN_MEMORY = MIB
CHUNK = 256 * 1024
THROWN_AWAY = 250 * MIB
Receive = Callable[[], Awaitable[dict[str, Any]]]
GetResponse = Callable[[HttpRequest], HttpResponse]


class Body:
    """The body of one request, in memory while it is small."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self.file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by whoever made the Body
        self.is_told = False

    @property
    def is_too_large(self) -> bool:
        return self.size > self.most

    async def take_in(self, receive: Receive) -> bool:
        """False when its sender has left before the end."""
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return False
            chunk = message.get("body", b"")
            await asyncio.to_thread(self._keep, chunk) if self.size > IN_MEMORY else self._keep(chunk)
            if not message.get("more_body") or self.size > THROWN_AWAY:
                self.file.seek(0)
                return True

    def _keep(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if not self.is_too_large:
            self.file.write(chunk)
        elif self.file.tell():
            self.file.seek(0)
            self.file.truncate()

    async def tell(self) -> dict[str, Any]:
        """Tells it again, as ASGI's `receive`. A request that came in whole is gone through whole: that its sender has
        left meanwhile is never told, or Django would stop half way, in a transaction nobody waits for."""
        if self.is_told:
            await asyncio.Future()
        chunk = self.file.read(CHUNK)
        self.is_told = len(chunk) < CHUNK
        return {"type": "http.request", "body": chunk, "more_body": not self.is_told}

    def close(self) -> None:
        self.file.close()


class TooLargeMiddleware:
    """Answers 413 to what brought more than a request may have."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not getattr(request, "scope", {}).get("is_too_large"):
            return self.get_response(request)
        said = gettext("This is too large: up to %(most)s go together. Send fewer or smaller files.")
        sentence = said % {"most": filesizeformat(settings.LARGEST_REQUEST)}
        template = "conversations/_refusal.html" if request.headers.get("HX-Request") else "413.html"
        return render(request, template, {"sentence": sentence}, status=413)
