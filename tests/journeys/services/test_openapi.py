"""The service does what its own OpenAPI document says, whatever a client sends: the same cases at every run."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

import pytest
import pytest_asyncio
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.composing.http import RESOURCES
from api.http.openapi import contract
from tests.journeys.calls import Things
from tests.journeys.city import City
from tests.journeys.clerk import code, id_number
from tests.journeys.desk import report
from tests.journeys.request_calls import Requests

DOCUMENT: Final = contract([route for resource in RESOURCES for route in resource.routes], "test")
SCHEMA: Final = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS: Final = {
    operation.label: operation
    for operation in (found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok))
    if not operation.path.endswith("/stream")  # it never ends
}
CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
FEW: Final = settings(
    max_examples=7,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def things(cities: list[City]) -> Requests:
    clerk = cities[0].clerk()
    made = await Things.of(clerk)
    one, another = [(await clerk.does("/service-requests", report(made.project))).id for _ in range(2)]
    return Requests(**asdict(made), request=one, another=another)


@pytest.fixture(scope="module")
def client(cities: list[City]) -> Iterator[tuple[str, requests.Session]]:
    """Where the service is, and a session with the token of a clerk."""
    with requests.Session() as session:
        session.trust_env = False
        session.headers["Authorization"] = f"Bearer {cities[0].clerk().token}"
        yield str(cities[0].http.base_url), session


@pytest.mark.parametrize("label", OPERATIONS)
def test_what_fits_is_answered_as_documented(
    label: str, client: tuple[str, requests.Session], things: Requests
) -> None:
    @FEW
    @given(case=OPERATIONS[label].as_strategy(generation_mode=GenerationMode.POSITIVE))
    def answered(case: Case[Any]) -> None:
        name_what_exists(case, things)
        response = case.call(base_url=client[0], session=client[1])
        case.validate_response(response, checks=CHECKS)

    answered()


@pytest.mark.parametrize("label", OPERATIONS)
def test_what_does_not_fit_is_rejected_as_documented(label: str, client: tuple[str, requests.Session]) -> None:
    @FEW
    @given(case=OPERATIONS[label].as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def rejected(case: Case[Any]) -> None:
        case.headers.clear()  # those that the contract does not know are anybody's; the others have a test of their own
        response = case.call(base_url=client[0], session=client[1])
        case.validate_response(response, checks=[*CHECKS, negative_data_rejection] if misfits(case) else CHECKS)

    rejected()


def test_the_service_shows_this_document(client: tuple[str, requests.Session]) -> None:
    shown = client[1].get(f"{client[0]}/openapi.json", timeout=10).json()
    assert shown["paths"] == DOCUMENT["paths"]
    assert len(OPERATIONS) == sum(len(path) for path in shown["paths"].values()) - 1


def misfits(case: Case[Any]) -> bool:
    """Tell whether anything but a header does not fit."""
    assert case.meta is not None
    return any(
        place is not ParameterLocation.HEADER and part.mode is GenerationMode.NEGATIVE
        for place, part in case.meta.components.items()
    )


def name_what_exists(case: Case[Any], things: Requests) -> None:
    """Put ids that exist, and numbers whose check digits fit, where a case has made-up ones."""
    ids = {
        "company_id": things.company,
        "licence_id": things.licence,
        "project_id": things.project,
        "deduction_id": things.deduction,
        "request_id": things.request,
        "duplicate_of": things.another,
    }
    for name in case.path_parameters.keys() & ids.keys():
        case.path_parameters[name] = ids[name]
    if "X-Min-Position" in case.headers:
        case.headers["X-Min-Position"] = "1"
    if isinstance(case.body, dict):
        _name(case.body, ids)


def _name(body: dict[str, Any], ids: Mapping[str, str]) -> None:
    for field, value in body.items():
        if field in ids and value is not None:
            body[field] = ids[field]
        elif field == "id_number":
            body[field] = id_number()
        elif field == "uscc" and value is not None:
            body[field] = code()
        elif isinstance(value, dict):
            _name(value, ids)
