"""One decision stands on one version of every stream, however often it looks."""

from application.companies.renaming_company import RenamingCompany
from application.kernel.dossier import Dossier
from application.kernel.states import States
from application.kernel.submission import Submission
from domain.companies.company import COMPANY
from domain.companies.naming import RenameCompany
from tests.application.city import CLERK, City


async def test_a_stream_read_again_is_what_it_was_at_first() -> None:
    city = await City.begun()
    company_id = await city.company("甲")
    states = States(city.store)

    async def none_earlier(_key: object) -> None:
        return None

    dossier = Dossier(states, Submission(caller=CLERK), city.clock.now(), none_earlier)
    first = await dossier.read(COMPANY, company_id)
    await city.ask(RenamingCompany(), RenameCompany(company_id=company_id, name="乙"))
    await states.catch_up(COMPANY, COMPANY.stream(company_id))
    again = await dossier.read(COMPANY, company_id)
    assert again is first
    assert dossier.reads == {COMPANY.stream(company_id): 1}
