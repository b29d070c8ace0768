"""How a process of ours writes its log: lines for people on a terminal, JSON everywhere else; always to stderr."""

import logging
import sys
from typing import Final

import structlog

from api.http.logs import write_logs

_QUIET: Final = ("uvicorn", "uvicorn.error", "alembic", "asyncio")
"""Libraries that speak up at their warnings only."""


def write_log_lines(level: int = logging.INFO) -> None:
    """Set up the log of this process, that of its libraries included."""
    if sys.stderr.isatty():
        _write_for_people(level)
    else:
        write_logs(level=level)
    logging.basicConfig(handlers=[_Forwarding()], level=level, force=True)
    for library in _QUIET:
        logging.getLogger(library).setLevel(max(level, logging.WARNING))


def _write_for_people(level: int) -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False),
            # Without the values of local variables, which may be personal.
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


class _Forwarding(logging.Handler):
    """Hands what libraries write through the standard library's logging over to our own log."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger(record.name).log(record.levelno, record.getMessage(), exc_info=record.exc_info)
