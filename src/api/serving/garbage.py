"""Garbage in a process that remembers thousands of immutable states."""

import gc
from typing import Final

_ALLOCATIONS_A_COLLECTION: Final = 20_000


def collect_seldom() -> None:
    """Look for cycles of garbage seldom, and never among what was there at the start.

    Walking through what is remembered again and again would find nothing.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(_ALLOCATIONS_A_COLLECTION, 20, 50)
