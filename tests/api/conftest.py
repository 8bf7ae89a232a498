import pytest
from django.test import Client

from tests.cast import Cast


class Caller:
    """A program with a token."""

    def __init__(self, token: str) -> None:
        self.client, self.headers = Client(), {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **query):
        return self.client.get(f"/api/v1{path}", query, headers=self.headers)

    def post(self, path: str, body, key: str = ""):
        return self._send("post", path, body, {"Idempotency-Key": key} if key else {})

    def put(self, path: str, body):
        return self._send("put", path, body, {})

    def delete(self, path: str):
        return self._send("delete", path, None, {})

    def _send(self, method: str, path: str, body, headers: dict[str, str]):
        send = getattr(self.client, method)
        return send(f"/api/v1{path}", body, content_type="application/json", headers=self.headers | headers)


@pytest.fixture
def api(cast: Cast) -> Caller:
    return Caller(cast.token())
