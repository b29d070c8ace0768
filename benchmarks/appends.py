"""How long one command's append takes, in a log of a given size: at places all over the log, many at once."""

import asyncio
import time
from dataclasses import dataclass, field
from random import Random
from typing import Final

from api.compose import City
from application.kernel.ports import Accepted, Append, NewEvent, Origin
from application.processes.deducting_points import DeductingPoints
from benchmarks.lives import CLERK, EVENTS_A_FILE, Lives
from benchmarks.load import Answered
from benchmarks.sequences import CONNECTIONS
from domain.licensing.folding import LICENCE, evolve
from domain.licensing.licence import Licence

APPENDS: Final = 3_000


@dataclass(slots=True, kw_only=True)
class Appending:
    """Charges files of a filled log, chosen by chance, through the store of the product."""

    city: City
    lives: Lives
    files: int
    chance: Random = field(default_factory=lambda: Random(1))  # noqa: S311 - which files it is needs no secrecy
    states: dict[int, tuple[int, Licence]] = field(default_factory=dict)
    """Version and state of the files that have been charged here."""

    async def round(self) -> Answered:
        """Append once for each of so many files, as many at once as there are connections; all are decided before.

        Nobody waits for another: each file is charged once in a round.
        """
        chosen = self.chance.sample(range(self.files), min(APPENDS, self.files))
        waiting = iter([self._decided(person) for person in chosen])
        latencies: list[float] = []

        async def send() -> None:
            for append in waiting:
                sent_at = time.perf_counter()
                verdict = await self.city.store.append(append)
                latencies.append(time.perf_counter() - sent_at)
                if not isinstance(verdict, Accepted):
                    raise TypeError(f"an append was not accepted: {verdict}")

        began = time.perf_counter()
        await asyncio.gather(*(send() for _ in range(CONNECTIONS)))
        return Answered(time.perf_counter() - began, sorted(latencies))

    def _decided(self, person: int) -> Append:
        version, licence = self.states.get(person, (EVENTS_A_FILE, self.lives.known))
        deducted = self.lives.charged_again(licence, person)
        self.states[person] = version + 1, evolve(licence, deducted)
        licence_id = self.lives.licence_id(person)
        stream = LICENCE.stream(licence_id)
        return Append(
            origin=Origin(
                command_id=self.lives.identities.new(),
                command=DeductingPoints.command,
                subject=CLERK.subject,
                role=CLERK.role,
                decided_at=self.city.clock.now(),
            ),
            reads={stream: version},
            writes=(NewEvent(stream=stream, version=version + 1, event=deducted),),
            thing=stream,
            thing_id=licence_id,
        )
