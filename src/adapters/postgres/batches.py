"""Which of the waiting commands go into one batch: all of them are judged by the heads before the batch."""

import asyncio
from collections import deque
from typing import Final, NamedTuple

from adapters.postgres.commands import Command
from application.kernel.ports import Verdict

MOST_COMMANDS: Final = 500
MOST_BYTES: Final = 8 * 1024 * 1024


class Waiting(NamedTuple):
    """A command in the queue and where its verdict goes; a caller that is gone has cancelled `answer`, nothing else."""

    command: Command
    answer: asyncio.Future[Verdict]


def take_batch(queue: deque[Waiting], most: int = MOST_COMMANDS) -> list[Waiting]:
    """Take from the queue, in its order, what may go together; what must wait stays in its order.

    A command waits that depends on a stream which an earlier one of the batch writes, or has the same retry key. None
    overtakes a command that waits by writing a stream on which that one depends.
    """
    batch: list[Waiting] = []
    left: list[Waiting] = []
    written: set[str] = set()
    awaited: set[str] = set()
    digests: set[bytes | None] = set()
    size = 0
    while queue and len(batch) < most and len(left) < most and size < MOST_BYTES:
        waiting = queue.popleft()
        command = waiting.command
        digest = command.digest
        if (
            written.isdisjoint(command.depends)
            and awaited.isdisjoint(command.writes)
            and (digest is None or digest not in digests)
        ):
            batch.append(waiting)
            written.update(command.writes)
            size += command.size
        else:
            left.append(waiting)
            awaited.update(command.depends, command.writes)
        digests.add(digest)
    queue.extendleft(reversed(left))
    return batch
