"""Who may read an attachment: who may read a thing that names it, and nobody else once something does."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from application.attachments.ports import Naming, Register, Registered
from application.kernel.callers import Caller
from application.kernel.permissions import Operation, Thing, reaches


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """What a reader of one kind of thing must be allowed, and how the scope of such a thing is found."""

    operation: Operation
    scope: Callable[[Any], Awaitable[Thing | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """The readers of attachments; `readable` says for each kind of thing who may read what it names.

    While nothing names one, those who have uploaded it are its readers.
    """

    register: Register
    readable: Mapping[str, Readable]

    async def include(self, caller: Caller, found: Registered) -> bool:
        """Tell whether the caller may read an attachment.

        Raises: ReadModelBehind, Unavailable.
        """
        namings = await self.register.namings(found.attachment.id)
        if not namings:
            return caller.subject in found.uploaded_by
        for naming in namings:
            if await self._may_read(caller, naming):
                return True
        return False

    async def _may_read(self, caller: Caller, naming: Naming) -> bool:
        readable = self.readable.get(naming.aggregate)
        if readable is None:
            return False
        thing = await readable.scope(naming.thing_id)
        return thing is not None and reaches(caller, readable.operation, thing)
