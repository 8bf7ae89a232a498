from assignment.admin.assignment import AssignmentAdmin
from assignment.admin.routing import RoutingRuleAdmin

__all__ = ["AssignmentAdmin", "RoutingRuleAdmin"]
