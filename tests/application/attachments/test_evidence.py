"""Evidence of a deduction may be any text; what of it is an attachment is kept from expiring."""

from collections.abc import Collection
from dataclasses import dataclass, field

import pytest

from application.kernel.attachments import ids_among, is_attachment_id, require_known
from application.processes.deducting_points import DeductingPoints
from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import AttachmentId
from domain.kernel.rules import RulesBroken
from domain.licensing.deduction import DeductPoints
from tests.application.city import TODAY, City

FIRST, SECOND, MISSING = (AttachmentId(digit * 64) for digit in "abc")


@dataclass
class Kept:
    """A register that notes what it was asked for."""

    here: frozenset[AttachmentId] = frozenset({FIRST, SECOND})
    asked: list[tuple[AttachmentId, ...]] = field(default_factory=list)

    async def known(self, ids: Collection[AttachmentId]) -> frozenset[AttachmentId]:
        self.asked.append(tuple(ids))
        return self.here & frozenset(ids)


async def charge(kept: Kept, *evidence: str, violation: str = "V29") -> None:
    city = await City.begun()
    licence_id = await city.manager(await city.company())
    asked = DeductPoints(
        licence_id=licence_id,
        violation=violation,
        points=None,
        occurred_on=TODAY,
        project_id=None,
        reason="seen on site",
        evidence=evidence,
    )
    await city.ask(DeductingPoints(city.identities, kept), asked)


async def test_what_is_named_as_evidence_is_kept() -> None:
    kept = Kept()
    await charge(kept, "照片一张", FIRST, MISSING, SECOND, FIRST)
    assert kept.asked == [(FIRST, MISSING, SECOND)]


async def test_a_refused_deduction_keeps_nothing() -> None:
    kept = Kept()
    with pytest.raises(RulesBroken):
        await charge(kept, FIRST, violation="V99")
    assert kept.asked == []


@pytest.mark.parametrize("text", ["a" * 63, "a" * 65, "A" * 64, "g" * 64, f"{FIRST}\n", f" {FIRST}", ""])
def test_only_a_hash_as_it_was_answered_is_an_id(text: str) -> None:
    assert not is_attachment_id(text)
    assert ids_among([text]) == ()


async def test_what_must_be_known_is_named_by_its_place() -> None:
    await require_known(Kept(), [FIRST, SECOND], "/attachments")
    await require_known(Kept(), [], "/attachments")
    with pytest.raises(Unacceptable) as refused:
        await require_known(Kept(), [FIRST, MISSING, SECOND], "/attachments")
    assert refused.value.pointer == "/attachments/1"
