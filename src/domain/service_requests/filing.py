"""Filing a request: what is reported, and by when it is to be answered and done."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import NAMESPACE, AttachmentId, ProjectId, ServiceRequestId, ServiceRequestNumber
from domain.kernel.rule_set import RuleSet
from domain.kernel.rules import check
from domain.service_requests.deadlines import deadlines, take_charge_by
from domain.service_requests.events import (
    Assignee,
    Reporter,
    ServiceRequestDispatched,
    ServiceRequestEvent,
    ServiceRequestReceived,
)
from domain.service_requests.request import ServiceRequest
from domain.service_requests.steps import Step, Timed, step_is_not_in_the_future
from domain.service_requests.words import REPAIRS, Category, Channel, Kind, Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest:
    """Report something to a project's service.

    Only a repair chooses its category; another kind's is the kind itself, given or not. Without a channel it is that of
    the role that files. `reference` is the number in the system that an import takes it from: once each and project.
    """

    project_id: ProjectId
    unit: str
    kind: Kind
    category: Category | None
    priority: Priority
    description: str
    reporter: Reporter
    channel: Channel | None = None
    major: bool = False
    attachments: tuple[AttachmentId, ...] = ()
    reference: str | None = None
    occurred_at: datetime | None = None


def request_id_of(project_id: ProjectId, reference: str) -> ServiceRequestId:
    """Answer the id of what a project takes over under a reference, so that a second one finds the first."""
    return ServiceRequestId(uuid5(NAMESPACE, f"service-request\x1f{project_id}\x1f{reference}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFound:
    """The service zone that the unit lies in, and who answers for it (Text 4 客服 三(3))."""

    name: str
    manager: Assignee


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What comes with a filing: its number, its channel, who files and when, and the zone, if one was found."""

    number: ServiceRequestNumber
    channel: Channel
    step: Step
    by_reporter: bool
    zone: ZoneFound | None = None

    @property
    def received_at(self) -> datetime:
        """When it was received: as it was given, else now."""
        return self.step.now if self.step.given is None else self.step.given


def file_request(
    standing: ServiceRequest | None, asked: FileRequest, rules: RuleSet, filing: Filing
) -> list[ServiceRequestEvent]:
    """Receive a request, and dispatch it to the zone manager when the unit's zone was found.

    `rules` is the rule set in force on the day of receipt. `standing` is the request taken over already from the same
    reference: then there is nothing to do. Raises: RulesBroken; Unacceptable for a category of another kind.
    """
    if standing is not None:
        return []
    category = _category(asked)
    at = filing.received_at
    check(Timed(at=at, step=filing.step), step_is_not_in_the_future)
    due = deadlines(category, at, rules)
    received = ServiceRequestReceived(
        number=filing.number,
        project_id=asked.project_id,
        unit=asked.unit,
        kind=asked.kind,
        category=category,
        priority=asked.priority,
        major=asked.major,
        channel=filing.channel,
        description=asked.description,
        reporter=asked.reporter,
        filed_by=filing.step.by,
        by_reporter=filing.by_reporter,
        attachments=asked.attachments,
        zone=None if filing.zone is None else filing.zone.name,
        reference=asked.reference,
        rule_set=rules.version,
        occurred_at=at,
        respond_by=due.respond_by,
        resolve_by=due.resolve_by,
        take_charge_by=take_charge_by(at, rules) if asked.major else None,
    )
    if filing.zone is None:
        return [received]
    return [received, ServiceRequestDispatched(assignee=filing.zone.manager, occurred_at=at)]


def _category(asked: FileRequest) -> Category:
    """Answer the category: a repair says which, any other kind has its own."""
    if asked.kind is Kind.REPAIR:
        if asked.category not in REPAIRS:
            raise Unacceptable(
                "/category",
                zh="报修须为 emergency、minor 或 complex",
                en="of a repair it must be emergency, minor or complex",
            )
        return asked.category
    own = Category(asked.kind)
    if asked.category not in {None, own}:
        raise Unacceptable("/category", zh=f"须为 {own} 或不填", en=f"must be {own}, or left out")
    return own
