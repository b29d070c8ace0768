"""Counting what a project's service comes to over some days, in one statement, so that it is of one log position."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import asyncpg

from adapters.postgres.read_models.reading import Rulebook, Views
from application.service_requests.analyses import FiguresShown, OnTime, Satisfaction, VisitCoverage
from domain.kernel.identifiers import ProjectId
from domain.service_requests.analysis import Seen
from domain.service_requests.analysis_events import ServiceFigures

_COUNT: Final = """
    select c.position, g.* from checkpoints as c left join (
        select kind, category, channel, count(*) as received,
            count(*) filter (where response_is_judged) as responses_due,
            count(*) filter (where response_is_judged and not response_is_late) as responses_on_time,
            count(*) filter (where resolution_is_judged) as resolutions_due,
            count(*) filter (where resolution_is_judged and not resolution_is_late) as resolutions_on_time,
            count(*) filter (where kind = 'repair' and was_completed) as repairs_completed,
            count(*) filter (where kind = 'repair' and was_completed and was_visited) as repairs_visited,
            sum(satisfied) as satisfied, sum(unsatisfied) as unsatisfied,
            sum(rated) as rated, sum(rating_sum) as rating_sum
        from (
            select *,
                responded_at is not null or response_is_late as response_is_judged,
                completed_at is not null or resolution_is_late as resolution_is_judged
            from (
                select *,
                    late_response or coalesce(response_due < $4, false) as response_is_late,
                    late_resolution or coalesce(resolution_due < $4, false) as resolution_is_late
                from service_requests where project_id = $1 and received_at >= $2 and received_at < $3
            ) as judged
        ) as counted
        group by kind, category, channel
    ) as g on true
    where c.name = 'service_requests' and c.state = 'live'
"""


class Year(NamedTuple):
    """A calendar year in the city: its number, the instants from which and before which it is, and its time zone."""

    number: int
    since: datetime
    until: datetime
    timezone: str


class CountedService:
    """Counts from the read model."""

    def __init__(self, views: Views, rulebook: Rulebook) -> None:
        self._views = views
        self._rulebook = rulebook

    async def seen(self, project_id: ProjectId, first_day: date, last_day: date) -> Seen:
        """Answer the figures of requests received from one day through another, in the city's time zone.

        Raises: ReadModelBehind, Unavailable.
        """
        since, until = await self.instants(first_day, last_day)
        now = self._rulebook.clock.now()
        groups = await self._views.fetch(_COUNT, project_id, since, until, now)
        if not groups:
            raise LookupError("the read model of service requests is read, and has no version that is")
        counted = [group for group in groups if group["kind"] is not None]
        return Seen(figures=_figures(counted), position=groups[0]["position"])

    async def year(self, number: int | None) -> Year:
        """Answer a calendar year in the city, the present one when it is None.

        Raises: Unavailable.
        """
        zone = await self.timezone()
        number = number or self._rulebook.clock.now().astimezone(zone).year
        since, until = await self.instants(date(number, 1, 1), date(number, 12, 31))
        return Year(number, since, until, zone.key)

    async def instants(self, first_day: date, last_day: date) -> tuple[datetime, datetime]:
        """Answer when one day begins in the city, and when another has ended."""
        zone = await self.timezone()
        after = last_day + timedelta(days=1)
        return datetime.combine(first_day, time(), zone), datetime.combine(after, time(), zone)

    async def timezone(self) -> ZoneInfo:
        """Answer the city's time zone, as the rule set in force says today."""
        rule_sets, _ = await self._rulebook.latest()
        return ZoneInfo(rule_sets.in_force_on(rule_sets.today(self._rulebook.clock.now())).timezone)


def shown(figures: ServiceFigures) -> FiguresShown:
    """Show figures with the shares that they come to."""
    return FiguresShown(
        received=figures.received,
        by_kind=figures.by_kind,
        by_category=figures.by_category,
        by_channel=figures.by_channel,
        response=_on_time(figures.responses_due, figures.responses_on_time),
        resolution=_on_time(figures.resolutions_due, figures.resolutions_on_time),
        return_visits=VisitCoverage(
            completed=figures.repairs_completed,
            visited=figures.repairs_visited,
            rate=share(figures.repairs_visited, figures.repairs_completed),
        ),
        satisfaction=Satisfaction(
            satisfied=figures.satisfied,
            unsatisfied=figures.unsatisfied,
            rate=share(figures.satisfied, figures.satisfied + figures.unsatisfied),
            rated=figures.rated,
            average_rating=share(figures.rating_sum, figures.rated),
        ),
    )


def share(part: int, whole: int) -> float | None:
    """Answer a part of a whole, None of nothing."""
    return part / whole if whole else None


def _on_time(due: int, kept: int) -> OnTime:
    return OnTime(due=due, on_time=kept, rate=share(kept, due))


def _figures(groups: Sequence[asyncpg.Record]) -> ServiceFigures:
    def total(name: str) -> int:
        return sum(int(group[name]) for group in groups)

    return ServiceFigures(
        received=total("received"),
        by_kind=_by(groups, "kind"),
        by_category=_by(groups, "category"),
        by_channel=_by(groups, "channel"),
        responses_due=total("responses_due"),
        responses_on_time=total("responses_on_time"),
        resolutions_due=total("resolutions_due"),
        resolutions_on_time=total("resolutions_on_time"),
        repairs_completed=total("repairs_completed"),
        repairs_visited=total("repairs_visited"),
        satisfied=total("satisfied"),
        unsatisfied=total("unsatisfied"),
        rated=total("rated"),
        rating_sum=total("rating_sum"),
    )


def _by(groups: Sequence[asyncpg.Record], name: str) -> Mapping[str, int]:
    """Count by one name, in the order of names, so that equal figures are written alike."""
    counts: Counter[str] = Counter()
    for group in groups:
        counts[group[name]] += group["received"]
    return dict(sorted(counts.items()))
