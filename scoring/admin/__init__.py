from scoring.admin.night import NightRunAdmin
from scoring.admin.rule import InactivityRuleAdmin, ScoreRuleAdmin
from scoring.admin.temperature import TemperatureAdmin
from scoring.admin.visit_site import VisitSiteAdmin

__all__ = ["InactivityRuleAdmin", "NightRunAdmin", "ScoreRuleAdmin", "TemperatureAdmin", "VisitSiteAdmin"]
