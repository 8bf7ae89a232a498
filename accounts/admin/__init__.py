from accounts.admin.api_token import ApiTokenAdmin
from accounts.admin.history import HistoryAdmin
from accounts.admin.member import MemberAdmin
from accounts.admin.organization import OrganizationPage, WorkspaceAdmin
from accounts.admin.team import TeamAdmin
from accounts.admin.user import UserAdmin

__all__ = [
    "ApiTokenAdmin",
    "HistoryAdmin",
    "MemberAdmin",
    "OrganizationPage",
    "TeamAdmin",
    "UserAdmin",
    "WorkspaceAdmin",
]
