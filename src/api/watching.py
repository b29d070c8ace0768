"""What surrounds every command once: how it ended is counted, timed and logged, without a personal value."""

import time
from typing import Final, TypeVar

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram

from application.kernel.dossier import UseCase
from application.kernel.ledger import Ledger
from application.kernel.submission import Answer, Submission
from application.use_cases import Command

Asked = TypeVar("Asked")

_log: Final = structlog.get_logger(__name__)


class Watch:
    """Counts and times the commands of one process."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._ended = Counter(
            "guanjia_commands", "commands by how they ended", ["command", "outcome"], registry=registry
        )
        self._seconds = Histogram(
            "guanjia_command_seconds", "time from asking to the answer", ["command"], registry=registry
        )

    def over(self, ledger: Ledger, use_case: UseCase) -> Command[Asked]:
        """Answer a use case as it is called from outside: through the ledger, and watched."""
        accepted = self._ended.labels(use_case.command, "accepted")
        seconds = self._seconds.labels(use_case.command)

        async def ask(sent: Submission, asked: Asked) -> Answer:
            began = time.perf_counter()
            try:
                answer = await ledger.submit(use_case, sent, asked)
            except Exception as refusal:
                outcome = type(refusal).__name__
                self._ended.labels(use_case.command, outcome).inc()
                _log.info("command refused", command=use_case.command, by=sent.caller.subject, outcome=outcome)
                raise
            else:
                accepted.inc()
                return answer
            finally:
                seconds.observe(time.perf_counter() - began)

        return ask
