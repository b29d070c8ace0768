"""Log lines as JSON, one a line: quick to write, without the values that an error met on its way."""

import logging
import sys
from typing import BinaryIO

import orjson
import structlog
from structlog.processors import ExceptionRenderer, JSONRenderer, TimeStamper, add_log_level
from structlog.tracebacks import ExceptionDictTransformer


def write_logs(to: BinaryIO | None = None, *, level: int = logging.INFO) -> None:
    """Have every logger of this process write JSON lines from a level on, to standard error unless told otherwise.

    An exception is written with the places it passed but never with local variables: they may hold personal data.
    """
    structlog.configure(
        processors=[
            add_log_level,
            TimeStamper(fmt="iso", utc=True),
            ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            JSONRenderer(serializer=_bytes),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.BytesLoggerFactory(to or sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )


def _bytes(line: object, **_of_the_standard_library: object) -> bytes:
    return orjson.dumps(line, default=str)
