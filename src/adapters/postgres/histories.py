"""What has happened to a thing, from the log itself."""

from application.kernel.pages import Actor, HistoryEntry, Slice
from application.kernel.ports import EventStore, Recorded
from domain.kernel.aggregate import StreamName


class LoggedHistories:
    """Reads a thing's stream with personal values masked; always up to date."""

    def __init__(self, store: EventStore) -> None:
        self._store = store

    async def of(self, thing: StreamName, *, after: int | None = None, limit: int) -> Slice[HistoryEntry]:
        """Answer a thing's events in their order, those beyond the position `after`.

        Raises: Unavailable.
        """
        recorded = await self._store.read(after=after or 0, limit=limit + 1, stream=thing)
        shown = recorded[:limit]
        return Slice(
            items=tuple(_entry(each) for each in shown), next=shown[-1].position if len(recorded) > limit else None
        )


def _entry(recorded: Recorded) -> HistoryEntry:
    origin = recorded.origin
    return HistoryEntry(
        position=recorded.position,
        version=recorded.version,
        type=recorded.type,
        data=recorded.data or {},
        by=None if origin is None else Actor(subject=origin.subject, role=origin.role),
        recorded_at=recorded.recorded_at,
    )
