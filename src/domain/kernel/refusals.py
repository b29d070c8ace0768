"""Every refusal of a rule is a fact of its own: a regulator must be able to see what was tried."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.kernel.aggregate import StreamName
from domain.kernel.rules import Broken


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRefused:
    """A command was refused by rules; each aggregate stores it under a name of its own.

    `asked` is the command without its personal fields; `about` names the streams of every thing that its path or body
    names, the thing in the path first.
    """

    command: str
    asked: Mapping[str, Any]
    broken: tuple[Broken, ...]
    about: tuple[StreamName, ...]
