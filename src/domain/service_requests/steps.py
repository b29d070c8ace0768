"""A step in the life of a request: who says so, when it was, and the rules that every step keeps."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.kernel.identifiers import Subject
from domain.kernel.rules import Rule
from domain.service_requests.request import ServiceRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Who says so and when, in UTC; `given` is the time that a company or an import gave for it."""

    by: Subject
    now: datetime
    given: datetime | None = None

    def after(self, request: ServiceRequest) -> datetime:
        """Answer when the step was: as it was given, else now, never before the step in front of it.

        Clocks of several processes differ a little; a step that nobody dated is not refused for that.
        """
        return max(self.now, request.last_step_at) if self.given is None else self.given


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """The case of something that happened at an instant."""

    at: datetime
    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Timed):
    """The case of a step: the request, and whether the step is drawn from where it stands."""

    request: ServiceRequest
    is_drawn: bool


step_is_not_in_the_future: Final = Rule[Timed](
    code="request.in-the-future",
    zh="发生时间不得晚于当前时间",
    en="occurred_at is not in the future",
    cites="Text 4 (三)投诉受理; reading: companies and imports give their own times",
    is_broken_by=lambda case: case.step.given is not None and case.step.given > case.step.now,
)
step_follows_the_one_before: Final = Rule[Case](
    code="request.before-previous-step",
    zh="发生时间不得早于上一步骤",
    en="occurred_at is not before the previous step",
    cites="Text 4 (三)投诉受理; reading: companies and imports give their own times",
    is_broken_by=lambda case: case.at < case.request.last_step_at,
)
step_is_drawn: Final = Rule[Case](
    code="request.illegal-transition",
    zh="服务受理当前状态下不能办理该步骤",
    en="from where the request stands this step cannot be taken",
    cites="Text 4 六(一); reading: received → dispatched → in progress ⇄ paused → completed → return visit → closed",
    is_broken_by=lambda case: not case.is_drawn,
)

EVERY_STEP: Final = (step_is_drawn, step_is_not_in_the_future, step_follows_the_one_before)


def taken(request: ServiceRequest, step: Step, *, is_drawn: bool) -> Case:
    """Answer the case of a step that has no rules of its own."""
    return Case(request=request, step=step, at=step.after(request), is_drawn=is_drawn)
