"""A mapping that grows without copying what it had: what a file with a long history is folded into."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


def grown(mapping: Mapping[Key, Value], key: Key, value: Value) -> Mapping[Key, Value]:
    """Answer a mapping with an entry more, or with another value in its old place; the one given stays what it is.

    What grew so before is not copied for a new entry, however many it has.
    """
    if isinstance(mapping, _Growing) and (longer := mapping.longer(key, value)) is not None:
        return longer
    return _Growing({**mapping, key: value})


class _Growing(Mapping[Key, Value]):
    """All that grew from one another share one table; each has so many of its first entries."""

    __slots__ = ("_length", "_table")

    def __init__(self, given: Mapping[Key, Value]) -> None:
        self._table: dict[Key, tuple[int, Value]] = {
            key: (place, value) for place, (key, value) in enumerate(given.items())
        }
        self._length = len(given)

    def longer(self, key: Key, value: Value) -> "_Growing[Key, Value] | None":
        """Put an entry into the table that is there; None when another has done so, or the key has a place."""
        if key in self._table or self._length != len(self._table):
            return None
        self._table[key] = self._length, value
        longer: _Growing[Key, Value] = _Growing.__new__(_Growing)
        longer._table, longer._length = self._table, self._length + 1
        return longer

    def __getitem__(self, key: Key) -> Value:
        place, value = self._table[key]
        if place >= self._length:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[Key]:
        return islice(self._table, self._length)

    def __len__(self) -> int:
        return self._length

    def __repr__(self) -> str:
        return repr(dict(self))
