"""What kinds there are of requests, of ways they come in, of pauses and of return visits."""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """Repair (报修), complaint (投诉), consultation, suggestion."""

    REPAIR = "repair"
    COMPLAINT = "complaint"
    CONSULTATION = "consultation"
    SUGGESTION = "suggestion"


class Category(StrEnum):
    """What response times hang on: the first three are of repairs, each other kind is a category of its own."""

    EMERGENCY = "emergency"
    MINOR = "minor"
    COMPLEX = "complex"
    COMPLAINT = "complaint"
    CONSULTATION = "consultation"
    SUGGESTION = "suggestion"


REPAIRS: Final = frozenset({Category.EMERGENCY, Category.MINOR, Category.COMPLEX})
"""The categories of repairs."""


class Priority(StrEnum):
    """How urgent the reporter or the desk takes it to be; response times hang on the category."""

    EMERGENCY = "emergency"
    NORMAL = "normal"


class Channel(StrEnum):
    """How the request came in; the control room is staffed day and night (Text 4, (四))."""

    COUNTER = "counter"
    HOTLINE = "hotline"
    CONTROL_ROOM = "control_room"
    VISIT = "visit"
    APP = "app"
    OPEN311 = "open311"
    HOTLINE_12345 = "hotline_12345"
    IMPORT = "import"


class PauseReason(StrEnum):
    """Why work waits; waiting for parts does not stop the clock."""

    AWAITING_RESIDENT = "awaiting_resident"
    AWAITING_PARTS = "awaiting_parts"
    FORCE_MAJEURE = "force_majeure"

    @property
    def stops_the_clock(self) -> bool:
        """Tell whether the time of such a pause is not counted."""
        return self is not PauseReason.AWAITING_PARTS


class VisitOutcome(StrEnum):
    """What came of a return visit (回访)."""

    SATISFIED = "satisfied"
    UNSATISFIED = "unsatisfied"
    UNREACHABLE = "unreachable"


class VisitChannel(StrEnum):
    """How the resident was visited."""

    PHONE = "phone"
    VISIT = "visit"
    MESSAGE = "message"
