"""How far the log has come, as far as this process has heard, and who waits for it to come further."""

import asyncio


class Signal:
    """A position that only rises and that many may wait for; a hint: what is not heard of may be there already."""

    def __init__(self) -> None:
        self._position = 0
        self._risen: asyncio.Future[None] | None = None

    @property
    def position(self) -> int:
        """The last position heard of."""
        return self._position

    def rise(self, position: int) -> None:
        """Tell that the log has reached a position."""
        if position <= self._position:
            return
        self._position = position
        if self._risen is not None:
            self._risen.set_result(None)
            self._risen = None

    async def wait_beyond(self, position: int, seconds: float) -> int:
        """Wait until the log is beyond a position, `seconds` at most; answers the last position heard of."""
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + seconds
        while self._position <= position and (left := give_up_at - loop.time()) > 0:
            if self._risen is None:
                self._risen = loop.create_future()
            await asyncio.wait((self._risen,), timeout=left)
        return self._position
