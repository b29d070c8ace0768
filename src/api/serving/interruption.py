"""Signals that end a process, as an exception: whatever it has started is stopped on its way out."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

ENDING: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def heeded() -> Iterator[signal.Signals]:
    """Go through the signals that end this process; `nohup` has it ignore one."""
    return (each for each in ENDING if signal.getsignal(each) is not signal.SIG_IGN)


@contextmanager
def interrupted_by_signals() -> Iterator[None]:
    """Take every signal that ends a process for Ctrl-C inside the block."""
    before = {each: signal.signal(each, signal.default_int_handler) for each in heeded()}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
