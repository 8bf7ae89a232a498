from scoring.admin.night import NightRunAdmin
from scoring.admin.rule import ScoreRuleAdmin
from scoring.admin.temperature import TemperatureAdmin

__all__ = ["NightRunAdmin", "ScoreRuleAdmin", "TemperatureAdmin"]
