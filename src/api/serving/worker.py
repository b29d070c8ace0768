"""One worker: the whole API in one process, on the socket that the supervisor has bound."""

import gc
import socket
import sys

from api.serving.lifeline import end_with


def main() -> None:
    """Run as the supervisor starts it: `worker.py LISTENER LIFELINE`, both inherited descriptors."""
    listener, lifeline = (int(argument) for argument in sys.argv[1:3])
    # First of all: a worker that still held the port after its supervisor would keep the next one from starting.
    end_with(lifeline)
    gc.disable()  # nothing that is imported is garbage
    from api.log_lines import write_log_lines  # noqa: PLC0415
    from api.serving.answering import answer  # noqa: PLC0415 - more than a second
    from api.serving.inheritance import inherited  # noqa: PLC0415

    write_log_lines()
    answer(socket.socket(fileno=listener), *inherited())


if __name__ == "__main__":
    main()
