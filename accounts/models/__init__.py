from accounts.models.api_token import ApiToken
from accounts.models.idempotency import IdempotencyKey
from accounts.models.member import Availability, Member, Role
from accounts.models.organization import FileKind, Organization, Workspace
from accounts.models.team import Team, TeamMember
from accounts.models.tenant import TenantModel
from accounts.models.user import User

__all__ = [
    "ApiToken",
    "Availability",
    "FileKind",
    "IdempotencyKey",
    "Member",
    "Organization",
    "Role",
    "Team",
    "TeamMember",
    "TenantModel",
    "User",
    "Workspace",
]
