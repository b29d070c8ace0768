"""Every read model there is."""

from typing import Any, Final

from adapters.postgres.read_models.attachment_names import ATTACHMENT_NAMES
from adapters.postgres.read_models.companies import COMPANIES
from adapters.postgres.read_models.deductions import DEDUCTIONS
from adapters.postgres.read_models.licences import LICENCES
from adapters.postgres.read_models.model import ReadModel
from adapters.postgres.read_models.project_companies import PROJECT_COMPANIES
from adapters.postgres.read_models.projects import PROJECTS
from adapters.postgres.read_models.refusals import REFUSALS
from adapters.postgres.read_models.revocations import REVOCATIONS
from adapters.postgres.read_models.service_analyses import SERVICE_ANALYSES
from adapters.postgres.read_models.service_overdue import SERVICE_OVERDUE
from adapters.postgres.read_models.service_request_texts import SERVICE_REQUEST_TEXTS
from adapters.postgres.read_models.service_requests import SERVICE_REQUESTS
from adapters.postgres.read_models.tenures import TENURES
from adapters.postgres.read_models.zones import ZONES

READ_MODELS: Final[tuple[ReadModel[Any], ...]] = (
    COMPANIES,
    LICENCES,
    DEDUCTIONS,
    REVOCATIONS,
    PROJECTS,
    TENURES,
    ZONES,
    PROJECT_COMPANIES,
    SERVICE_REQUESTS,
    SERVICE_REQUEST_TEXTS,
    SERVICE_OVERDUE,
    SERVICE_ANALYSES,
    REFUSALS,
    ATTACHMENT_NAMES,
)
"""In the order in which they are rebuilt when all are."""
