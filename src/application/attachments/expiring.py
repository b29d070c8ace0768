"""Expiry: what nothing names after a while is removed, and nothing else ever."""

from datetime import timedelta

from application.attachments.ports import Blobs, Expiring


async def expire_unnamed(register: Expiring, blobs: Blobs, after: timedelta) -> int:
    """Remove attachments that no event has named for as long as `after`; answers how many.

    One is withdrawn first, then its content is removed, then it is struck off: interrupted anywhere, it can be neither
    named nor read, and the next run goes on. An upload of the same content comes before or after, never between.
    Raises: ReadModelBehind, Unavailable, BlobsUnavailable; the next run goes on.
    """
    expired = 0
    for attachment in await register.unnamed(after):
        if not await register.withdraw(attachment, after):
            continue
        async with register.removal(attachment, after) as is_due:
            if is_due:
                await blobs.delete(attachment)
                expired += 1
    return expired
