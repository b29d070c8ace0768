"""The bodies of the calls about service requests."""

from typing import Annotated, Final

from pydantic import Field, ValidationInfo, field_validator

from api.http.attachments import AttachmentId
from api.http.fields import Body, Choice, Flag, Id, Name, PersonNameField, PhoneField, Text
from api.http.instants import Instant
from api.http.sentences import refused
from domain.kernel.identifiers import ProjectId, ServiceRequestId
from domain.service_requests.visits import RATINGS
from domain.service_requests.words import (
    REPAIRS,
    Category,
    Channel,
    Kind,
    PauseReason,
    Priority,
    VisitChannel,
    VisitOutcome,
)

MOST_ATTACHMENTS: Final = 100

Attachments = Annotated[tuple[AttachmentId, ...], Field(max_length=MOST_ATTACHMENTS, strict=False)]
"""At most a hundred attachments, by their ids."""

Rating = Annotated[int, Field(strict=True, ge=RATINGS[0], le=RATINGS[-1])]
"""How satisfied the resident is, 1 to 5."""


class StepBody(Body):
    """When it was, if a company or an import says so; everybody else says nothing, and it is now."""

    occurred_at: Instant | None = None


class ReporterBody(Body):
    """Who reported it."""

    name: PersonNameField
    phone: PhoneField


class RequestBody(StepBody):
    """Something to look after; only a repair says in which category, any other kind is a category of its own."""

    project_id: Id[ProjectId]
    unit: Name
    kind: Choice[Kind]
    category: Choice[Category] | None = Field(default=None, validate_default=True)
    priority: Choice[Priority]
    description: Text
    reporter: ReporterBody
    channel: Choice[Channel] | None = None
    major: Flag = False
    attachments: Attachments = ()

    @field_validator("category")
    @classmethod
    def _fits_the_kind(cls, category: Category | None, others: ValidationInfo) -> Category | None:
        kind = others.data.get("kind")
        if kind is Kind.REPAIR and category not in REPAIRS:
            raise refused("报修须为 emergency、minor 或 complex", "of a repair it must be emergency, minor or complex")
        if kind is not None and kind is not Kind.REPAIR and category not in {None, Category(kind)}:
            raise refused(f"须为 {kind} 或不填", f"must be {kind}, or left out")
        return category


class AssigneeBody(Body):
    """Who is to do the work: the `sub` of the person's token, and the name."""

    subject: Name
    name: Name


class DispatchBody(StepBody):
    """To whom the request goes."""

    assignee: AssigneeBody


class PauseBody(StepBody):
    """What the work waits for; that a pause has a reason is for a rule to say."""

    reason: Choice[PauseReason] | None = None


class CompletionBody(StepBody):
    """What was done."""

    result: Text
    attachments: Attachments = ()


class ReplyBody(StepBody):
    """What the resident is told in writing."""

    text: Text


class ReturnVisitBody(StepBody):
    """What came of asking the resident; whoever was not reached has rated nothing."""

    outcome: Choice[VisitOutcome]
    channel: Choice[VisitChannel] | None = None
    rating: Rating | None = None
    note: Text | None = None


class AnswerBody(Body):
    """The reporter's own answer."""

    satisfied: Flag
    rating: Rating | None = None


class SignOffBody(StepBody):
    """Why somebody signs off in the manager's place; the manager in office need not say."""

    reason: Text | None = None


class BecauseBody(StepBody):
    """Why."""

    reason: Text


class ReferralBody(BecauseBody):
    """Who looks after it instead, and why."""

    to: Name


class DuplicateBody(StepBody):
    """The request that is about the same."""

    duplicate_of: Id[ServiceRequestId]


class LessonBody(StepBody):
    """What is to be learnt from a complaint, without anybody's name or number."""

    lesson: Text
