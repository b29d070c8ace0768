"""What events are as bytes: plain JSON under stable names, older spellings lifted, personal fields sealed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import msgspec

from adapters.postgres.sealing import Nonces, PersonalKey, bound_to, person_of, random_nonce
from adapters.postgres.shapes import Shape, shape_of
from application.kernel.callers import Role
from application.kernel.ports import Origin, Recorded
from domain.kernel.aggregate import Aggregate
from domain.kernel.identifiers import Subject

Upcast = Callable[[dict[str, Any]], dict[str, Any]]
"""Lifts an event's JSON object from one spelling to the next; numbers with decimals come as Decimal."""

_UUID_WITH_DASH: Final = 37
_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")
_EXACT: Final = msgspec.json.Decoder(float_hook=Decimal)
_PLAIN: Final = msgspec.json.Decoder()


class _Metadata(msgspec.Struct, frozen=True, omit_defaults=True):
    """The metadata of an event of ours; `schema` counts the upcasts that its writer knew already."""

    command_id: UUID
    command: str
    subject: Subject
    role: Role
    decided_at: datetime
    schema: int = 0


_METADATA: Final = msgspec.json.Decoder(_Metadata)


@dataclass(frozen=True, slots=True)
class _Kind:
    """One stored name and all that is known of it."""

    name: str
    shape: Shape
    decoder: msgspec.json.Decoder[Any]
    upcasts: Sequence[Upcast]

    @property
    def is_personal(self) -> bool:
        return self.shape.mask is not None


class UnknownEvent(TypeError):
    """An event that no aggregate lists has no stored name: a mistake in the program, not in what a client sent."""


class Codec:
    """The one place where events become bytes and personal values are sealed and opened.

    `upcasters` lists, per stored name, the steps from its first spelling to the present one; steps are only added.
    """

    def __init__(
        self,
        aggregates: Iterable[Aggregate[Any, Any]],
        upcasters: Mapping[str, Sequence[Upcast]] | None = None,
        nonces: Nonces = random_nonce,
    ) -> None:
        self._nonces = nonces
        self._kinds: dict[str, _Kind] = {}
        self._written: dict[tuple[str, type[Any]], _Kind] = {}
        for aggregate in aggregates:
            for name, event in aggregate.events.items():
                shape = shape_of(event)
                upcasts = (upcasters or {}).get(name, ())
                kind = self._kinds[name] = _Kind(name, shape, msgspec.json.Decoder(shape.wire), upcasts)
                for prefix in (aggregate.name, f"{aggregate.name}-refusals"):
                    self._written[prefix, event] = kind

    @property
    def names(self) -> frozenset[str]:
        """The stored names of all events of ours."""
        return frozenset(self._kinds)

    def is_personal(self, name: str) -> bool:
        """Tell whether events of this stored name have personal fields; a foreign name has none that we know of."""
        kind = self._kinds.get(name)
        return kind is not None and kind.is_personal

    def seals(self, stream: str, event: object) -> bool:
        """Tell whether an event on its way into a stream has personal fields.

        Raises: UnknownEvent.
        """
        return self._kind_of(stream, event).is_personal

    def encode(self, stream: str, event: object, keys: Mapping[str, PersonalKey]) -> tuple[str, bytes, int]:
        """Answer an event's stored name, its bytes, and the number of upcasts that they already contain.

        `keys` holds the key of the stream's person when the event is personal. Raises: UnknownEvent.
        """
        kind = self._kind_of(stream, event)
        if kind.shape.pack is None:
            return kind.name, _ENCODER.encode(event), len(kind.upcasts)
        place = bound_to(stream, kind.name)

        def seal(value: str) -> str:
            return keys[person_of(stream)].seal(value, place, self._nonces())

        return kind.name, _ENCODER.encode(kind.shape.pack(event, seal)), len(kind.upcasts)

    def metadata(self, origin: Origin, schema: int) -> bytes:
        """Answer the bytes of an event's metadata."""
        return _ENCODER.encode(
            _Metadata(origin.command_id, origin.command, origin.subject, origin.role, origin.decided_at, schema)
        )

    def event(
        self, stream: str, name: str, data: bytes, metadata: bytes, keys: Mapping[str, PersonalKey] | None = None
    ) -> object | None:
        """Answer the event that a row of the log holds, None for a foreign one.

        Without its person's key among `keys` personal fields decode as erased.
        Raises: Tampered; msgspec.MsgspecError when an event of ours is not what it was.
        """
        kind = self._kinds.get(name)
        if kind is None:
            return None
        wire: object = kind.decoder.decode(_lifted(kind, data, metadata))
        return wire if kind.shape.unpack is None else kind.shape.unpack(wire, _opening(stream, name, keys or {}))

    def shown(
        self, stream: str, name: str, data: bytes, metadata: bytes, keys: Mapping[str, PersonalKey]
    ) -> dict[str, object] | None:
        """Answer an event as JSON values with personal fields masked, None for a foreign one.

        Raises: Tampered; msgspec.MsgspecError when an event of ours is not what it was.
        """
        kind = self._kinds.get(name)
        if kind is None:
            return None
        built: dict[str, object] = _PLAIN.decode(_lifted(kind, data, metadata))
        return built if kind.shape.mask is None else kind.shape.mask(built, _opening(stream, name, keys))

    def origin(self, name: str, metadata: bytes) -> Origin | None:
        """Answer where an event comes from, None for a foreign one."""
        if name not in self._kinds:
            return None
        written = _METADATA.decode(metadata)
        return Origin(
            command_id=written.command_id,
            command=written.command,
            subject=written.subject,
            role=written.role,
            decided_at=written.decided_at,
        )

    def recorded(
        self,
        row: Iterable[Any],
        *,
        opened_with: Mapping[str, PersonalKey] | None = None,
        shown_with: Mapping[str, PersonalKey] | None = None,
    ) -> Recorded:
        """Answer a row of the log as the application sees it.

        A row is position, stream, version, type, data, metadata, recorded_at. With `opened_with` personal fields are
        open in `event`; with `shown_with` the event is in `data` too, personal fields masked.
        """
        position, stream, version, name, data, metadata, recorded_at = row
        return Recorded(
            position=position,
            stream=stream,
            version=version,
            type=name,
            event=self.event(stream, name, data, metadata, opened_with),
            origin=self.origin(name, metadata),
            recorded_at=recorded_at,
            data=None if shown_with is None else self.shown(stream, name, data, metadata, shown_with),
        )

    def _kind_of(self, stream: str, event: object) -> _Kind:
        kind = self._written.get((stream[:-_UUID_WITH_DASH], type(event)))
        if kind is None:
            raise UnknownEvent(f"no aggregate lists {type(event).__name__} among the events of {stream}")
        return kind


def _opening(stream: str, name: str, keys: Mapping[str, PersonalKey]) -> Callable[[str], str | None]:
    key = keys.get(person_of(stream))
    if key is None:
        return lambda _: None
    place = bound_to(stream, name)
    return lambda sealed: key.open(sealed, place)


def _lifted(kind: _Kind, data: bytes, metadata: bytes) -> bytes:
    """Bring an event's bytes to the present spelling."""
    if not kind.upcasts:
        return data
    behind = kind.upcasts[_METADATA.decode(metadata).schema :]
    if not behind:
        return data
    built = _EXACT.decode(data)
    for upcast in behind:
        built = upcast(built)
    return _ENCODER.encode(built)
