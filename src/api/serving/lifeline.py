"""The pipe between the supervisor and its children: when the supervisor is gone, however it went, they end."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_GRACE_SECONDS: Final = 5.0


@contextmanager
def lifeline() -> Iterator[int]:
    """Hold the supervisor's end; answers the children's end, which they inherit and never write to."""
    children, supervisor = os.pipe()
    try:
        yield children
    finally:
        os.close(supervisor)
        os.close(children)


def end_with(descriptor: int) -> None:
    """End this process once the other end of the pipe is closed: first as a SIGTERM would, then at once."""
    threading.Thread(target=_watch, args=(descriptor,), name="lifeline", daemon=True).start()


def _watch(descriptor: int) -> None:
    os.read(descriptor, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(_GRACE_SECONDS)
    os._exit(1)
