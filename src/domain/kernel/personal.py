"""Personal fields are values of types of their own, so that the one codec that seals them finds every one."""

from dataclasses import dataclass
from typing import Final, Self

_SHOWN_ENDS: Final = 4


@dataclass(frozen=True, slots=True)
class Personal:
    """A personal value, stored encrypted under its person's key; `value` is None once erased or left sealed."""

    value: str | None

    @classmethod
    def erased(cls) -> Self:
        """Answer what a personal field decodes as when its key is destroyed or was not asked for."""
        return cls(None)

    @property
    def masked(self) -> str | None:
        """What may be shown to those without full sight of it."""
        return None if self.value is None else self._mask(self.value)

    def _mask(self, value: str) -> str:
        return "*" * len(value)

    def __repr__(self) -> str:
        """Keep the value out of logs and tracebacks."""
        return f"{type(self).__name__}(…)"


@dataclass(frozen=True, slots=True, repr=False)
class PersonName(Personal):
    """A person's name; masked as 张*, however long it is."""

    def _mask(self, value: str) -> str:
        return f"{value[:1]}*"


@dataclass(frozen=True, slots=True, repr=False)
class IdNumber(Personal):
    """An ID number (GB 11643, 18 characters); masked but for its first and last four."""

    def _mask(self, value: str) -> str:
        return value[:_SHOWN_ENDS] + "*" * (len(value) - 2 * _SHOWN_ENDS) + value[-_SHOWN_ENDS:]


@dataclass(frozen=True, slots=True, repr=False)
class Phone(Personal):
    """A telephone number; masked but for its first three and last four."""

    def _mask(self, value: str) -> str:
        hidden = max(len(value) - 3 - _SHOWN_ENDS, 1)
        return value[:3] + "*" * hidden + value[-_SHOWN_ENDS:] if len(value) > 2 * _SHOWN_ENDS else "*" * len(value)
