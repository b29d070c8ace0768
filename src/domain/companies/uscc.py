"""The unified social credit code (统一社会信用代码, GB 32100) of a company."""

from typing import NewType

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

Uscc = NewType("Uscc", str)
"""Eighteen characters with a check character, in capitals and without separators."""


def uscc_of(written: str) -> Uscc:
    """Read a code as people write it: small letters, spaces and hyphens are put right.

    Raises: ValueError for what is no code.
    """
    try:
        return Uscc(uscc.validate(written))
    except ValidationError as wrong:
        raise ValueError("not a unified social credit code of 18 characters whose check character fits") from wrong
