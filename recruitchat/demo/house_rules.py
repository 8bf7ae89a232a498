"""What an organization of the demo has agreed on: when it works, and what is done with some messages."""

from datetime import date, time

from accounts.models import Member
from assignment.hours import Stretch
from assignment.models import RoutingRule
from assignment.schedules import set_schedule
from people.models import Tag

MORNING, AFTERNOON = (time(8), time(12)), (time(12, 30), time(18))
WORDS_FOR_PAY = "salary, pay, plat, mzda, salaris, Gehalt, Lohn, зарплата, оклад"


def set_house_rules(members: list[Member], today: date) -> None:
    """Working hours with a break for all, shorter ones of one member, a day off, and a rule that tags."""
    week = [Stretch(day, *stretch) for day in range(5) for stretch in (MORNING, AFTERNOON)]
    set_schedule(None, week, [date(today.year, 12, 25), date(today.year + 1, 1, 1)])
    set_schedule(members[2], [Stretch(day, *MORNING) for day in range(4)], [])
    RoutingRule.objects.create(
        name="Asks about pay",
        position=10,
        goes_on=True,
        only_new=False,
        words=WORDS_FOR_PAY,
        set_tag=Tag.objects.create(name="asks about pay"),
    )
