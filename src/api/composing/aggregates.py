"""Every kind of thing that the log tells of."""

from typing import Final

from domain.companies.company import COMPANY
from domain.companies.roster import ROSTER
from domain.kernel.claims import CLAIM
from domain.licensing.folding import LICENCE
from domain.licensing.numbers import NUMBERS
from domain.projects.project import PROJECT
from domain.rulebook.rulebook import RULEBOOK
from domain.service_requests.analysis import SERVICE_ANALYSIS
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.overdue import OVERDUE

AGGREGATES: Final = (
    RULEBOOK,
    COMPANY,
    ROSTER,
    LICENCE,
    NUMBERS,
    PROJECT,
    CLAIM,
    SERVICE_REQUEST,
    OVERDUE,
    SERVICE_ANALYSIS,
)
