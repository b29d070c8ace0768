"""What a decision may answer besides events and broken rules."""

from typing import TypeVar

State = TypeVar("State")


class NoSuchThing(Exception):
    """The thing in the path does not exist, or must not be known to exist by the caller."""


class Unacceptable(Exception):
    """A value in what was asked cannot stand; `pointer` is its JSON pointer, the sentences say what would do."""

    def __init__(self, pointer: str, *, zh: str, en: str) -> None:
        super().__init__(f"{pointer}: {en}")
        self.pointer = pointer
        self.zh = zh
        self.en = en


def existing(state: State | None) -> State:
    """Answer the state of a thing that must be there.

    Raises: NoSuchThing.
    """
    if state is None:
        raise NoSuchThing
    return state


def names_nothing(pointer: str) -> Unacceptable:
    """An id in a body that names nothing visible to the caller."""
    return Unacceptable(pointer, zh="该编号不存在或不可见", en="names nothing that is visible to you")
