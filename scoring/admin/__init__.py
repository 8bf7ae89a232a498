from scoring.admin.night import NightRunAdmin
from scoring.admin.rule import InactivityRuleAdmin, ScoreRuleAdmin
from scoring.admin.temperature import TemperatureAdmin

__all__ = ["InactivityRuleAdmin", "NightRunAdmin", "ScoreRuleAdmin", "TemperatureAdmin"]
