"""Evidence of a deduction may be any text; what of it is an attachment that the officer knows is put down as one."""

from collections.abc import Collection
from dataclasses import dataclass, field

import pytest

from application.kernel.attachments import ids_among, is_attachment_id, require_known
from application.kernel.callers import Caller
from application.processes.deducting_points import DeductingPoints
from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import AttachmentId
from domain.licensing.deduction import DeductPoints
from domain.licensing.events import PointsDeducted
from tests.application.city import CLERK, TODAY, City

FIRST, SECOND, MISSING = (AttachmentId(digit * 64) for digit in "abc")


@dataclass
class Kept:
    """What the clerk knows, and what was asked."""

    here: frozenset[AttachmentId] = frozenset({FIRST, SECOND})
    asked: list[tuple[AttachmentId, ...]] = field(default_factory=list)

    async def known(self, ids: Collection[AttachmentId], to: Caller) -> frozenset[AttachmentId]:
        self.asked.append(tuple(ids))
        return self.here & frozenset(ids) if to == CLERK else frozenset()


async def charge(kept: Kept, *evidence: str) -> PointsDeducted:
    city = await City.begun()
    licence_id = await city.manager(await city.company())
    asked = DeductPoints(
        licence_id=licence_id,
        violation="V29",
        points=None,
        occurred_on=TODAY,
        project_id=None,
        reason="seen on site",
        evidence=evidence,
    )
    await city.ask(DeductingPoints(city.identities, kept), asked)
    event = (await city.events())[-1].event
    assert isinstance(event, PointsDeducted)
    return event


async def test_what_is_named_as_evidence_is_kept() -> None:
    kept = Kept()
    await charge(kept, "照片一张", FIRST, MISSING, SECOND, FIRST)
    assert kept.asked == [(FIRST, MISSING, SECOND)]


async def test_evidence_that_the_officer_does_not_know_stays_a_text() -> None:
    evidence = ("照片一张", SECOND, MISSING, FIRST, SECOND)
    charged = await charge(Kept(), *evidence)
    assert charged.evidence == evidence
    assert charged.attachments == (SECOND, FIRST)
    assert (await charge(Kept(), MISSING)).attachments == ()


@pytest.mark.parametrize("text", ["a" * 63, "a" * 65, "A" * 64, "g" * 64, f"{FIRST}\n", f" {FIRST}", ""])
def test_only_a_hash_as_it_was_answered_is_an_id(text: str) -> None:
    assert not is_attachment_id(text)
    assert ids_among([text]) == ()


async def test_what_must_be_known_is_named_by_its_place() -> None:
    await require_known(Kept(), CLERK, [FIRST, SECOND], "/attachments")
    await require_known(Kept(), CLERK, [], "/attachments")
    with pytest.raises(Unacceptable) as refused:
        await require_known(Kept(), CLERK, [FIRST, MISSING, SECOND], "/attachments")
    assert refused.value.pointer == "/attachments/1"
