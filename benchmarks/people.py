"""People who do not exist, each with an ID number whose check digit fits."""

from datetime import date
from typing import Final

from stdnum.cn import ric

from domain.kernel.personal import IdNumber, PersonName, Phone
from domain.licensing.events import Holder

_BIRTHPLACE: Final = "120101"
_FIRST_DAY: Final = date(1960, 1, 1).toordinal()
_A_DAY: Final = 1_000


def holder(person: int) -> Holder:
    """Answer the person of this number, below 14,000,000: born on one of 14,000 days, a thousand on each."""
    born = date.fromordinal(_FIRST_DAY + person // _A_DAY)
    body = f"{_BIRTHPLACE}{born:%Y%m%d}{person % _A_DAY:03}"
    return Holder(
        name=PersonName(f"测{person % _A_DAY}"),
        id_number=IdNumber(body + ric.calc_check_digit(f"{body}0")),
        phone=Phone(f"139{person:08}"),
    )
