"""Who may use the API: a token of one organization with the scope that is asked for."""

from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from accounts.api.problems import Problem
from accounts.api.rate import seconds_to_wait
from accounts.models import ApiToken
from accounts.secret_links import hash_of
from accounts.tenancy import current_organization_id

LAST_USE_IS_KEPT_TO = timedelta(minutes=1)


class Token(HttpBearer):
    """Lets a good token with this scope in. The middleware has entered its organization already."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        if not current_organization_id():
            return None
        found = ApiToken.objects.filter(token_hash=hash_of(token.strip()), revoked_at=None).first()
        if found is None:
            return None
        if seconds := seconds_to_wait(found.pk):
            raise Problem(429, "Too many requests with this token.", headers={"Retry-After": str(seconds)})
        note_use(found)
        if self.scope not in found.scopes:
            raise Problem(403, f"This token lacks the scope “{self.scope}”.")
        return found


def note_use(token: ApiToken) -> None:
    """Writes at most once a minute, and never waits for another request that does."""
    now = timezone.now()
    if token.last_used_at and token.last_used_at > now - LAST_USE_IS_KEPT_TO:
        return
    stale = Q(last_used_at=None) | Q(last_used_at__lte=now - LAST_USE_IS_KEPT_TO)
    free = ApiToken.objects.filter(stale, pk=token.pk).select_for_update(skip_locked=True, no_key=True)
    if free.exists():
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


may_read, may_write, may_administer = Token("read"), Token("write"), Token("admin")
