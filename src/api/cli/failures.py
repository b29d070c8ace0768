"""What a command says when it cannot do its work: one line, and no traceback for what was to be expected."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from api.serving.listening import CannotListen


class Failed(Exception):
    """The command was refused or failed; the message says why and what to do. Exit code 1."""


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """Say expected failures on stderr and exit with 1; whatever else is raised is a mistake of ours and stays."""
    try:
        yield
    except (Failed, CannotListen) as failure:
        _say(failure)
    except Exception as error:
        from api.composing.grounds import FAILURES
        from api.serving.keeping import GivenUp

        if not isinstance(error, (*FAILURES, GivenUp)):
            raise
        _say(error)


def _say(failure: Exception) -> NoReturn:
    typer.echo(f"guanjia: {failure}", err=True)
    sys.exit(1)
