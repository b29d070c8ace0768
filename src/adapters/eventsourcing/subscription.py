"""Following the log: woken by what is heard of it, and now and then in any case."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from eventsourcing.persistence import ListenNotifySubscription

if TYPE_CHECKING:
    from adapters.eventsourcing.applications import LogApplicationRecorder


class LogSubscription(ListenNotifySubscription["LogApplicationRecorder"]):
    """The library's subscription, which reads by position in a thread of its own whenever it is woken."""

    _waking: "Future[None] | None" = None

    def __init__(self, recorder: "LogApplicationRecorder", gt: int | None = None, topics: Sequence[str] = ()) -> None:
        super().__init__(recorder=recorder, gt=gt, topics=topics)
        self._waking = recorder.log.start(lambda log: log.wake(self._has_been_notified))
        if self._has_been_stopped:  # already, by an error of the reading thread
            self._waking.cancel()

    def stop(self) -> None:
        """Follow no more."""
        super().stop()
        if self._waking is not None:
            self._waking.cancel()
