"""Django's sessions in the database; the one of a request is read by plain SQL, since each request begins with it and
composing the statement costs more than asking it."""

from typing import Any

from django.contrib.sessions.backends import db

STANDING = "SELECT * FROM django_session WHERE session_key = %s AND expire_date > now()"


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        found = next(iter(self.model.objects.raw(STANDING, [self.session_key])), None)
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found.session_data)
