import http.client
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connections

from accounts.models import Member
from recruitchat import asgi
from tests.cast import signed_in
from tests.serving import served


@dataclass
class Answer:
    status: int
    text: str


class Browser:
    """Asks the running product over a real connection, as a member or as nobody."""

    def __init__(self, port: int, member: Member | None = None) -> None:
        self.port = port
        self.cookies = f"sessionid={signed_in(member).cookies['sessionid'].value}" if member else ""

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, sent | {"Cookie": self.cookies})
        answer = connection.getresponse()
        said = Answer(answer.status, answer.read().decode())
        connection.close()
        return said


@pytest.fixture
def port(db: None) -> Iterator[int]:
    with served(asgi.http) as port:
        yield port
    connections.close_all()
