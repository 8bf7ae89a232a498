from assignment.models.assignment import Absence, Assignment, Because
from assignment.models.hours import Holiday, WorkingHours
from assignment.models.promise import Promise
from assignment.models.rotation import Rotation
from assignment.models.routing import RoutingRule, RuleUse

__all__ = [
    "Absence",
    "Assignment",
    "Because",
    "Holiday",
    "Promise",
    "Rotation",
    "RoutingRule",
    "RuleUse",
    "WorkingHours",
]
