"""A company's scope reaches as far as its projects."""

from application.companies.scope import company_thing
from application.kernel.permissions import Thing
from domain.companies.roster import Roster
from tests.domain.companies.builders import COMPANY_ID
from tests.domain.projects.builders import DISTRICT, ESTATE


def test_a_company_belongs_to_itself_its_projects_and_their_districts() -> None:
    assert company_thing(COMPANY_ID, Roster(projects={ESTATE: DISTRICT})) == Thing(
        companies=frozenset({COMPANY_ID}), projects=frozenset({ESTATE}), districts=frozenset({DISTRICT})
    )
    assert company_thing(COMPANY_ID, None) == Thing(companies=frozenset({COMPANY_ID}))
