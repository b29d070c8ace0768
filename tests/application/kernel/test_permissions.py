"""The permission table is the contract's, and what it does not name is not allowed."""

from dataclasses import replace

import pytest

from application.kernel.callers import Caller, Role
from application.kernel.permissions import (
    PERMISSIONS,
    Forbidden,
    Operation,
    Reach,
    Thing,
    own_project_only,
    reaches,
    require,
    require_role,
)
from domain.kernel.district import District
from domain.kernel.errors import NoSuchThing
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId, Subject
from tests.application.numbered import numbered

MINE, ANOTHERS = 1, 2
ALL = {"municipal": "everywhere", "auditor": "everywhere"}
NEIGHBOURS = dict.fromkeys(("owners_committee", "neighbourhood_committee", "resident"), "own_project")
DESK = {"company": "own_company", "manager": "own_licence"}
READERS = dict.fromkeys(("municipal", "district", "company", "manager", "auditor", "system"), "everywhere") | NEIGHBOURS

TABLE = {
    Operation.ADOPT_RULE_SET: {"municipal": "everywhere"},
    Operation.READ_RULE_SETS: dict.fromkeys((role.value for role in Role), "everywhere"),
    Operation.INITIALISE_CITY: {"system": "everywhere"},
    Operation.KEEP_COMPANIES: {"municipal": "everywhere", "system": "everywhere"},
    Operation.READ_COMPANIES: {role: reach for role, reach in READERS.items() if role != "resident"},
    Operation.KEEP_LICENCE_FILES: {"municipal": "everywhere", "system": "everywhere", "company": "own_company"},
    Operation.WITHDRAW_CERTIFICATE: {"municipal": "everywhere", "system": "everywhere"},
    Operation.REGISTER_PRACTICE: {"municipal": "everywhere", "system": "everywhere"},
    Operation.INSPECT: {"municipal": "everywhere", "district": "own_district"},
    Operation.ERASE_PERSON: {"municipal": "everywhere"},
    Operation.APPOINT: {
        "municipal": "everywhere",
        "system": "everywhere",
        "district": "own_district",
        "company": "own_company",
    },
    Operation.DEDUCT: {"municipal": "everywhere", "district": "own_district"},
    Operation.OBJECT: {"municipal": "everywhere", "district": "everywhere", "manager": "own_licence"},
    Operation.DECIDE_REVOCATION: {"municipal": "everywhere"},
    Operation.RECORD_SERVICE: {"municipal": "everywhere", "district": "own_district"},
    Operation.DECIDE_OBJECTION: {"municipal": "everywhere"},
    Operation.READ_LICENCES: READERS,
    Operation.SEE_LICENCE_DETAIL: {
        **ALL,
        "district": "everywhere",
        "system": "everywhere",
        "company": "own_company",
        "manager": "own_licence",
    },
    Operation.KEEP_PROJECTS: {"municipal": "everywhere", "system": "everywhere", "district": "own_district"},
    Operation.ENTER_STAGE: {
        "municipal": "everywhere",
        "system": "everywhere",
        "district": "own_district",
        "company": "own_company",
    },
    Operation.KEEP_ZONES: {
        "municipal": "everywhere",
        "system": "everywhere",
        "district": "own_district",
        "company": "own_company",
    },
    Operation.READ_PROJECTS: READERS,
    Operation.FILE_SERVICE_REQUESTS: {
        "municipal": "everywhere",
        "system": "everywhere",
        "company": "own_company",
        "manager": "own_licence",
        "owners_committee": "own_project",
        "resident": "own_project",
    },
    Operation.WORK_ON_SERVICE_REQUESTS: {"system": "everywhere", **DESK, "staff": "dispatched_to_them"},
    Operation.TAKE_CHARGE: {"municipal": "everywhere", "district": "own_district", **DESK},
    Operation.CLOSE_SERVICE_REQUESTS: {"system": "everywhere", **DESK},
    Operation.REOPEN_SERVICE_REQUESTS: {"system": "everywhere", **DESK, "resident": "own_requests"},
    Operation.CANCEL_SERVICE_REQUESTS: {
        "system": "everywhere",
        "company": "own_company",
        "resident": "own_requests",
    },
    Operation.ANSWER_RETURN_VISITS: {"resident": "own_requests"},
    Operation.ARCHIVE_TRAINING_CASES: DESK,
    Operation.NOTE_OVERDUE: {"system": "everywhere"},
    Operation.READ_SERVICE_REQUESTS: {
        **ALL,
        "system": "everywhere",
        "district": "own_district",
        **DESK,
        "owners_committee": "own_project",
        "neighbourhood_committee": "own_project",
        "resident": "own_requests",
        "staff": "dispatched_to_them",
    },
    Operation.KEEP_SERVICE_ANALYSIS: DESK,
    Operation.READ_SERVICE_ANALYSIS: {
        **ALL,
        "system": "everywhere",
        "district": "own_district",
        **DESK,
        "owners_committee": "own_project",
        "neighbourhood_committee": "own_project",
    },
    Operation.ATTACH: dict.fromkeys(
        ("municipal", "district", "company", "manager", "staff", "owners_committee", "resident", "system"),
        "everywhere",
    ),
    Operation.READ_ATTACHMENTS: dict.fromkeys((role.value for role in Role), "everywhere"),
    Operation.READ_HISTORY: {**ALL, "district": "everywhere", "company": "own_company", "manager": "own_licence"},
    Operation.READ_REFUSALS: ALL,
    Operation.READ_LOG: ALL,
    Operation.READ_PROJECTIONS: ALL,
    Operation.REBUILD_PROJECTIONS: {"municipal": "everywhere"},
}


def test_the_table_is_written_out_here_a_second_time_so_that_a_slip_shows() -> None:
    assert {
        operation: {role.value: reach.name.lower() for role, reach in roles.items()}
        for operation, roles in PERMISSIONS.items()
    } == TABLE
    assert set(PERMISSIONS) == set(Operation)


def thing(whose: int) -> Thing:
    return Thing(
        districts=frozenset({District(f"32100{whose}")}),
        companies=frozenset({CompanyId(numbered(whose))}),
        licences=frozenset({LicenceId(numbered(whose))}),
        projects=frozenset({ProjectId(numbered(whose))}),
        reporters=frozenset({Subject("somebody" if whose == MINE else "another")}),
        assignees=frozenset({Subject("somebody" if whose == MINE else "another")}),
    )


def caller(role: Role) -> Caller:
    return Caller(
        subject=Subject("somebody"),
        role=role,
        district=District("321001"),
        company=CompanyId(numbered(MINE)),
        licence=LicenceId(numbered(MINE)),
        project=ProjectId(numbered(MINE)),
    )


@pytest.mark.parametrize("operation", Operation)
@pytest.mark.parametrize("role", Role)
def test_a_permission_reaches_as_far_as_the_table_says(role: Role, operation: Operation) -> None:
    reach = PERMISSIONS[operation].get(role)
    assert reaches(caller(role), operation, thing(MINE)) is (reach is not None)
    assert reaches(caller(role), operation, thing(ANOTHERS)) is (reach is Reach.EVERYWHERE)


@pytest.mark.parametrize("role", Role)
def test_a_binding_that_is_missing_reaches_nothing(role: Role) -> None:
    unbound = Caller(subject=Subject("somebody"), role=role)
    for operation in Operation:
        if PERMISSIONS[operation].get(role) is not Reach.EVERYWHERE:
            assert not reaches(unbound, operation, Thing())
            assert not reaches(unbound, operation, thing(MINE))


def test_a_role_without_a_row_is_turned_away_at_once() -> None:
    with pytest.raises(Forbidden):
        require_role(caller(Role.AUDITOR), Operation.DEDUCT)


def test_what_may_not_be_read_is_not_found_and_what_may_be_read_is_forbidden() -> None:
    with pytest.raises(NoSuchThing):
        require(caller(Role.RESIDENT), Operation.ENTER_STAGE, thing(ANOTHERS), reading=Operation.READ_PROJECTS)
    with pytest.raises(Forbidden):
        require(caller(Role.RESIDENT), Operation.ENTER_STAGE, thing(MINE), reading=Operation.READ_PROJECTS)


def test_lists_are_narrowed_for_those_bound_to_a_project() -> None:
    assert own_project_only(caller(Role.RESIDENT), Operation.READ_PROJECTS) == ProjectId(numbered(MINE))
    assert own_project_only(caller(Role.MANAGER), Operation.READ_PROJECTS) is None


@pytest.mark.parametrize(
    ("role", "operation"),
    [
        (Role.RESIDENT, Operation.READ_SERVICE_REQUESTS),
        (Role.STAFF, Operation.WORK_ON_SERVICE_REQUESTS),
    ],
)
def test_neighbours_and_colleagues_in_one_project_keep_their_requests_apart(role: Role, operation: Operation) -> None:
    own, another = thing(MINE), thing(ANOTHERS)
    neighbours = replace(own, reporters=another.reporters, assignees=another.assignees)
    assert reaches(caller(role), operation, own)
    assert not reaches(caller(role), operation, neighbours)
