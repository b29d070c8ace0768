"""Whatever is asked of companies in whatever order, the register agrees with a plain model of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from domain.companies.closing import CloseCompany, close_company
from domain.companies.company import COMPANY, Company
from domain.companies.identification import IdentifyCompany, identify_company
from domain.companies.identity import Identity, exchange, identity_of
from domain.companies.naming import RenameCompany, rename_company
from domain.companies.registration import RegisterCompany, register_company
from domain.companies.roster import ROSTER, Roster, hand_back, join, leave, take_on
from domain.companies.uscc import Uscc
from domain.kernel.claims import CLAIM, Claim
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId
from domain.kernel.rules import RulesBroken
from tests.domain.companies.builders import CODE, OTHER_CODE

TODAY: Final = date(2026, 11, 24)
DISTRICT: Final = District("420102")
NAMES = st.sampled_from(["安居物业", "和谐物业", "城投物业"])
CODES = st.sampled_from([CODE, OTHER_CODE])
LICENCES = st.sampled_from([LicenceId(UUID(int=number)) for number in (1, 2)])
PROJECTS = st.sampled_from([ProjectId(UUID(int=number)) for number in (3, 4)])


@dataclass
class Plain:
    """What anyone would write down about a company on paper."""

    name: str
    code: Uscc | None
    closed: bool = False
    managers: set[LicenceId] = field(default_factory=set)
    projects: set[ProjectId] = field(default_factory=set)


class CompanyLife(RuleBasedStateMachine):
    """The register, kept by decisions and folds on one side and as a plain list on the other."""

    def __init__(self) -> None:
        super().__init__()
        self.companies: dict[CompanyId, Company] = {}
        self.rosters: dict[CompanyId, Roster | None] = {}
        self.claims: dict[UUID, Claim | None] = {}
        self.plain: dict[CompanyId, Plain] = {}

    known = Bundle("known")

    @rule(target=known, name=NAMES, code=st.none() | CODES)
    def register(self, name: str, code: Uscc | None) -> CompanyId:
        asked = RegisterCompany(name=name, uscc=code)
        company = CompanyId(UUID(int=len(self.plain) + 100))
        taken = any(each.code == code for each in self.plain.values()) if code else self._is_provisional(name)
        broken = self._decide(
            lambda: register_company(None, asked, is_taken=self._holder(asked.identity) is not None), company
        )
        assert broken == ({"company.already-registered"} if taken else set())
        if taken:
            return next(iter(self.plain))
        self._claim(None, asked.identity, company)
        self.rosters[company] = None
        self.plain[company] = Plain(name, code)
        return company

    @rule(company=known, code=CODES)
    def identify(self, company: CompanyId, code: Uscc) -> None:
        state, plain = self.companies[company], self.plain[company]
        identity = identity_of(state.name, code)
        broken = self._decide(
            lambda: identify_company(
                state, IdentifyCompany(company_id=company, uscc=code), is_taken=self._is_taken(identity, company)
            ),
            company,
        )
        others = [each.code for key, each in self.plain.items() if key != company]
        assert broken == reasons(
            ("company.closed", plain.closed),
            ("company.already-identified", plain.code is not None),
            ("company.already-registered", code in others),
        )
        if not broken:
            self._claim(state.identity, identity, company)
            plain.code = code

    @rule(company=known, name=NAMES)
    def rename(self, company: CompanyId, name: str) -> None:
        state, plain = self.companies[company], self.plain[company]
        identity = identity_of(name, state.uscc)
        broken = self._decide(
            lambda: rename_company(
                state, RenameCompany(company_id=company, name=name), is_taken=self._is_taken(identity, company)
            ),
            company,
        )
        assert broken == reasons(
            ("company.closed", plain.closed),
            ("company.already-registered", plain.code is None and self._is_provisional(name, besides=company)),
        )
        if not broken:
            self._claim(state.identity, identity, company)
            plain.name = name

    @rule(company=known)
    def close(self, company: CompanyId) -> None:
        state, plain = self.companies[company], self.plain[company]
        broken = self._decide(
            lambda: close_company(
                state,
                CloseCompany(company_id=company, reason="解散"),
                roster=self.rosters[company],
                today=TODAY,
            ),
            company,
        )
        assert broken == reasons(
            ("company.closed", plain.closed),
            ("company.has-active-projects", bool(plain.projects)),
            ("company.has-registered-managers", bool(plain.managers)),
        )
        plain.closed = plain.closed or not broken

    @rule(company=known, licence=LICENCES)
    def manager_joins(self, company: CompanyId, licence: LicenceId) -> None:
        if not self.plain[company].closed:
            self._list(company, join(self.rosters[company], licence))
            self.plain[company].managers.add(licence)

    @rule(company=known, licence=LICENCES)
    def manager_leaves(self, company: CompanyId, licence: LicenceId) -> None:
        self._list(company, leave(self.rosters[company], licence))
        self.plain[company].managers.discard(licence)

    @rule(company=known, project=PROJECTS)
    def project_comes(self, company: CompanyId, project: ProjectId) -> None:
        if not self.plain[company].closed:
            self._list(company, take_on(self.rosters[company], {project: DISTRICT}))
            self.plain[company].projects.add(project)

    @rule(company=known, project=PROJECTS)
    def project_goes(self, company: CompanyId, project: ProjectId) -> None:
        self._list(company, hand_back(self.rosters[company], project))
        self.plain[company].projects.discard(project)

    @invariant()
    def the_register_agrees(self) -> None:
        assert {key: (each.name, each.uscc, each.is_closed) for key, each in self.companies.items()} == {
            key: (plain.name, plain.code, plain.closed) for key, plain in self.plain.items()
        }

    @invariant()
    def the_rosters_agree(self) -> None:
        held = {key: roster or Roster() for key, roster in self.rosters.items()}
        assert {key: (roster.managers, set(roster.projects)) for key, roster in held.items()} == {
            key: (frozenset(plain.managers), plain.projects) for key, plain in self.plain.items()
        }

    @invariant()
    def nobody_shares_a_code_or_a_provisional_name(self) -> None:
        identities = [company.identity for company in self.companies.values()]
        assert len(set(identities)) == len(identities)

    def _decide(self, decide: Callable[[], Sequence[Any]], company: CompanyId) -> set[str]:
        try:
            decided = decide()
        except RulesBroken as refusal:
            return {broken.code for broken in refusal.broken}
        state = COMPANY.fold(decided, self.companies.get(company))
        assert state is not None
        self.companies[company] = state
        return set()

    def _list(self, company: CompanyId, decided: Iterable[Any]) -> None:
        self.rosters[company] = ROSTER.fold(decided, self.rosters[company])

    def _claim(self, before: Identity | None, after: Identity, company: CompanyId) -> None:
        for identity, event in exchange(before, after, company).items():
            self.claims[identity.claim] = CLAIM.fold([event], self.claims.get(identity.claim))

    def _holder(self, identity: Identity) -> UUID | None:
        claim = self.claims.get(identity.claim)
        return None if claim is None else claim.holder

    def _is_taken(self, identity: Identity, company: CompanyId) -> bool:
        return self._holder(identity) not in {None, company}

    def _is_provisional(self, name: str, besides: CompanyId | None = None) -> bool:
        return any(each.code is None and each.name == name for key, each in self.plain.items() if key != besides)


def reasons(*told: tuple[str, bool]) -> set[str]:
    return {code for code, holds in told if holds}


CompanyLife.TestCase.settings = settings(max_examples=60, stateful_step_count=30)
TestCompanyLife = CompanyLife.TestCase
