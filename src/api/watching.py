"""What surrounds every command once: how it ended is counted and logged, without a personal value."""

from typing import Final, TypeVar

import structlog
from prometheus_client import CollectorRegistry, Counter

from application.kernel.dossier import UseCase
from application.kernel.ledger import Ledger
from application.kernel.submission import Answer, Submission
from application.use_cases import Command

Asked = TypeVar("Asked")

_log: Final = structlog.get_logger(__name__)


class Watch:
    """Counts the commands of one process; how long they take is told by route, with everything else that is asked."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._ended = Counter(
            "guanjia_commands", "commands by how they ended", ["command", "outcome"], registry=registry
        )

    def over(self, ledger: Ledger, use_case: UseCase) -> Command[Asked]:
        """Answer a use case as it is called from outside: through the ledger, and watched."""
        accepted = self._ended.labels(use_case.command, "accepted")

        async def ask(sent: Submission, asked: Asked) -> Answer:
            try:
                answer = await ledger.submit(use_case, sent, asked)
            except Exception as refusal:
                outcome = type(refusal).__name__
                self._ended.labels(use_case.command, outcome).inc()
                _log.info("command refused", command=use_case.command, by=sent.caller.subject, outcome=outcome)
                raise
            accepted.inc()
            return answer

        return ask
