"""What a verification has found."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from domain.kernel.aggregate import StreamName

MOST_FINDINGS: Final = 100
"""So many findings are kept, the first ones by position; the others are only counted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: where, in which stream (None: the log as a whole), and what."""

    position: int
    stream: StreamName | None
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The log as it was verified: `foreign` counts by type the events that are not ours, `found` all findings."""

    events: int
    streams: int
    commands: int
    foreign: Mapping[str, int]
    found: int
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing was found."""
        return self.found == 0


class Notes:
    """What is noted on the way; findings beyond the most that are kept push out the later ones."""

    def __init__(self, most: int = MOST_FINDINGS) -> None:
        self._most = most
        self._findings: list[Finding] = []
        self.events = 0
        self.streams = 0
        self.commands = 0
        self.found = 0
        self.foreign: Final[Counter[str]] = Counter()

    def add(self, findings: Iterable[Finding]) -> None:
        """Note what was found."""
        for finding in findings:
            self.found += 1
            self._findings.append(finding)
            if len(self._findings) > 2 * self._most:
                self._keep_first()

    def report(self) -> Report:
        """Sum up."""
        self._keep_first()
        return Report(
            events=self.events,
            streams=self.streams,
            commands=self.commands,
            foreign=dict(self.foreign),
            found=self.found,
            findings=tuple(self._findings),
        )

    def _keep_first(self) -> None:
        self._findings.sort(key=lambda finding: finding.position)
        del self._findings[self._most :]
