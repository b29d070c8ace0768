"""Who uses a data dir: file locks, which vanish with their process however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Opened close-on-exec, as Python opens everything: a server that is started here never holds a lock.
FLAGS = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW


@contextmanager
def exclusively(lock: Path) -> Iterator[None]:
    """Hold the lock alone inside the block: starting and stopping happen one at a time."""
    descriptor = os.open(lock, FLAGS, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


class UsersLock:
    """One user's share in the server; users join and leave inside `exclusively`, so that none comes in between."""

    def __init__(self, lock: Path) -> None:
        self._lock = lock
        self._descriptor: int | None = None

    def join(self) -> None:
        """Be counted as a user until `leave`, or the end of this process."""
        self._descriptor = os.open(self._lock, FLAGS, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def is_last(self) -> bool:
        """Whether nobody else uses the server: then we alone could have the lock. Ask it on leaving only."""
        if self._descriptor is None:
            return False
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def leave(self) -> None:
        """Be counted no longer."""
        if self._descriptor is not None:
            # Unlocked by name, not by closing alone: a child that was forked from us shares the descriptor.
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            os.close(self._descriptor)
            self._descriptor = None
