"""Companies, estates and people that do not exist, drawn from a seed; the shapes are those of real communities."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from stdnum.cn import ric, uscc

from domain.companies.registration import RegisterCompany
from domain.companies.uscc import Uscc
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId
from domain.kernel.personal import IdNumber, PersonName, Phone
from domain.licensing.events import Holder
from domain.projects.events import Contract, ProjectKind, Stage
from domain.projects.registration import RegisterProject

DISTRICTS: Final = tuple(District(code) for code in ("321002", "321003", "321012", "321023", "321081", "321084"))
DEFAULT_SEED: Final = 1
M2_A_HOUSEHOLD: Final = 95
SECTIONED_FROM: Final = Area.of(200_000)

# A district whose code is as old as anybody.
_BIRTHPLACE: Final = "110101"
_SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN: Final = "伟芳娜敏静强磊军洋勇艳杰娟涛明超兰霞平刚"
_BRANDS: Final = ["安和", "恒泰", "绿源", "明德", "嘉禾", "瑞景", "同心", "广厦", "清源", "长乐", "和顺", "宏图"]
_ESTATES: Final = ("翠湖", "文昌", "梅园", "竹西", "荷塘", "柳岸", "桂苑", "兰亭", "枫林", "银杏", "明月", "春江")
_FORMS: Final = ["花园", "家园", "小区", "苑", "公馆", "新村", "名邸", "雅居"]
_STREETS: Final = ["文昌中路", "淮海路", "扬子江北路", "江都路", "汶河路", "邗江路", "维扬路", "甘泉路"]


@dataclass(frozen=True, slots=True)
class Invention:
    """The nth thing of its kind; the same seed and number draw the same, whatever was drawn before."""

    seed: int
    nth: int
    chance: random.Random

    @classmethod
    def of(cls, seed: int, what: str, nth: int) -> "Invention":
        """Begin to draw."""
        return cls(seed, nth, random.Random(f"{seed} {what} {nth}"))  # noqa: S311 - made-up names need no secrets

    def company(self) -> RegisterCompany:
        """Draw a company; no two numbers have the same code."""
        name = f"{self.chance.choice(_BRANDS)}{self._numeral}物业服务有限公司"
        body = f"91{self.chance.choice(DISTRICTS).code}MA{(self.seed * 1_009 + self.nth) % 10**7:07}"
        return RegisterCompany(name=name, uscc=Uscc(body + uscc.calc_check_digit(body)))

    def holder(self) -> Holder:
        """Draw a person with an ID number whose check digit fits; no two numbers have the same."""
        born = date(1965, 1, 1) + timedelta(days=(self.seed * 7_919 + self.nth * 13) % 12_000)
        body = f"{_BIRTHPLACE}{born:%Y%m%d}{self.nth % 1_000:03}"
        return Holder(
            name=PersonName(self.name()),
            id_number=IdNumber(body + ric.calc_check_digit(f"{body}0")),
            phone=self.phone(),
        )

    def name(self) -> str:
        """Draw somebody's name."""
        return self.chance.choice(_SURNAMES) + "".join(self.chance.choices(_GIVEN, k=self.chance.choice((1, 2))))

    def phone(self) -> Phone:
        """Draw somebody's telephone number."""
        return Phone(f"138{self.chance.randrange(10**8):08}")

    def estate(self, companies: Sequence[CompanyId], today: date) -> RegisterProject:
        """Draw an estate: many small, some middling, a few larger than one manager may hold."""
        kind = self.chance.choices(list(ProjectKind), weights=(75, 8, 5, 4, 3, 5))[0]
        size = self.chance.choices((20_000, 80_000, 180_000, 420_000), weights=(40, 40, 15, 5))[0]
        area = Decimal(int(size * self.chance.uniform(0.5, 1.1)))
        begins = today - timedelta(days=self.chance.randrange(700))
        return RegisterProject(
            name=f"{self.chance.choice(_ESTATES)}{self.chance.choice(_FORMS)}{self._numeral}",
            district=self.chance.choice(DISTRICTS),
            address=f"{self.chance.choice(_STREETS)}{self.chance.randrange(1, 400)}号",
            kind=kind,
            building_area_m2=Area(area),
            households=int(area) // M2_A_HOUSEHOLD,
            company_id=self.chance.choice(companies),
            contract=Contract(starts_on=begins, ends_on=begins + timedelta(days=3 * 365)),
            stage=self.chance.choices((Stage.REGULAR, Stage.SHOW_AREA), weights=(9, 1))[0],
        )

    @property
    def _numeral(self) -> str:
        return f"{self.nth:03}" if self.seed == DEFAULT_SEED else f"{self.seed}-{self.nth:03}"
