"""Attachments as commands name them: by the SHA-256 of their content."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final, Protocol

from application.kernel.callers import Caller
from domain.kernel.errors import names_nothing
from domain.kernel.identifiers import AttachmentId

_ID: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


def is_attachment_id(text: str) -> bool:
    """Tell whether a text is written as an attachment's id."""
    return _ID.fullmatch(text) is not None


def ids_among(texts: Iterable[str]) -> tuple[AttachmentId, ...]:
    """Pick out, each once and in their order, the texts that are written as attachments' ids."""
    return tuple(dict.fromkeys(AttachmentId(text) for text in texts if is_attachment_id(text)))


class AttachmentsKnown(Protocol):
    """Which attachments a caller may name in a command."""

    async def known(self, ids: Collection[AttachmentId], to: Caller) -> frozenset[AttachmentId]:
        """Answer which of these are here and known to a caller, and keep those from expiring: their time begins anew.

        Known to a caller is what it has uploaded, and what it may read. A use case asks at every attempt to decide, so
        that what it names cannot expire before it is named. Raises: ReadModelBehind, Unavailable.
        """


class NoAttachments:
    """Where nothing can be attached, nothing is known."""

    async def known(self, ids: Collection[AttachmentId], to: Caller) -> frozenset[AttachmentId]:
        """Answer none of these."""
        del ids, to
        return frozenset()


async def require_known(attachments: AttachmentsKnown, caller: Caller, named: Sequence[str], pointer: str) -> None:
    """Let a caller name only attachments that it knows; `pointer` is that of the list, such as `/attachments`.

    Raises: Unacceptable with the pointer of the first that it does not know; ReadModelBehind, Unavailable.
    """
    known = await attachments.known(ids_among(named), to=caller)
    for place, text in enumerate(named):
        if text not in known:
            raise names_nothing(f"{pointer}/{place}")
