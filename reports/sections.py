"""The sections of the outcome report: every number with the address of the conversations behind it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from delivery.models import Basis
from reports.bars import Bar, bar_of, longest_of
from reports.filters import BREAKDOWNS, NONE
from reports.funnel import STAGES, Funnel, funnels
from reports.outcomes import ANSWERED, ANSWERS, Figures, Outcomes
from reports.tables import Cell, Table, average, count, numbers, percent, words

MOST_FUNNELS = 12
STARS = range(5, 0, -1)


class Sections:
    """The report in words and numbers; a page and a spreadsheet show the same."""

    def __init__(self, report: Outcomes) -> None:
        self.report, self.filters = report, report.filters

    def tables(self) -> Iterator[Table]:
        """All of it, in the order of the page."""
        yield from (self.tiles, self.breakdown, self.funnel, *self.smaller)

    @cached_property
    def tiles(self) -> Table:
        everything, behind = self.report.all, self.filters.behind
        delivered = [*words(_("Delivered")), count(everything.total, behind()), *words(self._before())]
        if spam := self.report.spam:
            said = ngettext("%(count)s spam, not counted", "%(count)s spam, not counted", spam) % {"count": spam}
            delivered.append(Cell(said, behind(basis=Basis.SPAM)))
        qualified = ngettext("%(n)s delivery", "%(n)s deliveries", everything.qualified) % {"n": everything.qualified}
        share = percent(everything.qualified_share, behind(basis=Basis.QUALIFIED))
        rated = ngettext("of %(count)s rated", "of %(count)s rated", everything.rated) % {"count": everything.rated}
        rows = [
            delivered,
            [*words(_("Qualified")), share, *words(qualified)],
            [*words(_("Average rating")), average(everything.rating), *words(rated)],
            [*words(_("Accepted")), *self._accepted(everything)],
            [*words(_("Undelivered now")), *self._undelivered()],
        ]
        return Table("numbers", _("Outcomes"), [], rows, note=self.period)

    @property
    def tile_rows(self) -> list[list[Cell]]:
        """The tiles, each of a title, a number and two remarks."""
        return [[*row, *words("", "")][:4] for row in self.tiles.rows]

    @property
    def smaller(self) -> list[Table]:
        return [self.why_not, self.answers, self.ratings]

    @property
    def period(self) -> str:
        days = (self.filters.period.first, self.filters.period.last)
        return " – ".join(date_format(day, "SHORT_DATE_FORMAT") for day in days)

    def _before(self) -> str:
        before = self.report.known.total_before
        more = self.report.all.total - before
        if more > 0:
            return _("%(more)s more than in as many days before") % {"more": more}
        return _("%(before)s in as many days before") % {"before": before}

    def _accepted(self, figures: Figures) -> list[Cell]:
        answered, behind = figures.by_answer.get(ANSWERED, 0), self.filters.behind
        said = ngettext("of %(count)s answered", "of %(count)s answered", answered) % {"count": answered}
        shown = percent(figures.accepted_share, behind(answer="accepted") if answered else "")
        return [shown, Cell(said, behind(answer=ANSWERED) if answered else "")]

    def _undelivered(self) -> list[Cell]:
        known = self.report.known
        if not known.undelivered:
            return [count(0), *words(_("everything is wrapped up"))]
        share = _("%(share)s of what was worked on") % {"share": percent(self.report.undelivered_share).text}
        age = _("oldest %(age)s") % {"age": timesince(known.oldest, depth=1)} if known.oldest else ""
        return [count(known.undelivered, self.filters.behind("reports:undelivered")), *words(share, age)]

    @cached_property
    def breakdown(self) -> Table:
        statuses = self.report.statuses
        head = [
            *words(BREAKDOWNS[self.filters.by]),
            *numbers(*(status.name for status in statuses)),
            *numbers(_("Deliveries"), _("Qualified"), _("Rating"), _("Answered"), _("Accepted")),
        ]
        rows = [self._figures(key, figures) for key, figures in self.report.broken_down.items()]
        return Table("breakdown", _("Outcomes in numbers"), head, rows)

    def _figures(self, key: Any, figures: Figures) -> list[Cell]:
        here, behind = self._here(key), self.filters.behind
        by_status = [
            count(figures.by_status.get(status.slug, 0), behind(status=status.slug, **here))
            for status in self.report.statuses
        ]
        return [
            *words(self._name(key)),
            *by_status,
            count(figures.total, behind(**here)),
            percent(figures.qualified_share),
            average(figures.rating),
            count(figures.by_answer.get(ANSWERED, 0), behind(answer=ANSWERED, **here)),
            percent(figures.accepted_share, behind(answer="accepted", **here) if figures.accepted_share else ""),
        ]

    def _here(self, key: Any) -> dict[str, Any]:
        """The filters of one line of the breakdown."""
        if isinstance(key, datetime):
            part = self.filters.period.part(key.date())
            return {"first": part.first, "last": part.last}
        return {self.filters.by: key or NONE}

    @cached_property
    def _names(self) -> dict[Any, str]:
        by = self.filters.by
        return self.report.known.names_of(by, self.report.broken_down) if by != "period" else {}

    def _name(self, key: Any) -> str:
        if not isinstance(key, datetime):
            return self._names[key] or _("Without a name")
        part = self.filters.period.part(key.date())
        if self.filters.period.unit == "month":
            return date_format(key, "YEAR_MONTH_FORMAT")
        first = date_format(part.first, "MONTH_DAY_FORMAT")
        return first if part.first == part.last else f"{first} – {date_format(part.last, 'MONTH_DAY_FORMAT')}"

    @cached_property
    def bars(self) -> list[Bar]:
        """The breakdown as a chart."""
        rows = self.report.broken_down
        longest = longest_of(rows.values())
        return [
            bar_of(self._name(key), figures, longest, self.filters.behind(**self._here(key)))
            for key, figures in rows.items()
        ]

    @cached_property
    def funnel(self) -> Table:
        found = funnels(self.filters)[:MOST_FUNNELS]
        names = self.report.known.names_of("source", [each.source for each in found])
        rows = [[*words(names[each.source]), *self._steps(each)] for each in found]
        first, *others = (str(name) for name in STAGES.values())
        head = [*words(BREAKDOWNS["source"]), *numbers(first, *(text for name in others for text in (name, "%")))]
        return Table("funnel", _("From application to hire"), head, rows, note=_("of those who applied in these days"))

    def _steps(self, funnel: Funnel) -> Iterator[Cell]:
        """How many applied; then of each stage how many reached it, and what share that is."""
        for step in funnel.steps:
            here = {"stage": step.stage, "source": funnel.source or NONE}
            yield count(step.count, self.filters.behind("reports:applied", **here))
            if step is not funnel.steps[0]:
                yield percent(step.share)

    @cached_property
    def why_not(self) -> Table:
        rows = [
            [
                *words(why.status.name, why.reason),
                count(why.count, self.filters.behind(status=why.status.slug, reason=why.key)),
                percent(why.share),
            ]
            for why in self.report.why_not
        ]
        head = [*words(_("Status"), _("Reason")), *numbers(_("Deliveries"), _("Share"))]
        return Table("why-not", _("Why not"), head, rows)

    @cached_property
    def answers(self) -> Table:
        """What recipients said of deliveries of each status."""
        rows = []
        for key, figures in self.report.answered.items():
            status = self.report.known.statuses[key]
            cells = [
                count(figures.by_answer.get(answer, 0), self.filters.behind(status=status.slug, answer=answer))
                for answer in (ANSWERED, *ANSWERS)
            ]
            rows.append([*words(status.name), *cells, percent(figures.accepted_share)])
        asked = numbers(_("Answered"), _("Accepted"), _("Not a fit"), _("Asked back"), _("Share accepted"))
        return Table("answers", _("What recipients answered"), [*words(_("Status")), *asked], rows)

    @cached_property
    def ratings(self) -> Table:
        everything = self.report.all
        rows = [
            [
                *words("★" * stars),
                count(everything.by_rating.get(stars, 0), self.filters.behind(rating=stars)),
                percent(100 * everything.by_rating.get(stars, 0) / everything.rated),
            ]
            for stars in STARS
            if everything.rated
        ]
        return Table("ratings", _("Ratings"), [*words(_("Rating")), *numbers(_("Deliveries"), _("Share"))], rows)
