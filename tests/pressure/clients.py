"""Clients that ask until they are answered, with their Idempotency-Key, as `api.md` has them do it."""

import asyncio
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

import httpx

from tests.journeys.answers import Problem, Receipt
from tests.pressure.books import Books
from tests.pressure.orders import Draw, Order
from tests.pressure.services import Serve
from tests.pressure.wire import Lost, Wire

PATIENCE_SECONDS: Final = 60.0
TWICE: Final = 0.1
"""So many of the orders are sent through two services at the same moment."""

_FIRST_PAUSE_SECONDS: Final = 0.1
_LONGEST_PAUSE_SECONDS: Final = 2.0
_AGAIN: Final = frozenset({"unavailable", "outcome.unknown", "too-many", "idempotency.in-progress"})
"""Problems after which the same request with the same key is to be sent again."""

_NOTHING_DONE: Final = frozenset({"unavailable", "too-many"})
"""Those of them that tell that nothing was written, and nothing will be."""


@dataclass
class Client:
    """One caller of its own subject, at home at one of the services; goes to the next when that one does not answer.

    `longest_pause` is for how many seconds it keeps away at most, whatever `Retry-After` says.
    """

    wire: Wire
    spare: Wire
    token: str
    serves: Sequence[Serve]
    books: Books
    home: int
    chance: random.Random
    longest_pause: float = _LONGEST_PAUSE_SECONDS

    async def does(self, order: Order) -> Receipt | None:
        """Ask until the order is accepted or refused by rules, and enter it in the books; answers the receipt."""
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        at, pause = self.home, _FIRST_PAUSE_SECONDS
        while time.monotonic() < give_up_at:
            told = pause
            try:
                answer = await self._post(order, self.serves[at % len(self.serves)])
            except Lost as error:
                self.books.asked_again[f"lost: {error}"] += 1
                self.books.doubt(order)
                at += 1
            else:
                if answer.is_success:
                    receipt = Receipt.of(order.path, answer)
                    self.books.accept(order, receipt)
                    return receipt
                problem = Problem.of(answer)
                if problem.code == "rules-broken":
                    self.books.refuse(order, problem)
                    return None
                assert problem.code in _AGAIN, answer.text
                self.books.asked_again[problem.code] += 1
                if problem.code not in _NOTHING_DONE:
                    self.books.doubt(order)
                told = float(answer.headers["retry-after"])
            await asyncio.sleep(min(told, self.longest_pause) * self.chance.uniform(0.5, 1))
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
        raise AssertionError(f"{order} is not answered: {self.books.asked_again}")

    async def does_twice(self, order: Order) -> None:
        """Send the same order through two services at the same moment."""
        other = replace(self, wire=self.spare, home=self.home + 1)
        await asyncio.gather(self.does(order), other.does(order))

    async def made(self, order: Order) -> str:
        """Have an order accepted; answers the thing's id."""
        receipt = await self.does(order)
        assert receipt is not None, order
        return receipt.id

    async def keeps_asking(self, draw: Draw, most: int, done: asyncio.Event, thought: float) -> int:
        """Ask for one order after another until `most` or `done`, thinking for `thought` seconds or less in between."""
        for asked in range(most):
            if done.is_set():
                return asked
            order = draw.another()
            await (self.does_twice(order) if self.chance.random() < TWICE else self.does(order))
            if thought:
                with suppress(TimeoutError):
                    await asyncio.wait_for(done.wait(), self.chance.uniform(0, thought))
        return most

    async def _post(self, order: Order, serve: Serve) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": order.key, "Accept-Language": "en"}
        return await self.wire.ask("POST", serve.url, f"/v1{order.path}", headers, order.body)


async def settle(clients: Sequence[Client], draw: Draw) -> None:
    """Make the crowded city that orders are drawn over; entered in the books like everything else."""
    draw.companies += await asyncio.gather(*(each.made(draw.company()) for each in clients[:4]))
    draw.projects += await asyncio.gather(*(each.made(draw.project()) for each in clients[:20]))
    draw.applicants += await asyncio.gather(*(each.made(draw.file()) for each in clients[:8]))

    async def manager(client: Client) -> str:
        licence = await client.made(draw.file())
        for kind in ("post_national", "training"):
            await client.made(draw.certificate(licence, kind))
        return await client.made(draw.registration(licence))

    draw.managers += await asyncio.gather(*(manager(each) for each in clients[:20]))
