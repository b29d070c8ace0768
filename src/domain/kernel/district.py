"""A district is named by its six-digit GB/T 2260 code; codes are not checked against a list."""

import re
from dataclasses import dataclass
from typing import Final

_SIX_DIGITS: Final = re.compile(r"[0-9]{6}", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class District:
    """Six ASCII digits.

    Raises: ValueError for anything else.
    """

    code: str

    def __post_init__(self) -> None:
        """Refuse what is no code."""
        if not _SIX_DIGITS.fullmatch(self.code):
            message = f"a district is six digits (GB/T 2260), not {self.code!r}"
            raise ValueError(message)
