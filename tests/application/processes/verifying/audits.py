"""A city under audit: verified as it is, with decisions forged past their rules, with bytes tampered with."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from adapters.memory.auditing import MemoryAudit
from adapters.postgres.codec import Codec
from api.compose import AGGREGATES
from application.kernel.callers import Caller
from application.kernel.ports import Accepted, Append, NewEvent, Origin
from application.processes.verifying.log import VerifyingLog
from application.processes.verifying.report import Finding, Report
from domain.kernel.aggregate import Aggregate
from tests.application.city import CLERK, City

Forged = tuple[Aggregate[Any, Any], UUID, object]
BY_NAME = {aggregate.name: aggregate for aggregate in AGGREGATES}


async def verified(city: City) -> Report:
    audit = MemoryAudit(city.store.log, Codec(AGGREGATES))
    return await VerifyingLog(log=audit, aggregates=BY_NAME)(await audit.ends(), lambda _: None)


async def findings(city: City) -> list[str]:
    """What was found, each once: `<aggregate>: <what>`."""
    return list(dict.fromkeys(_told(finding) for finding in (await verified(city)).findings))


def _told(finding: Finding) -> str:
    return finding.what if finding.stream is None else f"{finding.stream[:-37]}: {finding.what}"


async def forge(city: City, *facts: Forged, by: Caller = CLERK) -> int:
    """Append events as one command, with the right hashes and versions, that no decision has made."""
    origin = Origin(command_id=uuid4(), command="forged", subject=by.subject, role=by.role, decided_at=city.clock.now())
    aggregate, thing, _ = facts[0]
    verdict = await city.store.append(
        Append(
            origin=origin,
            reads={},
            writes=tuple(NewEvent(stream=kind.stream(key), version=None, event=event) for kind, key, event in facts),
            thing=aggregate.stream(thing),
            thing_id=thing,
        )
    )
    assert isinstance(verdict, Accepted)
    return verdict.receipt.position


def tamper(city: City, position: int, **changed: Any) -> None:
    """Change stored columns under the log's feet."""
    stored = city.store.log._stored_events  # noqa: SLF001 - tampering goes past every guard
    index = next(index for index, event in enumerate(stored) if getattr(event, "position", 0) == position)
    stored[index] = replace(stored[index], **changed)
