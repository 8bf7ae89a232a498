from scoring.models.due import DuePerson
from scoring.models.inactivity import InactivityRule, InactivityStatus
from scoring.models.morning import MorningMail
from scoring.models.night import NightRun
from scoring.models.record import ScoreRecord
from scoring.models.rule import RuleStatus, ScoreRule
from scoring.models.visit_site import VisitSite

__all__ = [
    "DuePerson",
    "InactivityRule",
    "InactivityStatus",
    "MorningMail",
    "NightRun",
    "RuleStatus",
    "ScoreRecord",
    "ScoreRule",
    "VisitSite",
]
