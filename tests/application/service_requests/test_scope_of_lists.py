"""How far lists of service requests go for whom; it must be as far as each of them may be read."""

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

import pytest

from application.kernel.callers import Caller, Role
from application.kernel.permissions import PERMISSIONS, Forbidden, Operation, Thing, reaches
from application.service_requests.queries import EVERYTHING, RequestScope, scope_for
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId, Subject

NORTH, SOUTH = District("420102"), District("420103")
GREEN, BLUE = CompanyId(UUID(int=1)), CompanyId(UUID(int=2))
ZHANG, LI = LicenceId(UUID(int=3)), LicenceId(UUID(int=4))
RIVER, LAKE = ProjectId(UUID(int=5)), ProjectId(UUID(int=6))
ME, OTHER = Subject("me"), Subject("other")

BOUND: Final = Caller(subject=ME, role=Role.SYSTEM, district=NORTH, company=GREEN, licence=ZHANG, project=RIVER)
"""Somebody bound to one of everything: what counts is the role."""
MINE: Final = Thing(
    districts=frozenset({NORTH}),
    companies=frozenset({GREEN}),
    licences=frozenset({ZHANG}),
    projects=frozenset({RIVER}),
    reporters=frozenset({ME}),
    assignees=frozenset({ME}),
)
CHANGES: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"districts": frozenset({SOUTH})},
    {"companies": frozenset({BLUE})},
    {"licences": frozenset({LI})},
    {"projects": frozenset({LAKE})},
    {"projects": frozenset({LAKE, RIVER})},
    {"reporters": frozenset({OTHER})},
    {"assignees": frozenset[Subject]()},
)


def is_within(scope: RequestScope, thing: Thing) -> bool:
    """Read a scope as the lists do."""
    return (
        (scope.district is None or scope.district in thing.districts)
        and (scope.company_id is None or scope.company_id in thing.companies)
        and (scope.licence_id is None or scope.licence_id in thing.licences)
        and (scope.project_id is None or scope.project_id in thing.projects)
        and (scope.reporter is None or scope.reporter in thing.reporters)
        and (scope.assignee is None or scope.assignee in thing.assignees)
    )


@pytest.mark.parametrize("operation", [Operation.READ_SERVICE_REQUESTS, Operation.READ_SERVICE_ANALYSIS])
@pytest.mark.parametrize("role", Role)
def test_a_list_holds_what_each_reader_may_read_one_by_one(role: Role, operation: Operation) -> None:
    caller = replace(BOUND, role=role)
    if role not in PERMISSIONS[operation]:
        with pytest.raises(Forbidden):
            scope_for(caller, operation)
        return
    scope = scope_for(caller, operation)
    for changes in CHANGES:
        thing = replace(MINE, **changes)
        assert is_within(scope, thing) == reaches(caller, operation, thing)


@pytest.mark.parametrize("role", [role for role in Role if role in PERMISSIONS[Operation.READ_SERVICE_REQUESTS]])
def test_who_is_bound_to_nothing_is_not_shown_everything(role: Role) -> None:
    unbound = Caller(subject=ME, role=role)
    if role in {Role.MUNICIPAL, Role.AUDITOR, Role.SYSTEM}:
        assert scope_for(unbound) == EVERYTHING
        return
    with pytest.raises(Forbidden):
        scope_for(unbound)
