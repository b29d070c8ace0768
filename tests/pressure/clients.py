"""Clients that ask until they are answered, with their Idempotency-Key, as `api.md` has them do it."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import httpx

from tests.journeys.answers import Problem, Receipt
from tests.pressure.books import Books
from tests.pressure.orders import Draw, Order
from tests.pressure.services import Serve
from tests.pressure.wire import Lost, Wire

PATIENCE_SECONDS: Final = 30.0
_PAUSE_SECONDS: Final = 0.05
_AGAIN: Final = frozenset({"unavailable", "outcome.unknown", "too-many", "idempotency.in-progress"})
"""Problems after which the same request with the same key is to be sent again."""


@dataclass
class Client:
    """One caller of its own subject, who turns to the next service when one does not answer."""

    wire: Wire
    spare: Wire
    token: str
    serves: Sequence[Serve]
    books: Books
    at: int

    async def does(self, order: Order) -> Receipt | None:
        """Ask until the order is accepted or refused by rules, and enter it in the books; answers the receipt."""
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while True:
            assert time.monotonic() < give_up_at, f"{order} is not answered: {self.books.asked_again}"
            try:
                answer = await self._post(order)
            except Lost as error:
                self.books.asked_again[f"lost: {error}"] += 1
                self.at += 1
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
            await asyncio.sleep(_PAUSE_SECONDS)

    async def does_twice(self, order: Order) -> None:
        """Send the same order through two services at the same moment."""
        other = Client(self.spare, self.wire, self.token, self.serves, self.books, self.at + 1)
        await asyncio.gather(self.does(order), other.does(order))

    async def made(self, order: Order) -> str:
        """Have an order accepted; answers the thing's id."""
        receipt = await self.does(order)
        assert receipt is not None, order
        return receipt.id

    async def _post(self, order: Order) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": order.key, "Accept-Language": "en"}
        serve = self.serves[self.at % len(self.serves)]
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


async def keep_asking(
    client: Client, orders: Sequence[Order], chance: random.Random, done: asyncio.Event, longest_pause: float
) -> int:
    """Ask for one order after another, one in ten through two services at once, until they run out or are `done`."""
    asked = 0
    for order in orders:
        if done.is_set():
            break
        await (client.does_twice(order) if chance.random() < 0.1 else client.does(order))
        asked += 1
        if longest_pause:
            await asyncio.sleep(chance.uniform(0, longest_pause))
    return asked
