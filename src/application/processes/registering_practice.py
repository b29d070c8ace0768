"""Registering practice: the licence, its number, and the company that may not close meanwhile."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.licensing.scope import licence_thing
from domain.companies.company import COMPANY
from domain.companies.roster import ROSTER, join
from domain.licensing.folding import LICENCE
from domain.licensing.numbers import NUMBERS, issue, series_of
from domain.licensing.registration import RegisterPractice, number_kept, register_practice


@dataclass(frozen=True, slots=True)
class RegisteringPractice:
    """Register a person's practice in a city (GB/T 2260 code), under the next number where a new one is due."""

    city: str
    command: ClassVar[str] = "register-practice"

    async def __call__(self, dossier: Dossier, asked: RegisterPractice) -> None:
        """Decide on the dossier."""
        licence = await dossier.open(LICENCE, asked.licence_id)
        await dossier.admit(
            Operation.REGISTER_PRACTICE, licence_thing(asked.licence_id, licence), reading=Operation.READ_LICENCES
        )
        company = await dossier.named(COMPANY, asked.company_id, "/company_id")
        rules, today = await dossier.rules_today()
        series_id = series_of(self.city, today)
        series = await dossier.read(NUMBERS, series_id)
        issued = issue(series, self.city, today, asked.licence_id)
        registered = register_practice(
            licence,
            asked,
            rules,
            new_number=issued.licence_number,
            company_is_closed=company.is_closed,
            today=today,
        )
        roster = await dossier.read(ROSTER, asked.company_id)
        dossier.add(LICENCE, asked.licence_id, registered)
        dossier.add(ROSTER, asked.company_id, join(roster, asked.licence_id))
        if number_kept(licence) is None:
            dossier.add(NUMBERS, series_id, [issued])
